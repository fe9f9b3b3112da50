"""Answers that do no work earn next to nothing, whatever numbers the seed draws."""

import numpy as np
import pytest

from convcheck import judge

LAZY = {
    "ps01.convolve": [lambda f, g: f, lambda f, g: g, lambda f, g: np.zeros(len(f) + len(g) - 1)],
    "ps01.table_row": [lambda f, g, i: f, lambda f, g, i: np.zeros(len(f))],
    "ps01.polynomial": [lambda a, b: a, lambda a, b: b],
    "ps01.sampled": [lambda f, g, dx: f, lambda f, g, dx: g],
    "ps05.output_size": [lambda i, k, stride, padding: i, lambda i, k, stride, padding: k],
    "ps05.kernel": [lambda x, w: x],
    "ps05.stride": [lambda x, w, stride: x],
    "ps05.padding": [lambda x, w, stride, padding: x],
    "ps05.conv2d": [lambda x, w, bias, stride, padding: x],
}


@pytest.mark.parametrize("task_id", LAZY)
def test_handing_back_an_argument_scores_nothing(task_id):
    for answer in LAZY[task_id]:
        assert {judge(task_id, answer, seed).passed for seed in range(40)} == {0}


def test_a_constant_is_right_once_at_most():
    for constant in range(40):
        assert judge("ps05.output_size", lambda *_, n=constant: n).passed <= 1
