"""Convolution with a 3 x 3 kernel by Winograd's trick: 16 products make 4 outputs, not 36.

In one dimension, two outputs of the kernel (a, b, c) on four inputs (p, q, r, s) take four products, not six:

    m0 = (p - r) a            m1 = (q + r) (a + b + c) / 2
    m3 = (q - s) c            m2 = (r - q) (a - b + c) / 2
    the outputs: m0 + m1 + m2  and  m1 - m2 - m3

Twice over, along rows and along columns, the sums over channels become 16 matrix products of their own.
Halves are exact in binary: integers in floats stay exact.
Rounding is that of the whole 4 x 4 cells: a window of small numbers beside a huge one loses digits.
Source: Lavin and Gray, arXiv 1509.09308, F(2 x 2, 3 x 3).
"""

from itertools import product

import numpy as np

from convlib.arguments import Array, Placement
from convlib.padding import slab
from convlib.threads import block_bytes, fair, hands, run, scratch
from convlib.tiles import Tile, shares, tiles

# What the four products of a row take from the kernel's row.
KERNEL = np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2
BLOCKS = 2  # blocks of this many times the usual size: 16 products want long rows


def fits(kernel: tuple[int, ...], at: Placement) -> bool:
    """Whether the trick is for this layer: 2-D or 3-D, 3 x 3 on the last two axes, no stride or dilation."""
    plain = {*at.stride, *at.dilation} == {1}
    return plain and len(kernel) in (2, 3) and kernel[-2:] == (3, 3)


def conv(x: Array, w: Array, at: Placement) -> Array:
    """The same as `naive.conv` where `fits`: x (N, C, *input), w (O, C / groups, *kernel).

    Gives (N, O, *output). Floats and complex numbers only: the halves do not exist in integers.
    Workspace: what some inputs and their products become, one block a thread, and 16 / 9 of the weight.

    >>> x, w = np.arange(16.0).reshape(1, 1, 4, 4), np.ones((1, 1, 3, 3))
    >>> conv(x, w, Placement(stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1)))
    array([[[[45., 54.],
             [81., 90.]]]])
    """
    if w.ndim == 4:
        flat = Placement((1, *at.stride), ((0, 0), *at.padding), (1, *at.dilation), at.groups, at.mode)
        return conv(x[:, :, None], w[:, :, None], flat)[:, :, 0]
    batch, outputs = len(x), len(w)
    deep, high, wide = at.output_size(x.shape[2:], w.shape[2:])
    y = np.empty((batch, outputs, deep, high, wide), x.dtype)
    left = kernels(w, at.groups)
    quarters = (deep, -(-high // 2), -(-wide // 2))
    total = batch * int(np.prod(quarters))
    work = 4 * total * w.size
    cells = fair(block_bytes(BLOCKS) // (x.itemsize * (28 * x.shape[1] + 20 * outputs)), total, work)
    images = max(1, min(batch, cells // int(np.prod(quarters))))

    def task(n: slice, tile: Tile) -> None:
        h, v = (t.stop - t.start for t in tile[1:])
        right = inputs_of(slab(x[n], _span(tile, w.shape[2]), at.padding, at.mode))
        products = _multiply(left, right)
        corner = y[n, :, tile[0], 2 * tile[1].start :, 2 * tile[2].start :]
        write_outputs(products.reshape(4, 4, *products.shape[1:]), corner[..., : 2 * h, : 2 * v])

    blocks = product(shares(batch, images, hands(work)), tiles(quarters, cells))
    run(task, blocks, work)
    return y


def _span(tile: Tile, depth: int) -> Tile:
    deep, *plane = tile
    return (slice(deep.start, deep.stop + depth - 1), *(slice(2 * t.start, 2 * t.stop + 2) for t in plane))


def kernels(w: Array, groups: int) -> Array:
    """The 16 left sides: w (O, C / groups, D, 3, 3), gives (16, groups, O / groups, D * C / groups)."""
    both = np.kron(KERNEL, KERNEL).astype(w.dtype)  # (16, 9)
    left = np.empty((16, len(w), w.shape[2] * w.shape[1]), w.dtype)

    def task(o: slice) -> None:
        left[:, o] = (both @ np.moveaxis(w[o], 2, 1).reshape(-1, 9).T).reshape(16, -1, left.shape[2])

    run(task, ((o,) for o in shares(len(w), len(w), hands(16 * w.size))), work=16 * w.size)
    return left.reshape(16, groups, len(w) // groups, -1)


def inputs_of(x: Array) -> Array:
    """The 16 right sides: x (N, C, D, 2 h + 2, 2 w + 2), gives (16, D, C, N, h (w + 1) - 1).

    Even and odd rows and columns are taken apart, so that neighbours two cells away lie side by side. Then a
    shift along the flat cells is a step to the next column, or w + 1 of them a step to the next row. One cell
    in w + 1 is nonsense, the step from the end of a row to the start of the next; `write_outputs` drops it.
    """
    x = np.moveaxis(x, (2, 1), (0, 1))
    *rest, high, wide = *x.shape[:3], x.shape[3] // 2, x.shape[4] // 2
    parts = scratch("parts", (2, 2, *rest, high, wide), x.dtype)
    for i, j in np.ndindex(2, 2):
        parts[i, j] = x[..., i::2, j::2]
    parts = parts.reshape(2, 2, *rest, high * wide)
    halves = scratch("halves", (2, 4, *rest, high * wide - 1), x.dtype)
    out = scratch("inputs", (4, 4, *rest, high * wide - 1 - wide), x.dtype)
    for half, (even, odd) in zip(halves, parts, strict=True):
        _spread(even, odd, 1, half)
    for j in range(4):
        _spread(halves[0, j], halves[1, j], wide, out[:, j])
    return out.reshape(16, *out.shape[2:])


def _spread(even: Array, odd: Array, step: int, out: Array) -> None:
    """p - r, q + r, r - q, q - s, where p and r are neighbours in `even`, q and s in `odd`."""
    p, r = even[..., :-step], even[..., step:]
    q, s = odd[..., :-step], odd[..., step:]
    np.subtract(p, r, out=out[0])
    np.add(q, r, out=out[1])
    np.subtract(r, q, out=out[2])
    np.subtract(q, s, out=out[3])


def _multiply(left: Array, right: Array) -> Array:
    """Sum over channels and depth taps: (16, deep, O, N, cells) from left (16, G, O / G, D C / G).

    right (16, deep + D - 1, C, N, cells).
    """
    _, groups, outputs, long = left.shape
    high, channels, *cells = right.shape[1:]
    taps = long * groups // channels
    products = scratch("products", (16, high - taps + 1, groups * outputs, *cells), right.dtype)
    for z in range(high - taps + 1):
        window = right[:, z : z + taps].reshape(16, taps, groups, channels // groups, -1).swapaxes(1, 2)
        into = products[:, z].reshape(16, groups, outputs, -1)
        np.matmul(left, window.reshape(16, groups, long, -1), out=into)
    return products


def write_outputs(m: Array, y: Array) -> None:
    """Join the products m (4, 4, D, O, N, h (w + 1) - 1) into y (N, O, D, 2 h or less, 2 w or less)."""
    high, wide = (-(-n // 2) for n in y.shape[3:])
    grid = scratch("grid", (*m.shape[2:-1], high * (wide + 1)), m.dtype)
    for i, row in enumerate(_join(m)):
        for j, cells in enumerate(_join(row)):
            grid[..., :-1] = cells
            into = y[..., i::2, j::2]
            seen = grid.reshape(*m.shape[2:-1], high, wide + 1)[..., : into.shape[3], : into.shape[4]]
            into[:] = np.moveaxis(seen, (2, 1, 0), (0, 1, 2))


def _join(m: Array) -> tuple[Array, Array]:
    """m0 + m1 + m2 and m1 - m2 - m3, in the memory of m0 and m1."""
    m[0] += m[1]
    m[0] += m[2]
    m[1] -= m[2]
    m[1] -= m[3]
    return m[0], m[1]
