"""The picture of transposed convolution: each input stamps the kernel, the stamps are added."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convlib.shapes import as_tuple, conv_transpose_output_size
from convviz.numbers import (
    Pair,
    Values,
    check_shape,
    check_value,
    counted,
    listed,
    pair,
    show,
    values,
    whole,
)
from convviz.picture import Picture
from convviz.svg import GAP, Canvas


@dataclass(frozen=True)
class Sheet:
    """The stamps before they are added: one row per input, and which columns the output keeps."""

    x: Values
    w: Values
    stride: int
    dilation: int
    crop: Pair
    extra: int

    def taps(self, i: int) -> range:
        """The columns that the stamp of x_i covers."""
        start = i * self.stride
        return range(start, start + self.dilation * len(self.w), self.dilation)

    def covered(self) -> int:
        """How many columns the stamps reach."""
        return self.taps(len(self.x) - 1)[-1] + 1

    def kept(self) -> range:
        """The columns of the output; output_padding lets it go on further to the right."""
        return range(self.crop[0], self.covered() - self.crop[1] + self.extra)

    def columns(self) -> int:
        """All columns, also those that only output_padding adds."""
        return max(self.covered(), self.kept().stop)

    def sums(self) -> Values:
        """What each column adds up to."""
        total = np.zeros(self.columns())
        for i, value in enumerate(self.x):
            total[list(self.taps(i))] += value * self.w
        return total


def stamps(
    x: ArrayLike,
    w: ArrayLike,
    y: ArrayLike,
    *,
    stride: int = 1,
    padding: int | Pair = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> Picture:
    """y = conv_transpose1d(x, w), all 1-D, as scatter: x_i * w placed from column stride * i on, then added.

    Raises ValueError if y has not the length that the arithmetic gives, or not the sums of the columns.

    >>> stamps([1, 2], [1, 10, 100], [1, 10, 102, 20, 200], stride=2).title
    'Transposed convolution, 2 stamps of 3 values'
    """
    x, w, y = values("x", x, 1), values("w", w, 1), values("y", y, 1)
    sheet = Sheet(
        x,
        w,
        whole("stride", stride, 1),
        whole("dilation", dilation, 1),
        pair("padding", padding, 0),
        whole("output_padding", output_padding, 0),
    )
    _check(sheet, y)
    canvas = Canvas(x, w, y, np.outer(x, w), sheet.sums())
    _draw_kernel(canvas, sheet)
    for i in range(len(x)):
        _draw_stamp(canvas, sheet, i)
    _draw_sums(canvas, sheet, y)
    title = f"Transposed convolution, {counted(len(x), 'stamp')} of {counted(len(w), 'value')}"
    return canvas.picture(title, _words(sheet, y))


def _check(sheet: Sheet, y: Values) -> None:
    lengths = len(sheet.x), len(sheet.w)
    (full,) = as_tuple(conv_transpose_output_size(*lengths, sheet.stride, 0, sheet.extra, sheet.dilation))
    if full - sum(sheet.crop) < 1:
        raise ValueError(f"padding={sheet.crop} crops all of the {full} cells, at least 1 must be left")
    check_shape("y", y, (full - sum(sheet.crop),), "the size formula")
    for position, column in enumerate(sheet.kept()):
        check_value(f"y[{position}]", y[position], float(sheet.sums()[column]))


def _left(canvas: Canvas, column: int) -> float:
    return canvas.pitch + 42 + column * canvas.pitch


def _draw_kernel(canvas: Canvas, sheet: Sheet) -> None:
    canvas.write(0, 22, "kernel w", "cv-label")
    for column, value in zip(sheet.taps(0), sheet.w, strict=True):
        canvas.cell(_left(canvas, column), 0, "kernel", show(value))


def _draw_stamp(canvas: Canvas, sheet: Sheet, i: int) -> None:
    """One row: the input, and its multiple of the kernel where it lands; other columns stay empty."""
    y = canvas.height + 28 + i * (canvas.height + 4)
    canvas.cell(0, y, "input", show(sheet.x[i]))
    canvas.write(canvas.pitch + 18, y + 21, "× w", "cv-note", "middle")
    stamp = dict(zip(sheet.taps(i), sheet.x[i] * sheet.w, strict=True))
    for column in range(sheet.columns()):
        role, text = ("kernel", show(stamp[column])) if column in stamp else ("empty", "")
        canvas.cell(_left(canvas, column), y, role, text)


def _draw_sums(canvas: Canvas, sheet: Sheet, y: Values) -> None:
    top = canvas.height + 28 + len(sheet.x) * (canvas.height + 4) + 14
    canvas.line([(0, top - 10), (_left(canvas, sheet.columns()) - GAP, top - 10)], "cv-rule")
    canvas.write(0, top + 22, "sum = y", "cv-label")
    for column, total in enumerate(sheet.sums()):
        role = "output" if column in sheet.kept() else "padding"
        canvas.cell(_left(canvas, column), top, role, show(total))
    _draw_brackets(canvas, sheet, top + canvas.height + 2)


def _draw_brackets(canvas: Canvas, sheet: Sheet, y: float) -> None:
    """Name what padding crops and what output_padding adds."""
    kept = sheet.kept()
    added = kept.stop - sheet.extra
    if sheet.extra:
        canvas.frame(_left(canvas, added), y - canvas.height - 2, sheet.extra)
    stretches = [(0, kept.start, "cropped", 0), (kept.stop, sheet.columns(), "cropped", 0)]
    for start, stop, text, drop in [*stretches, (added, kept.stop, "output_padding", 20)]:
        if stop > start:
            canvas.bracket(_left(canvas, start), y + 2, (stop - start) * canvas.pitch - GAP, text, drop=drop)


def _words(sheet: Sheet, y: Values) -> str:
    rows = (
        f"Input {i}, {show(value)}, stamps {listed(value * sheet.w)} onto columns {listed(sheet.taps(i))}."
        for i, value in enumerate(sheet.x)
    )
    cropped = (c for c in range(sheet.columns()) if c not in sheet.kept())
    names = listed(cropped)
    tail = f" Columns cropped by padding: {names}." if names else ""
    tail += f" Columns added by output_padding: {sheet.extra}." if sheet.extra else ""
    return (
        f"Input: {listed(sheet.x)}. Kernel: {listed(sheet.w)}. "
        f"Stride {sheet.stride}, dilation {sheet.dilation}. "
        f"{' '.join(rows)}{tail} Output: {listed(y)}."
    )
