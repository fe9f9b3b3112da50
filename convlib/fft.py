"""Convolution as a product of spectra: for kernels so large that a window for every output is too much.

Source: the convolution theorem; tiles as in overlap-save (Stockham, 1966).
"""

from itertools import product
from math import prod
from typing import Any

import numpy as np

from convlib.arguments import Array, Ints, Placement, reach
from convlib.im2col import window_span
from convlib.padding import slab
from convlib.threads import block_bytes, run
from convlib.tiles import Tile, shares

BLOCKS = 8  # a block may take this many times the usual size: spectra are of complex128
COPIES = 5  # of the spectra of a channel's kernels: taps, spectrum, conjugate, products, and their sum


def conv(x: Array, w: Array, at: Placement) -> Array:
    """The same as `naive.conv` but for rounding: x (N, C, *input), w (O, C / groups, *kernel).

    Gives (N, O, *output). It computes in double precision; a stride throws away what lies between.
    An error is small beside the largest output of a tile, not beside each: next to an input 1e8 times as
    large as the others, their digits are lost.
    Workspace: the spectra of one tile, for one input channel and its kernels of one group, a thread.
    Raises FloatingPointError if a tile is not all finite: a spectrum spreads what is not over all of it.

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
        _check_finite(found)
        y[n, rows][:, *tile] = found

    lengths = tile_lengths(w, at, size)
    cut = list(product(*(shares(n, most) for n, most in zip(size, lengths, strict=True))))
    run(task, product(range(len(x)), range(groups), cut), work=x.size * w.size)
    return y


def _check_finite(found: Array) -> None:
    """FloatingPointError if a number is infinite or not a number (or their squares add up to that)."""
    flat = found.reshape(-1)
    if not np.isfinite(np.vdot(flat, flat)):
        raise FloatingPointError("a tile of outputs is not finite")


def tile_lengths(w: Array, at: Placement, size: Ints) -> Ints:
    """How many outputs a tile has on each axis: as many as `block_bytes` allows, or what a kernel reaches."""
    lengths = list(size)
    while tile_bytes(w, at, tuple(lengths)) > block_bytes(BLOCKS):
        spare = [n / r for n, r in zip(lengths, reach(w.shape[2:], at.dilation), strict=True)]
        longest = spare.index(max(spare))
        if spare[longest] <= 1:
            break
        lengths[longest] = -(-lengths[longest] // 2)
    return tuple(lengths)


def tile_bytes(w: Array, at: Placement, lengths: Ints) -> int:
    """The memory that a tile takes: the spectra of one input channel, and those of its kernels of a group."""
    cells = prod(fast_length(n) for n in _padded(w, at, lengths))
    half = 1 if w.dtype.kind == "c" else 2  # real numbers need half a spectrum
    return 16 // half * cells * (2 + COPIES * (len(w) // at.groups))


def _padded(w: Array, at: Placement, lengths: Ints) -> Ints:
    """How long an input tile is, for so many outputs."""
    spans = reach(w.shape[2:], at.dilation)
    return tuple(s * (n - 1) + r for n, s, r in zip(lengths, at.stride, spans, strict=True))


def _correlate(x: Array, w: Array, at: Placement) -> Array:
    """Every window of x (C, *part) with w (O, C, *kernel): spectra times conjugate spectra, summed."""
    axes = tuple(range(-(w.ndim - 2), 0))
    spans = reach(w.shape[2:], at.dilation)
    shape = tuple(fast_length(n) for n in x.shape[1:])
    forward, back = _transforms(x.dtype)
    taps = np.zeros((len(w), *spans), w.dtype)
    every = tuple(slice(None, None, d) for d in at.dilation)
    total: Any = 0
    for inputs, kernels in zip(x, w.swapaxes(0, 1), strict=True):
        taps[:, *every] = kernels.conj()
        total = total + forward(inputs, shape, axes) * forward(taps, shape, axes).conj()
    kept = tuple(slice(0, n - r + 1, s) for n, r, s in zip(x.shape[1:], spans, at.stride, strict=True))
    return back(total, shape, axes)[:, *kept]


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
    lengths = tile_lengths(w, at, size)
    count = prod(-(-n // most) for n, most in zip(size, lengths, strict=True))
    cells = float(prod(_padded(w, at, lengths)))
    transforms = at.groups * w.shape[1] + len(w) * (w.shape[1] + 1)
    return count * cells * (2.5 * np.log2(cells + 1) * transforms + 4 * len(w) * w.shape[1])
