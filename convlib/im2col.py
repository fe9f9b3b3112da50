"""Convolution as a matrix product: lay every window out as a column, multiply, tile by tile."""

from itertools import product
from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convlib.arguments import Array, Ints, Placement, reach
from convlib.padding import slab
from convlib.shapes import windows as count
from convlib.threads import block_bytes, fair, run, scratch
from convlib.tiles import Tile, tiles

COLUMNS = 512  # so many make BLAS's own copy of the weight, one a product, worth its while


def conv(x: Array, w: Array, at: Placement) -> Array:
    """The same as `naive.conv`: x (N, C, *input), w (O, C / groups, *kernel); gives (N, O, *output).

    Workspace: the columns of one tile a thread; the product goes straight into the output.
    Source: Chellapilla et al., 2006.

    >>> x, w = np.array([[[1, 2, 3, 4]]]), np.array([[[1, 10, 100]]])
    >>> conv(x, w, Placement(stride=(1,), padding=((0, 0),), dilation=(1,)))
    array([[[321, 432]]])
    """
    kernel, outputs, groups = w.shape[2:], len(w), at.groups
    size = at.output_size(x.shape[2:], kernel)
    y = np.empty((len(x), outputs, *size), x.dtype)
    rows = np.ascontiguousarray(w.reshape(groups, outputs // groups, -1))  # BLAS takes no turned kernel

    def task(n: int, tile: Tile) -> None:
        right = columns(x[n], kernel, at, tile)
        np.matmul(rows, right, out=y[n][:, *tile].reshape(*rows.shape[:2], right.shape[2]))

    total = len(x) * prod(size)
    work = total * w.size
    spanned = x.shape[1] * max(prod(kernel), prod(at.stride))  # by a cell: its taps, or its step
    each = x.itemsize * spanned
    cells = max(block_bytes() // each, min(COLUMNS, block_bytes(2) // each))
    run(task, product(range(len(x)), tiles(size, fair(cells, total, work))), work)
    return y


def columns(x: Array, kernel: Ints, at: Placement, tile: Tile) -> Array:
    """What the windows of one tile of outputs see: one column a window, one row a tap.

    x (C, *input); gives (groups, C / groups * taps, cells of the tile), a view of x where nothing is to move.
    """
    part = slab(x, window_span(kernel, at, tile), at.padding, at.mode)
    seen = windows(part, kernel, at.stride, at.dilation)
    if {*kernel, *at.stride} != {1}:
        copy = scratch("inputs", seen.shape, x.dtype)
        copy[...] = seen
        seen = copy
    taps = len(x) // at.groups * prod(kernel)
    return seen.reshape(at.groups, taps, prod(s.stop - s.start for s in tile))


def window_span(kernel: Ints, at: Placement, tile: Tile) -> Tile:
    """The part of the padded input that the windows of a tile cover, first tap to last."""
    spans = reach(kernel, at.dilation)
    return tuple(
        slice(s * t.start, s * (t.stop - 1) + r) for t, s, r in zip(tile, at.stride, spans, strict=True)
    )


def windows(x: Array, kernel: Ints, stride: Ints, dilation: Ints) -> Array:
    """A view (…, *kernel, *output) of x (…, *padded): tap by tap what every window sees, nothing copied.

    >>> windows(np.arange(5), (2,), stride=(2,), dilation=(1,))
    array([[0, 2],
           [1, 3]])
    """
    first = x.ndim - len(kernel)
    size = tuple(map(count, x.shape[first:], reach(kernel, dilation), stride))
    steps = x.strides[first:]
    taps = tuple(d * step for d, step in zip(dilation, steps, strict=True))
    starts = tuple(s * step for s, step in zip(stride, steps, strict=True))
    shape = (*x.shape[:first], *kernel, *size)
    return as_strided(x, shape, (*x.strides[:first], *taps, *starts), writeable=False)
