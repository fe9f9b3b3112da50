"""Continuous convolution of piecewise-linear functions: exact areas, and the animation of the overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from convviz.axes import Axis, linear_axis, round_step, tick_text
from convviz.interactive import Interactive
from convviz.numbers import show, values
from convviz.picture import Picture
from convviz.svg import Canvas

Point = tuple[float, float]
MOST_CORNERS = 24
LARGEST = 9999
MOST_STEPS = 250
WIDTH, UPPER, LOWER, BETWEEN = 460, 170, 120, 52


@dataclass(frozen=True)
class Stretch:
    """A straight piece of a function, from t = a to t = b, with its values at both ends."""

    a: float
    b: float
    at_a: float
    at_b: float

    def __call__(self, t: float) -> float:
        """The value at t; at the ends it is the value that this piece has there."""
        return self.at_a + (t - self.a) * (self.at_b - self.at_a) / (self.b - self.a)


def area(f: ArrayLike, g: ArrayLike, x: float) -> float:
    """(f * g)(x), the area under f(t) g(x - t), of two functions given by their corners.

    Between two break points the product is quadratic, for which Simpson's rule is exact.
    Raises ValueError if f or g is not a list of corners as `overlap` takes them.

    >>> area([(0, 1), (1, 1)], [(0, 1), (1, 1)], 0.75)
    0.75
    """
    pieces = _products(_corners("f", f), _corners("g", g), x)
    return sum(((b - a) / 6 * (left + 4 * middle + right) for a, b, left, middle, right in pieces), 0.0)


def overlap(f: ArrayLike, g: ArrayLike, *, span: tuple[float, float] | None = None) -> Interactive:
    """Continuous convolution as an animation: g, flipped, moves over f, and the area of f times it is f * g.

    f and g are lists of corners (t, value), straight in between, 0 outside; two corners at one t are a jump.
    `span` is the range of x and of t that is shown; without it, where f * g is not 0, and a little more.
    Raises ValueError unless there are 2 to 24 corners, in order, at most two at one t.

    >>> overlap([(0, 1), (1, 1)], [(0, 2), (1, 0)], span=(-0.5, 2.5)).attributes
    {'f': '0 1; 1 1', 'g': '0 2; 1 0', 'span': '-0.5 2.5'}
    """
    f, g = _corners("f", f), _corners("g", g)
    start, end = _support(f, g) if span is None else _span(span)
    attributes = {"f": _text(f), "g": _text(g), "span": f"{_plain(start)} {_plain(end)}"}
    return Interactive("overlap", attributes, _still(f, g, start, end))


def _corners(name: str, given: ArrayLike) -> list[Point]:
    array = values(name, given, axes=2)
    if array.shape[1] != 2:
        raise ValueError(f"{name} must be a list of corners (t, value), got shape {array.shape}")
    if not 2 <= len(array) <= MOST_CORNERS:
        raise ValueError(f"{name} must have 2 to {MOST_CORNERS} corners, got {len(array)}")
    if np.abs(array).max() > LARGEST:
        raise ValueError(f"{name} must stay between -{LARGEST} and {LARGEST} here, got {given!r}")
    steps = np.diff(array[:, 0])
    if (steps < 0).any():
        raise ValueError(f"the corners of {name} must be in the order of t, got t = {array[:, 0].tolist()}")
    if not steps.any():
        raise ValueError(f"{name} must have corners at more than one t, got t = {array[:, 0].tolist()}")
    if ((steps[1:] == 0) & (steps[:-1] == 0)).any():
        raise ValueError(f"{name} must have at most two corners at one t, got t = {array[:, 0].tolist()}")
    return [(t, value) for t, value in array.tolist()]


def _span(given: Sequence[float]) -> Point:
    array = values("span", given, axes=1)
    if array.shape != (2,) or array[0] >= array[1] or np.abs(array).max() > LARGEST:
        raise ValueError(f"span must be (a, b) with a < b, got {given!r}")
    return float(array[0]), float(array[1])


def _support(f: Sequence[Point], g: Sequence[Point]) -> Point:
    """Where f, g turned round 0 or f * g can be other than 0, and a tenth more on both sides."""
    low, high = f[0][0] + g[0][0], f[-1][0] + g[-1][0]
    step = round_step((high - low) / 20)
    return float(f"{low - 2 * step:.12g}"), float(f"{high + 2 * step:.12g}")


def _stretches(corners: Sequence[Point]) -> list[Stretch]:
    return [Stretch(a, b, at_a, at_b) for (a, at_a), (b, at_b) in pairwise(corners) if b > a]


def _products(
    f: Sequence[Point], g: Sequence[Point], x: float, span: Point = (-inf, inf)
) -> Iterator[tuple[float, float, float, float, float]]:
    """For every stretch of f that meets one of g in the span: from, to, the product at from, middle, to."""
    for one in _stretches(f):
        for other in _stretches(g):
            a, b = max(one.a, x - other.b, span[0]), min(one.b, x - other.a, span[1])
            if a < b:
                left, middle, right = (one(t) * other(x - t) for t in (a, (a + b) / 2, b))
                yield a, b, left, middle, right


def stops(start: float, end: float) -> list[float]:
    """The x at which the animation stops: a round step apart, at most 250 of them, the last one is the end.

    >>> stops(0, 1)[:3], len(stops(0, 1))
    ([0.0, 0.005, 0.01], 201)
    """
    step = round_step((end - start) / MOST_STEPS)
    count = int(np.ceil((end - start) / step - 1e-9))
    return [min(end, float(f"{start + n * step:.12g}")) for n in range(count + 1)]


def _still(f: Sequence[Point], g: Sequence[Point], start: float, end: float) -> Picture:
    """Both panels, at the x of the span at which the area is largest."""
    xs = stops(start, end)
    found = [area(f, g, x) for x in xs]
    at = int(np.argmax(np.abs(found)))
    canvas = Canvas()
    _draw_upper(canvas, f, g, xs[at], (start, end))
    _draw_lower(canvas, xs, found, at)
    title = f"(f ∗ g)({show(xs[at])}) = {show(found[at])} as an area"
    return canvas.picture(title, _words(f, g, xs, found, at))


def _draw_upper(canvas: Canvas, f: Sequence[Point], g: Sequence[Point], x: float, span: Point) -> None:
    pieces = list(_products(f, g, x, span))
    shown = [(x - t, value) for t, value in reversed(g)]
    tops = [v for _, v in (*f, *g)] + [v for piece in pieces for v in piece[2:]]
    across, up = linear_axis(span, 0, WIDTH, tight=True), linear_axis([0, *tops], UPPER, 0, most=4)
    _draw_axes(canvas, across, up, "t")
    for a, b, left, middle, right in pieces:
        bend = (4 * middle - left - right) / 2
        corners = [(a, 0.0), (a, left), ((a + b) / 2, bend), (b, right), (b, 0.0)]
        foot, one, two, three, back = (f"{across.place(t):.1f} {up.place(v):.1f}" for t, v in corners)
        path = f"M{foot}L{one}Q{two} {three}L{back}Z"
        canvas.shapes.append(f'<path class="cv-band cv-band-3" d="{path}"/>')
    for points, names in ((f, "cv-series cv-series-1"), (shown, "cv-series cv-series-2")):
        whole = [(points[0][0], 0.0), *points, (points[-1][0], 0.0)]
        inside = [(across.place(t), up.place(v)) for t, v in _cut(whole, span)]
        if inside:
            canvas.line(inside, names)
    canvas.write(0, -12, f"f(t) solid, g({show(x)} − t) dashed, their product filled", "cv-note")


def _cut(line: Sequence[Point], span: Point) -> list[Point]:
    """The part of a line, whose t never goes back, that lies in the span.

    >>> _cut([(0, 0), (0, 4), (4, 0), (4, 0)], (1, 2))
    [(1, 3.0), (2, 2.0)]
    """
    points: list[Point] = []
    for (a, at_a), (b, at_b) in pairwise(line):
        if a == b and span[0] <= a <= span[1]:
            points += [(a, at_a), (b, at_b)]
        elif max(a, span[0]) < min(b, span[1]):
            points += [(t, Stretch(a, b, at_a, at_b)(t)) for t in (max(a, span[0]), min(b, span[1]))]
    return points


def _draw_lower(canvas: Canvas, xs: Sequence[float], found: Sequence[float], at: int) -> None:
    top = UPPER + BETWEEN
    across = linear_axis((xs[0], xs[-1]), 0, WIDTH, tight=True)
    up = linear_axis([0, *found], top + LOWER, top, most=3)
    _draw_axes(canvas, across, up, "x")
    points = [(across.place(x), up.place(v)) for x, v in zip(xs, found, strict=True)]
    canvas.line(points, "cv-foot")
    x, y = points[at]
    canvas.shapes.append(f'<circle class="cv-here" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
    canvas.write(0, top - 12, "(f ∗ g)(x), the area for every x", "cv-note")


def _draw_axes(canvas: Canvas, across: Axis, up: Axis, name: str) -> None:
    foot = up.start
    canvas.line([(0, up.place(0)), (WIDTH, up.place(0))], "cv-rule")
    for value in up.ticks:
        canvas.write(-8, up.place(value) + 4, tick_text(value), anchor="end")
    for value in across.ticks:
        canvas.line([(across.place(value), foot), (across.place(value), foot + 4)], "cv-rule")
        canvas.write(across.place(value), foot + 18, tick_text(value), anchor="middle")
    canvas.write(WIDTH + 14, foot + 18, name, "cv-note")


def _words(
    f: Sequence[Point], g: Sequence[Point], xs: Sequence[float], found: Sequence[float], at: int
) -> str:
    corners = (
        f"{name} has corners {', '.join(f'({show(t)}, {show(value)})' for t, value in points)}."
        for name, points in (("f", f), ("g", g))
    )
    every = range(0, len(xs), max(1, len(xs) // 10))
    some = "; ".join(f"{show(found[n])} at {show(xs[n])}" for n in every)
    return (
        f"{' '.join(corners)} Straight in between, 0 outside. "
        f"g, flipped and moved to {show(xs[at])}, lies over f; "
        f"the area of the product is {show(found[at])}. The convolution: {some}."
    )


def _plain(number: float) -> str:
    return np.format_float_positional(number, trim="-")


def _text(corners: Sequence[Point]) -> str:
    return "; ".join(f"{_plain(t)} {_plain(value)}" for t, value in corners)
