"""Convolution row by row: what a row of inputs holds is laid out once, for all the output rows that need it.

im2col copies an input number for every tap that meets it. Here it is copied for the taps along the other
axes only: the columns of an output row are the laid-out rows that its taps reach, one after another.

With 3 x 3 taps, output row i multiplies the laid-out rows i, i + 1, i + 2; output row i + 1 the next three.

Where a group has few outputs (depthwise ones have one), the copies, not the products, take the time.
"""

from itertools import product
from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convlib.arguments import Array, Ints, Placement
from convlib.im2col import window_span, windows
from convlib.padding import slab
from convlib.threads import block_bytes, fair, hands, run, scratch
from convlib.tiles import Tile, shares, tiles

ACROSS = 256  # cells of an output row that keep BLAS busy; beyond, a block takes more rows, which share
FEW = 8  # below so many outputs a group, a product of a matrix and a vector for each is quicker than one


def fits(kernel: Ints, at: Placement) -> bool:
    """Whether this layer has rows that follow each other: two axes or more, no dilation along the first."""
    return len(kernel) > 1 and at.dilation[0] == 1


def conv(x: Array, w: Array, at: Placement) -> Array:
    """The same as `naive.conv` where `fits`: x (N, C, *input), w (O, C / groups, *kernel).

    Gives (N, O, *output). Workspace: the rows and the products of one block a thread.

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
    whole = prod(size)
    total = batch * at.groups * whole
    work = batch * whole * w.size
    wide = max(prod(w.shape[3:]), prod(at.stride[1:]))
    spanned = at.stride[0] * channels * wide  # numbers that one cell needs beside it
    cells = fair(block_bytes() // (x.itemsize * (spanned + outputs)), total, work)
    images = max(1, min(batch, cells // whole))
    groups = max(1, min(at.groups, cells // (whole * images)))
    across = list(tiles(size[1:], max(ACROSS, cells // size[0])))
    down = shares(size[0], cells // prod(s.stop - s.start for s in across[0]))

    def task(n: slice, g: slice, first: slice, rest: Tile) -> None:
        tile = (first, *rest)
        rows = laid_out(inputs[n, g], w.shape[2:], at, tile)
        _multiply(left[g], rows, at.stride[0], y[n, g][:, :, :, *tile])

    blocks = product(shares(batch, images), shares(at.groups, groups, hands(work)), down, across)
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
