"""The picture of transposed convolution as a convolution: input stretched with zeros, kernel turned."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convlib.shapes import as_tuple, conv_transpose_output_size
from convviz.numbers import Values, check_shape, check_value, counted, listed, show, values, whole
from convviz.picture import Picture
from convviz.strips import Strip
from convviz.svg import GAP, Canvas, wrapped

TOP = 40
DROP = 44


@dataclass(frozen=True)
class Stretched:
    """The input spread out: a value every `stride` cells, `around` zeros on both sides, `extra` behind."""

    x: Values
    stride: int
    around: int
    extra: int

    def cells(self) -> Values:
        """The whole row, zeros included."""
        row = np.zeros((len(self.x) - 1) * self.stride + 1 + 2 * self.around + self.extra)
        row[self.inputs()] = self.x
        return row

    def inputs(self) -> slice:
        """Where the input values are."""
        return slice(self.around, self.around + (len(self.x) - 1) * self.stride + 1, self.stride)


def stretched(
    x: ArrayLike,
    w: ArrayLike,
    y: ArrayLike,
    *,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
    at: int = 0,
) -> Picture:
    """y = conv_transpose1d(x, w), all 1-D, as a stride-1 convolution; the window of y[at] is marked.

    Between the inputs lie stride - 1 zeros, around them dilation * (len(w) - 1) - padding on each side,
    and output_padding more on the right; the kernel is turned round. Raises ValueError if y has not the
    length or the values that this gives, or if padding is more than dilation * (len(w) - 1).

    >>> stretched([1, 2], [1, 10], [1, 10, 2, 20], stride=2, at=2).title
    'Transposed convolution as a convolution, window 2 of 0 to 3'
    """
    x, w, y = values("x", x, 1), values("w", w, 1), values("y", y, 1)
    dilation, stride = whole("dilation", dilation, 1), whole("stride", stride, 1)
    size = as_tuple(conv_transpose_output_size(len(x), len(w), stride, padding, output_padding, dilation))
    around = dilation * (len(w) - 1) - padding
    if around < 0:
        raise ValueError(
            f"padding must be at most dilation * (len(w) - 1) = {around + padding} here, got {padding}"
        )
    check_shape("y", y, size, "the size formula")
    row = Stretched(x, stride, around, output_padding)
    strips = [Strip(row.cells(), w[::-1], y, 1, (0, 0), dilation, i) for i in range(len(y))]
    for i, strip in enumerate(strips):
        check_value(f"y[{i}]", y[i], float(strip.seen() @ strip.w))
    return _picture(row, strips[whole("at", at, 0, len(y))])


def _picture(row: Stretched, strip: Strip) -> Picture:
    canvas = Canvas(strip.x, strip.w, strip.y, pitch=32, height=32)
    _draw_row(canvas, row, strip)
    _draw_kernel(canvas, strip)
    _draw_output(canvas, strip)
    canvas.lines(0, canvas.box[3] + 32, wrapped(strip.sum(), max(300, canvas.box[2])))
    title = f"Transposed convolution as a convolution, window {strip.at} of 0 to {len(strip.y) - 1}"
    return canvas.picture(title, _words(row, strip))


def _draw_row(canvas: Canvas, row: Stretched, strip: Strip) -> None:
    inputs = range(len(strip.x))[row.inputs()]
    canvas.write(0, TOP - 56, "input x, stretched with zeros", "cv-label")
    canvas.write(0, TOP - 36, _zeros(row), "cv-note")
    for p, value in enumerate(strip.x):
        role = "input" if p in inputs else "padding"
        canvas.cell(p * canvas.pitch, TOP, role, show(value), tap=p in strip.taps())
    stretches = [range(p + 1, p + row.stride) for p in inputs[:-1]]
    ends = range(row.around), range(inputs[-1] + 1, inputs[-1] + 1 + row.around)
    for cells in (*stretches, *ends, range(len(strip.x) - row.extra, len(strip.x))):
        if cells:
            left, width = cells.start * canvas.pitch, len(cells) * canvas.pitch - GAP
            canvas.bracket(left, TOP - 5, width, str(len(cells)), up=True)


def _zeros(row: Stretched) -> str:
    """How many zeros lie where."""
    extra = f", {row.extra} output_padding" if row.extra else ""
    return f"zeros: {row.stride - 1} between, {row.around} on each side{extra}"


def _draw_kernel(canvas: Canvas, strip: Strip) -> None:
    taps, y = strip.taps(), TOP + canvas.height
    if strip.dilation > 1:
        canvas.line(
            [(taps[0] * canvas.pitch + 8, y + 14), (taps[-1] * canvas.pitch + 20, y + 14)], "cv-kernel-gap"
        )
    for p, value in zip(taps, strip.w, strict=True):
        canvas.cell(p * canvas.pitch, y, "kernel", show(value))
    canvas.frame(taps[0] * canvas.pitch, TOP, taps[-1] - taps[0] + 1, rows=2)
    beside = taps[0] * canvas.pitch > 110
    x = taps[0] * canvas.pitch - 12 if beside else (taps[-1] + 1) * canvas.pitch + 8
    canvas.write(x, y + 19, "w turned round", "cv-label", "end" if beside else "start")


def _draw_output(canvas: Canvas, strip: Strip) -> None:
    """The output, centred under the input, with wires from the taps to the marked cell."""
    left = (len(strip.x) - len(strip.y)) / 2 * canvas.pitch
    foot, half = TOP + 2 * canvas.height, (canvas.pitch - GAP) / 2
    marked = left + strip.at * canvas.pitch
    for p in strip.taps():
        canvas.wire((p * canvas.pitch + half, foot + 1), (marked + half, foot + DROP - 4))
    for i, value in enumerate(strip.y):
        canvas.cell(left + i * canvas.pitch, foot + DROP, "output", show(value), tap=i == strip.at)
    canvas.frame(marked, foot + DROP, 1)
    canvas.write(left, foot + DROP + canvas.height + 16, "output y", "cv-label")


def _words(row: Stretched, strip: Strip) -> str:
    between = counted(row.stride - 1, "zero")
    tail = f" Output_padding: {counted(row.extra, 'more zero')} on the right." if row.extra else ""
    return (
        f"Input {listed(row.x)}, with {between} between its values and {counted(row.around, 'zero')} "
        f"on each side: {listed(strip.x)}.{tail} Kernel turned round: {listed(strip.w)}. "
        f"Stride 1, dilation {strip.dilation}. {' '.join(strip.sum())}. Output: {listed(strip.y)}."
    )
