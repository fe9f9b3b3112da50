"""What met what: found by asking the function, and only told where the sum is the number."""

import numpy as np

from convcheck import Case, judge, task
from convcheck.taps import terms
from convcheck.text import as_text

CASE = Case({"f": np.array([2.0, 3, 4]), "g": np.array([1.0, 10])})


def test_the_products_of_an_entry():
    found = terms(np.convolve, CASE, (1,), 23)
    assert found.pairs == (((0,), (1,)), ((1,), (0,)))
    assert str(found) == "2·10 + 3·1"
    assert found.places() == "f[0]·g[1] + f[1]·g[0]"


def test_what_is_added_on_top_is_told_apart():
    assert str(terms(lambda f, g: np.convolve(f, g) - 5, CASE, (0,), -3)) == "2·1 + (-5)"


def test_no_sum_is_told_that_is_not_the_number():
    assert terms(np.convolve, CASE, (1,), 24) is None
    assert terms(lambda f, g: np.convolve(f, g) ** 2, CASE, (0,), 4) is None
    assert terms(lambda f, g: np.convolve(f, 2 * g), CASE, (0,), 4) is None
    assert terms(lambda f, g: 1 / 0, CASE, (0,), 2) is None


def test_an_entry_that_nothing_met():
    assert str(terms(lambda f, g: np.zeros(4), CASE, (0,), 0)) == "0"


def test_both_sums_are_in_the_text():
    verdict = judge("ps05.kernel", lambda x, w: task("ps05.kernel").oracle(x, w[::-1, ::-1]))
    text = as_text(verdict)
    assert "expected at [0, 0]: " in text
    assert "yours at [0, 0]: " in text
    assert "·w[0, 0]" in text


def test_a_case_that_is_too_large_has_no_sum():
    case = Case({"f": np.ones(41), "g": np.ones(2)})
    assert terms(np.convolve, case, (0,), 1) is None
