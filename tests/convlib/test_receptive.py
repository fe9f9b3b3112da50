"""The receptive field against what a stack of convolutions of ones really lets through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import convlib

small = st.integers(1, 3)
stacks = st.lists(st.tuples(st.integers(1, 4), small, small), min_size=0, max_size=4)


def seen(stack: list[tuple[int, int, int]]) -> int:
    """From the first to the last input cell that one output depends on: sent back, layer by layer."""
    y = np.ones((1, 1))
    for k, s, d in reversed(stack):
        y = (convlib.conv_transpose1d(y, np.ones((1, 1, k)), stride=s, dilation=d) != 0).astype(float)
    cells = np.flatnonzero(y)
    return int(cells[-1] - cells[0]) + 1


@settings(max_examples=150, deadline=None, derandomize=True)
@given(stacks)
def test_the_formula_is_what_is_seen(stack):
    assert convlib.receptive_field(stack) == seen(stack)


def test_a_wrong_formula_is_caught():
    stack = [(3, 2, 1), (3, 1, 1)]
    assert seen(stack) == convlib.receptive_field(stack) != 1 + sum(d * (k - 1) for k, _, d in stack)


@pytest.mark.parametrize(
    ("stack", "field"),
    [
        ([], 1),
        ([3, 3], 5),
        ([(3,), (3, 2), (3, 1, 2)], 13),
        ([(3, 1, 1), (3, 1, 2), (3, 1, 4)], 15),
        ([((3, 5), (1, 2)), 3], (5, 9)),
        ([[3, 2], [[1, 2], 1]], (3, 5)),
        ([(7, 2), (3, 2), *[3] * 4, (3, 2), *[3] * 3, (3, 2), *[3] * 3, (3, 2), *[3] * 3], 435),  # ResNet-18
    ],
)
def test_by_hand(stack, field):
    assert convlib.receptive_field(stack) == field


@pytest.mark.parametrize(
    ("stack", "kind", "said"),
    [
        ([(3, 0)], ValueError, "stride must be at least 1, got 0"),
        ([(3, 1, -1)], ValueError, "dilation must be at least 1, got -1"),
        ([0], ValueError, "kernel_size must be at least 1, got 0"),
        ([()], ValueError, "a layer must be (kernel_size, stride, dilation), the last two optional, got ()"),
        ([(1, 1, 1, 1)], ValueError, "got (1, 1, 1, 1)"),
        ([2.5], TypeError, "kernel_size must be made of ints, got 2.5"),
        (["3"], TypeError, "kernel_size must be made of ints, got '3'"),
        ([(3, True)], TypeError, "stride must be made of ints, got True"),
        ([((3, 3), (1, 1, 1))], ValueError, "all tuples must have one entry per axis, got lengths [2, 3]"),
    ],
)
def test_refuses(stack, kind, said):
    with pytest.raises(kind) as caught:
        convlib.receptive_field(stack)
    assert said in str(caught.value)
