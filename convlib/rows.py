"""Convolution row by row: what a row of inputs holds is laid out once, for all the output rows that need it.

im2col copies an input number for every tap that meets it. Here it is copied for the taps along the other
axes only: the columns of an output row are the laid-out rows that its taps reach, one after another.

With 3 x 3 taps, output row i multiplies the laid-out rows i, i + 1, i + 2; output row i + 1 the next three.

Where a group has few outputs (depthwise ones have one), the copies, not the products, take the time.
"""

from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convlib.arguments import Array, Ints, Placement
from convlib.im2col import window_span, windows
from convlib.padding import slab
from convlib.threads import block_bytes, hands, run, scratch
from convlib.tiles import Tile, shares, tiles

ACROSS = 256  # cells of an output row that keep BLAS busy; a block grows by rows from there on
NARROW = 64  # with fewer than these, it is not worth while
FEW = 8  # below so many outputs a group, a product of a matrix and a vector for each is quicker than one


def fits(kernel: Ints, at: Placement) -> bool:
    """Whether this layer has rows that follow each other: two axes or more, no dilation."""
    return len(kernel) > 1 and set(at.dilation) == {1}


@dataclass(frozen=True)
class Plan:
    """What one block takes: so many output rows, cells of each, images and groups."""

    high: int
    wide: int
    images: int = 1
    groups: int = 1


def _plan(x: Array, w: Array, at: Placement, size: Ints, work: float) -> Plan:
    """A block of at most `block_bytes`, if there are columns so short, and no more than a thread's share."""
    outputs, stride = len(w) // at.groups, at.stride[0]
    deep = w.shape[1] * max(prod(w.shape[3:]), prod(at.stride[1:]))  # numbers of one row that a cell needs
    more = w.shape[2] - stride  # rows beyond the steps

    def room(high: int) -> int:
        return x.itemsize * ((stride * high + more) * deep + high * outputs)

    rows, cells = size[0], prod(size[1:])
    share = len(x) * at.groups * room(rows) * cells / hands(work)
    most = int(min(block_bytes(), max(share, room(1))))
    wide = max(1, min(cells, ACROSS, most // room(1)))
    high = max(1, min(rows, (most // wide - room(0)) // (room(1) - room(0))))
    if high < rows:
        return Plan(high, wide)
    wide = max(1, min(cells, most // room(rows)))
    whole = room(rows) * cells
    images = max(1, min(len(x), most // whole))
    return Plan(rows, wide, images, max(1, min(at.groups, most // (whole * images))))


def narrow(x: Array, w: Array, at: Placement, size: Ints) -> bool:
    """Whether the blocks would be so narrow that nothing is gained: many channels, large kernels."""
    return _plan(x, w, at, size, 0).wide < min(NARROW, prod(size[1:]))


def conv(x: Array, w: Array, at: Placement) -> Array:
    """The same as `naive.conv` where `fits`: x (N, C, *input), w (O, C / groups, *kernel).

    Gives (N, O, *output). Workspace: the padded input, the rows and the products of one block a thread.

    >>> x, w = np.array([[[[1, 2, 3, 4]]]]), np.array([[[[1, 10, 100]]]])
    >>> conv(x, w, Placement(stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1)))
    array([[[[321, 432]]]])
    """
    size = at.output_size(x.shape[2:], w.shape[2:])
    batch, outputs, channels = len(x), len(w) // at.groups, w.shape[1]
    y = np.empty((batch, at.groups, outputs, *size), x.dtype)
    inputs = x.reshape(batch, at.groups, channels, *x.shape[2:])
    kernels = w.reshape(at.groups, outputs, channels, w.shape[2], -1).swapaxes(2, 3)
    left = np.ascontiguousarray(kernels.reshape(at.groups, outputs, -1))  # tap rows one after another
    work = batch * prod(size) * w.size
    plan = _plan(x, w, at, size, work)
    down, across = shares(size[0], plan.high), list(tiles(size[1:], plan.wide))

    def task(n: slice, g: slice, first: slice, rest: Tile) -> None:
        tile = (first, *rest)
        rows = laid_out(inputs[n, g], w.shape[2:], at, tile)
        _multiply(left[g], rows, at.stride[0], y[n, g][:, :, :, *tile])

    blocks = product(shares(batch, plan.images), shares(at.groups, plan.groups, hands(work)), down, across)
    run(task, blocks, work)
    return y.reshape(batch, len(w), *size)


def laid_out(x: Array, kernel: Ints, at: Placement, tile: Tile) -> Array:
    """Row by row what the windows of a tile see along the other axes.

    x (N, G, C, *input); gives (G, input rows, C * other taps, N * cells).
    """
    part = slab(x, window_span(kernel, at, tile), at.padding, at.mode)
    # (N, G, C, input rows, *other taps, *cells)
    seen = windows(part, kernel[1:], at.stride[1:], at.dilation[1:])
    axes = len(kernel) - 1
    by_row = seen.transpose(1, 3, 2, *range(4, 4 + axes), 0, *range(4 + axes, 4 + 2 * axes))
    copy = scratch("inputs", by_row.shape, x.dtype)
    copy[...] = by_row
    return copy.reshape(*by_row.shape[:2], part.shape[2] * prod(kernel[1:]), -1)


def _multiply(left: Array, rows: Array, stride: int, y: Array) -> None:
    """Write the outputs of one tile, y (N, G, O, *tile): left (G, O, taps), rows as `laid_out` makes them."""
    groups, outputs, taps = left.shape
    high, wide = y.shape[3], rows.shape[3]
    down, row, tap, cell = rows.strides
    right = as_strided(rows, (groups, high, taps, wide), (down, stride * row, tap, cell), writeable=False)
    products = scratch("products", (groups, high, outputs, wide), rows.dtype)
    if outputs < FEW:
        np.matmul(left[:, None, :, None], right[:, :, None], out=products[:, :, :, None])
    else:
        np.matmul(left[:, None], right, out=products)
    order = (3, 0, 2, 1, *range(4, y.ndim))
    y[...] = products.reshape(groups, high, outputs, len(y), *y.shape[4:]).transpose(order)
