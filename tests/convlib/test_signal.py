"""Convolution and correlation against scipy.signal, in every mode."""

import numpy as np
import pytest
from scipy import signal

import convlib

SHAPES = [((4,), (3,)), ((7,), (2,)), ((5, 4), (2, 3)), ((4, 5, 3), (3, 2, 2))]


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("name", ["convolve", "correlate"])
def test_agrees_with_scipy(name, shapes, mode):
    random = np.random.default_rng(0)
    f, g = (random.integers(-9, 10, s) for s in shapes)
    expected = getattr(signal, name)(f, g, mode, method="direct")
    np.testing.assert_array_equal(getattr(convlib, name)(f, g, mode), expected)


def test_complex_correlation_conjugates_as_scipy_does():
    f, g = np.array([1 + 2j, 3, -1j]), np.array([2j, 1])
    np.testing.assert_array_equal(convlib.correlate(f, g), signal.correlate(f, g))
    np.testing.assert_array_equal(convlib.convolve(f, g), signal.convolve(f, g))


def test_the_example_by_hand():
    assert convlib.convolve([1, 2, 3, 4], [1, 2, 3]).tolist() == [1, 4, 10, 16, 17, 12]


@pytest.mark.parametrize(
    ("f", "g", "mode", "said"),
    [
        ([1, 2], [[1]], "full", "one number of axes"),
        ([], [1], "full", "not be empty"),
        ([1, 2], [1], "middle", "'full', 'same' or 'valid', got 'middle'"),
        ([1, 2], [1, 2, 3], "valid", "spans 3 cells"),
    ],
)
def test_refuses(f, g, mode, said):
    with pytest.raises(ValueError, match=said):
        convlib.convolve(f, g, mode)
