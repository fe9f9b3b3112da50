"""Wrong ideas about GPU programs, as changes to a Layer or to a function of tensors."""

from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Layer
from convcheck.ideas import Idea
from convcheck.tensors import GUARD
from convcheck.tensors import ROOM as GUARDED
from convcheck.wrong.dilation import dilation_ignored
from convcheck.wrong.kernels import Conv, kernel_transposed, stride_swapped
from convcheck.wrong.layers import (
    bias_ignored,
    bias_last_axis,
    filters_alike,
    first_image_only,
    padding_hw_swapped,
)
from convcheck.wrong.signals import flip
from convcheck.wrong.sizes import padding_ignored, stride_ignored

PAGE = "fast/triton"
IN_ROWS = ("ps09.row", "ps09.strided")
IN_PLANES = ("ps09.depthwise", "ps09.conv2d")


@flip.shown_in(*IN_ROWS, *IN_PLANES)
def _turned(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=np.flip(at.w, tuple(range(2, at.w.ndim)))))


@stride_ignored.shown_in("ps09.strided", "ps09.conv2d")
def _first_windows(conv: Conv, at: Layer) -> Array:
    """Space for as many results as there should be, filled with neighbouring windows."""
    size = conv(at).shape[2:]
    ends: list[Any] = [slice(0, n) for n in size]
    return np.asarray(conv(at.but(stride=1))[(..., *ends)])


@padding_ignored.shown_in("ps09.strided", *IN_PLANES)
def _from_the_first_cell(conv: Conv, at: Layer) -> Array:
    """Windows begin at the first cell instead of p before it; past the end there are zeros."""
    size = conv(at).shape[2:]
    longer = np.pad(at.x, [(0, 0), (0, 0), *((0, 2 * p) for p in at.padding)])
    ends: list[Any] = [slice(0, n) for n in size]
    return np.asarray(conv(at.but(x=longer, padding=0))[(..., *ends)])


@dilation_ignored.shown_in("ps09.strided")
def _taps_together(conv: Conv, at: Layer) -> Array:
    size = conv(at).shape[2:]
    ends: list[Any] = [slice(0, n) for n in size]
    return np.asarray(conv(at.but(dilation=1))[(..., *ends)])


UNWRITTEN = -12345.0  # what the launchers fill the result with

first_block = Idea(
    "first-block-only",
    "Your programs do not know which block is theirs: all of them work on the first. "
    "Program p has the places from p * BLOCK on, so multiply before you add the range.",
    PAGE,
)


def _unwritten(found: Array, written: int) -> Array:
    """Only so many places of a row are written."""
    y = np.array(found)
    y[written:] = UNWRITTEN
    return y


@first_block.shown_by("ps09.axpy", "ps09.row", "ps09.strided")
def _added_not_multiplied(right: Any, *args: Any) -> Array:
    """program_id is added instead: the last program reaches only so far beyond the first block."""
    found = np.asarray(right(*args))
    return _unwritten(found, 16 + (len(found) - 1) // 16)


@first_block.shown_by("ps09.axpy", "ps09.row", "ps09.strided")
def _program_forgotten(right: Any, *args: Any) -> Array:
    return _unwritten(np.asarray(right(*args)), 16)


row_wraps = Idea(
    "row-wraps",
    "Where a window hangs over the left or right edge, you read the end of the row before or the start of "
    "the next. In memory the rows follow each other, so ask for the column as well as for the row.",
    PAGE,
)


@row_wraps.shown_in(*IN_PLANES)
def _no_question_about_columns(conv: Conv, at: Layer) -> Array:
    """Cells by their place in memory; only above the first row and below the last there are zeros."""
    n, c, h, w = at.x.shape
    (up, side) = at.padding
    guard = np.full(GUARDED, GUARD, at.x.dtype)
    memory = np.concatenate([guard, at.x.ravel(), guard])
    planes = np.arange(n * c).reshape(n, c, 1, 1) * h * w
    rows, columns = np.meshgrid(np.arange(-up, h + up), np.arange(-side, w + side), indexing="ij")
    framed = memory[GUARDED + planes + np.clip(rows, 0, h - 1) * w + columns]
    framed = np.where((rows >= 0) & (rows < h), framed, 0).astype(at.x.dtype)
    return conv(at.but(x=framed, padding=0))


@padding_hw_swapped.shown_in("ps09.depthwise")
def _columns_first(conv: Conv, at: Layer) -> Array:
    """Space for the right number of results, windows that begin at the wrong cells."""
    size = conv(at).shape[2:]
    up, side = at.padding
    room = [(side, max(0, 2 * up - side)), (up, max(0, 2 * side - up))]
    framed = np.pad(at.x, [(0, 0), (0, 0), *room])
    ends: list[Any] = [slice(0, n) for n in size]
    return np.asarray(conv(at.but(x=framed, padding=0))[(..., *ends)])


@kernel_transposed.shown_in("ps09.depthwise", "ps09.conv2d")
def _taps_transposed(conv: Conv, at: Layer) -> Array:
    """The taps counted along the columns of the kernel, the places along its rows."""
    taps = at.w.shape[2:]
    return conv(at.but(w=at.w.swapaxes(2, 3).reshape(*at.w.shape[:2], *taps)))


first_kernel = Idea(
    "first-kernel-for-all",
    "Every channel of yours meets the kernel of channel 0. "
    "The kernel of channel c begins c * R * S places further on in w.",
    PAGE,
)


@first_kernel.shown_in("ps09.depthwise")
def _first_kernel(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=np.repeat(at.w[:1], len(at.w), axis=0)))


first_plane = Idea(
    "first-plane-for-all",
    "Every channel of yours reads channel 0 of the input. "
    "The plane of channel c begins c * H * W places further on in x.",
    PAGE,
)


@first_plane.shown_in("ps09.depthwise")
def _first_plane(conv: Conv, at: Layer) -> Array:
    return conv(at.but(x=np.repeat(at.x[:, :1], at.x.shape[1], axis=1)))


@filters_alike.shown_in("ps09.conv2d")
def _first_filter(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=np.repeat(at.w[:1], len(at.w), axis=0)))


@first_image_only.shown_in("ps09.conv2d")
def _first_image(conv: Conv, at: Layer) -> Array:
    return conv(at.but(x=np.repeat(at.x[:1], len(at.x), axis=0)))


@stride_swapped.shown_in("ps09.conv2d")
def _columns_step_first(conv: Conv, at: Layer) -> Array:
    """As many results as there should be, from windows further down or further right; zeros beyond."""
    rows, columns = conv(at).shape[2:]
    (down, right), (up, side) = at.stride[::-1], at.padding
    room = [(up, down * rows + at.w.shape[2]), (side, right * columns + at.w.shape[3])]
    framed = np.pad(at.x, [(0, 0), (0, 0), *room])
    return conv(at.but(x=framed, padding=0, stride=(down, right)))[:, :, :rows, :columns]


@bias_ignored.shown_in("ps09.conv2d")
def _no_bias(conv: Conv, at: Layer) -> Array:
    return conv(at.but(bias=None))


@bias_last_axis.shown_in("ps09.conv2d")
def _per_column(conv: Conv, at: Layer) -> Array:
    return conv(at.but(bias=None)) + (0 if at.bias is None else at.bias)


first_taps = Idea(
    "first-block-of-taps",
    "You add up the first block of taps only. "
    "The matrix has C * R * S rows: go down it, BLOCK rows at a time, until the last.",
    PAGE,
)


@first_taps.shown_in("ps09.conv2d")
def _sixteen(conv: Conv, at: Layer) -> Array:
    rows = np.arange(at.w[0].size).reshape(at.w.shape[1:])
    return conv(at.but(w=np.where(rows < 16, at.w, 0).astype(at.w.dtype)))


last_taps = Idea(
    "last-block-of-taps",
    "Each block of taps wipes out the one before. "
    "Add the product of the tiles to the total, and store the total once, after the last block.",
    PAGE,
)


@last_taps.shown_in("ps09.conv2d")
def _the_rest(conv: Conv, at: Layer) -> Array:
    rows = np.arange(at.w[0].size).reshape(at.w.shape[1:])
    last = (at.w[0].size - 1) // 16 * 16
    return conv(at.but(w=np.where(rows >= last, at.w, 0).astype(at.w.dtype)))
