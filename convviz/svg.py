"""The building blocks of every picture: a canvas that takes cells, text, lines, and knows its size."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from convviz.numbers import Values, show
from convviz.picture import Picture

EQUALS = re.compile("= ([^=]*)</text>$")
PITCH = 36
GAP = 4
MARGIN = 6
ROUNDING = {"kernel": 12}
FONT = {"cv-num": 16, "cv-sum": 16, "cv-label": 14, "cv-note": 13}
WIDTH = {"cv-num": 0.62, "cv-sum": 0.6, "cv-label": 0.67, "cv-note": 0.61}


def breadth(text: str) -> float:
    """How many digits wide a number is; a point counts as half."""
    return sum(0.5 if character in ".," else 1.0 for character in text)


def wrapped(parts: Sequence[str], width: float) -> list[str]:
    """The terms of a sum in lines that fit a width.

    >>> wrapped(["y =", "1×2", "+ 3×4", "= 14"], 100)
    ['y = 1×2', '+ 3×4 = 14']
    """
    lines = [parts[0]]
    for part in parts[1:]:
        longer = f"{lines[-1]} {part}"
        fits = WIDTH["cv-sum"] * FONT["cv-sum"] * len(longer) <= width
        lines = [*lines[:-1], longer] if fits else [*lines, part]
    return lines


class Canvas:
    """Collects shapes in any coordinates; `picture` shifts them so that everything is inside.

    `pitch` is the distance between columns, wide enough for the longest of the given numbers;
    `height` is the distance between rows.
    """

    def __init__(self, *numbers: Values, pitch: float = PITCH, height: float = PITCH) -> None:
        longest = max((breadth(show(v)) for array in numbers for v in array.flat), default=1)
        self.pitch = max(pitch, round(9.4 * longest + 6)) if longest > 3.5 else pitch
        self.height = height
        self.shapes: list[str] = []
        self.box = [0.0, 0.0, 0.0, 0.0]

    def reach(self, *points: tuple[float, float]) -> None:
        """Let the picture's box hold these points."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, top, right, bottom = self.box
        self.box = [min(left, *xs), min(top, *ys), max(right, *xs), max(bottom, *ys)]

    def cell(self, x: float, y: float, role: str, text: str = "", tap: bool = False) -> None:
        """One cell with its upper left corner at (x, y), in the colour and shape of its role."""
        self.block(x, y, self.pitch - GAP, self.height - GAP, role, tap)
        if text:
            self.number(x + (self.pitch - GAP) / 2, y + (self.height - GAP) / 2, text, role)

    def block(self, x: float, y: float, width: float, height: float, role: str, tap: bool = False) -> None:
        """A rounded rectangle of a role; padding is hatched, an output has a bar at its foot."""
        kind = role.split("-")[0]
        rounding = min(ROUNDING.get(kind, 5), width / 2, height / 2)
        names = f"cv-cell cv-{role}{' cv-tap' if tap else ''}"
        self.rectangle(x, y, width, height, rounding, names)
        if kind == "padding":
            self.hatch(x, y, width, height)
        if kind == "output":
            self.line([(x + 7, y + height - 3.5), (x + width - 7, y + height - 3.5)], "cv-foot")

    def rectangle(self, x: float, y: float, width: float, height: float, rounding: float, names: str) -> None:
        """A rectangle with class names."""
        place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{rounding:g}"'
        self.shapes.append(f'<rect class="{names}" {place}/>')
        self.reach((x, y), (x + width, y + height))

    def hatch(self, x: float, y: float, width: float, height: float, step: float = 7) -> None:
        """Diagonal lines drawn one by one: a pattern would need an id, and ids clash on a shared page."""
        x, y, width, height = x + 2, y + 2, width - 4, height - 4
        path = ""
        for at in range(1, int((width + height) / step) + 1):
            c = at * step
            foot, head = (max(0, c - height), min(c, height)), (min(c, width), max(0, c - width))
            path += f"M{x + foot[0]:g} {y + foot[1]:g}L{x + head[0]:g} {y + head[1]:g}"
        self.shapes.append(f'<path class="cv-hatch" d="{path}"/>')

    def number(self, x: float, y: float, text: str, role: str) -> None:
        """A number with its centre at (x, y), made smaller if its cell is narrow."""
        size = min(16, (self.pitch - GAP - 6) / (0.64 * breadth(text)), 0.5 * self.height)
        zero = " cv-zero" if text == "0" and role == "empty" else ""
        self.write(x, y + 0.36 * size, text, f"cv-num cv-{role.split('-')[0]}{zero}", "middle", size)

    def write(
        self, x: float, y: float, text: str, names: str = "cv-note", anchor: str = "start", size: float = 0
    ) -> None:
        """Text on the baseline y; `anchor` says which part of it lies at x."""
        kind = names.split()[0]
        font = FONT[kind]
        style = f' style="font-size:{size:.3g}px"' if size and size < font else ""
        self.shapes.append(
            f'<text class="{names}" x="{x:g}" y="{y:.4g}" text-anchor="{anchor}"{style}>{escape(text)}</text>'
        )
        width = WIDTH[kind] * (size or font) * len(text)
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        self.reach((left, y - 0.8 * font), (left + width, y + 0.3 * font))

    def line(self, points: Iterable[tuple[float, float]], names: str = "cv-wire") -> None:
        """A line through points."""
        corners = list(points)
        path = "L".join(f"{x:g} {y:g}" for x, y in corners)
        self.shapes.append(f'<path class="{names}" d="M{path}"/>')
        self.reach(*corners)

    def wire(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A thin curve that leaves downwards and arrives downwards."""
        (x0, y0), (x1, y1) = start, end
        middle = (y0 + y1) / 2
        self.shapes.append(
            f'<path class="cv-wire" d="M{x0:g} {y0:g}C{x0:g} {middle:g} {x1:g} {middle:g} {x1:g} {y1:g}"/>'
        )

    def frame(self, x: float, y: float, columns: int, rows: int = 1, spread: float = 2) -> None:
        """The strong outline that says: look here. It goes round whole cells."""
        width, height = columns * self.pitch - GAP, rows * self.height - GAP
        self.rectangle(x - spread, y - spread, width + 2 * spread, height + 2 * spread, 8, "cv-mark")

    def bracket(
        self, x: float, y: float, width: float, text: str, names: str = "", up: bool = False, drop: float = 0
    ) -> None:
        """A bracket under (or over) a stretch of cells, with its label, `drop` lower than usual."""
        foot, middle = (y - 5 if up else y + 5), x + width / 2
        line = f"cv-bracket {names}".strip()
        self.line([(x, y), (x, foot), (x + width, foot), (x + width, y)], line)
        if drop:
            self.line([(middle, foot), (middle, foot + drop)], line)
        self.write(middle, y - 11 if up else y + 19 + drop, text, f"cv-note {names}".strip(), "middle")

    def lines(self, x: float, y: float, lines: Sequence[str]) -> None:
        """A sum line by line, the later ones indented, its value bold."""
        for number, text in enumerate(lines):
            self.write(x + (24 if number else 0), y + 24 * number, text.strip(), "cv-sum")
        self.shapes[-1] = EQUALS.sub(r'= <tspan class="cv-strong">\1</tspan></text>', self.shapes[-1])

    def picture(self, title: str, description: str) -> Picture:
        """The finished picture, with a small margin on every side."""
        left, top, right, bottom = self.box
        move = f'<g aria-hidden="true" transform="translate({MARGIN - left:.4g} {MARGIN - top:.4g})">'
        width, height = round(right - left + 2 * MARGIN), round(bottom - top + 2 * MARGIN)
        return Picture(title, description, width, height, f"{move}{''.join(self.shapes)}</g>")
