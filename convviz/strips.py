"""The picture of one-dimensional convolution: one window at work."""

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
    listed,
    pair,
    show,
    terms,
    values,
    whole,
)
from convviz.picture import Picture
from convviz.svg import GAP, Canvas, wrapped

ROOM = 72
TOP = 12
DROP = 46
COMFORT = 330


@dataclass(frozen=True)
class Strip:
    """What the picture shows: x (W,), w (S,), y (W_out,), and which window is at work."""

    x: Values
    w: Values
    y: Values
    stride: int
    edges: Pair
    dilation: int
    at: int

    def padded(self) -> Values:
        """The input with its zeros on both sides."""
        return np.pad(self.x, self.edges)

    def taps(self) -> range:
        """The padded cells that the window reads."""
        start = self.at * self.stride
        return range(start, start + self.dilation * len(self.w), self.dilation)

    def seen(self) -> Values:
        """The values under the kernel."""
        return self.padded()[list(self.taps())]

    def sum(self) -> list[str]:
        """The sum of the window, term by term."""
        return [f"y{below_line(self.at)} =", *terms(self.seen(), self.w), f"= {show(self.y[self.at])}"]


def conv1d(
    x: ArrayLike,
    w: ArrayLike,
    y: ArrayLike,
    *,
    stride: int = 1,
    padding: int | Pair = 0,
    dilation: int = 1,
    at: int = 0,
) -> Picture:
    """One window of y = conv1d(x, w), all 1-D, with zero padding: input, kernel, output, and the sum.

    Raises ValueError if y has not the length that the arithmetic gives, or y[at] not the value of its sum.

    >>> conv1d([1, 2, 3], [1, 10], [21, 32], at=1).title
    'Convolution, window 1 of 0 to 1'
    """
    arrays = values("x", x, 1), values("w", w, 1), values("y", y, 1)
    steps = whole("stride", stride, 1), pair("padding", padding, 0), whole("dilation", dilation, 1)
    strip = Strip(*arrays, *steps, whole("at", at, 0))
    _check(strip)
    canvas = Canvas(*arrays)
    _draw_input(canvas, strip)
    _draw_kernel(canvas, strip)
    _draw_output(canvas, strip)
    canvas.lines(0, canvas.box[3] + 36, wrapped(strip.sum(), max(300, canvas.box[2])))
    return canvas.picture(f"Convolution, window {at} of 0 to {len(strip.y) - 1}", _words(strip))


def padding_words(edges: Pair) -> str:
    """Zero padding in words, nothing if there is none.

    >>> padding_words((1, 0))
    ' Zero padding: 1 on the left, 0 on the right.'
    """
    return f" Zero padding: {edges[0]} on the left, {edges[1]} on the right." if any(edges) else ""


def _check(strip: Strip) -> None:
    length = len(strip.padded())
    size = as_tuple(windows_that_fit(length, len(strip.w), strip.stride, strip.dilation))
    check_shape("y", strip.y, size, "the size formula")
    whole("at", strip.at, 0, len(strip.y))
    check_value(f"y[{strip.at}]", strip.y[strip.at], float(strip.seen() @ strip.w))


def _draw_input(canvas: Canvas, strip: Strip) -> None:
    canvas.write(0, 0, f"input x{' with zero padding' if any(strip.edges) else ''}", "cv-label")
    for p, value in enumerate(strip.padded()):
        role = "input" if 0 <= p - strip.edges[0] < len(strip.x) else "padding"
        canvas.cell(p * canvas.pitch, TOP, role, show(value), tap=p in strip.taps())


def _draw_kernel(canvas: Canvas, strip: Strip) -> None:
    """The kernel under the cells that it multiplies, in one strong frame with them."""
    taps, y = strip.taps(), TOP + canvas.height
    start, stop = taps[0] * canvas.pitch, (taps[-1] + 1) * canvas.pitch
    if strip.dilation > 1:
        canvas.line([(start + 8, y + 16), (stop - 12, y + 16)], "cv-kernel-gap")
    for p, value in zip(taps, strip.w, strict=True):
        canvas.cell(p * canvas.pitch, y, "kernel", show(value))
    canvas.frame(start, TOP, taps[-1] - taps[0] + 1, rows=2)
    _beside(canvas, start, stop, y, "kernel w")


def _draw_output(canvas: Canvas, strip: Strip) -> None:
    """The output strip, centred under the input, with wires from the taps to the marked cell."""
    left = (len(strip.padded()) - len(strip.y)) / 2 * canvas.pitch
    foot = TOP + 2 * canvas.height
    half = (canvas.pitch - GAP) / 2
    marked = left + strip.at * canvas.pitch
    for p in strip.taps():
        canvas.wire((p * canvas.pitch + half, foot + 1), (marked + half, foot + DROP - 4))
    for i, value in enumerate(strip.y):
        canvas.cell(left + i * canvas.pitch, foot + DROP, "output", show(value), tap=i == strip.at)
    canvas.frame(marked, foot + DROP, 1)
    _name_output(canvas, strip, left, foot + DROP)


def _name_output(canvas: Canvas, strip: Strip, left: float, y: float) -> None:
    """Beside the strip where that makes the picture no wider, else above it, away from the wires."""
    right = left + len(strip.y) * canvas.pitch
    if left > ROOM or right + ROOM <= max(canvas.box[2], COMFORT):
        _beside(canvas, left, right, y, "output y")
    elif strip.at < len(strip.y) / 2:
        canvas.write(right - GAP, y - 10, "output y", "cv-label", "end")
    else:
        canvas.write(left, y - 10, "output y", "cv-label")


def _beside(canvas: Canvas, start: float, stop: float, y: float, text: str) -> None:
    """A label left of a stretch of cells if there is room, else right of it."""
    left = start > ROOM
    canvas.write(start - 12 if left else stop + 9, y + 21, text, "cv-label", "end" if left else "start")


def _words(strip: Strip) -> str:
    return (
        f"Input: {listed(strip.x)}.{padding_words(strip.edges)} Kernel: {listed(strip.w)}. "
        f"Stride {strip.stride}, dilation {strip.dilation}. {' '.join(strip.sum())}. "
        f"Output: {listed(strip.y)}."
    )
