"""The picture of several channels: each has its own kernel, and their sums are added."""

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
from convviz.pens import arrow
from convviz.picture import Picture
from convviz.svg import GAP, Canvas, wrapped

PITCH = 30
BETWEEN, BELOW = 22, 34
ARROW = 30
BUS = 20


@dataclass(frozen=True)
class Stack:
    """What the picture shows: x (C, H, W), w (O, C, R, S), y (O, H_out, W_out), and which output."""

    x: Values
    w: Values
    y: Values
    out: int
    at: Pair

    def seen(self) -> Values:
        """The input under the kernel, (C, R, S)."""
        (row, column), (rows, columns) = self.at, self.w.shape[2:]
        return self.x[:, row : row + rows, column : column + columns]

    def sums(self) -> Values:
        """One sum of products for each channel, (C,)."""
        return np.asarray((self.seen() * self.w[self.out]).sum(axis=(1, 2)))

    def total(self) -> list[str]:
        """The sum over the channels, part by part."""
        first, *others = self.sums()
        added = [f"{'+' if value >= 0 else '−'} {show(abs(value))}" for value in others]
        value = self.y[(self.out, *self.at)]
        tail = [f"= {show(value)}"] if others else []
        return [f"y{below_line((self.out, *self.at))} = {show(first)}", *added, *tail]


def channels(x: ArrayLike, w: ArrayLike, y: ArrayLike, *, out: int = 0, at: Pair = (0, 0)) -> Picture:
    """One output of y = conv2d(x, w), x (C, H, W), w (O, C, R, S), without padding and with stride 1.

    Each input channel with its window, the kernel that meets it, their sum, and the sum of the sums,
    y[out, at]. Raises ValueError if the shapes do not fit, or if y[out, at] is not that sum.

    >>> channels([[[1, 2]], [[3, 4]]], [[[[1]], [[10]]]], [[[31, 42]]], at=(0, 1)).title
    'Convolution of 2 channels, output channel 0, row 0, column 1'
    """
    arrays = values("x", x, 3), values("w", w, 4), values("y", y, 3)
    stack = Stack(*arrays, whole("out", out, 0), pair("at", at, 0))
    _check(stack)
    canvas = Canvas(*arrays, stack.sums(), pitch=PITCH, height=PITCH)
    ends = [_draw_channel(canvas, stack, c) for c in range(len(stack.x))]
    _draw_output(canvas, stack, ends)
    canvas.lines(0, canvas.box[3] + 30, wrapped(stack.total(), max(300, canvas.box[2])))
    row, column = stack.at
    title = f"Convolution of {len(stack.x)} channels, output channel {out}, row {row}, column {column}"
    return canvas.picture(title, _words(stack))


def _check(stack: Stack) -> None:
    check_shape("w", stack.w, (len(stack.w), len(stack.x), *stack.w.shape[2:]), "the channels of x")
    size = as_tuple(windows_that_fit(stack.x.shape[1:], stack.w.shape[2:]))
    check_shape("y", stack.y, (len(stack.w), *size), "the size formula")
    whole("out", stack.out, 0, len(stack.y))
    for axis, position in enumerate(stack.at):
        whole(f"at[{axis}]", position, 0, size[axis])
    place = (stack.out, *stack.at)
    check_value(f"y{list(place)}", stack.y[place], float(stack.sums().sum()))


def _draw_channel(canvas: Canvas, stack: Stack, c: int) -> tuple[float, float]:
    """One channel: input with its window, its kernel, its sum; gives where the sum's line begins."""
    rows, columns = stack.x.shape[1:]
    top = c * (max(rows, stack.w.shape[2]) * canvas.height + BELOW)
    canvas.write(0, top - 8, f"x[{c}]", "cv-label")
    _grid(canvas, stack.x[c], 0, top, "input", stack.at, stack.w.shape[2:])
    left = columns * canvas.pitch + BETWEEN
    canvas.write(left, top - 8, f"w[{stack.out}, {c}]", "cv-label")
    _grid(canvas, stack.w[stack.out, c], left, top, "kernel")
    middle = top + (stack.w.shape[2] * canvas.height - GAP) / 2
    right = left + stack.w.shape[3] * canvas.pitch + ARROW
    canvas.write(left - (BETWEEN + GAP) / 2, middle + 5, "×", "cv-sum", "middle")
    arrow(canvas, [(right - ARROW, middle), (right - 4, middle)])
    canvas.write(right, top - 8, "sum", "cv-note")
    canvas.cell(right, middle - (canvas.height - GAP) / 2, "plain", show(stack.sums()[c]))
    return right + canvas.pitch - GAP, middle


def _grid(
    canvas: Canvas,
    array: Values,
    left: float,
    top: float,
    role: str,
    at: Pair | None = None,
    size: tuple[int, ...] = (0, 0),
) -> None:
    """An array as cells; with `at`, a frame round the `size` cells that begin there."""
    for (r, c), value in np.ndenumerate(array):
        tap = at is not None and 0 <= r - at[0] < size[0] and 0 <= c - at[1] < size[1]
        canvas.cell(left + c * canvas.pitch, top + r * canvas.height, role, show(value), tap)
    if at is not None:
        row, column = at
        canvas.frame(left + column * canvas.pitch, top + row * canvas.height, size[1], size[0])


def _draw_output(canvas: Canvas, stack: Stack, ends: list[tuple[float, float]]) -> None:
    """The lines from all sums to the plus sign, and from there to the output below."""
    top = canvas.box[3] + BELOW
    canvas.write(0, top - 8, f"y[{stack.out}]", "cv-label")
    _grid(canvas, stack.y[stack.out], 0, top, "output", stack.at, (1, 1))
    bus, foot = ends[0][0] + BUS, top + stack.at[0] * canvas.height + (canvas.height - GAP) / 2
    for x, y in ends:
        canvas.line([(x + 2, y), (bus, y)], "cv-wire")
    canvas.line([(bus, ends[0][1]), (bus, foot - 11)], "cv-wire")
    canvas.shapes.append(f'<circle class="cv-node" cx="{bus:g}" cy="{foot:g}" r="11"/>')
    canvas.reach((bus + 12, foot + 12))
    canvas.write(bus, foot + 5, "+", "cv-sum", "middle")
    arrow(canvas, [(bus - 11, foot), (stack.y.shape[2] * canvas.pitch + 4, foot)])


def _words(stack: Stack) -> str:
    parts = []
    for c, (seen, kernel) in enumerate(zip(stack.seen(), stack.w[stack.out], strict=True)):
        parts.append(f"Input channel x[{c}], row by row: {_rows(stack.x[c])}.")
        parts.append(f"Its kernel w[{stack.out}, {c}]: {_rows(kernel)}.")
        parts.append(f"Sum: {' '.join(terms(seen.flat, kernel.flat))} = {show(stack.sums()[c])}.")
    return f"{' '.join(parts)} {' '.join(stack.total())}. Output y[{stack.out}]: {_rows(stack.y[stack.out])}."


def _rows(array: Values) -> str:
    return " / ".join(" ".join(show(value) for value in row) for row in array)
