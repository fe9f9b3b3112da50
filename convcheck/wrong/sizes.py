"""Wrong ideas about the length of an output: each function answers as someone with that idea would."""

import math
from collections.abc import Callable

from convcheck.ideas import Idea

Size = Callable[..., int]

TASK = "ps05.output_size"

ceil = Idea(
    "ceil",
    "You round up where the size formula rounds down. "
    "A window that would hang over the right edge is not taken; the cells there are left over.",
    "conv/size-formula",
)


@ceil.shown_by(TASK)
def _rounded_up(right: Size, i: int, k: int, stride: int, padding: int) -> int:
    return math.ceil((i + 2 * padding - k) / stride) + 1


not_rounded = Idea(
    "not-rounded",
    "Your division leaves a fraction. A number of windows is whole: round down, in Python with //.",
    "conv/size-formula",
)


@not_rounded.shown_by(TASK)
def _fraction(right: Size, i: int, k: int, stride: int, padding: int) -> float:
    return (i + 2 * padding - k) / stride + 1


padding_one_side = Idea(
    "padding-one-side",
    "You pad on one side only. Padding p puts p zeros before and p zeros after, so the axis grows by 2p.",
    "conv/padding",
)


@padding_one_side.shown_by(TASK)
def _added_once(right: Size, i: int, k: int, stride: int, padding: int) -> int:
    return right(i + padding, k, stride, 0)


padding_ignored = Idea(
    "padding-ignored",
    "The padding does nothing in your answer. "
    "Zeros go round the input first, and the kernel slides over the larger array.",
    "conv/padding",
)


@padding_ignored.shown_by(TASK)
def _never_added(right: Size, i: int, k: int, stride: int, padding: int) -> int:
    return right(i, k, stride, 0)


stride_ignored = Idea(
    "stride-ignored",
    "The windows in your answer move by one cell. "
    "With stride s, output i looks at the window that starts at s times i.",
    "conv/stride",
)


@stride_ignored.shown_by(TASK)
def _step_of_one(right: Size, i: int, k: int, stride: int, padding: int) -> int:
    return right(i, k, 1, padding)


first_window_forgotten = Idea(
    "first-window-forgotten",
    "You count the steps, not the windows. "
    "There is one window before the first step, hence the + 1 after the division.",
    "conv/size-formula",
)


@first_window_forgotten.shown_by(TASK)
def _steps_only(right: Size, i: int, k: int, stride: int, padding: int) -> int:
    return right(i, k, stride, padding) - 1


one_before_division = Idea(
    "one-before-division",
    "You add the 1 before you divide by the stride. "
    "The division counts the steps; the first window comes on top of them, after the division.",
    "conv/size-formula",
)


@one_before_division.shown_by(TASK)
def _divided_last(right: Size, i: int, k: int, stride: int, padding: int) -> int:
    return right(i + 1, k, stride, padding) - 1


kernel_ignored = Idea(
    "kernel-ignored",
    "The kernel's own length is missing from your formula. "
    "The first window already covers k cells, so only i + 2p - k are left to step over.",
    "conv/size-formula",
)


@kernel_ignored.shown_by(TASK)
def _any_kernel(right: Size, i: int, k: int, stride: int, padding: int) -> int:
    return right(i + k, k, stride, padding)


@kernel_ignored.shown_by(TASK)
def _input_over_stride(right: Size, i: int, k: int, stride: int, padding: int) -> int:
    return right(i + k, k, stride, padding) - 1
