"""What stands beyond the edge: zeros, a mirror, the last value, or the other side."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlib.arguments import Array, Ints, Pairs, check_mode, per_axis_ints
from convlib.tensors import linear

Cells = NDArray[np.intp]
Tile = tuple[slice, ...]


def _reflected(at: Cells, size: int) -> Cells:
    """Cell -1 is cell 1, and cell n is cell n - 2: the edge itself stands once."""
    period = max(1, 2 * (size - 1))
    folded = at % period
    return np.minimum(folded, period - folded)


SOURCES: dict[str, Callable[[Cells, int], Cells]] = {
    "reflect": _reflected,
    "replicate": lambda at, size: at.clip(0, size - 1),
    "circular": lambda at, size: at % size,
}


def pad(input: ArrayLike, pad: tuple[int, ...], mode: str = "constant") -> Any:
    """Pad the last axes; `pad` starts with the LAST axis: (left, right, top, bottom, …).

    Modes: 'constant' (also 'zeros'), 'reflect', 'replicate', 'circular'. A negative amount cuts off
    ('circular' then goes round what is left).
    Raises ValueError for an unknown mode, an odd number of amounts, a pad wider than the mode allows,
    or a cut that leaves less than nothing.
    Source: torch.nn.functional.pad.

    >>> pad([1, 2, 3], (1, 2), "reflect")
    array([2, 1, 2, 3, 2, 1])
    """
    amounts = per_axis_ints("pad", pad, len(pad)) if isinstance(pad, tuple | list) else pad

    def forward(x: Array) -> Array:
        pairs = _pairs(amounts, x.shape)
        y = pad_axes(x, pairs, mode)
        return y.copy() if np.may_share_memory(x, y) else y

    def adjoint(g: Array, shape: Ints) -> Array:
        pairs = _pairs(amounts, shape)
        return pad_adjoint(g, shape[len(shape) - len(pairs) :], pairs, mode)

    return linear(forward, adjoint)(input)


def _pairs(amounts: object, shape: Ints) -> Pairs:
    if not isinstance(amounts, tuple) or len(amounts) % 2 or len(amounts) > 2 * len(shape):
        raise ValueError(
            f"pad must hold (before, after) for each of the last axes; got {amounts!r} "
            f"for an input of shape {shape}"
        )
    return tuple(zip(amounts[::2], amounts[1::2], strict=True))[::-1]


def pad_axes(x: Array, pairs: Pairs, mode: str) -> Array:
    """Pad the last len(pairs) axes, first axis first; x itself comes back when there is nothing to add."""
    size = x.shape[x.ndim - len(pairs) :]
    check_mode(mode, size, pairs)
    if mode == "circular":
        x, size, pairs = _cropped(x, size, pairs)
    whole = tuple(slice(0, n + a + b) for n, (a, b) in zip(size, pairs, strict=True))
    return slab(x, whole, pairs, mode)


def _cropped(x: Array, size: Ints, pairs: Pairs) -> tuple[Array, Ints, Pairs]:
    """What is cut off first, so that only the rest goes round; and what remains to be added."""
    keep = tuple(slice(max(0, -a), n + min(b, 0)) for n, (a, b) in zip(size, pairs, strict=True))
    left = _last(x, keep)
    return left, left.shape[x.ndim - len(pairs) :], tuple((max(a, 0), max(b, 0)) for a, b in pairs)


def slab(x: Array, part: Tile, pairs: Pairs, mode: str) -> Array:
    """pad_axes(x, pairs, mode)[..., *part], without ever making the whole; a view where no padding is met.

    `part` may reach past the padded end: cells there are zeros, or whatever the mode goes on with.

    >>> slab(np.array([1, 2, 3]), (slice(0, 3),), ((1, 1),), "zeros")
    array([0, 1, 2])
    """
    sources = [(p.start - before, p.stop - before) for p, (before, _) in zip(part, pairs, strict=True)]
    if mode in SOURCES:
        return _by_source(x, sources, SOURCES[mode])
    return _among_zeros(x, sources)


def _by_source(x: Array, sources: list[tuple[int, int]], source: Callable[[Cells, int], Cells]) -> Array:
    for axis, (start, stop) in enumerate(sources, x.ndim - len(sources)):
        size = x.shape[axis]
        if start < 0 or stop > size:
            x = np.take(x, source(np.arange(start, stop), size), axis)
        else:
            x = x[(slice(None),) * axis + (slice(start, stop),)]
    return x


def _among_zeros(x: Array, sources: list[tuple[int, int]]) -> Array:
    size = x.shape[x.ndim - len(sources) :]
    inside = tuple(slice(max(a, 0), max(0, min(b, n))) for (a, b), n in zip(sources, size, strict=True))
    if all((s.start, s.stop) == source for s, source in zip(inside, sources, strict=True)):
        return _last(x, inside)
    out = np.zeros((*x.shape[: x.ndim - len(sources)], *(b - a for a, b in sources)), x.dtype)
    place = tuple(
        slice(s.start - a, max(s.start, s.stop) - a) for s, (a, _) in zip(inside, sources, strict=True)
    )
    _last(out, place)[...] = _last(x, inside)
    return out


def _last(x: Array, part: Tile) -> Array:
    """A part of x, cut along its last axes: a view."""
    return x[(slice(None),) * (x.ndim - len(part)) + part]


def pad_adjoint(g: Array, size: tuple[int, ...], pairs: Pairs, mode: str) -> Array:
    """The transpose of padding: every cell of g goes back, and adds up, to the cell that it was copied from.

    g (…, *padded), `size` the sizes before padding; gives (…, *size).

    >>> pad_adjoint(np.array([1, 10, 100, 1000]), (3,), ((1, 0),), "reflect")
    array([  10,  101, 1000])
    """
    if mode not in SOURCES:
        return _among_zeros(g, [(a, a + n) for n, (a, _) in zip(size, pairs, strict=True)])
    if mode == "circular" and min(map(min, pairs), default=0) < 0:
        shape = (*g.shape[: g.ndim - len(size)], *size)
        back = np.zeros(shape, g.dtype)
        left, smaller, added = _cropped(back, size, pairs)
        left[...] = pad_adjoint(g, smaller, added, mode)
        return back
    for axis, (n, (before, _)) in enumerate(zip(size, pairs, strict=True), g.ndim - len(size)):
        source = SOURCES[mode](np.arange(-before, g.shape[axis] - before), n)
        back = np.zeros((n, *np.delete(g.shape, axis)), g.dtype)
        np.add.at(back, source, np.moveaxis(g, axis, 0))
        g = np.moveaxis(back, 0, axis)
    return g
