"""Legends of charts: which look belongs to which name, in as many lines as the width asks for."""

from collections.abc import Callable, Iterable

from convviz.svg import FONT, WIDTH, Canvas

LINE, AFTER = 22, 14
Swatch = Callable[[float, float, int], None]


def draw_legend(
    canvas: Canvas, names: Iterable[str], swatch: Swatch, *, room: float, width: float, foot: float
) -> None:
    """Names with their swatches, from the canvas's left edge on, within `width`; the last line at `foot`.

    `swatch(x, y, number)` draws the look of a series round the height y, from x on, in a `room` wide.
    """
    places = _places([room + _breadth(name) + AFTER for name in names], width)
    left, rows = canvas.box[0], places[-1][1]
    for number, (name, (x, row)) in enumerate(zip(names, places, strict=True)):
        y = foot - LINE * (rows - row)
        swatch(left + x, y, number)
        canvas.write(left + x + room, y + 4.5, name, "cv-note cv-ink")


def _breadth(name: str) -> float:
    return WIDTH["cv-note"] * FONT["cv-note"] * len(name)


def _places(widths: list[float], limit: float) -> list[tuple[float, int]]:
    """Where entries of these widths stand, (x, row), if a row may be `limit` wide.

    >>> _places([40, 50, 60], 100)
    [(0.0, 0), (40.0, 0), (0.0, 1)]
    """
    places, x, row = [], 0.0, 0
    for width in widths:
        if x and x + width > limit:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += width
    return places
