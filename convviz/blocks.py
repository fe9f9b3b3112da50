"""The picture of a network: boxes on a grid, joined by arrows."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from convviz.pens import Point, arrow
from convviz.picture import Picture
from convviz.svg import FONT, WIDTH, Canvas

ROLES = ("plain", "input", "kernel", "output", "padding")
ACROSS, DOWN = 38, 44
LINE = 17
Node = tuple[float, float, str] | tuple[float, float, str, str]
Edge = tuple[str, str] | tuple[str, str, str]


@dataclass(frozen=True)
class Box:
    """A box: its middle in columns and rows, its lines of text, its role."""

    column: float
    row: float
    lines: tuple[str, ...]
    role: str


@dataclass(frozen=True)
class Plan:
    """All boxes by name, and the size that they share."""

    boxes: Mapping[str, Box]
    width: float
    height: float

    def middle(self, name: str) -> Point:
        """The middle of a box on the paper."""
        box = self.boxes[name]
        return box.column * (self.width + ACROSS), box.row * (self.height + DOWN)

    def path(self, start: str, end: str) -> list[Point]:
        """From edge to edge: across within a row, down within a column, else across and then down or up."""
        (x0, y0), (x1, y1) = self.middle(start), self.middle(end)
        right, below = (1 if x1 > x0 else -1), (1 if y1 > y0 else -1)
        side, foot = self.width / 2 + 2, self.height / 2 + 2
        if y0 == y1:
            return [(x0 + right * side, y0), (x1 - right * side, y1)]
        if x0 == x1:
            return [(x0, y0 + below * foot), (x1, y1 - below * foot)]
        if below > 0:
            return [(x0, y0 + foot), (x0, y1), (x1 - right * side, y1)]
        return [(x0 + right * side, y0), (x1, y0), (x1, y1 + foot)]


def blocks(
    nodes: Mapping[str, Node],
    arrows: Sequence[Edge] = (),
    *,
    skips: Sequence[Edge] = (),
    title: str = "Network",
) -> Picture:
    """A network. A node is {name: (column, row, size)}, column and row its place on a grid (halves too).

    The name is its first line; `size`, such as "16 × 37 × 53", comes below and may have several lines
    (with newlines). A fourth entry is a role, which gives the colour: input, kernel, output, padding, or
    plain. Arrows are (from, to) or (from, to, label); skips are drawn with dashes. An arrow down and
    across leaves its box below; one up and across leaves it at the side. Raises ValueError for a name
    that no node has, a role that does not exist, or two nodes on one place.

    >>> net = {"input": (0, 0, "1 × 4 × 4", "input"), "conv": (0, 1, "8 × 4 × 4")}
    >>> blocks(net, [("input", "conv", "3 × 3")]).description
    'input: 1 × 4 × 4. conv: 8 × 4 × 4. From input to conv (3 × 3).'
    """
    boxes = {name: _box(name, node) for name, node in nodes.items()}
    _check(boxes, [*arrows, *skips])
    longest = max(_breadth(box.lines) for box in boxes.values())
    plan = Plan(boxes, longest + 18, LINE * max(len(box.lines) for box in boxes.values()) + 12)
    canvas = Canvas()
    for edges, names in ((skips, "cv-wire cv-skip"), (arrows, "cv-wire")):
        for edge in edges:
            _draw_edge(canvas, plan, edge, names)
    for name in boxes:
        _draw_box(canvas, plan, name)
    return canvas.picture(title, _words(boxes, arrows, skips))


def _box(name: str, node: Node) -> Box:
    if not 3 <= len(node) <= 4:
        raise ValueError(
            f"node {name!r} must be (column, row, size) or (column, row, size, role), got {node!r}"
        )
    role = node[3] if len(node) == 4 else "plain"
    if role not in ROLES:
        raise ValueError(f"the role of {name!r} must be one of {', '.join(ROLES)}, got {role!r}")
    return Box(node[0], node[1], tuple(line for line in (name, *node[2].split("\n")) if line), role)


def _check(boxes: Mapping[str, Box], edges: Sequence[Edge]) -> None:
    if not boxes:
        raise ValueError("a network needs at least one node, got none")
    places: dict[tuple[float, float], str] = {}
    for name, box in boxes.items():
        other = places.setdefault((box.column, box.row), name)
        if other != name:
            raise ValueError(f"{other!r} and {name!r} have the same place, {(box.column, box.row)}")
    for edge in edges:
        for name in edge[:2]:
            if name not in boxes:
                raise ValueError(f"the arrow {edge!r} names {name!r}, but there is no such node")


def _breadth(lines: Sequence[str]) -> float:
    """How broad a box must be for its lines, the first of them bold."""
    kinds = ["cv-label"] + ["cv-note"] * (len(lines) - 1)
    return max(WIDTH[kind] * FONT[kind] * len(line) for kind, line in zip(kinds, lines, strict=True))


def _draw_box(canvas: Canvas, plan: Plan, name: str) -> None:
    box, (x, y) = plan.boxes[name], plan.middle(name)
    canvas.block(x - plan.width / 2, y - plan.height / 2, plan.width, plan.height, box.role)
    top = y - LINE * (len(box.lines) - 1) / 2 + 4.5
    for number, line in enumerate(box.lines):
        kind = "cv-note" if number else "cv-label"
        canvas.write(x, top + LINE * number, line, f"{kind} cv-{box.role}", "middle")


def _draw_edge(canvas: Canvas, plan: Plan, edge: Edge, names: str) -> None:
    points = plan.path(*edge[:2])
    arrow(canvas, points, names)
    if len(edge) == 2:
        return
    (x0, y0), (x1, y1) = points[-2:] if len(points) == 2 else _longest(points)
    if y0 == y1:
        canvas.write((x0 + x1) / 2, y0 - 7, edge[2], "cv-note cv-halo", "middle")
    else:
        canvas.write(x0 + 8, (y0 + y1) / 2 + 4.5, edge[2], "cv-note cv-halo")


def _longest(points: Sequence[Point]) -> tuple[Point, Point]:
    """The longest straight part of a path."""
    parts = list(itertools.pairwise(points))
    return max(parts, key=lambda part: abs(part[1][0] - part[0][0]) + abs(part[1][1] - part[0][1]))


def _words(boxes: Mapping[str, Box], arrows: Sequence[Edge], skips: Sequence[Edge]) -> str:
    nodes = [
        f"{name}: {', '.join(box.lines[1:])}." if box.lines[1:] else f"{name}." for name, box in boxes.items()
    ]
    lines = [
        f"{word} {edge[0]} to {edge[1]}{f' ({edge[2]})' if len(edge) == 3 else ''}."
        for edges, word in ((arrows, "From"), (skips, "Skip connection from"))
        for edge in edges
    ]
    return " ".join(nodes + lines)
