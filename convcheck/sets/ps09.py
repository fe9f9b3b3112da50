"""Problem set 9, on the GPU: the tasks, their cases and points. All numbers are float32."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.forms import Ints, Layer, conv
from convcheck.task import Case, Function, Task

# (kind, numbers): fewer than a block, a whole one, one more, several
VECTORS = [("digits", 3), ("digits", 7), ("signed", 16), ("signed", 18), ("quarters", 35), ("signed", 43)]

# (kind, cells, taps): outputs fewer than a block, a whole one, several
ROWS = [
    ("digits", 2, 2),
    ("digits", 4, 3),
    ("signed", 9, 4),
    ("signed", 20, 3),
    ("quarters", 33, 2),
    ("signed", 37, 5),
]

# (kind, cells, taps, stride, padding, dilation)
STRIDED = [
    ("digits", 4, 3, 1, 0, 1),
    ("digits", 5, 3, 2, 0, 1),
    ("digits", 4, 2, 1, 1, 1),
    ("digits", 7, 3, 1, 0, 2),
    ("signed", 18, 3, 1, 2, 1),
    ("signed", 25, 4, 3, 2, 2),
    ("quarters", 20, 3, 1, 3, 3),
    ("quarters", 41, 5, 2, 1, 1),
]

# (kind, (C, H, W), (R, S), padding): never as many rows as columns, padding alike and unlike
PLANES: list[tuple[str, Ints, Ints, Ints]] = [
    ("digits", (1, 2, 3), (1, 2), (0, 0)),
    ("digits", (2, 2, 3), (2, 2), (0, 0)),
    ("digits", (1, 2, 3), (1, 3), (0, 1)),
    ("signed", (2, 3, 4), (3, 2), (1, 0)),
    ("signed", (3, 4, 6), (2, 3), (1, 1)),
    ("quarters", (2, 5, 7), (3, 3), (0, 2)),
    ("signed", (4, 3, 5), (2, 2), (1, 1)),
]

# (kind, (N, C, H, W), (O, R, S), with bias, stride, padding): rows of the matrix in one block and in more
LAYERS: list[tuple[str, Ints, Ints, bool, Ints, Ints]] = [
    ("digits", (1, 1, 2, 3), (1, 1, 2), False, (1, 1), (0, 0)),
    ("signed", (1, 2, 2, 3), (3, 2, 2), True, (1, 1), (0, 0)),
    ("signed", (1, 1, 3, 5), (2, 2, 2), True, (1, 2), (1, 0)),
    ("signed", (2, 3, 4, 3), (2, 2, 3), False, (1, 1), (0, 1)),
    ("quarters", (2, 3, 5, 4), (5, 3, 3), True, (2, 1), (1, 1)),
    ("signed", (1, 5, 4, 6), (4, 2, 2), True, (1, 2), (0, 1)),
    ("quarters", (3, 4, 4, 5), (17, 3, 2), True, (2, 2), (1, 0)),
]


def _single(array: Array) -> Array:
    return array.astype(np.float32)


def axpy(x: Array, y: Array, a: float) -> Array:
    """a times x plus y.

    >>> axpy(np.array([1, 2]), np.array([10, 20]), 3)
    array([13, 26])
    """
    return a * x + y


def _plain(form: Function) -> Function:
    return form


def _row(form: Function) -> Function:
    def answer(x: Array, w: Array, stride: int = 1, padding: int = 0, dilation: int = 1) -> Any:
        return form(Layer(x[None, None], w[None, None], None, stride, padding, dilation))[0, 0]

    return answer


def _depthwise(form: Function) -> Function:
    def answer(x: Array, w: Array, padding: Ints) -> Any:
        return form(Layer(x[None], w[:, None], None, (1, 1), padding, (1, 1), len(w)))[0]

    return answer


def _layer(form: Function) -> Function:
    return lambda x, w, bias, stride, padding: form(Layer(x, w, bias, stride, padding))


def _vectors(rng: Rng) -> list[Case]:
    return [
        Case({"x": _single(inputs(rng, kind, n)), "y": _single(kernel(rng, "signed", n)), "a": 2.5})
        for kind, n in VECTORS
    ]


def _pairs(settings: list[Any], *names: str) -> Callable[[Rng], list[Case]]:
    def draw(rng: Rng) -> list[Case]:
        return [
            Case(
                {
                    "x": _single(inputs(rng, kind, n)),
                    "w": _single(kernel(rng, kind, k)),
                    **dict(zip(names, rest, strict=True)),
                }
            )
            for kind, n, k, *rest in settings
        ]

    return draw


def _planes(rng: Rng) -> list[Case]:
    cases = []
    for kind, x, taps, padding in PLANES:
        arrays = {"x": _single(inputs(rng, kind, *x)), "w": _single(kernel(rng, kind, x[0], *taps))}
        cases.append(Case({**arrays, "padding": padding}))
    return cases


def _layers(rng: Rng) -> list[Case]:
    cases = []
    for kind, x, (o, *taps), there, stride, padding in LAYERS:
        arrays = {"x": _single(inputs(rng, kind, *x)), "w": _single(kernel(rng, kind, o, x[1], *taps))}
        bias = _single(inputs(rng, kind, o)) if there else None
        cases.append(Case({**arrays, "bias": bias, "stride": stride, "padding": padding}))
    return cases


PAGE = "fast/triton"
TASKS = [
    Task(
        "ps09.axpy",
        "A program for every block",
        "axpy(x, y, a)",
        2,
        _vectors,
        axpy,
        _plain,
        chapter=PAGE,
        axes={"x": ("n",), "y": ("n",)},
        tensors=True,
        seconds=10,
    ),
    Task(
        "ps09.row",
        "A kernel slides in a kernel",
        "conv1d_gpu(x, w)",
        3,
        _pairs(ROWS),
        conv,
        _row,
        chapter=PAGE,
        axes={"x": ("W",), "w": ("S",)},
        tensors=True,
        seconds=10,
    ),
    Task(
        "ps09.strided",
        "Stride, padding and dilation",
        "conv1d_strided_gpu(x, w, stride, padding, dilation)",
        4,
        _pairs(STRIDED, "stride", "padding", "dilation"),
        conv,
        _row,
        chapter=PAGE,
        axes={"x": ("W",), "w": ("S",)},
        tensors=True,
        seconds=10,
    ),
    Task(
        "ps09.depthwise",
        "A depthwise convolution",
        "depthwise_gpu(x, w, padding)",
        4,
        _planes,
        conv,
        _depthwise,
        chapter=PAGE,
        axes={"x": ("C", "H", "W"), "w": ("C", "R", "S")},
        tensors=True,
        seconds=10,
    ),
    Task(
        "ps09.conv2d",
        "One matrix product, without the matrix",
        "conv2d_gpu(x, w, bias, stride, padding)",
        6,
        _layers,
        conv,
        _layer,
        chapter=PAGE,
        axes={"x": ("N", "C", "H", "W"), "w": ("O", "C", "R", "S"), "bias": ("O",)},
        rebuilds=("gpu.conv2d",),
        tensors=True,
        seconds=10,
    ),
]
