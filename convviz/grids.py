"""Pictures of two-dimensional convolution: the window on the padded input, the kernel, the output."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convlib.shapes import as_tuple, windows_that_fit
from convviz.numbers import (
    Pair,
    Values,
    below_line,
    check_shape,
    check_value,
    pair,
    show,
    terms,
    values,
    whole,
)
from convviz.picture import Picture
from convviz.svg import FONT, WIDTH, Canvas, wrapped

BETWEEN = 44
WIDEST = 440


@dataclass(frozen=True)
class Scene:
    """What a 2-D picture shows: arrays (H, W), (R, S), (H_out, W_out), and which window is at work."""

    x: Values
    w: Values
    y: Values
    stride: Pair
    padding: Pair
    dilation: Pair
    at: Pair

    def padded(self) -> Values:
        """The input with its border of zeros."""
        rows, columns = self.padding
        return np.pad(self.x, ((rows, rows), (columns, columns)))

    def taps(self) -> tuple[range, range]:
        """The rows and the columns of the padded input that the window reads."""
        each = zip(self.at, self.stride, self.dilation, self.w.shape, strict=True)
        rows, columns = (range(a * s, a * s + d * k, d) for a, s, d, k in each)
        return rows, columns

    def seen(self) -> Values:
        """The input values under the kernel, (R, S)."""
        return self.padded()[np.ix_(*map(list, self.taps()))]


def conv2d(
    x: ArrayLike,
    w: ArrayLike,
    y: ArrayLike,
    *,
    stride: int | Pair = 1,
    padding: int | Pair = 0,
    dilation: int | Pair = 1,
    at: Pair = (0, 0),
) -> Picture:
    """One window of y = conv2d(x, w), x (H, W), w (R, S), with zero padding; `at` is (row, column) in y.

    Raises ValueError if y has not the shape that the arithmetic gives, or y[at] not the value of its sum.

    >>> conv2d([[1, 2], [3, 4]], [[1, 10]], [[21], [43]], at=(1, 0)).title
    '2-D convolution, output row 1, column 0'
    """
    arrays = values("x", x, 2), values("w", w, 2), values("y", y, 2)
    steps = pair("stride", stride, 1), pair("padding", padding, 0), pair("dilation", dilation, 1)
    scene = Scene(*arrays, *steps, _position(at, arrays[2]))
    _check(scene)
    canvas = Canvas(*arrays)
    _draw_input(canvas, scene)
    left = (
        max(
            scene.padded().shape[1] * canvas.pitch,
            FONT["cv-label"] * WIDTH["cv-label"] * len(_input_label(scene)),
        )
        + BETWEEN
    )
    _draw_kernel(canvas, scene, left)
    _draw_output(canvas, scene, *_output_place(canvas, scene, left))
    _draw_sum(canvas, scene)
    return canvas.picture(f"2-D convolution, output row {scene.at[0]}, column {scene.at[1]}", _words(scene))


def _position(at: Pair, y: Values) -> Pair:
    row, column = pair("at", at, 0)
    return whole("at[0]", row, 0, y.shape[0]), whole("at[1]", column, 0, y.shape[1])


def _check(scene: Scene) -> None:
    each = zip(scene.padded().shape, scene.w.shape, scene.stride, scene.dilation, strict=True)
    size = sum((as_tuple(windows_that_fit(*axis)) for axis in each), ())
    check_shape("y", scene.y, size, "the size formula")
    check_value(f"y{list(scene.at)}", scene.y[scene.at], float(np.sum(scene.seen() * scene.w)))


def _input_label(scene: Scene) -> str:
    return "input x with zero padding" if any(scene.padding) else "input x"


def _draw_input(canvas: Canvas, scene: Scene) -> None:
    canvas.write(0, -8, _input_label(scene), "cv-label")
    rows, columns = scene.taps()
    (top, left), (height, width) = scene.padding, scene.x.shape
    for (r, c), value in np.ndenumerate(scene.padded()):
        inside = top <= r < top + height and left <= c < left + width
        tap = r in rows and c in columns
        canvas.cell(c * canvas.pitch, r * canvas.height, "input" if inside else "padding", show(value), tap)
    across, down = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
    canvas.frame(columns[0] * canvas.pitch, rows[0] * canvas.height, across, down)


def _draw_kernel(canvas: Canvas, scene: Scene, left: float) -> None:
    canvas.write(left, -8, "kernel w", "cv-label")
    _grid(canvas, scene.w, left, 0, "kernel")


def _output_place(canvas: Canvas, scene: Scene, left: float) -> tuple[float, float]:
    """Under the kernel, or under the input where the picture would become too wide for a phone."""
    if left + scene.y.shape[1] * canvas.pitch <= max(WIDEST, canvas.box[2]):
        return left, len(scene.w) * canvas.height + BETWEEN
    return 0, max(len(scene.padded()), len(scene.w)) * canvas.height + BETWEEN


def _draw_output(canvas: Canvas, scene: Scene, left: float, top: float) -> None:
    canvas.write(left, top - 8, "output y", "cv-label")
    _grid(canvas, scene.y, left, top, "output", scene.at)
    canvas.frame(left + scene.at[1] * canvas.pitch, top + scene.at[0] * canvas.height, 1)


def _grid(canvas: Canvas, array: Values, left: float, top: float, role: str, tap: Pair | None = None) -> None:
    for (r, c), value in np.ndenumerate(array):
        canvas.cell(left + c * canvas.pitch, top + r * canvas.height, role, show(value), tap == (r, c))


def _draw_sum(canvas: Canvas, scene: Scene) -> None:
    """The sum below the grids, one line for each row of the kernel."""
    width = max(300, canvas.box[2])
    rows = (wrapped(row, width) for row in _sum_rows(scene))
    canvas.lines(0, canvas.box[3] + 30, [line for row in rows for line in row])


def _sum_rows(scene: Scene) -> list[list[str]]:
    """The terms of the sum, one list for each row of the kernel."""
    first, *others = (terms(*rows) for rows in zip(scene.seen(), scene.w, strict=True))
    rows = [[f"y{below_line(scene.at)} =", *first], *([f"+ {row[0]}", *row[1:]] for row in others)]
    return [*rows[:-1], [*rows[-1], f"= {show(scene.y[scene.at])}"]]


def _words(scene: Scene) -> str:
    return (
        f"Input, row by row: {_rows(scene.x)}. Kernel: {_rows(scene.w)}. Stride {scene.stride}, "
        f"zero padding {scene.padding}, dilation {scene.dilation}, each as (rows, columns). "
        f"{' '.join(part for row in _sum_rows(scene) for part in row)}. Output: {_rows(scene.y)}."
    )


def _rows(array: Values) -> str:
    return " / ".join(" ".join(show(value) for value in row) for row in array)
