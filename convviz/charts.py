"""Line charts: curves, points, and stems, with round ticks and a legend."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from convviz.axes import Axis, linear_axis, log_axis, tick_text
from convviz.labels import write_labels
from convviz.legends import draw_legend
from convviz.numbers import Values, check_shape, counted, show, values
from convviz.pens import SERIES, Point, mark_dot, series_dot, series_line
from convviz.picture import Picture
from convviz.svg import Canvas

BROAD, HIGH = 400, 240
FEW = 16


@dataclass(frozen=True)
class Chart:
    """What a chart shows: series of (x, y), labelled points, its axes, and how it draws each series."""

    series: Mapping[str, tuple[Values, Values]]
    marks: Mapping[str, tuple[float, float]]
    across: Axis
    up: Axis
    style: str
    names: tuple[str, str]

    def spot(self, x: float, y: float) -> Point:
        """Where a point of the data lies on the paper."""
        return self.across.place(x), self.up.place(y)


def curves(
    series: Mapping[str, tuple[ArrayLike, ArrayLike]],
    *,
    x: str = "",
    y: str = "",
    log_x: bool = False,
    log_y: bool = False,
    points: bool = False,
    stems: bool = False,
    marks: Mapping[str, tuple[float, float]] | None = None,
) -> Picture:
    """A chart of 1 to 4 series {name: (xs, ys)}, xs and ys of one length; x and y name the axes.

    `points` draws markers alone; `stems` draws a stem from 0 to each, for discrete values; `marks` are
    labelled points on top. A jump is a repeated x. Raises ValueError for other numbers of series, xs
    and ys that do not fit, or numbers that are not positive on a logarithmic axis.

    >>> curves({"square": ([0, 1, 2], [0, 1, 4])}, x="t").title
    'Chart of square over t'
    """
    read = {str(name): _series(name, *both) for name, both in _counted(series).items()}
    spots = {str(label): _series(label, [spot[0]], [spot[1]]) for label, spot in (marks or {}).items()}
    if stems and (points or log_y):
        raise ValueError("stems start at 0: they go with neither points=True nor log_y=True")
    xs, ys = (np.concatenate([both[i] for both in (*read.values(), *spots.values())]) for i in (0, 1))
    across, up = _axes(xs, ys, log_x, log_y, stems or points)
    style = "stems" if stems else "points" if points else "lines"
    at = {label: (float(a[0]), float(b[0])) for label, (a, b) in spots.items()}
    return _picture(Chart(read, at, across, up, style, (x, y)))


def _counted(series: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Mapping[str, tuple[ArrayLike, ArrayLike]]:
    if not 1 <= len(series) <= SERIES:
        raise ValueError(f"a chart shows 1 to {SERIES} series, got {len(series)}")
    return series


def _series(name: str, xs: ArrayLike, ys: ArrayLike) -> tuple[Values, Values]:
    read = values(f"x of {name!r}", xs, 1), values(f"y of {name!r}", ys, 1)
    check_shape(f"y of {name!r}", read[1], read[0].shape, "its x")
    return read


def _axes(xs: Values, ys: Values, log_x: bool, log_y: bool, loose: bool) -> tuple[Axis, Axis]:
    for name, numbers, log in (("x", xs, log_x), ("y", ys, log_y)):
        if log and numbers.min() <= 0:
            raise ValueError(f"{name} must be above 0 on a logarithmic axis, got {show(numbers.min())}")
    with_zero = [*ys.tolist(), *([] if ys.min() < 0 < ys.max() or _far_from_zero(ys, loose) else [0.0])]
    up = log_axis(ys.tolist(), HIGH, 0) if log_y else linear_axis(with_zero, HIGH, 0)
    if log_x:
        return log_axis(xs.tolist(), 0, BROAD, tight=True), up
    return _loose(linear_axis(xs.tolist(), 0, BROAD, tight=True), loose), up


def _far_from_zero(ys: Values, loose: bool) -> bool:
    """Whether an axis down to 0 would leave the lower half of the chart empty; stems need it all the same."""
    return not loose and float(np.abs(ys).min()) > 0.5 * float(np.abs(ys).max())


def _loose(axis: Axis, loose: bool) -> Axis:
    """With room at both ends, so that no stem stands on the edge."""
    room = 0.05 * (axis.high - axis.low) * loose
    return Axis(axis.low - room, axis.high + room, axis.start, axis.stop, axis.ticks)


def _picture(chart: Chart) -> Picture:
    canvas = Canvas()
    _draw_grid(canvas, chart)
    for number, name in enumerate(chart.series):
        _draw_series(canvas, chart, number, name)
    _draw_marks(canvas, chart)
    _draw_names(canvas, chart)
    _draw_legend(canvas, chart)
    x, _ = chart.names
    return canvas.picture(f"Chart of {', '.join(chart.series)}{f' over {x}' if x else ''}", _words(chart))


def _draw_grid(canvas: Canvas, chart: Chart) -> None:
    for tick in chart.across.ticks:
        x = chart.across.place(tick)
        canvas.line([(x, 0), (x, HIGH)], "cv-rule")
        canvas.write(x, HIGH + 19, tick_text(tick), "cv-note", "middle")
    for tick in chart.up.ticks:
        y = chart.up.place(tick)
        canvas.line([(0, y), (BROAD, y)], "cv-rule")
        canvas.write(-8, y + 4.5, tick_text(tick), "cv-note", "end")
    base = chart.up.place(0) if chart.up.low <= 0 <= chart.up.high and not chart.up.log else HIGH
    canvas.line([(0, base), (BROAD, base)], "cv-bracket")
    canvas.line([(0, 0), (0, HIGH)], "cv-bracket")


def _draw_series(canvas: Canvas, chart: Chart, number: int, name: str) -> None:
    spots = [chart.spot(*both) for both in zip(*chart.series[name], strict=True)]
    if chart.style == "lines":
        series_line(canvas, spots, number)
    if chart.style == "stems":
        shift = 7 * (number - (len(chart.series) - 1) / 2)
        spots = [(x + shift, y) for x, y in spots]
        for spot in spots:
            series_line(canvas, [(spot[0], chart.up.place(0)), spot], number)
    if chart.style != "lines" or len(spots) <= FEW:
        for spot in spots:
            series_dot(canvas, *spot, number)


def _draw_marks(canvas: Canvas, chart: Chart) -> None:
    labels = [(label, chart.spot(*point)) for label, point in chart.marks.items()]
    for _, spot in labels:
        mark_dot(canvas, *spot)
    busy = [spot for both in chart.series.values() for spot in _along(chart, *both)]
    write_labels(canvas, labels, busy, (2, 2, BROAD - 2, HIGH - 2))


def _along(chart: Chart, xs: Values, ys: Values) -> list[Point]:
    """Points every few units along a line, so that labels can keep off it."""
    spots = np.array([chart.spot(*both) for both in zip(xs, ys, strict=True)])
    steps = [np.linspace(a, b, 2 + int(np.hypot(*(b - a)) / 8)) for a, b in pairwise(spots)]
    return [(float(x), float(y)) for x, y in np.concatenate([spots[:1], *steps])]


def _draw_names(canvas: Canvas, chart: Chart) -> None:
    x, y = chart.names
    if x:
        canvas.write(BROAD / 2, HIGH + 40, x, "cv-label", "middle")
    if y:
        canvas.write(min(canvas.box[0], -30), -14, y, "cv-label")


def _draw_legend(canvas: Canvas, chart: Chart) -> None:
    def swatch(x: float, y: float, number: int) -> None:
        if chart.style != "points":
            series_line(canvas, [(x, y), (x + 32, y)], number)
        series_dot(canvas, x + 16, y, number)

    left, top, right, _ = canvas.box
    draw_legend(canvas, chart.series, swatch, room=40, width=right - left, foot=top - 18)


def _words(chart: Chart) -> str:
    lines = " ".join(_line(name, *both) for name, both in chart.series.items())
    marks = " ".join(
        f"Marked: {label} at ({_value(x)}, {_value(y)})." for label, (x, y) in chart.marks.items()
    )
    axes = f"{_axis(chart.names[0] or 'x', chart.across)} {_axis(chart.names[1] or 'y', chart.up)}"
    return f"{axes} {lines} {marks}".strip()


def _axis(name: str, axis: Axis) -> str:
    return f"Axis {name}{', logarithmic' if axis.log else ''}, with ticks {axis.words()}."


def _line(name: str, xs: Values, ys: Values) -> str:
    """A series in words: all its points if they are few, else its ends and its extremes."""
    spots = [f"({_value(x)}, {_value(y)})" for x, y in zip(xs, ys, strict=True)]
    if len(spots) <= FEW:
        return f"{name}: {', '.join(spots)}."
    least, most = spots[int(ys.argmin())], spots[int(ys.argmax())]
    ends = f"from {spots[0]} to {spots[-1]}"
    return f"{name}: {counted(len(spots), 'point')} {ends}, lowest at {least}, highest at {most}."


def _value(number: float) -> str:
    return tick_text(float(number))
