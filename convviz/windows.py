"""The picture of where the windows of a kernel land, and of the cells that are left over."""

from convlib.shapes import as_tuple, effective_kernel_size, windows_that_fit
from convviz.numbers import Pair, below_line, counted, listed, pair, whole
from convviz.picture import Picture
from convviz.strips import padding_words
from convviz.svg import GAP, Canvas

BAR = 20


def windows(n: int, k: int, *, stride: int = 1, padding: int | Pair = 0, dilation: int = 1) -> Picture:
    """Where the windows of a kernel of k taps land on n cells, and which cells on the right are left over.

    Raises ValueError if the kernel does not fit at all.

    >>> windows(6, 3, stride=2).title
    '2 windows of 3 taps over 6 cells, 1 cell left over'
    """
    n, k, edges = whole("n", n, 1), whole("k", k, 1), pair("padding", padding, 0)
    stride, dilation = whole("stride", stride, 1), whole("dilation", dilation, 1)
    length = n + sum(edges)
    (size,) = as_tuple(windows_that_fit(length, k, stride, dilation))
    bars = [range(i * stride, i * stride + dilation * k, dilation) for i in range(size)]
    canvas = Canvas()
    _draw_cells(canvas, n, edges)
    _draw_left_over(canvas, bars[-1][-1] + 1, length)
    for i, taps in enumerate(bars):
        _draw_bar(canvas, i, taps)
    left_over = length - 1 - bars[-1][-1]
    words = f"{_setting(n, k, edges, stride, dilation)} {_reads(bars, edges)}"
    return canvas.picture(
        _title(size, n, k, left_over), f"{words} Left over on the right: {counted(left_over, 'cell')}."
    )


def _draw_cells(canvas: Canvas, n: int, edges: Pair) -> None:
    for index in range(-edges[0], n + edges[1]):
        role, text = ("input", str(index)) if 0 <= index < n else ("padding", "pad")
        canvas.cell((index + edges[0]) * canvas.pitch, 0, role, text)


def _draw_left_over(canvas: Canvas, start: int, stop: int) -> None:
    if start == stop:
        return
    x, width = start * canvas.pitch, (stop - start) * canvas.pitch - GAP
    canvas.block(x, 0, width, canvas.height - GAP, "lost")
    canvas.bracket(x, -5, width, "left over", "cv-error", up=True)


def _draw_bar(canvas: Canvas, i: int, taps: range) -> None:
    """One window position: its taps filled, a thin line through the gaps that dilation leaves."""
    y = canvas.height + 8 + i * BAR
    if taps.step > 1:
        start, stop = taps[0] * canvas.pitch, taps[-1] * canvas.pitch
        canvas.line([(start + 8, y + 7), (stop + 20, y + 7)], "cv-kernel-gap")
    for p in taps:
        canvas.block(p * canvas.pitch, y, canvas.pitch - GAP, BAR - 6, "kernel")
    canvas.write((taps[-1] + 1) * canvas.pitch + 5, y + 12, f"y{below_line(i)}")


def _title(size: int, n: int, k: int, left_over: int) -> str:
    rest = f", {counted(left_over, 'cell')} left over" if left_over else ""
    return f"{counted(size, 'window')} of {counted(k, 'tap')} over {counted(n, 'cell')}{rest}"


def _setting(n: int, k: int, edges: Pair, stride: int, dilation: int) -> str:
    (span,) = as_tuple(effective_kernel_size(k, dilation))
    cells = f"{counted(n, 'input cell')}, numbered 0 to {n - 1}.{padding_words(edges)}"
    kernel = f"Kernel of {counted(k, 'tap')}, spanning {counted(span, 'cell')}."
    return f"{cells} {kernel} Stride {stride}, dilation {dilation}."


def _reads(bars: list[range], edges: Pair) -> str:
    """Which cells each window reads; the padding has the numbers below 0 and from n on."""
    read = (listed(p - edges[0] for p in taps) for taps in bars)
    return " ".join(f"Window {i} reads cells {cells}." for i, cells in enumerate(read))
