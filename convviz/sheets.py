"""What the animations slide a kernel over: cells of several kinds, and the windows that read them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convlib.shapes import as_tuple, conv_transpose_output_size, windows_that_fit
from convviz.numbers import Pair, Values, check_shape, check_value, show
from convviz.picture import Picture
from convviz.svg import GAP, Canvas

Edges = tuple[Pair, Pair]
ROLES = {"input": "input", "stretch": "empty", "padding": "padding", "extra": "padding"}
BETWEEN = 44
WIDEST = 440


@dataclass(frozen=True)
class Sheet:
    """Cells (H, W) with their kinds, a kernel (R, S) as it is laid on them, and where its windows stand."""

    cells: Values
    kinds: NDArray[np.str_]
    w: Values
    start: Pair
    stride: Pair
    dilation: Pair
    size: Pair

    def taps(self, at: Pair) -> tuple[range, range]:
        """The rows and the columns that one window reads."""
        each = zip(self.start, at, self.stride, self.dilation, self.w.shape, strict=True)
        rows, columns = (range(o + a * s, o + a * s + d * k, d) for o, a, s, d, k in each)
        return rows, columns

    def seen(self, at: Pair) -> Values:
        """The cells under the kernel, (R, S)."""
        return self.cells[np.ix_(*map(list, self.taps(at)))]

    def sums(self) -> Values:
        """What every window adds up to: the output."""
        found = [float(np.sum(self.seen(at) * self.w)) for at in np.ndindex(self.size)]
        return np.reshape(found, self.size)

    def read(self) -> NDArray[np.bool_]:
        """Which cells any window reads at all."""
        found = np.zeros(self.cells.shape, dtype=bool)
        for at in np.ndindex(self.size):
            found[np.ix_(*map(list, self.taps(at)))] = True
        return found


def padded(x: Values, w: Values, stride: Pair, padding: Edges, dilation: Pair) -> Sheet:
    """The sheet of a convolution: the input with its border of zeros."""
    cells = np.pad(x, padding)
    kinds = np.pad(np.full(x.shape, "input", dtype="<U7"), padding, constant_values="padding")
    each = zip(cells.shape, w.shape, stride, dilation, strict=True)
    rows, columns = (as_tuple(windows_that_fit(*axis))[0] for axis in each)
    return Sheet(cells, kinds, w, (0, 0), stride, dilation, (rows, columns))


def stretched(
    x: Values, w: Values, stride: Pair, padding: Pair, output_padding: Pair, dilation: Pair
) -> Sheet:
    """The sheet of a transposed convolution: the stretched, padded input under the kernel turned by 180°.

    The border has d(k - 1) - p zeros; where that is negative, the first cells stay unread instead.
    """
    size = as_tuple(conv_transpose_output_size(x.shape, w.shape, stride, padding, output_padding, dilation))
    spread = tuple((length - 1) * s + 1 for length, s in zip(x.shape, stride, strict=True))
    cells, kinds = np.zeros(spread), np.full(spread, "stretch", dtype="<U7")
    cells[:: stride[0], :: stride[1]] = x
    kinds[:: stride[0], :: stride[1]] = "input"
    border = tuple(d * (k - 1) - p for d, k, p in zip(dilation, w.shape, padding, strict=True))
    room = [(max(0, b), max(0, b)) for b in border]
    kinds = np.pad(kinds, room, constant_values="padding")
    more = [(0, max(0, b + a) - max(0, b)) for b, a in zip(border, output_padding, strict=True)]
    kinds = np.pad(kinds, more, constant_values="extra")
    cells = np.pad(np.pad(cells, room), more)
    start = max(0, -border[0]), max(0, -border[1])
    return Sheet(cells, kinds, w[::-1, ::-1], start, (1, 1), dilation, (size[0], size[1]))


def check(sheet: Sheet, y: Values) -> None:
    """ValueError unless y has the sheet's size and, everywhere, the sum of its window."""
    check_shape("y", y, sheet.size, "the size formula")
    for at, summed in np.ndenumerate(sheet.sums()):
        check_value(f"y{list(at)}", float(y[at]), float(summed))


def still(sheet: Sheet, y: Values, title: str, names: tuple[str, str]) -> Picture:
    """The whole sheet, its first window marked, the kernel, and the whole output."""
    canvas = Canvas(sheet.cells, sheet.w, y)
    canvas.write(0, -8, names[0], "cv-label")
    _draw_cells(canvas, sheet)
    left = max(sheet.cells.shape[1] * canvas.pitch, 7.5 * len(names[0])) + BETWEEN
    canvas.write(left, -8, names[1], "cv-label")
    _draw_grid(canvas, sheet.w, left, 0, "kernel")
    _draw_output(canvas, sheet, y, left)
    return canvas.picture(title, words(sheet, y, names))


def _draw_cells(canvas: Canvas, sheet: Sheet) -> None:
    rows, columns = sheet.taps((0, 0))
    read = sheet.read()
    for (r, c), value in np.ndenumerate(sheet.cells):
        role = ROLES[str(sheet.kinds[r, c])]
        canvas.cell(c * canvas.pitch, r * canvas.height, role, show(value), r in rows and c in columns)
        place = c * canvas.pitch, r * canvas.height, canvas.pitch - GAP, canvas.height - GAP
        if sheet.kinds[r, c] == "extra":
            canvas.rectangle(*place, 5, "cv-foot")
        if not read[r, c]:
            canvas.block(*place, "lost")
    across, down = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
    canvas.frame(columns[0] * canvas.pitch, rows[0] * canvas.height, across, down)


def _draw_output(canvas: Canvas, sheet: Sheet, y: Values, left: float) -> None:
    """Under the kernel, or under the sheet where the picture would become too wide for a phone."""
    beside = left + y.shape[1] * canvas.pitch <= max(WIDEST, canvas.box[2])
    rows = len(sheet.w) if beside else max(len(sheet.cells), len(sheet.w))
    left, top = (left if beside else 0), rows * canvas.height + BETWEEN
    canvas.write(left, top - 8, "output y", "cv-label")
    _draw_grid(canvas, y, left, top, "output", (0, 0))
    canvas.frame(left, top, 1)


def _draw_grid(
    canvas: Canvas, array: Values, left: float, top: float, role: str, tap: Pair | None = None
) -> None:
    for (r, c), value in np.ndenumerate(array):
        canvas.cell(left + c * canvas.pitch, top + r * canvas.height, role, show(value), tap == (r, c))


def words(sheet: Sheet, y: Values, names: tuple[str, str]) -> str:
    """All the numbers of the picture, row by row."""
    unread = int(np.sum(~sheet.read()))
    rest = f" Cells that no window reads: {unread}." if unread else ""
    return (
        f"{names[0]}, row by row: {_rows(sheet.cells)}. {names[1]}: {_rows(sheet.w)}. Step {sheet.stride}, "
        f"dilation {sheet.dilation}, each as (rows, columns). {' '.join(_counts(sheet))}{rest} "
        f"Output y: {_rows(y)}."
    )


def _counts(sheet: Sheet) -> Iterator[str]:
    for kind in ROLES:
        found = int(np.sum(sheet.kinds == kind))
        if found:
            yield f"Cells of {'output_padding' if kind == 'extra' else kind}: {found}."


def _rows(array: Values) -> str:
    return " / ".join(" ".join(show(value) for value in row) for row in array)
