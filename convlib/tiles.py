"""Cutting an output into tiles, so that a block of work is as small as a cache."""

from collections.abc import Iterator
from itertools import product

from convlib.arguments import Ints

Tile = tuple[slice, ...]


def tiles(size: Ints, cells: int) -> Iterator[Tile]:
    """Tiles that cover an array of shape `size`, of at most `cells` cells each (one at the least).

    Whole rows first: the last axis is cut only where a row alone is too long. So the cells of a tile lie side
    by side in memory, if those of the array do.

    >>> [tuple((s.start, s.stop) for s in tile) for tile in tiles((3, 4), cells=8)]
    [((0, 1), (0, 4)), ((1, 3), (0, 4))]
    """
    lengths = []
    for n in reversed(size):
        lengths.append(max(1, min(n, cells)))
        cells //= lengths[-1]
    return product(*(shares(n, step) for n, step in zip(size, reversed(lengths), strict=True)))


def shares(n: int, most: int, parts: int = 1) -> list[slice]:
    """Slices of at most `most` cells that cover 0 … n; their number is a multiple of `parts` if n allows.

    >>> [(s.start, s.stop) for s in shares(8, most=5, parts=2)]
    [(0, 4), (4, 8)]
    """
    count = -(-n // max(1, most))
    count = min(n, -(-count // parts) * parts)
    return [slice(n * i // count, n * (i + 1) // count) for i in range(count)]
