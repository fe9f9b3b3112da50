"""The animations of 2-D convolution, plain and transposed: one kernel that slides over a sheet of cells."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from convviz import sheets
from convviz.interactive import Interactive
from convviz.numbers import Pair, Values, pair, values
from convviz.sheets import Edges, Sheet

MOST_CELLS = 32
MOST_TAPS = 49
LARGEST = 9999
Padding = int | Sequence[int] | Sequence[Sequence[int]]


def play(
    x: ArrayLike,
    w: ArrayLike,
    y: ArrayLike,
    *,
    stride: int | Pair = 1,
    padding: Padding = 0,
    dilation: int | Pair = 1,
) -> Interactive:
    """y = conv2d(x, w) as an animation, window by window, x (H, W), w (R, S), with zero padding.

    `padding` is one number, (rows, columns), or ((top, bottom), (left, right)).
    Raises ValueError unless y is what the windows add up to, or if there are more than 32 rows or columns.

    >>> play([[1, 2], [3, 4]], [[1, 10]], [[21], [43]]).attributes["w"]
    '1 10'
    """
    x, w, y = _numbers("x", x), _numbers("w", w), values("y", y, 2)
    steps, gaps, edges = pair("stride", stride, 1), pair("dilation", dilation, 1), _edges(padding)
    sheet = sheets.padded(x, w, steps, edges, gaps)
    _check(sheet, y)
    attributes = {"x": _text(x), "w": _text(w), "stride": _list(steps), "dilation": _list(gaps)}
    attributes["padding"] = _list((*edges[0], *edges[1]))
    title = f"2-D convolution, {sheet.size[0]} × {sheet.size[1]} windows"
    name = "input x with zero padding" if any(map(any, edges)) else "input x"
    return Interactive("play", attributes, sheets.still(sheet, y, title, (name, "kernel w")))


def play_transposed(
    x: ArrayLike,
    w: ArrayLike,
    y: ArrayLike,
    *,
    stride: int | Pair = 1,
    padding: int | Pair = 0,
    output_padding: int | Pair = 0,
    dilation: int | Pair = 1,
) -> Interactive:
    """y = conv_transpose2d(x, w) as an animation, x (H, W), w (R, S): the turned kernel on the stretched x.

    Between the inputs stand stride - 1 zeros, around them d(k - 1) - p, and output_padding more at the end;
    where padding is above d(k - 1), the cells at the edge stay unread instead.
    Raises ValueError unless y is what the windows add up to, or if there are more than 32 rows or columns.
    Source: Dumoulin and Visin, arXiv 1603.07285, chapter 4.

    >>> play_transposed([[1, 2]], [[1, 10, 100]], [[1, 10, 102, 20, 200]], stride=(1, 2)).attributes["x"]
    '1 2'
    """
    x, w, y = _numbers("x", x), _numbers("w", w), values("y", y, 2)
    given = {
        "stride": pair("stride", stride, 1),
        "padding": pair("padding", padding, 0),
        "output_padding": pair("output_padding", output_padding, 0),
        "dilation": pair("dilation", dilation, 1),
    }
    sheet = sheets.stretched(x, w, **given)
    _check(sheet, y)
    attributes = {"x": _text(x), "w": _text(w)} | {key: _list(both) for key, both in given.items()}
    title = f"2-D transposed convolution, {sheet.size[0]} × {sheet.size[1]} windows"
    names = "input x, stretched and padded", "kernel w, turned"
    return Interactive("play-transposed", attributes, sheets.still(sheet, y, title, names))


def _check(sheet: Sheet, y: Values) -> None:
    if max(sheet.cells.shape) > MOST_CELLS:
        raise ValueError(
            f"the padded input must have at most {MOST_CELLS} rows and columns here, got {sheet.cells.shape}"
        )
    if sheet.w.size > MOST_TAPS:
        raise ValueError(f"w must have at most {MOST_TAPS} taps here, got {sheet.w.size}")
    sheets.check(sheet, y)


def _edges(given: Padding) -> Edges:
    """((top, bottom), (left, right)) from one number, two, or two pairs."""
    if not isinstance(given, tuple | list) or len(given) != 2:
        rows, columns = pair("padding", given, 0)  # type: ignore[arg-type]
        return (rows, rows), (columns, columns)
    return pair("padding", given[0], 0), pair("padding", given[1], 0)


def _numbers(name: str, given: ArrayLike) -> Values:
    array = values(name, given, axes=2)
    if np.abs(array).max() > LARGEST:
        raise ValueError(f"{name} must stay between -{LARGEST} and {LARGEST} here, got {given!r}")
    return array


def _text(array: Values) -> str:
    """Rows with ; between them, numbers as a reader would type them.

    >>> _text(np.array([[1.0, -0.5], [3.0, 4.0]]))
    '1 -0.5; 3 4'
    """
    rows = (" ".join(np.format_float_positional(v, trim="-") for v in row) for row in array)
    return "; ".join(rows)


def _list(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))
