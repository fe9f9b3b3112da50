"""Convolution as a matrix product: lay every window out as a column, multiply, tile by tile."""

from itertools import product
from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convlib.arguments import Array, Ints, Placement, reach
from convlib.padding import SOURCES, slab
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
    span = window_span(kernel, at, tile)
    cells = tuple(t.stop - t.start for t in tile)
    if {*kernel, *at.stride} == {1}:
        seen = slab(x, span, at.padding, at.mode)
    else:
        seen = scratch("inputs", (len(x), *kernel, *cells), x.dtype)
        if at.mode in SOURCES or prod(s.stop - s.start for s in span) <= prod(kernel) * prod(cells):
            seen[...] = windows(slab(x, span, at.padding, at.mode), kernel, at.stride, at.dilation)
        else:
            _tap_by_tap(x, at, tile, seen)
    return seen.reshape(at.groups, len(x) // at.groups * prod(kernel), prod(cells))


def _tap_by_tap(x: Array, at: Placement, tile: Tile, seen: Array) -> None:
    """Fill seen (C, *kernel, *tile) without padding x (C, *input): for taps that lie far apart."""
    seen[...] = 0
    for tap in np.ndindex(*seen.shape[1 : x.ndim]):
        source, into = met(tap, tile, at, x.shape[1:])
        seen[:, *tap, *into] = x[:, *source]


def met(tap: Ints, tile: Tile, at: Placement, size: Ints) -> tuple[Tile, Tile]:
    """Which inputs, of `size` on each axis, one tap of a tile of windows meets, and which windows these are.

    Window i has its tap k on input s i + d k - padding. The windows count from the start of the tile.

    >>> met((2,), (slice(0, 3),), Placement(stride=(2,), padding=((1, 1),), dilation=(1,)), size=(5,))
    ((slice(1, 4, 2),), (slice(0, 2, None),))
    """
    inputs, seen = [], []
    for k, t, s, d, (before, _), n in zip(tap, tile, at.stride, at.dilation, at.padding, size, strict=True):
        offset = d * k - before
        first = max(t.start, -(offset // s))  # the first window with s i + offset >= 0
        stop = max(first, min(t.stop, (n - 1 - offset) // s + 1))
        start = s * first + offset
        inputs.append(slice(start, s * (stop - 1) + offset + 1 if stop > first else start, s))
        seen.append(slice(first - t.start, stop - t.start))
    return tuple(inputs), tuple(seen)


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
