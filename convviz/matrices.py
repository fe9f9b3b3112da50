"""The picture of convolution as a matrix product, y = C x."""

import numpy as np
from numpy.typing import ArrayLike

from convviz.numbers import Values, below_line, check_shape, check_value, listed, show, terms, values, whole
from convviz.picture import Picture
from convviz.svg import GAP, PITCH, Canvas, wrapped

LEVELS = 5
SIGN = 30


def matrix(
    C: ArrayLike,
    *,
    x: ArrayLike | None = None,
    y: ArrayLike | None = None,
    row: int | None = None,
    name: str = "C",
) -> Picture:
    """The matrix C (rows, columns), with x (columns,) and y (rows,) beside it if given, one row marked.

    `name` is the letter above it: "Cᵀ" for a transpose.

    Equal entries have equal colours, zeros are faint. Raises ValueError if x or y does not fit C,
    or if y[row] is not the value of its sum.

    >>> matrix([[1, 10, 0], [0, 1, 10]], row=1).title
    'Matrix of 2 rows and 3 columns, row 1 marked'
    """
    C = values("C", C, 2)
    x = None if x is None else values("x", x, 1)
    y = None if y is None else values("y", y, 1)
    row = None if row is None else whole("row", row, 0, len(C))
    _check(C, x, y)
    pitch = PITCH if C.shape[1] <= 10 else 31
    canvas = Canvas(C, *(v for v in (x, y) if v is not None), pitch=pitch, height=pitch)
    _draw(canvas, C, x, y, row, name)
    if row is not None and x is not None:
        _draw_sum(canvas, _sum(C, x, row), len(C), len(x))
    marked = "" if row is None else f", row {row} marked"
    return canvas.picture(
        f"Matrix of {C.shape[0]} rows and {C.shape[1]} columns{marked}", _words(C, x, y, row, name)
    )


def _check(C: Values, x: Values | None, y: Values | None) -> None:
    if x is not None:
        check_shape("x", x, (C.shape[1],), "the number of columns of C")
    if y is not None:
        check_shape("y", y, (C.shape[0],), "the number of rows of C")
    if x is not None and y is not None:
        for i, total in enumerate(C @ x):
            check_value(f"y[{i}]", y[i], float(total))


def _draw(canvas: Canvas, C: Values, x: Values | None, y: Values | None, row: int | None, name: str) -> None:
    """y, the equals sign, C, x, from left to right as in the formula."""
    left = 0.0
    if y is not None:
        _column(canvas, y, "output", "y", left, {row})
        canvas.write(canvas.pitch + 12, len(C) / 2 * canvas.height + 4, "=", "cv-sum", "middle")
        left = canvas.pitch + SIGN
    _entries(canvas, C, left, row, name)
    if x is not None:
        used: set[int | None] = set() if row is None else set(np.flatnonzero(C[row]).tolist())
        _column(canvas, x, "input", "x", left + C.shape[1] * canvas.pitch + SIGN / 2, used)


def _entries(canvas: Canvas, C: Values, left: float, row: int | None, name: str) -> None:
    levels = _levels(C)
    canvas.write(left, -8, name, "cv-label")
    for (r, c), value in np.ndenumerate(C):
        role = f"value-{levels[value]}" if value else "empty"
        canvas.cell(left + c * canvas.pitch, r * canvas.height, role, show(value))
    if row is not None:
        canvas.frame(left, row * canvas.height, C.shape[1])


def _levels(C: Values) -> dict[float, int]:
    """A colour level, 1 to 5, for each distinct value that is not zero; ranks are spread over the levels.

    >>> _levels(np.array([[1.0, 0.0, 100.0]]))
    {1.0: 1, 100.0: 5}
    """
    distinct = [float(value) for value in np.unique(C[C != 0])]
    steps = max(1, len(distinct) - 1)
    return {value: 1 + round(rank * (LEVELS - 1) / steps) for rank, value in enumerate(distinct)}


def _column(canvas: Canvas, column: Values, role: str, name: str, left: float, taps: set[int | None]) -> None:
    canvas.write(left + (canvas.pitch - GAP) / 2, -8, name, "cv-label", "middle")
    for i, value in enumerate(column):
        canvas.cell(left, i * canvas.height, role, show(value), tap=i in taps)


def _draw_sum(canvas: Canvas, parts: list[str], rows: int, columns: int) -> None:
    """The sum under everything, or under C and left of x where x is much the longer."""
    beside = columns > rows + 3
    width = canvas.box[2] - canvas.pitch - SIGN if beside else max(300, canvas.box[2])
    canvas.lines(0, (rows if beside else max(rows, columns)) * canvas.height + 30, wrapped(parts, width))


def _sum(C: Values, x: Values, row: int) -> list[str]:
    """The sum of one row, without the terms in which C is zero."""
    used = np.flatnonzero(C[row])
    written = [*terms(C[row][used], x[used]), "="] if len(used) else []
    *start, last = [f"y{below_line(row)} =", *written]
    return [*start, f"{last} {show(float(C[row] @ x))}"]


def _words(C: Values, x: Values | None, y: Values | None, row: int | None, name: str) -> str:
    words = [f"Row {r} of {name}: {listed(entries)}." for r, entries in enumerate(C)]
    words += [f"{letter} = {listed(v)}." for letter, v in (("x", x), ("y", y)) if v is not None]
    if row is not None and x is not None:
        words.append(" ".join(_sum(C, x, row)) + ".")
    return " ".join(words)
