"""Convolution as a product of spectra: for kernels so large that a window for every output is too much.

Source: the convolution theorem; tiles as in overlap-save (Stockham, 1966).
"""

from itertools import product
from typing import Any

import numpy as np

from convlib.arguments import Array, Ints, Placement
from convlib.exact import check_finite
from convlib.im2col import window_span
from convlib.padding import slab
from convlib.shapes import as_tuple, effective_kernel_size
from convlib.threads import block_bytes, run
from convlib.tiles import Tile, tiles

BLOCKS = 8  # a block may take this many times the usual size: spectra are of complex128


def conv(x: Array, w: Array, at: Placement) -> Array:
    """The same as `naive.conv` but for rounding: x (N, C, *input), w (O, C / groups, *kernel).

    Gives (N, O, *output). It computes in double precision; a stride throws away what lies between.
    Workspace: the spectra of one tile of one image and one group.
    Raises FloatingPointError if not all outputs are finite: a spectrum spreads what is not over its tile.

    >>> x, w = np.array([[[1.0, 2, 3, 4]]]), np.array([[[1.0, 10, 100]]])
    >>> conv(x, w, Placement(stride=(1,), padding=((0, 0),), dilation=(1,))).round(9)
    array([[[321., 432.]]])
    """
    kernel, groups = w.shape[2:], at.groups
    size = at.output_size(x.shape[2:], kernel)
    y = np.empty((len(x), len(w), *size), x.dtype)
    inputs, outputs = w.shape[1], len(w) // groups

    def task(n: int, g: int, tile: Tile) -> None:
        part = slab(x[n, g * inputs : (g + 1) * inputs], window_span(kernel, at, tile), at.padding, at.mode)
        rows = slice(g * outputs, (g + 1) * outputs)
        with np.errstate(all="ignore"):
            found = _correlate(part, w[rows], at)
        check_finite(found)
        y[n, rows][:, *tile] = found

    run(task, product(range(len(x)), range(groups), tiles(size, tile_cells(w, at))), work=x.size * w.size)
    return y


def tile_cells(w: Array, at: Placement) -> int:
    """How many outputs a tile may have: its spectra, of x and y and of every kernel, fit one block."""
    spectra = w.shape[1] + (w.shape[1] + 1) * (len(w) // at.groups)
    return block_bytes(BLOCKS) // (16 * spectra * int(np.prod(at.stride)) * 2 ** (w.ndim - 2))


def _correlate(x: Array, w: Array, at: Placement) -> Array:
    """Every window of x (C, *part) with w (O, C, *kernel): spectrum times conjugate spectrum."""
    axes = tuple(range(-(w.ndim - 2), 0))
    reach = as_tuple(effective_kernel_size(w.shape[2:], at.dilation))
    shape = tuple(fast_length(n) for n in x.shape[1:])
    forward, back = _transforms(x.dtype)
    taps = np.zeros((*w.shape[:2], *reach), w.dtype)
    every = tuple(slice(None, None, d) for d in at.dilation)
    taps[:, :, *every] = w.conj()
    spectrum = (forward(x, shape, axes) * forward(taps, shape, axes).conj()).sum(1)
    kept = tuple(slice(0, n - r + 1, s) for n, r, s in zip(x.shape[1:], reach, at.stride, strict=True))
    return back(spectrum, shape, axes)[:, *kept]


def _transforms(dtype: np.dtype[Any]) -> tuple[Any, Any]:
    """The pair for this dtype, in double precision: real numbers need half a spectrum only."""
    if dtype.kind == "c":
        return lambda a, *how: np.fft.fftn(a.astype(np.complex128), *how), np.fft.ifftn
    return lambda a, *how: np.fft.rfftn(a.astype(np.float64), *how), np.fft.irfftn


def fast_length(least: int) -> int:
    """The smallest 2^a 3^b 5^c that is at least `least`: transforms of such lengths are quick.

    >>> fast_length(17), fast_length(97)
    (18, 100)
    """
    best = 1 << (least - 1).bit_length()
    five = 1
    while five < best:
        three = five
        while three < best:
            whole = three << max(0, (-(-least // three) - 1).bit_length())
            best = min(best, whole)
            three *= 3
        five *= 5
    return best


def cost(w: Array, at: Placement, size: Ints) -> float:
    """Multiply-adds, roughly, of one image: n log2 n times 2.5 a transform, and the products of spectra."""
    reach = as_tuple(effective_kernel_size(w.shape[2:], at.dilation))
    cells = float(np.prod([s * (n - 1) + r for n, s, r in zip(size, at.stride, reach, strict=True)]))
    transforms = at.groups * w.shape[1] + len(w) * (w.shape[1] + 1)
    return cells * (2.5 * np.log2(cells + 1) * transforms + 4 * len(w) * w.shape[1])
