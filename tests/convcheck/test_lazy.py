"""Answers that do no work earn next to nothing, whatever numbers the seed draws."""

import pytest

from convcheck import judge, task
from tests.convcheck.sets import LAZY


@pytest.mark.parametrize("task_id", LAZY)
def test_handing_back_an_argument_scores_nothing(task_id):
    seeds = range(4 if task(task_id).haste else 40)  # timed tasks have large cases
    for answer in LAZY[task_id]:
        assert {judge(task_id, answer, seed).passed for seed in seeds} == {0}


def test_a_constant_is_right_once_at_most():
    for constant in range(40):
        assert judge("ps05.output_size", lambda *_, n=constant: n).passed <= 1
