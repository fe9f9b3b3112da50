"""Wrong ideas about windows as columns, spectra and pools."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Ints, Layer
from convcheck.ideas import Idea
from convcheck.sets.ps08 import means
from convcheck.wrong.dilation import dilation_ignored, dilation_swapped
from convcheck.wrong.kernels import Conv, kernel_transposed, stride_swapped
from convcheck.wrong.layers import (
    channels_not_summed,
    filters_alike,
    first_image_only,
    padding_hw_swapped,
    weight_layout,
)
from convcheck.wrong.signals import elementwise, fft_wraps, flip
from convcheck.wrong.sizes import padding_ignored, stride_ignored

Rows = Callable[[Array, int, int, int], Array]
Pool = Callable[..., Array]

IMAGES = ("ps08.unfold", "ps08.gemm")


@stride_ignored.shown_in("ps08.windows")
def _every_window(rows: Rows, x: Array, k: int, stride: int, dilation: int) -> Array:
    return rows(x, k, 1, dilation)


@dilation_ignored.shown_in("ps08.windows")
def _neighbours(rows: Rows, x: Array, k: int, stride: int, dilation: int) -> Array:
    return rows(x, k, stride, 1)


@dilation_ignored.shown_in("ps08.windows")
def _neighbours_in_the_right_windows(rows: Rows, x: Array, k: int, stride: int, dilation: int) -> Array:
    return rows(x, k, stride, 1)[: len(rows(x, k, stride, dilation))]


windows_lying = Idea(
    "windows-lying",
    "Your windows stand side by side, as columns. Here each window is a row: shape (windows, k).",
    "fast/windows",
)


@windows_lying.shown_in("ps08.windows")
def _side_by_side(rows: Rows, x: Array, k: int, stride: int, dilation: int) -> Array:
    return rows(x, k, stride, dilation).T


windows_cut = Idea(
    "windows-side-by-side",
    "Your windows do not overlap: the next begins where the last one ends. "
    "With stride s the next window begins s cells further on, however long the windows are.",
    "fast/windows",
)


@windows_cut.shown_in("ps08.windows")
def _end_to_end(rows: Rows, x: Array, k: int, stride: int, dilation: int) -> Array:
    return rows(x, k, k, dilation)


@flip.shown_in(*IMAGES)
def _turned(form: Conv, at: Layer) -> Array:
    """The taps of every window from last to first; for a product, the kernel turned."""
    if at.w.any():
        return form(at.but(w=at.w[:, :, ::-1, ::-1]))
    columns = form(at)
    taps = int(np.prod(at.w.shape[2:]))
    apart = columns.reshape(len(columns), -1, taps, columns.shape[-1])
    return apart[:, :, ::-1].reshape(columns.shape)


@stride_ignored.shown_in(*IMAGES)
def _every_place(form: Conv, at: Layer) -> Array:
    return form(at.but(stride=1))


@padding_ignored.shown_in(*IMAGES)
def _no_frame(form: Conv, at: Layer) -> Array:
    return form(at.but(padding=0))


@padding_hw_swapped.shown_in(*IMAGES)
def _frame_columns_first(form: Conv, at: Layer) -> Array:
    return form(at.but(padding=at.padding[::-1]))


@stride_swapped.shown_in(*IMAGES)
def _steps_columns_first(form: Conv, at: Layer) -> Array:
    return form(at.but(stride=at.stride[::-1]))


@dilation_ignored.shown_in("ps08.unfold")
def _taps_together(form: Conv, at: Layer) -> Array:
    return form(at.but(dilation=1))


@dilation_swapped.shown_in("ps08.unfold")
def _gaps_columns_first(form: Conv, at: Layer) -> Array:
    return form(at.but(dilation=at.dilation[::-1]))


columns_as_rows = Idea(
    "columns-as-rows",
    "Your windows lie as rows. torch's unfold gives (N, C * R * S, windows): each window is a column.",
    "fast/im2col",
)


@columns_as_rows.shown_in("ps08.unfold")
def _rows(form: Conv, at: Layer) -> Array:
    return form(at).swapaxes(1, 2)


taps_first = Idea(
    "taps-before-channels",
    "You count the taps before the channels. "
    "Down a column all taps of channel 0 come first, then those of channel 1: the order of the weight.",
    "fast/im2col",
)


@taps_first.shown_in("ps08.unfold")
def _channel_fastest(form: Conv, at: Layer) -> Array:
    columns = form(at)
    apart = columns.reshape(len(columns), at.x.shape[1], -1, columns.shape[-1])
    return apart.swapaxes(1, 2).reshape(columns.shape)


@kernel_transposed.shown_in("ps08.unfold")
def _columns_of_taps_first(form: Conv, at: Layer) -> Array:
    columns, taps = form(at), at.w.shape[2:]
    apart = columns.reshape(len(columns), -1, *taps, columns.shape[-1])
    return apart.swapaxes(2, 3).reshape(columns.shape)


@kernel_transposed.shown_in("ps08.gemm")
def _weight_on_its_side(form: Conv, at: Layer) -> Array:
    return form(at.but(w=at.w.swapaxes(2, 3).reshape(at.w.shape)))


@weight_layout.shown_in("ps08.gemm")
def _input_channel_first(form: Conv, at: Layer) -> Array:
    return form(at.but(w=at.w.swapaxes(0, 1)))


@filters_alike.shown_in("ps08.gemm")
def _first_filter(form: Conv, at: Layer) -> Array:
    return form(at.but(w=np.repeat(at.w[:1], len(at.w), axis=0)))


@first_image_only.shown_in("ps08.gemm")
def _first_image(form: Conv, at: Layer) -> Array:
    return form(at.but(x=np.repeat(at.x[:1], len(at.x), axis=0)))


@channels_not_summed.shown_in("ps08.gemm")
def _first_channel(form: Conv, at: Layer) -> Array:
    return form(at.but(x=at.x[:, :1], w=at.w[:, :1]))


overwrites = Idea(
    "fold-overwrites",
    "Where windows overlap, the later one wipes out the earlier. Fold adds up what meets in a cell.",
    "fast/im2col",
)


@overwrites.shown_in("ps08.fold")
def _last_window_wins(form: Any, at: Layer, columns: Array) -> Array:
    size = [n + 2 * p for n, p in zip(at.x.shape[2:], at.padding, strict=True)]
    framed = np.zeros((*at.x.shape[:2], *size))
    taps = at.w.shape[2:]
    spans = [d * (k - 1) + 1 for d, k in zip(at.dilation, taps, strict=True)]
    places = [range(0, n - k + 1, s) for n, k, s in zip(size, spans, at.stride, strict=True)]
    windows = columns.reshape(*at.x.shape[:2], *taps, -1)
    for number, (i, j) in enumerate((i, j) for i in places[0] for j in places[1]):
        rows = slice(i, i + spans[0], at.dilation[0])
        framed[:, :, rows, j : j + spans[1] : at.dilation[1]] = windows[..., number]
    (up, side), (h, w) = at.padding, at.x.shape[2:]
    return framed[:, :, up : up + h, side : side + w]


mean_of_overlaps = Idea(
    "fold-averages",
    "You divide by the number of windows that met. Fold is the transpose of unfold, so it only adds up.",
    "fast/im2col",
)


@mean_of_overlaps.shown_in("ps08.fold")
def _averaged(form: Any, at: Layer, columns: Array) -> Array:
    met = form(at, np.ones_like(columns))
    return np.asarray(form(at, columns) / np.maximum(met, 1))


@taps_first.shown_in("ps08.fold")
def _columns_channel_fastest(form: Any, at: Layer, columns: Array) -> Array:
    apart = columns.reshape(len(columns), -1, at.x.shape[1], columns.shape[-1])
    return np.asarray(form(at, apart.swapaxes(1, 2).reshape(columns.shape)))


@kernel_transposed.shown_in("ps08.fold")
def _taps_on_their_side(form: Any, at: Layer, columns: Array) -> Array:
    r, s = at.w.shape[2:]
    apart = columns.reshape(len(columns), -1, s, r, columns.shape[-1])
    return np.asarray(form(at, apart.swapaxes(2, 3).reshape(columns.shape)))


@flip.shown_in("ps08.fold")
def _taps_turned(form: Any, at: Layer, columns: Array) -> Array:
    taps = int(np.prod(at.w.shape[2:]))
    apart = columns.reshape(len(columns), -1, taps, columns.shape[-1])
    return np.asarray(form(at, apart[:, :, ::-1].reshape(columns.shape)))


@fft_wraps.shown_in("ps08.fft")
def _as_long_as_the_longer(full: Any, f: Array, g: Array) -> Array:
    size = tuple(np.maximum(f.shape, g.shape))
    return _wrapped(full(f, g), size)


@fft_wraps.shown_in("ps08.fft")
def _one_too_short(full: Any, f: Array, g: Array) -> Array:
    """Room for all but the last overlap."""
    y = full(f, g)
    return _wrapped(y, tuple(n - 1 for n in y.shape))


def _wrapped(y: Array, size: Ints) -> Array:
    for axis, n in enumerate(size):
        y = np.moveaxis(y, axis, 0)
        rest = y[n:]
        y = y[:n].copy()
        y[: len(rest)] += rest
        y = np.moveaxis(y, 0, axis)
    return y


@flip.shown_in("ps08.fft")
def _conjugated(full: Any, f: Array, g: Array) -> Array:
    """A correlation: the kernel turned, or one spectrum conjugated."""
    return np.asarray(full(f, np.flip(g)))


@flip.shown_in("ps08.fft")
def _other_conjugated(full: Any, f: Array, g: Array) -> Array:
    return np.asarray(full(np.flip(f), g))


@elementwise.shown_in("ps08.fft")
def _entry_by_entry(full: Any, f: Array, g: Array) -> Array:
    """The arrays multiplied where the spectra should have been."""
    size = [m + n - 1 for m, n in zip(f.shape, g.shape, strict=True)]
    longer = [np.pad(a, [(0, m - n) for m, n in zip(size, a.shape, strict=True)]) for a in (f, g)]
    return longer[0] * longer[1]


count = Idea(
    "avgpool-count",
    "You take the wrong number to divide by at the edges. With count_include_pad the zeros of the frame are "
    "counted like cells: every window is divided by its whole size; without it, only real cells are counted.",
    "conv/pooling",
)


@count.shown_in("ps08.avg_pool")
def _never_counted(mean: Pool, x: Array, window: Ints, stride: Ints, padding: Ints, zeros: bool) -> Array:
    return mean(x, window, stride, padding, False)


@count.shown_in("ps08.avg_pool")
def _always_counted(mean: Pool, x: Array, window: Ints, stride: Ints, padding: Ints, zeros: bool) -> Array:
    return mean(x, window, stride, padding, True)


@count.shown_in("ps08.avg_pool")
def _other_way_round(mean: Pool, x: Array, window: Ints, stride: Ints, padding: Ints, zeros: bool) -> Array:
    return mean(x, window, stride, padding, not zeros)


not_divided = Idea(
    "pool-sum",
    "You add the window up and do not divide. A mean is the sum over the number of cells.",
    "conv/pooling",
)


@not_divided.shown_in("ps08.avg_pool")
def _sum(mean: Pool, x: Array, window: Ints, stride: Ints, padding: Ints, zeros: bool) -> Array:
    return mean(x, window, stride, padding, True) * int(np.prod(window))


stride_is_window = Idea(
    "pool-stride-is-window",
    "You step by the size of the window. That is only what torch does where no stride is given.",
    "conv/pooling",
)


@stride_is_window.shown_in("ps08.avg_pool")
def _window_steps(pool: Pool, x: Array, window: Ints, stride: Ints, padding: Ints, *rest: Any) -> Array:
    return pool(x, window, window, padding, *rest)


@stride_ignored.shown_in("ps08.avg_pool", "ps08.max_pool")
def _single_steps(pool: Pool, x: Array, window: Ints, stride: Ints, padding: Ints, *rest: Any) -> Array:
    return pool(x, window, (1,) * len(window), padding, *rest)


@padding_ignored.shown_in("ps08.avg_pool", "ps08.max_pool")
def _no_frame_round(pool: Pool, x: Array, window: Ints, stride: Ints, padding: Ints, *rest: Any) -> Array:
    return pool(x, window, stride, (0,) * len(window), *rest)


zero_wins = Idea(
    "maxpool-pads-zero",
    "The frame of your max pool holds zeros, and a zero wins where all numbers are negative. "
    "Beyond the edge stands minus infinity: what is not there is never the largest.",
    "conv/pooling",
)


@zero_wins.shown_in("ps08.max_pool")
def _zeros_round(pool: Pool, x: Array, window: Ints, stride: Ints, padding: Ints) -> Array:
    frame = [(0, 0), (0, 0), *((p, p) for p in padding)]
    return pool(np.pad(x, frame), window, stride, (0, 0))


mean_for_max = Idea(
    "mean-for-max",
    "You take the mean of the window. A max pool keeps its largest number alone.",
    "conv/pooling",
)


@mean_for_max.shown_in("ps08.max_pool")
def _mean(pool: Pool, x: Array, window: Ints, stride: Ints, padding: Ints) -> Array:
    return means(x, window, stride, padding, True)
