"""Every public function says what it does, shows it, and names its source."""

import inspect

import pytest

import convlib


def lacks(function: object) -> list[str]:
    """What a docstring lacks."""
    text = inspect.getdoc(function) or ""
    return [part for part in (">>> ", "Source: ") if part not in text]


@pytest.mark.parametrize("name", convlib.__all__)
def test_a_public_function_has_a_doctest_and_a_source(name):
    assert not lacks(getattr(convlib, name))


def test_a_bare_function_lacks_both():
    assert lacks(lambda x: x) == [">>> ", "Source: "]


def test_the_public_names_are_sorted_and_complete():
    assert list(convlib.__all__) == sorted(convlib.__all__)
    functions = {name for name, value in vars(convlib).items() if inspect.isfunction(value)}
    assert functions == set(convlib.__all__)
