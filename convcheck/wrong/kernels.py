"""Wrong ideas about the kernel and the stride of a convolution, as changes to a Layer."""

from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convcheck.draw import Array
from convcheck.forms import Ints, Layer
from convcheck.ideas import Idea
from convcheck.wrong.signals import flip
from convcheck.wrong.sizes import ceil, stride_ignored

Conv = Callable[[Layer], Array]

LAYER, SPACE = "ps05.conv2d", "ps05.nd"
WHOLE = (LAYER, SPACE)
DILATED = ("ps05.dilation", LAYER)
PADDED = ("ps05.padding", *DILATED)
STRIDED = ("ps05.stride", *PADDED)
FILTERS = ("ps05.channels", "ps05.groups")
ALL = ("ps05.kernel", *STRIDED, *FILTERS)


def pad_zeros(x: Array, before: Ints, after: Ints | None = None) -> Array:
    """Zeros before and after each spatial axis; `after` is as many as before unless given."""
    pairs = zip(before, after or before, strict=True)
    return np.pad(x, [(0, 0), (0, 0), *pairs])


def framed(at: Layer) -> Layer:
    """The same layer with its zeros already round the input."""
    return at.but(x=pad_zeros(at.x, at.padding), padding=0)


@flip.shown_in(*ALL, SPACE)
def _turned(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=np.flip(at.w, tuple(range(2, at.w.ndim)))))


flip_one_axis = Idea(
    "flip-one-axis",
    "You turn the kernel round along one axis only. "
    "torch's convolution turns it along none, and the mathematician's turns it along both.",
    "mathematics/flip",
)


@flip_one_axis.shown_in(*ALL)
def _left_right(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=at.w[:, :, :, ::-1]))


@flip_one_axis.shown_in(*ALL)
def _up_down(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=at.w[:, :, ::-1]))


kernel_transposed = Idea(
    "kernel-transposed",
    "You swap the rows and the columns of the kernel. "
    "w[a, b] meets x[i + a, j + b]: the first index goes down, the second to the right.",
    "conv/kernel-size",
)


@kernel_transposed.shown_in(*ALL)
def _transposed(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=at.w.swapaxes(2, 3)))


@kernel_transposed.shown_in(*ALL)
def _transposed_in_the_window(conv: Conv, at: Layer) -> Array:
    """Windows of R by S times w.T: a kernel of one row or column is spread by NumPy, most others raise."""
    at = framed(at)
    span = [d * (k - 1) + 1 for d, k in zip(at.dilation, at.w.shape[2:], strict=True)]
    cells = sliding_window_view(at.x, span, axis=(2, 3))[..., :: at.dilation[0], :: at.dilation[1]]
    cells = cells[:, None, :, :: at.stride[0], :: at.stride[1]]
    products = cells * at.w.swapaxes(2, 3)[None, :, :, None, None]
    return products.sum(axis=(2, 5, 6)) + (0 if at.bias is None else np.reshape(at.bias, (-1, 1, 1)))


result_transposed = Idea(
    "result-transposed",
    "Your answer has its rows and columns swapped. Window row i and window column j belong at y[i, j].",
    "conv/kernel-size",
)


@result_transposed.shown_in(*ALL)
def _result_transposed(conv: Conv, at: Layer) -> Array:
    return conv(at).swapaxes(2, 3)


last_window_missing = Idea(
    "last-window-missing",
    "The last row and the last column of windows are missing from your answer. "
    "A kernel of R rows fits into H rows at H - R + 1 places; a loop over them includes H - R.",
    "conv/kernel-size",
)


@last_window_missing.shown_in(*ALL)
def _stops_early(conv: Conv, at: Layer) -> Array:
    y = conv(framed(at).but(stride=1))[:, :, :-1, :-1]
    return y[:, :, :: at.stride[0], :: at.stride[1]]


@stride_ignored.shown_in(*STRIDED, SPACE)
def _all_windows(conv: Conv, at: Layer) -> Array:
    return conv(at.but(stride=1))


@stride_ignored.shown_in(*STRIDED)
def _first_windows(conv: Conv, at: Layer) -> Array:
    rows, columns = conv(at).shape[2:]
    return conv(at.but(stride=1))[:, :, :rows, :columns]


stride_subsamples_input = Idea(
    "stride-subsamples-input",
    "You thin out the input first and then slide the kernel by one. "
    "The stride moves the window; inside a window the kernel still meets neighbouring cells.",
    "conv/stride",
)


@stride_subsamples_input.shown_in(*STRIDED)
def _thinned(conv: Conv, at: Layer) -> Array:
    thin = framed(at).x[:, :, :: at.stride[0], :: at.stride[1]]
    return conv(at.but(x=thin, padding=0, stride=1))


stride_swapped = Idea(
    "stride-swapped",
    "You read the stride as (columns, rows). "
    "torch's pairs follow the axes of the array: first the rows, then the columns.",
    "conv/stride",
)


@stride_swapped.shown_in(*STRIDED)
def _columns_first(conv: Conv, at: Layer) -> Array:
    return conv(at.but(stride=at.stride[::-1]))


stride_one_number = Idea(
    "stride-one-number",
    "You use one of the two strides for both axes. "
    "The first number is for the rows, the second for the columns.",
    "conv/stride",
)


@stride_one_number.shown_in(*STRIDED)
def _row_stride_only(conv: Conv, at: Layer) -> Array:
    return conv(at.but(stride=at.stride[0]))


@stride_one_number.shown_in(*STRIDED)
def _column_stride_only(conv: Conv, at: Layer) -> Array:
    return conv(at.but(stride=at.stride[1]))


@ceil.shown_in(*STRIDED)
def _hangs_over(conv: Conv, at: Layer) -> Array:
    """A last window that hangs over the right or lower edge is taken, with zeros beyond the edge."""
    settings = zip(at.x.shape[2:], at.padding, at.w.shape[2:], at.dilation, at.stride, strict=True)
    after = [p + -(n + 2 * p - d * (k - 1) - 1) % s for n, p, k, d, s in settings]
    return conv(at.but(x=pad_zeros(at.x, at.padding, tuple(after)), padding=0))
