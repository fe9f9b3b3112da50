"""Which algorithm for which layer: the one place where the choice is made.

The bounds were read off `benchmarks/cpu.py` on two cores; the answer is the same on either side of them.
"""

from collections.abc import Callable

import numpy as np

from convlib import bands, fft, im2col, winograd
from convlib.arguments import Array, Placement
from convlib.threads import WORKSPACE

Algorithm = Callable[[Array, Array, Placement], Array]

THIN = 32  # up to this many outputs a group, a product needs several rows of them to be high enough
WIDE = 128  # from this many channels on, Winograd's fewer products pay for its additions
FFT_COST = 4  # a multiply-add of a transform takes as long as so many of a matrix product


def conv(x: Array, w: Array, at: Placement, exact: bool = False) -> Array:
    """Convolution of checked operands: x (N, C, *input), w (O, C / groups, *kernel); gives (N, O, *output).

    `exact`: integers, which no rounding may touch.

    >>> at = Placement(stride=(1,), padding=((0, 0),), dilation=(1,))
    >>> conv(np.array([[[1, 2, 3, 4]]]), np.array([[[1, 10, 100]]]), at, exact=True)
    array([[[321, 432]]])
    """
    return algorithm(x, w, at, exact)(x, w, at)


def algorithm(x: Array, w: Array, at: Placement, exact: bool = False) -> Algorithm:
    """The `conv` of the module that is quickest for this layer.

    Only im2col multiplies nothing but what the window sees. The others add and take away again, or multiply
    by zero, and one infinity would spoil its neighbours: where the numbers are not all finite, im2col it is.
    """
    if not x.size or not _finite(x) or not _finite(w):
        return im2col.conv
    kernel, outputs, inputs = w.shape[2:], len(w) // at.groups, w.shape[1]
    if not exact and _fft_pays(x, w, at):
        return fft.conv
    small = 16 / 9 * w.nbytes <= WORKSPACE / 2
    if not exact and winograd.fits(kernel, at) and min(inputs, outputs) >= WIDE and small:
        return winograd.conv
    if len(kernel) > 1 and outputs <= THIN and at.dilation[0] == 1 and kernel[0] > 1:
        return bands.conv
    return im2col.conv


def _finite(array: Array) -> bool:
    """Whether the sum is finite: then all numbers are (a sum too large for its dtype costs time only)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(array.sum()))


def _fft_pays(x: Array, w: Array, at: Placement) -> bool:
    size = at.output_size(x.shape[2:], w.shape[2:])
    direct = float(np.prod(size)) * w.size
    if direct < 1e6 or fft.tile_cells(x, w, at) < 2 * float(np.prod(w.shape[2:])):
        return False
    return FFT_COST * fft.cost(x.shape[2:], w, at, size) < direct
