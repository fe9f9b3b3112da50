"""Convolution for groups of few channels (depthwise ones above all): several output rows in one product.

A matrix product is fast only if both of its sides are long. With O outputs a group, im2col's is O rows high.
Here T neighbouring output rows share one product: its left side is the banded matrix that slides the kernel
down T rows, T * O rows high; its right side holds the input rows that these T windows span, each row once.

With T = 2 and the kernel (a, b, c) down the rows:    a b c 0
                                                      0 a b c
So the columns need a copy per tap along the other axes only, not down the rows.
"""

from itertools import product
from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convlib.arguments import Array, Ints, Placement, reach
from convlib.exact import check_finite
from convlib.im2col import window_span, windows
from convlib.padding import slab
from convlib.threads import block_bytes, fair, hands, run, scratch
from convlib.tiles import Tile, shares, tiles

HEIGHT = 8  # rows of the left side that keep a BLAS kernel busy
ACROSS = 256  # cells of one output row that do; beyond, a block grows down the rows, which share theirs


def conv(x: Array, w: Array, at: Placement) -> Array:
    """The same as `naive.conv`: x (N, C, *input), w (O, C / groups, *kernel); gives (N, O, *output).

    Workspace: the columns and the products of one block a thread.
    Raises FloatingPointError if not all products are finite: the zeros of the matrix spread what is not.

    >>> x, w = np.array([[[[1, 2, 3, 4]]]]), np.array([[[[1, 10, 100]]]])
    >>> conv(x, w, Placement(stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1)))
    array([[[[321, 432]]]])
    """
    size = at.output_size(x.shape[2:], w.shape[2:])
    batch, outputs, channels = len(x), len(w) // at.groups, w.shape[1]
    y = np.empty((batch, at.groups, outputs, *size), x.dtype)
    inputs = x.reshape(batch, at.groups, channels, *x.shape[2:])
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
    (long,) = reach(w.shape[2:3], at.dilation[:1])
    matrices = band(w, at, min(size[0], -(-HEIGHT // outputs)))

    def task(n: slice, g: slice, first: slice, rest: Tile) -> None:
        tile = (first, *rest)
        rows = _rows(inputs[n, g], w.shape[2:], at, tile)
        _multiply(matrices[g], rows, at.stride[0], long, y[n, g][:, :, :, *tile])

    blocks = product(shares(batch, images), shares(at.groups, groups, hands(work)), down, across)
    run(task, blocks, work)
    return y.reshape(batch, len(w), *size)


def band(w: Array, at: Placement, rows: int) -> Array:
    """The kernels of all groups, slid down `rows` output rows: (G, rows, O, input rows * C * other taps).

    w (groups * O, C, R, *other taps).

    >>> w = np.array([[[[1], [2]]]])
    >>> band(w, Placement(stride=(1, 1), padding=((0, 0),) * 2, dilation=(1, 1)), 2)[0, :, 0]
    array([[1, 2, 0],
           [0, 1, 2]])
    """
    stride, dilation = at.stride[0], at.dilation[0]
    kernels = np.moveaxis(w.reshape(at.groups, -1, *w.shape[1:]), 3, 2)  # (G, O, R, C, *other)
    (long,) = reach(w.shape[2:3], at.dilation[:1])
    span = stride * (rows - 1) + long
    matrix = np.zeros((at.groups, rows, kernels.shape[1], span, *kernels.shape[3:]), w.dtype)
    for t in range(rows):
        matrix[:, t, :, stride * t : stride * t + long : dilation] = kernels
    return matrix.reshape(*matrix.shape[:3], -1)


def _rows(x: Array, kernel: Ints, at: Placement, tile: Tile) -> Array:
    """Row by row what the windows see along the other axes: (G, input rows, C * other taps, N * cells).

    x (N, G, C, *input).
    """
    part = slab(x, window_span(kernel, at, tile), at.padding, at.mode)
    # (N, G, C, input rows, *other taps, *cells)
    seen = windows(part, kernel[1:], at.stride[1:], at.dilation[1:])
    axes = len(kernel) - 1
    by_row = seen.transpose(1, 3, 2, *range(4, 4 + axes), 0, *range(4 + axes, 4 + 2 * axes))
    copy = scratch("inputs", by_row.shape, x.dtype)
    copy[...] = by_row
    return copy.reshape(*by_row.shape[:2], part.shape[2] * prod(kernel[1:]), -1)


def _multiply(matrices: Array, rows: Array, stride: int, long: int, y: Array) -> None:
    """Write the outputs of one tile, y (N, G, O, *tile): all whole bands, then what is left, then one copy.

    matrices as `band` makes them, rows as `_rows` does; `long` is what the kernel spans down the rows.
    """
    groups, step, outputs, _ = matrices.shape
    high, wide = y.shape[3], rows.shape[3]
    products = scratch("products", (groups, high, outputs, wide), rows.dtype)
    done = 0
    while done < high:
        t = min(step, high - done)
        count = (high - done) // t
        right = _bands(rows[:, stride * done :], count, stride * t, stride * (t - 1) + long)
        left = matrices[:, :t, :, : right.shape[2]].reshape(groups, 1, t * outputs, -1)
        into = products[:, done : done + count * t].reshape(groups, count, t * outputs, wide)
        with np.errstate(all="ignore"):
            np.matmul(left, right, out=into)
        done += count * t
    check_finite(products)
    order = (3, 0, 2, 1, *range(4, y.ndim))
    y[...] = products.reshape(groups, high, outputs, len(y), *y.shape[4:]).transpose(order)


def _bands(rows: Array, count: int, step: int, span: int) -> Array:
    """A view of `count` bands of `span` rows, each `step` below the last: (G, count, span * deep, wide)."""
    groups, _, deep, wide = rows.shape
    down, row, column, cell = rows.strides
    return as_strided(
        rows, (groups, count, span * deep, wide), (down, step * row, column, cell), writeable=False
    )
