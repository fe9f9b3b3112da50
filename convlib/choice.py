"""Which algorithm for which layer: the one place where the choice is made.

The bounds were read off `benchmarks/cpu.py` on two cores; the answer is the same on either side of them.
"""

from collections.abc import Callable
from math import prod

import numpy as np

from convlib import fft, im2col, rows, stamps
from convlib.arguments import Array, Ints, Pairs, Placement
from convlib.threads import block_bytes

Algorithm = Callable[[Array, Array, Placement], Array]

FEW = 1e5  # below so many multiply-adds nothing pays but the shortest way
THIN = 64  # up to this many outputs a group, copies take more time than products
FFT_COST = 4  # a multiply-add of a transform takes as long as so many of a matrix product


def conv(x: Array, w: Array, at: Placement, exact: bool = False) -> Array:
    """Convolution of checked operands: x (N, C, *input), w (O, C / groups, *kernel); gives (N, O, *output).

    `exact`: integers, which no rounding may touch.
    A spectrum spreads one infinity over all its tile. So fft refuses what is not finite, and im2col, which
    multiplies nothing but what the window sees, starts afresh.

    >>> at = Placement(stride=(1,), padding=((0, 0),), dilation=(1,))
    >>> conv(np.array([[[1, 2, 3, 4]]]), np.array([[[1, 10, 100]]]), at, exact=True)
    array([[[321, 432]]])
    """
    try:
        return algorithm(x, w, at, exact)(x, w, at)
    except FloatingPointError:
        return im2col.conv(x, w, at)


def conv_transpose(x: Array, w: Array, at: Placement, size: Ints, exact: bool = False) -> Array:
    """Transposed convolution of checked operands, arguments as in `stamps.conv_transpose`.

    With stride 1 it is a convolution too: the kernel turned, the input padded by what the kernel spans.

    >>> at = Placement(stride=(1,), padding=((0, 0),), dilation=(1,))
    >>> conv_transpose(np.array([[[1, 2]]]), np.array([[[1, 10, 100]]]), at, size=(4,), exact=True)
    array([[[  1,  12, 120, 200]]])
    """
    padding = _room(x.shape[2:], w.shape[2:], at, size)
    if set(at.stride) != {1} or min(map(min, padding)) < 0 or not _finite(w):  # padding times infinity is NaN
        return stamps.conv_transpose(x, w, at, size)
    by_group = w.reshape(at.groups, -1, *w.shape[1:]).swapaxes(1, 2)  # (G, O / G, C / G, *kernel)
    turned = np.flip(by_group, tuple(range(3, by_group.ndim))).reshape(-1, *by_group.shape[2:])
    return conv(x, turned, Placement(at.stride, padding, at.dilation, at.groups), exact)


def _room(input_size: Ints, kernel: Ints, at: Placement, size: Ints) -> Pairs:
    """What the input of the turned convolution is padded by, before and after, so that `size` comes out."""
    spans = [d * (k - 1) for k, d in zip(kernel, at.dilation, strict=True)]
    before = [span - crop for span, (crop, _) in zip(spans, at.padding, strict=True)]
    return tuple((b, n + s - i - b) for b, n, s, i in zip(before, size, spans, input_size, strict=True))


def algorithm(x: Array, w: Array, at: Placement, exact: bool = False) -> Algorithm:
    """The `conv` of the module that is quickest for this layer."""
    if not x.size:
        return im2col.conv
    kernel, outputs = w.shape[2:], len(w) // at.groups
    size = at.output_size(x.shape[2:], kernel)
    direct = float(prod(size)) * w.size  # multiply-adds of an image
    if not exact and _fft_pays(w, at, size, direct):
        return fft.conv
    thin = direct >= FEW and outputs <= THIN and kernel[0] > 1
    if thin and rows.fits(kernel, at) and not rows.narrow(x, w, at, size):
        return rows.conv
    return im2col.conv


def _finite(array: Array) -> bool:
    """Whether the sum is finite: then all numbers are (a sum too large for its dtype costs time only)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(array.sum()))


def _fft_pays(w: Array, at: Placement, size: Ints, direct: float) -> bool:
    if direct < 1e6 or np.finfo(w.dtype).nmant > np.finfo(np.float64).nmant:
        return False
    fits = fft.tile_bytes(w, at, fft.tile_lengths(w, at, size)) <= block_bytes(fft.BLOCKS)
    return fits and FFT_COST * fft.cost(w, at, size) < direct
