"""The judge names the idea behind a wrong answer that it has not seen, nearly always, and never accuses."""

import numpy as np
import pytest

from convcheck.ideas import idea
from tests.convcheck.students import Wrong, bank
from tests.convcheck.students.__main__ import missing

LEAST = {1: 0.95, 2: 0.80}


@pytest.mark.parametrize("blind", [True, False])
@pytest.mark.parametrize("size", LEAST)
def test_the_right_ideas_are_named_often_enough(size, blind):
    wrong = [each for each in bank() if (len(each.ideas), each.blind) == (size, blind)]
    assert wrong
    missed = [line for each in wrong if (line := missing(each))]
    assert len(missed) <= (1 - LEAST[size]) * len(wrong), "\n".join(missed)


def test_the_bank_is_large_enough_and_each_answer_is_wrong_for_a_known_reason():
    assert len(bank()) >= 60
    for each in bank():
        assert each.verdict(5).score < 1, each.name
        assert [idea(name).id for name in sorted(each.ideas)] == sorted(each.ideas)


def test_an_answer_that_is_named_otherwise_would_be_counted():
    turned = Wrong("ps01.convolve", frozenset({"elementwise"}), lambda f, g: np.convolve(f, g[::-1]))
    assert "named flip" in missing(turned)
    assert missing(Wrong("ps01.convolve", frozenset({"flip"}), turned.answer)) == ""
