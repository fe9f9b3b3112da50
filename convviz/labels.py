"""Labels of points in a chart, each put where it covers least of what is there already."""

from collections.abc import Iterable, Sequence
from math import hypot

from convviz.pens import Point
from convviz.svg import FONT, WIDTH, Canvas

Box = tuple[float, float, float, float]
AWAY, CORNER = 10, 6


def write_labels(
    canvas: Canvas, labels: Sequence[tuple[str, Point]], busy: Iterable[Point], room: Box
) -> None:
    """Write each label near its point, inside `room`, off the `busy` points and off the other labels.

    A label that must keep some distance is tied to its point by a line.
    """
    taken: list[Box] = []
    points, busy = [point for _, point in labels], list(busy)
    for text, point in labels:
        others = [other for other in points if other != point]
        boxes = _around(text, *point)
        box = min(boxes, key=lambda box: _cost(box, point, taken, others, busy, room))
        taken.append(box)
        _write(canvas, text, point, box)


def _write(canvas: Canvas, text: str, point: Point, box: Box) -> None:
    left, top, _, bottom = box
    if distance(box, point) > 1.5 * AWAY:
        x, y = _nearest(box, point)
        length = distance(box, point) / 6
        start = point[0] + (x - point[0]) / length, point[1] + (y - point[1]) / length
        canvas.line([start, (x, y)], "cv-wire")
    canvas.write(left, bottom - 0.25 * (bottom - top), text, "cv-note cv-halo")


def _around(text: str, x: float, y: float) -> list[Box]:
    """The places that a label may have, right, left, above, below, the corners, near and far."""
    width, height = WIDTH["cv-note"] * FONT["cv-note"] * len(text), 1.2 * FONT["cv-note"]
    boxes = []
    for away in (0, 12, 26, 44):
        right, left = x + AWAY + away, x - AWAY - away - width
        above, below = y - AWAY - away - height, y + AWAY + away
        sides = [(right, y - height / 2), (left, y - height / 2)]
        middles = [(x - width / 2, above), (x - width / 2, below)]
        corners = [(a - c, d) for a, c in ((right, CORNER), (left, -CORNER)) for d in (above, below)]
        boxes += [(a, d, a + width, d + height) for a, d in (*sides, *middles, *corners)]
    return boxes


def _cost(
    box: Box, own: Point, taken: Sequence[Box], others: Sequence[Point], busy: Sequence[Point], room: Box
) -> float:
    """How bad a place is: on other labels or points, outside, nearer to a strange point, on lines, far."""
    left, top, right, bottom = box
    beyond = (room[0] - left, room[1] - top, right - room[2], bottom - room[3])
    near = distance(box, own)
    return (
        30 * sum(overlap(box, other) > 0 for other in taken)
        + 20 * sum(distance(box, other) < 7 for other in others)
        + 8 * sum(distance(box, other) <= near for other in others)
        + 2 * sum(distance(box, point) < 3 for point in busy)
        + 40 * sum(side > 0 for side in beyond)
        + near / 3
    )


def _nearest(box: Box, point: Point) -> Point:
    """The point of a box that is nearest to a point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def distance(box: Box, point: Point) -> float:
    """How far a point lies from a box; 0 inside.

    >>> distance((0, 0, 2, 2), (5, 6))
    5.0
    """
    x, y = _nearest(box, point)
    return hypot(x - point[0], y - point[1])


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share.

    >>> overlap((0, 0, 2, 2), (1, 1, 5, 5))
    1
    """
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, across) * max(0, down)
