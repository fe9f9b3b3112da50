"""Problem set 8, fast: the tasks, their cases and points. The last case of each is large, and timed."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

import convlib
from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.forms import Ints, Layer, conv, per_axis
from convcheck.task import Case, Function, Task

# (kind, cells, taps, stride, dilation)
ROWS = [
    ("digits", 4, 2, 1, 1),
    ("digits", 5, 3, 1, 1),
    ("digits", 6, 2, 2, 1),
    ("digits", 7, 3, 1, 2),
    ("signed", 9, 3, 3, 1),
    ("signed", 11, 4, 2, 3),
    ("quarters", 12, 3, 4, 2),
    ("signed", 10, 5, 1, 2),
    ("quarters", 13, 2, 3, 4),
    ("signed", 180_000, 5, 1, 2),
]

# (kind, (N, C, H, W), (R, S), stride, padding, dilation)
PLANES: list[tuple[str, Ints, Ints, Ints, Ints, Ints]] = [
    ("digits", (1, 1, 2, 3), (1, 2), (1, 1), (0, 0), (1, 1)),
    ("digits", (1, 1, 2, 3), (2, 2), (1, 1), (0, 0), (1, 1)),
    ("digits", (1, 2, 2, 2), (1, 2), (1, 1), (0, 1), (1, 1)),
    ("digits", (1, 2, 3, 4), (2, 2), (1, 2), (0, 0), (1, 1)),
    ("signed", (2, 1, 4, 5), (2, 3), (2, 1), (1, 0), (1, 1)),
    ("signed", (1, 3, 5, 4), (3, 2), (1, 1), (1, 1), (2, 1)),
    ("signed", (2, 2, 6, 5), (2, 2), (3, 2), (0, 1), (1, 3)),
    ("quarters", (2, 3, 7, 6), (3, 2), (2, 3), (2, 1), (2, 2)),
    ("signed", (1, 1, 260, 270), (3, 3), (1, 1), (1, 1), (1, 1)),
]

# (kind, (N, C, H, W), (O, R, S), stride, padding)
LAYERS: list[tuple[str, Ints, Ints, Ints, Ints]] = [
    ("digits", (1, 1, 2, 3), (1, 1, 2), (1, 1), (0, 0)),
    ("digits", (1, 2, 2, 3), (1, 1, 2), (1, 1), (0, 0)),
    ("signed", (1, 2, 3, 4), (3, 2, 2), (1, 1), (1, 0)),
    ("signed", (2, 2, 4, 3), (2, 3, 2), (1, 1), (0, 1)),
    ("signed", (2, 3, 5, 4), (2, 2, 3), (2, 1), (1, 1)),
    ("quarters", (3, 2, 4, 6), (4, 3, 2), (1, 2), (0, 1)),
    ("quarters", (2, 4, 6, 7), (3, 2, 3), (3, 2), (2, 1)),
    ("signed", (1, 2, 230, 240), (4, 3, 3), (1, 1), (1, 1)),
]

# (kind, shape of f, shape of g): lengths whose sum is a power of two, and others
SPECTRA: list[tuple[str, Ints, Ints]] = [
    ("digits", (2,), (2,)),
    ("digits", (3,), (2,)),
    ("digits", (4,), (3,)),
    ("signed", (3,), (5,)),
    ("signed", (2, 3), (2, 2)),
    ("signed", (4, 3), (1, 3)),
    ("quarters", (5, 6), (4, 3)),
    ("signed", (2, 3, 4), (2, 2, 3)),
    ("signed", (160, 170), (60, 50)),
]

# (kind, shape of x, window, stride, padding, zeros counted)
MEANS: list[tuple[str, Ints, Ints, Ints, Ints, bool]] = [
    ("digits", (1, 1, 4), (2,), (2,), (0,), True),
    ("digits", (1, 1, 3), (3,), (1,), (1,), True),
    ("digits", (1, 1, 3), (3,), (1,), (1,), False),
    ("signed", (1, 2, 5), (2,), (3,), (1,), True),
    ("signed", (1, 1, 3, 4), (2, 2), (1, 2), (0, 0), True),
    ("signed", (2, 2, 4, 5), (3, 2), (2, 1), (1, 0), False),
    ("quarters", (1, 3, 5, 4), (2, 4), (1, 3), (1, 2), True),
    ("quarters", (2, 1, 3, 4, 5), (2, 3, 2), (1, 2, 1), (1, 1, 0), False),
    ("signed", (1, 1, 150, 160), (3, 3), (1, 1), (1, 1), False),
]

# (kind, (N, C, H, W), window, stride, padding): with padding wherever all of a window may lie below zero
MAXIMA: list[tuple[str, Ints, Ints, Ints, Ints]] = [
    ("below", (1, 1, 1, 3), (1, 3), (1, 1), (0, 1)),
    ("digits", (1, 1, 2, 4), (2, 2), (2, 2), (0, 0)),
    ("below", (1, 2, 3, 2), (2, 2), (1, 1), (1, 0)),
    ("signed", (1, 1, 4, 5), (2, 3), (2, 1), (1, 1)),
    ("below", (2, 2, 3, 4), (3, 2), (1, 2), (1, 1)),
    ("signed", (2, 1, 5, 6), (3, 3), (3, 2), (1, 0)),
    ("below", (1, 3, 6, 5), (2, 4), (2, 3), (0, 2)),
    ("signed", (1, 1, 200, 210), (3, 3), (1, 1), (1, 1)),
]


def row_windows(x: Array, k: int, stride: int, dilation: int) -> Array:
    """Every window of a row, one below the other.

    >>> row_windows(np.array([1, 2, 3, 4]), 2, 1, 1).tolist()
    [[1, 2], [2, 3], [3, 4]]
    """
    return sliding_window_view(x, dilation * (k - 1) + 1)[::stride, ::dilation]


def unfold(at: Layer) -> Array:
    """Every window of a batch of images as a column; of the weight only its kernel size counts."""
    return np.asarray(convlib.unfold(at.x, at.w.shape[2:], at.dilation, at.padding, at.stride))


def fold(at: Layer, columns: Array) -> Array:
    """Columns added up where their windows lay; of x only the size counts."""
    size, taps = at.x.shape[2:], at.w.shape[2:]
    return np.asarray(convlib.fold(columns, size, taps, at.dilation, at.padding, at.stride))


def spectra(f: Array, g: Array) -> Array:
    """The full convolution."""
    return np.asarray(convlib.convolve(f, g, "full"))


def means(x: Array, window: Ints, stride: Ints, padding: Ints, count: bool) -> Array:
    """The mean of every window, with the zeros of the frame counted or not."""
    pools: list[Any] = [convlib.avg_pool1d, convlib.avg_pool2d, convlib.avg_pool3d]
    return np.asarray(pools[len(window) - 1](x, window, stride, padding, count_include_pad=count))


def maxima(x: Array, window: Ints, stride: Ints, padding: Ints, beyond: float = -np.inf) -> Array:
    """The largest number of every window; what lies beyond the edge never wins.

    >>> maxima(np.array([[[[-5.0, -4, -3]]]]), (1, 3), (1, 1), (0, 1)).tolist()
    [[[[-4.0, -3.0, -3.0]]]]
    """
    frame = [(0, 0), (0, 0), *((p, p) for p in padding)]
    framed = np.pad(x.astype(float), frame, constant_values=beyond)
    seen = sliding_window_view(framed, window, axis=(2, 3))[:, :, :: stride[0], :: stride[1]]
    return seen.max(axis=(4, 5))


def _plain(form: Function) -> Function:
    return form


def _unfolded(form: Function) -> Function:
    def answer(x: Array, window: Ints, stride: Ints, padding: Ints, dilation: Ints) -> Any:
        w = np.zeros((1, x.shape[1], *window))
        return form(Layer(x, w, None, stride, padding, dilation))

    return answer


def _folded(form: Function) -> Function:
    def answer(columns: Array, size: Ints, window: Ints, *options: Any) -> Any:
        channels = columns.shape[1] // int(np.prod(window))
        x, w = np.zeros((len(columns), channels, *size)), np.zeros((1, channels, *window))
        return form(Layer(x, w, None, *options), columns)

    return answer


def _layer(form: Function) -> Function:
    return lambda x, w, stride, padding: form(Layer(x, w, None, stride, padding))


def _rows(rng: Rng) -> list[Case]:
    return [
        Case({"x": inputs(rng, kind, n), "k": k, "stride": s, "dilation": d}) for kind, n, k, s, d in ROWS
    ]


def _planes(rng: Rng) -> list[Case]:
    names = ("window", "stride", "padding", "dilation")
    return [
        Case({"x": inputs(rng, kind, *x), **dict(zip(names, rest, strict=True))}) for kind, x, *rest in PLANES
    ]


def _columns(rng: Rng) -> list[Case]:
    """Columns of the size that the windows of an image have."""
    names = ("window", "stride", "padding", "dilation")
    cases = []
    for kind, x, *rest in PLANES:
        options = dict(zip(names, rest, strict=True))
        size = convlib.conv_output_size(x[2:], options["window"], *rest[1:])
        lengths = per_axis(size, 2)
        shape = (x[0], x[1] * int(np.prod(options["window"])), int(np.prod(lengths)))
        cases.append(Case({"columns": inputs(rng, kind, *shape), "size": x[2:], **options}))
    return cases


def _layers(rng: Rng) -> list[Case]:
    return [
        Case(
            {
                "x": inputs(rng, kind, *x),
                "w": kernel(rng, kind, filters[0], x[1], *filters[1:]),
                "stride": stride,
                "padding": padding,
            }
        )
        for kind, x, filters, stride, padding in LAYERS
    ]


def _spectra(rng: Rng) -> list[Case]:
    return [Case({"f": inputs(rng, kind, *f), "g": kernel(rng, kind, *g)}) for kind, f, g in SPECTRA]


def _pools(settings: list[Any], *names: str) -> Callable[[Rng], list[Case]]:
    return lambda rng: [
        Case({"x": _pooled(rng, kind, x), **dict(zip(names, rest, strict=True))})
        for kind, x, *rest in settings
    ]


def _pooled(rng: Rng, kind: str, shape: Ints) -> Array:
    """Numbers of a kind; "below" are digits with a minus sign."""
    return -inputs(rng, "digits", *shape) if kind == "below" else inputs(rng, kind, *shape)


IMAGES = {"x": ("N", "C", "H", "W"), "w": ("O", "C", "R", "S")}
TASKS = [
    Task(
        "ps08.windows",
        "Windows without copies",
        "windows(x, k, stride, dilation)",
        2,
        _rows,
        row_windows,
        _plain,
        chapter="fast/windows",
        axes={"x": ("W",)},
        haste=20,
    ),
    Task(
        "ps08.unfold",
        "Every window a column",
        "unfold(x, window, stride, padding, dilation)",
        4,
        _planes,
        unfold,
        _unfolded,
        chapter="fast/im2col",
        axes={"x": ("N", "C", "H", "W")},
        rebuilds=("unfold",),
        haste=10,
    ),
    Task(
        "ps08.gemm",
        "A convolution in one product",
        "conv2d_gemm(x, w, stride, padding)",
        3,
        _layers,
        conv,
        _layer,
        chapter="fast/im2col",
        axes=IMAGES,
        haste=15,
    ),
    Task(
        "ps08.fold",
        "The columns back into the picture",
        "fold(columns, size, window, stride, padding, dilation)",
        4,
        _columns,
        fold,
        _folded,
        chapter="fast/im2col",
        rebuilds=("fold",),
        haste=10,
    ),
    Task(
        "ps08.fft",
        "A product of spectra",
        "convolve_fft(f, g)",
        3,
        _spectra,
        spectra,
        _plain,
        chapter="fast/fft",
        haste=10,
    ),
    Task(
        "ps08.avg_pool",
        "The mean of every window",
        "avg_pool(x, window, stride, padding, count_include_pad)",
        3,
        _pools(MEANS, "window", "stride", "padding", "count_include_pad"),
        means,
        _plain,
        chapter="conv/pooling",
        axes={"x": ("N", "C", "H", "W", "D")},
        rebuilds=("avg_pool1d", "avg_pool2d", "avg_pool3d"),
        haste=60,
    ),
    Task(
        "ps08.max_pool",
        "The largest of every window",
        "max_pool2d(x, window, stride, padding)",
        2,
        _pools(MAXIMA, "window", "stride", "padding"),
        maxima,
        _plain,
        chapter="conv/pooling",
        axes={"x": ("N", "C", "H", "W")},
        haste=6,
    ),
]
