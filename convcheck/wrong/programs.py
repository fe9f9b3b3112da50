"""Wrong ideas about GPU programs, as changes to a Layer or to a function of tensors."""

from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Layer
from convcheck.ideas import Idea
from convcheck.wrong.dilation import dilation_ignored
from convcheck.wrong.kernels import Conv, kernel_transposed, stride_swapped
from convcheck.wrong.layers import (
    bias_ignored,
    bias_last_axis,
    filters_alike,
    first_image_only,
    padding_hw_swapped,
    shared_kernel,
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


first_block = Idea(
    "first-block-only",
    "Your programs do not know which block is theirs: all of them work on the first. "
    "Program p has the numbers from p * BLOCK on, so multiply before you add the range.",
    PAGE,
)


@first_block.shown_by("ps09.axpy")
def _added_not_multiplied(right: Any, x: Array, y: Array, a: float) -> Any:
    """program_id is added instead: only so many more than one block are written, the rest stays 0."""
    found = np.array(right(x, y, a))
    found[16 + (len(x) - 1) // 16 :] = 0
    return found


row_wraps = Idea(
    "row-wraps",
    "Where a window hangs over the left or right edge, you read the end of the row before or the start of "
    "the next. In memory the rows follow each other, so ask for the column as well as for the row.",
    PAGE,
)


@row_wraps.shown_in(*IN_PLANES)
def _no_question_about_columns(conv: Conv, at: Layer) -> Array:
    """Cells by their place in the plane: only above the first row and below the last there are zeros."""
    n, c, h, w = at.x.shape
    (up, side) = at.padding
    flat = at.x.reshape(n, c, -1)
    rows, columns = np.meshgrid(np.arange(-up, h + up), np.arange(-side, w + side), indexing="ij")
    place = rows * w + columns
    inside = (rows >= 0) & (rows < h) & (place >= 0) & (place < h * w)
    framed = np.where(inside, flat[:, :, np.where(inside, place, 0)], 0)
    return conv(at.but(x=framed.astype(at.x.dtype), padding=0))


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


@shared_kernel.shown_in("ps09.depthwise")
def _first_kernel(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=np.repeat(at.w[:1], len(at.w), axis=0)))


@filters_alike.shown_in("ps09.conv2d")
def _first_filter(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=np.repeat(at.w[:1], len(at.w), axis=0)))


@first_image_only.shown_in("ps09.conv2d")
def _first_image(conv: Conv, at: Layer) -> Array:
    return conv(at.but(x=np.repeat(at.x[:1], len(at.x), axis=0)))


@stride_swapped.shown_in("ps09.conv2d")
def _columns_step_first(conv: Conv, at: Layer) -> Array:
    return conv(at.but(stride=at.stride[::-1]))


@bias_ignored.shown_in("ps09.conv2d")
def _no_bias(conv: Conv, at: Layer) -> Array:
    return conv(at.but(bias=None))


@bias_last_axis.shown_in("ps09.conv2d")
def _per_column(conv: Conv, at: Layer) -> Array:
    return conv(at.but(bias=None)) + (0 if at.bias is None else at.bias)


first_taps = Idea(
    "first-block-of-taps",
    "You add up the first block of taps only. "
    "The matrix has C * R * S rows: go down it, BLOCK_K rows at a time, until the last.",
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
