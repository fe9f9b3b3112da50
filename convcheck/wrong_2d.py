"""Wrong ideas about kernel and stride, in conv2d's general form.

x (N, C, H, W), w (O, C, R, S), bias (O,) or None, stride and padding as pairs (rows, columns).
"""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convcheck.draw import Array
from convcheck.ideas import Idea
from convcheck.wrong_1d import flip
from convcheck.wrong_sizes import ceil, stride_ignored
from convlib import conv2d, pad

LAYER = "ps05.conv2d"
PADDED = ("ps05.padding", LAYER)
STRIDED = ("ps05.stride", *PADDED)
ALL = ("ps05.kernel", *STRIDED)
Pair = tuple[int, int]


def pad_zeros(x: Array, padding: Pair, after: Pair | None = None) -> Array:
    """Zeros before and after the rows and the columns; `after` is as many as before unless given."""
    (top, left), (bottom, right) = padding, after or padding
    return pad(x, (left, right, top, bottom))


@flip.shown_in(*ALL)
def _turned(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w[:, :, ::-1, ::-1], bias, stride, padding)


flip_one_axis = Idea(
    "flip-one-axis",
    "You turn the kernel round along one axis only. "
    "torch's convolution turns it along none, and the mathematician's turns it along both.",
    "mathematics/flip",
)


@flip_one_axis.shown_in(*ALL)
def _left_right(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w[:, :, :, ::-1], bias, stride, padding)


@flip_one_axis.shown_in(*ALL)
def _up_down(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w[:, :, ::-1], bias, stride, padding)


kernel_transposed = Idea(
    "kernel-transposed",
    "You swap the rows and the columns of the kernel. "
    "w[a, b] meets x[i + a, j + b]: the first index goes down, the second to the right.",
    "conv/kernel-size",
)


@kernel_transposed.shown_in(*ALL)
def _transposed(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w.swapaxes(2, 3), bias, stride, padding)


@kernel_transposed.shown_in(*ALL)
def _transposed_in_the_window(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    """Windows of R by S times w.T: a kernel of one row or column is spread by NumPy, most others raise."""
    cells = sliding_window_view(pad_zeros(x, padding), w.shape[2:], axis=(2, 3))
    cells = cells[:, None, :, :: stride[0], :: stride[1]]
    products = cells * w.swapaxes(2, 3)[None, :, :, None, None]
    return products.sum(axis=(2, 5, 6)) + (0 if bias is None else np.reshape(bias, (-1, 1, 1)))


result_transposed = Idea(
    "result-transposed",
    "Your answer has its rows and columns swapped. Window row i and window column j belong at y[i, j].",
    "conv/kernel-size",
)


@result_transposed.shown_in(*ALL)
def _result_transposed(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, stride, padding).swapaxes(2, 3)


last_window_missing = Idea(
    "last-window-missing",
    "The last row and the last column of windows are missing from your answer. "
    "A kernel of R rows fits into H rows at H - R + 1 places; a loop over them includes H - R.",
    "conv/kernel-size",
)


@last_window_missing.shown_in(*ALL)
def _stops_early(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    y = conv2d(pad_zeros(x, padding), w, bias)[:, :, :-1, :-1]
    return y[:, :, :: stride[0], :: stride[1]]


@stride_ignored.shown_in(*STRIDED)
def _all_windows(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, (1, 1), padding)


@stride_ignored.shown_in(*STRIDED)
def _first_windows(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    rows, columns = conv2d(x, w, bias, stride, padding).shape[2:]
    return conv2d(x, w, bias, (1, 1), padding)[:, :, :rows, :columns]


stride_subsamples_input = Idea(
    "stride-subsamples-input",
    "You thin out the input first and then slide the kernel by one. "
    "The stride moves the window; inside a window the kernel still meets neighbouring cells.",
    "conv/stride",
)


@stride_subsamples_input.shown_in(*STRIDED)
def _thinned(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(pad_zeros(x, padding)[:, :, :: stride[0], :: stride[1]], w, bias)


stride_swapped = Idea(
    "stride-swapped",
    "You read the stride as (columns, rows). "
    "torch's pairs follow the axes of the array: first the rows, then the columns.",
    "conv/stride",
)


@stride_swapped.shown_in(*STRIDED)
def _columns_first(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, stride[::-1], padding)


stride_one_number = Idea(
    "stride-one-number",
    "You use one of the two strides for both axes. "
    "The first number is for the rows, the second for the columns.",
    "conv/stride",
)


@stride_one_number.shown_in(*STRIDED)
def _row_stride_only(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, (stride[0], stride[0]), padding)


@stride_one_number.shown_in(*STRIDED)
def _column_stride_only(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, (stride[1], stride[1]), padding)


@ceil.shown_in(*STRIDED)
def _hangs_over(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    """A last window that hangs over the right or lower edge is taken, with zeros beyond the edge."""
    sizes = [n + 2 * p - k for n, p, k in zip(x.shape[2:], padding, w.shape[2:], strict=True)]
    bottom, right = (p + -n % s for n, p, s in zip(sizes, padding, stride, strict=True))
    return conv2d(pad_zeros(x, padding, (bottom, right)), w, bias, stride)
