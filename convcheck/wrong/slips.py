"""Slips of programming that any task can show: each changes the answer of a right function, whatever it was.

They are named only where no idea about convolution explains the answers.
"""

from typing import Any

import numpy as np

from convcheck.compare import as_array
from convcheck.draw import Array
from convcheck.ideas import Idea
from convcheck.task import Function

START = "mathematics/discrete"


def _array(right: Function, args: tuple[Any, ...]) -> Array:
    return as_array(right(*args))


def _axes(array: Array, least: int) -> Array:
    """The array, if it has so many axes; else ValueError: the slip cannot be made here."""
    if array.ndim < least:
        raise ValueError(f"needs {least} axes, got {array.ndim}")
    return array


kept_in_integers = Idea(
    "kept-in-integers",
    "Your numbers are cut down to whole ones. "
    "An array of integers, such as np.zeros(n, int), drops the fraction of what is stored in it.",
    START,
    slip=True,
)


@kept_in_integers.shown_anywhere
def _cut(right: Function, *args: Any) -> Array:
    return np.trunc(_array(right, args))


right_edge_left_out = Idea(
    "right-edge-left-out",
    "The last entry along an axis of your answer is still 0: the loop ends one step early. "
    "range(n) already stops before n, so range(n - 1) leaves out the last.",
    START,
    slip=True,
)


@right_edge_left_out.shown_anywhere
def _last_column_zero(right: Function, *args: Any) -> Array:
    y = _axes(_array(right, args), 1).copy()
    y[..., -1:] = 0
    return y


@right_edge_left_out.shown_anywhere
def _last_row_and_column_zero(right: Function, *args: Any) -> Array:
    y = _axes(_array(right, args), 2).copy()
    y[..., -1:], y[..., -1:, :] = 0, 0
    return y


last_entry_missing = Idea(
    "last-entry-missing",
    "Your answer is one entry too short, at its end. "
    "range(n) already stops before n, so range(n - 1) leaves out the last.",
    START,
    slip=True,
)


@last_entry_missing.shown_anywhere
def _one_less(right: Function, *args: Any) -> Array:
    return _axes(_array(right, args), 1)[..., :-1]


@last_entry_missing.shown_anywhere
def _one_row_and_column_less(right: Function, *args: Any) -> Array:
    return _axes(_array(right, args), 2)[..., :-1, :-1]


result_reversed = Idea(
    "result-reversed",
    "Your answer is the right one, read from its end. "
    "Entry 0 belongs to the first position of the kernel, and so to the front.",
    START,
    slip=True,
)


@result_reversed.shown_anywhere
def _from_the_end(right: Function, *args: Any) -> Array:
    return _axes(_array(right, args), 1)[..., ::-1]


axes_exchanged = Idea(
    "axes-exchanged",
    "Your answer has its last two axes exchanged. Rows come before columns, in the answer as in the input.",
    "conv/kernel-size",
    slip=True,
)


@axes_exchanged.shown_anywhere
def _rows_as_columns(right: Function, *args: Any) -> Array:
    return _axes(_array(right, args), 2).swapaxes(-1, -2)


axis_too_many = Idea(
    "axis-too-many",
    "The numbers of your answer are right, but it has an axis too many, of length 1. "
    "Take it off with an index, such as y[0].",
    "conv/channels",
    slip=True,
)


@axis_too_many.shown_anywhere
def _in_a_list(right: Function, *args: Any) -> Array:
    return _array(right, args)[None]


@axis_too_many.shown_anywhere
def _in_lists(right: Function, *args: Any) -> Array:
    return _array(right, args)[None, None]


axis_lost = Idea(
    "axis-lost",
    "The numbers of your answer are right, but all in one row. "
    "Give it the shape that the task asks for, for example with y.reshape(...).",
    "conv/channels",
    slip=True,
)


@axis_lost.shown_anywhere
def _flat(right: Function, *args: Any) -> Array:
    return _axes(_array(right, args), 2).ravel()


off_by_one = Idea(
    "off-by-one",
    "Your answer is one too large everywhere. Look for a + 1 that is added twice, or where none belongs.",
    "conv/size-formula",
    slip=True,
)


@off_by_one.shown_anywhere
def _one_more(right: Function, *args: Any) -> Array:
    return _array(right, args) + 1


off_by_minus_one = Idea(
    "one-too-few",
    "Your answer is one too small everywhere. Look for a + 1 that is missing: n steps lead to n + 1 places.",
    "conv/size-formula",
    slip=True,
)


@off_by_minus_one.shown_anywhere
def _one_fewer(right: Function, *args: Any) -> Array:
    return _array(right, args) - 1


sign_turned = Idea(
    "sign-turned",
    "Your numbers are right apart from the sign: each is the negative of what is expected. "
    "Look for a difference that is taken the other way round.",
    START,
    slip=True,
)


@sign_turned.shown_anywhere
def _negative(right: Function, *args: Any) -> Array:
    return -_array(right, args)
