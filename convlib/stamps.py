"""Transposed convolution as a matrix product, then a scatter: every tap is added in one strided slice."""

from itertools import product
from math import prod

import numpy as np

from convlib.arguments import Array, Ints, Placement
from convlib.im2col import met
from convlib.threads import block_bytes, hands, run, scratch
from convlib.tiles import Tile, shares, tiles


def conv_transpose(x: Array, w: Array, at: Placement, size: Ints) -> Array:
    """The same as `naive.conv_transpose`: x (N, C, *input), w (C, O / groups, *kernel); gives (N, O, *size).

    `at` is the convolution that this one transposes; its padding crops here.
    Workspace: what some inputs stamp on some channels, and these inputs if they do not lie side by side; one
    block a thread.

    >>> x, w = np.array([[[1, 2]]]), np.array([[[1, 10, 100]]])
    >>> conv_transpose(x, w, Placement(stride=(2,), padding=((0, 0),), dilation=(1,)), size=(5,))
    array([[[  1,  10, 102,  20, 200]]])
    """
    batch, groups, outputs, kernel = len(x), at.groups, w.shape[1], w.shape[2:]
    taps = prod(kernel)
    y = np.zeros((batch, groups, outputs, *size), x.dtype)
    inputs = x.reshape(batch, groups, len(w) // groups, *x.shape[2:])
    stamps = w.reshape(groups, len(w) // groups, outputs, taps)
    copied = 0 if x.flags.c_contiguous else len(w) // groups
    cells = max(1, block_bytes() // (x.itemsize * (2 * taps + copied)))
    whole = prod(x.shape[2:])
    channels = max(1, min(outputs, cells // whole))
    together = max(1, min(groups, cells // (whole * channels)))

    def task(n: int, g: slice, o: slice) -> None:
        for tile in tiles(x.shape[2:], cells):
            _stamp(stamps[g, :, o], inputs[n, g][:, :, *tile], tile, kernel, at, y[n, g, o])

    work = batch * whole * w.size
    blocks = product(range(batch), shares(groups, together), shares(outputs, channels, hands(work)))
    run(task, blocks, work)
    return y.reshape(batch, groups * outputs, *size)


def _stamp(stamps: Array, inputs: Array, tile: Tile, kernel: Ints, at: Placement, y: Array) -> None:
    """Add to y (G, O, *size) what a tile of inputs (G, C, *tile) stamps; stamps (G, C, O, taps)."""
    groups, channels, outputs, taps = stamps.shape
    left = stamps.reshape(groups, channels, outputs * taps).swapaxes(1, 2)
    right = inputs.reshape(groups, channels, prod(inputs.shape[2:]))
    values = scratch("products", (groups, outputs * taps, right.shape[2]), y.dtype)
    values = np.matmul(left, right, out=values).reshape(groups, outputs, *kernel, *inputs.shape[2:])
    for k in np.ndindex(*kernel):
        into, source = met(k, tile, at, y.shape[2:])
        y[:, :, *into] += values[:, :, *k, *source]
