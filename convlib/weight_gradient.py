"""The weight's gradient as a matrix product: slopes times the columns of the input, turned.

What im2col lays out as columns to multiply the weight, here multiplies the slopes of the output.
"""

from itertools import product

import numpy as np

from convlib.arguments import Array, Ints, Placement
from convlib.im2col import window_span, windows
from convlib.padding import slab
from convlib.threads import block_bytes, run, thread_count
from convlib.tiles import Tile, shares, tiles


def weight_grad(x: Array, g: Array, kernel: Ints, at: Placement) -> Array:
    """The same as `naive.conv_weight_grad`: g (O x cells) times the columns of x, turned, added tile by tile.

    Every thread has groups and input channels of its own, so no two write to the same place.
    Workspace: the columns and the product of one tile a thread.
    """
    batch, groups, size, taps = len(x), at.groups, g.shape[2:], int(np.prod(kernel))
    inputs = x.reshape(batch, groups, x.shape[1] // groups, *x.shape[2:])
    slopes = g.reshape(batch, groups, g.shape[1] // groups, *size)
    channels, outputs = inputs.shape[2], slopes.shape[2]
    total = np.zeros((groups, outputs, channels, *kernel), x.dtype)
    together, share = _shares(groups, channels, block_bytes() // (x.itemsize * taps * max(1, outputs)))
    cells = max(1, block_bytes() // (x.itemsize * together * (share * taps + outputs)))
    images = max(1, min(batch, cells // int(np.prod(size))))

    def task(some: slice, c: slice) -> None:
        for n, tile in product(shares(batch, images), tiles(size, cells)):
            left = _flat(slopes[n, some][..., *tile], 1)
            seen = _flat(_windows(inputs[n, some, c], kernel, at, tile), 1 + len(kernel))
            total[some, :, c] += np.matmul(left, seen.mT).reshape(total[some, :, c].shape)

    run(task, product(shares(groups, together), shares(channels, share)), work=slopes.size * channels * taps)
    return total.reshape(groups * outputs, channels, *kernel)


def _shares(groups: int, channels: int, room: int) -> tuple[int, int]:
    """How many groups, and channels of each, one block takes: at most `room`, and work for every thread."""
    threads = thread_count()
    share = max(1, min(channels, room, -(-channels * groups // threads)))
    together = min(room // share, -(-groups // threads)) if share == channels else 1
    return max(1, together), share


def _windows(x: Array, kernel: Ints, at: Placement, tile: Tile) -> Array:
    """What the windows of a tile see, nothing copied unless padding is met: (N, G, C, *kernel, *tile)."""
    part = slab(x, window_span(kernel, at, tile), at.padding, at.mode)
    return windows(part, kernel, at.stride, at.dilation)


def _flat(blocks: Array, rows: int) -> Array:
    """A matrix a group, a column a cell of each image: (N, G, *rows, *cells) to (G, rows, N * cells)."""
    turned = np.moveaxis(blocks, 0, 1 + rows)
    high, wide = (int(np.prod(part)) for part in (turned.shape[1 : 1 + rows], turned.shape[1 + rows :]))
    return turned.reshape(len(turned), high, wide)
