"""Convolution for groups of few channels (depthwise ones above all): several output rows in one product.

A matrix product is fast only if both of its sides are long. With O outputs a group, im2col's is O rows high.
Here T neighbouring output rows share one product: its left side is the banded matrix that slides the kernel
down T rows, T * O rows high; its right side holds the input rows that these T windows span, each row once.

With T = 2 and the kernel (a, b, c) down the rows:    a b c 0
                                                      0 a b c
So the columns need a copy per tap along the other axes only, not down the rows.
"""

from itertools import product

import numpy as np

from convlib.arguments import Array, Ints, Placement
from convlib.im2col import window_span, windows
from convlib.padding import slab
from convlib.shapes import effective_kernel_size
from convlib.threads import block_bytes, fair, hands, run, scratch
from convlib.tiles import Tile, shares, tiles

HEIGHT = 8  # rows of the left side that keep a BLAS kernel busy


def conv(x: Array, w: Array, at: Placement) -> Array:
    """The same as `naive.conv`: x (N, C, *input), w (O, C / groups, *kernel); gives (N, O, *output).

    Workspace: the columns and the products of one block a thread.

    >>> x, w = np.array([[[[1, 2, 3, 4]]]]), np.array([[[[1, 10, 100]]]])
    >>> conv(x, w, Placement(stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1)))
    array([[[[321, 432]]]])
    """
    size = at.output_size(x.shape[2:], w.shape[2:])
    batch, outputs, channels = len(x), len(w) // at.groups, w.shape[1]
    y = np.empty((batch, at.groups, outputs, *size), x.dtype)
    inputs = x.reshape(batch, at.groups, channels, *x.shape[2:])
    whole = int(np.prod(size))
    total = batch * at.groups * whole
    work = batch * whole * w.size
    wide = max(int(np.prod(w.shape[3:])), int(np.prod(at.stride[1:])))
    spanned = at.stride[0] * channels * wide  # numbers that one cell needs beside it
    cells = fair(block_bytes() // (x.itemsize * (spanned + outputs)), total, work)
    images = max(1, min(batch, cells // whole))
    groups = max(1, min(at.groups, cells // (whole * images)))

    def task(n: slice, g: slice, tile: Tile) -> None:
        matrix = band(w, at, g, min(tile[0].stop - tile[0].start, -(-HEIGHT // outputs)))
        rows = _rows(inputs[n, g], w.shape[2:], at, tile)
        _multiply(matrix, rows, at.stride[0], y[n, g][:, :, :, *tile])

    blocks = product(shares(batch, images), shares(at.groups, groups, hands(work)), tiles(size, cells))
    run(task, blocks, work)
    return y.reshape(batch, len(w), *size)


def band(w: Array, at: Placement, groups: slice, rows: int) -> Array:
    """The kernels of some groups, slid down `rows` output rows: (G, rows, O, input rows * C * other taps).

    w (all groups * O, C, R, *other taps).

    >>> w = np.array([[[[1], [2]]]])
    >>> band(w, Placement(stride=(1, 1), padding=((0, 0),) * 2, dilation=(1, 1)), slice(0, 1), 2)[0, :, 0]
    array([[1, 2, 0],
           [0, 1, 2]])
    """
    stride, dilation = at.stride[0], at.dilation[0]
    kernels = np.moveaxis(w.reshape(at.groups, -1, *w.shape[1:])[groups], 3, 2)  # (G, O, R, C, *other)
    reach = int(effective_kernel_size(w.shape[2], dilation))  # type: ignore[arg-type]
    span = stride * (rows - 1) + reach
    matrix = np.zeros((len(kernels), rows, kernels.shape[1], span, *kernels.shape[3:]), w.dtype)
    for t in range(rows):
        matrix[:, t, :, stride * t : stride * t + reach : dilation] = kernels
    return matrix.reshape(*matrix.shape[:3], -1)


def _rows(x: Array, kernel: Ints, at: Placement, tile: Tile) -> Array:
    """Row by row what the windows see along the other axes: (G, input rows, C * other taps, N * cells).

    x (N, G, C, *input).
    """
    part = slab(x, window_span(kernel, at, tile), at.padding, at.mode)
    # (N, G, C, input rows, *other taps, *cells)
    seen = windows(part, kernel[1:], at.stride[1:], at.dilation[1:])
    axes = len(kernel) - 1
    by_row = np.moveaxis(seen, (1, 3, 2, *range(4, 4 + axes), 0), range(4 + axes))
    groups, high = by_row.shape[:2]
    copy = scratch("inputs", by_row.shape, x.dtype)
    copy[...] = by_row
    return copy.reshape(groups, high, part.shape[2] * int(np.prod(kernel[1:])), -1)


def _multiply(matrix: Array, rows: Array, stride: int, y: Array) -> None:
    """Write the outputs of one tile, y (N, G, O, *tile): band by band, then all in one copy.

    The last band is set so that it ends with the tile; where it overlaps, it makes the same again.
    """
    groups, step, outputs, long = matrix.shape
    left = matrix.reshape(groups, step * outputs, long)
    batch, high = len(y), y.shape[3]
    span = long // rows.shape[2]
    products = scratch("products", (groups, high, outputs, rows.shape[3]), rows.dtype)
    for first in sorted({*range(0, high - step + 1, step), high - step}):
        right = rows[:, stride * first : stride * first + span].reshape(groups, long, -1)
        into = products[:, first : first + step].reshape(groups, step * outputs, -1)
        np.matmul(left, right, out=into)
    y[...] = np.moveaxis(
        products.reshape(groups, high, outputs, batch, *y.shape[4:]), (3, 0, 2, 1), (0, 1, 2, 3)
    )
