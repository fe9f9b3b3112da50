"""Pictures of the sliding table: convolution by hand, one step or all of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convviz.numbers import MINUS, Values, below_line, listed, show, terms, values, whole
from convviz.picture import Picture
from convviz.svg import GAP, Canvas, wrapped

LABELS = 84


class Step(NamedTuple):
    """One step of the sliding table: f stays, g lies reversed with g_0 under f_i."""

    f: Values
    g: Values
    i: int

    def meets(self) -> range:
        """The indices j at which both f_j and g_(i-j) exist."""
        return range(max(0, self.i - len(self.g) + 1), min(len(self.f), self.i + 1))

    def factors(self) -> tuple[list[float], list[float]]:
        """The pairs that are multiplied, f_j and g_(i-j)."""
        return [self.f[j] for j in self.meets()], [self.g[self.i - j] for j in self.meets()]

    def total(self) -> float:
        """The value (f * g)_i."""
        return float(np.dot(*self.factors()))

    def name(self) -> str:
        """How the step's result is called."""
        return f"(f ∗ g){below_line(self.i)}"

    def words(self) -> str:
        """The step as a sentence: products written out, then worked out, then added."""
        added = " + ".join(show(a * b) for a, b in zip(*self.factors(), strict=True))
        worked = f"{added} = " if len(self.meets()) > 1 else ""
        return f"{self.name()} = {' '.join(terms(*self.factors()))} = {worked}{show(self.total())}."


def sliding_row(f: ArrayLike, g: ArrayLike, i: int) -> Picture:
    """One step of the sliding table of f and g, 1-D: the step that gives (f * g)_i.

    Raises ValueError unless 0 <= i < len(f) + len(g) - 1.

    >>> sliding_row([1, 2], [1, 10], 1).description
    'f, numbered 0 to 1: 1, 2. g reversed: 10, 1, with g₀ under f₁. (f ∗ g)₁ = 1×10 + 2×1 = 10 + 2 = 12.'
    """
    f, g = values("f", f, axes=1), values("g", g, axes=1)
    step = Step(f, g, whole("i", i, 0, len(f) + len(g) - 1))
    canvas = Canvas(f, g, _products(f, g))
    _indices(canvas, step)
    _block(canvas, step, 8, "products")
    sum_parts = [f"{step.name()} =", *terms(*step.factors()), f"= {show(step.total())}"]
    canvas.lines(0, 8 + 3 * canvas.height + 36, wrapped(sum_parts, max(300, canvas.box[2])))
    facts = f"f, numbered 0 to {len(f) - 1}: {listed(f)}. g reversed: {listed(g[::-1])}, "
    facts += f"with g₀ under f{below_line(step.i)}."
    return canvas.picture(f"Sliding table, step i = {step.i}", f"{facts} {step.words()}")


def sliding_table(f: ArrayLike, g: ArrayLike) -> Picture:
    """All len(f) + len(g) - 1 steps of the sliding table of f and g, 1-D, under each other.

    >>> sliding_table([1, 2], [1, 10]).title
    'Sliding table, 3 steps'
    """
    f, g = values("f", f, axes=1), values("g", g, axes=1)
    steps = [Step(f, g, i) for i in range(len(f) + len(g) - 1)]
    totals = np.array([step.total() for step in steps])
    canvas = Canvas(f, g, _products(f, g), totals, height=30)
    for step in steps:
        top = step.i * (3 * canvas.height + 26)
        _block(canvas, step, top, step.name())
        _total(canvas, step, top)
    for i in range(1, len(steps)):
        rule = i * (3 * canvas.height + 26) - 15
        canvas.line([(0, rule), (canvas.box[2], rule)], "cv-rule")
    facts = f"f = {listed(f)}. g = {listed(g)}. {' '.join(step.words() for step in steps)}"
    return canvas.picture(f"Sliding table, {len(steps)} steps", f"{facts} f ∗ g = {listed(totals)}.")


def _products(f: Values, g: Values) -> Values:
    return np.outer(f, g)


def _column(canvas: Canvas, step: Step, j: int) -> float:
    """The left edge of the column of f_j; there is room on the left for the g that sticks out."""
    return LABELS + (j + len(step.g) - 1) * canvas.pitch


def _indices(canvas: Canvas, step: Step) -> None:
    half = (canvas.pitch - GAP) / 2
    for j in sorted({*range(len(step.f)), step.i}):
        text, kind = (f"i={j}", "cv-label") if j == step.i else (str(j), "cv-note")
        canvas.write(_column(canvas, step, j) + half, 0, text, kind, "middle")


def _block(canvas: Canvas, step: Step, top: float, last: str) -> None:
    """The rows of one step: f, g reversed and shifted, products where both reach."""
    rows = [top + row * canvas.height for row in range(3)]
    for text, y in zip(("f", "g reversed", last), rows, strict=True):
        canvas.write(0, y + 0.62 * canvas.height, text, "cv-note")
    for j, value in enumerate(step.f):
        canvas.cell(_column(canvas, step, j), rows[0], "input", show(value), tap=j in step.meets())
    for k, value in enumerate(step.g):
        canvas.cell(_column(canvas, step, step.i - k), rows[1], "kernel", show(value))
    _product_row(canvas, step, rows[2])
    canvas.reach((_column(canvas, step, len(step.f) + len(step.g) - 1), top))


def _product_row(canvas: Canvas, step: Step, y: float) -> None:
    centre = y + canvas.height / 2
    for j in step.meets():
        x = _column(canvas, step, j)
        value, first = step.f[j] * step.g[step.i - j], j == step.meets()[0]
        text = show(value if first else abs(value))
        canvas.number(x + (canvas.pitch - GAP) / 2, centre, text, "plain")
        if not first:
            canvas.write(x - GAP / 2, centre + 5, MINUS if value < 0 else "+", "cv-note", "middle")
    left = _column(canvas, step, step.meets()[0])
    canvas.frame(left, y - 2 * canvas.height, len(step.meets()), rows=2)


def _total(canvas: Canvas, step: Step, top: float) -> None:
    x = _column(canvas, step, len(step.f) + len(step.g) - 1) + 18
    canvas.write(x - 6, top + 2.5 * canvas.height + 5, "=", "cv-sum", "end")
    canvas.cell(x, top + 2 * canvas.height + 2, "output", show(step.total()))
