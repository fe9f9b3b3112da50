"""What charts and diagrams draw besides cells: arrows, and the lines and dots of series."""

from collections.abc import Sequence
from math import hypot

from convviz.svg import Canvas

Point = tuple[float, float]
SERIES = 4
HEAD = 7


def arrow(canvas: Canvas, points: Sequence[Point], names: str = "cv-wire") -> None:
    """A line through points with a head at its end."""
    (x0, y0), (x1, y1) = points[-2:]
    length = hypot(x1 - x0, y1 - y0) or 1
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    foot = x1 - HEAD * ux, y1 - HEAD * uy
    canvas.line([*points[:-1], foot], names)
    wings = [(foot[0] - side * uy, foot[1] + side * ux) for side in (-4, 4)]
    path = "L".join(f"{x:.4g} {y:.4g}" for x, y in (wings[0], (x1, y1), wings[1]))
    canvas.shapes.append(f'<path class="cv-head" d="M{path}Z"/>')
    canvas.reach((x1, y1), *wings)


def series_line(canvas: Canvas, points: Sequence[Point], number: int) -> None:
    """The line of a series; each has its own colour and its own dashes."""
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    canvas.shapes.append(f'<path class="cv-series cv-series-{number + 1}" d="M{path}"/>')
    canvas.reach(*points)


def series_dot(canvas: Canvas, x: float, y: float, number: int) -> None:
    """The marker of a series: circle, square, triangle, diamond."""
    names = f"cv-dot cv-dot-{number + 1}"
    corners: list[Sequence[Point]] = [
        [],
        [(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)],
        [(0, -5), (4.6, 3.5), (-4.6, 3.5)],
        [(0, -5), (5, 0), (0, 5), (-5, 0)],
    ]
    if not corners[number]:
        canvas.shapes.append(f'<circle class="{names}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
    else:
        path = "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners[number])
        canvas.shapes.append(f'<path class="{names}" d="M{path}Z"/>')
    canvas.reach((x - 5, y - 5), (x + 5, y + 5))


def mark_dot(canvas: Canvas, x: float, y: float) -> None:
    """A ring that says: here."""
    canvas.shapes.append(f'<circle class="cv-here" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
    canvas.reach((x - 6, y - 6), (x + 6, y + 6))
