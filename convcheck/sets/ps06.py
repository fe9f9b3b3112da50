"""Problem set 6, the transposed convolution: the tasks, their cases and points."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.forms import Ints, Layer, UpLayer, conv, conv_transpose
from convcheck.slopes import Slope, input_grad
from convcheck.task import Case, Function, Task

# (kind, windows, taps, stride, padding, dilation, cells left over)
MATRICES = [
    ("digits", 2, 2, 1, 0, 1, 0),
    ("digits", 2, 3, 1, 0, 1, 0),
    ("digits", 2, 2, 2, 0, 1, 1),
    ("digits", 3, 3, 1, 1, 1, 0),
    ("digits", 2, 2, 1, 0, 3, 0),
    ("signed", 3, 3, 2, 1, 1, 1),
    ("signed", 2, 3, 3, 1, 2, 2),
    ("signed", 4, 2, 3, 0, 2, 0),
    ("quarters", 3, 4, 2, 2, 1, 1),
    ("quarters", 4, 3, 2, 1, 2, 0),
]

# (kind, taps, windows, stride, padding, cells left over)
RETURNS = [
    ("digits", 2, 2, 1, 0, 0),
    ("digits", 3, 2, 1, 0, 0),
    ("digits", 2, 3, 2, 0, 0),
    ("digits", 3, 2, 2, 0, 1),
    ("digits", 3, 3, 1, 1, 0),
    ("signed", 4, 3, 3, 1, 2),
    ("signed", 3, 4, 2, 1, 1),
    ("quarters", 5, 3, 2, 2, 0),
    ("quarters", 2, 4, 3, 0, 1),
    ("signed", 4, 2, 1, 1, 0),
]

# (kind, shape of x and of B y, shape of y and of C x)
PAIRS: list[tuple[str, Ints, Ints]] = [
    ("digits", (2,), (1,)),
    ("digits", (3,), (2,)),
    ("signed", (4,), (3,)),
    ("signed", (2, 3), (2, 2)),
    ("quarters", (5,), (2,)),
    ("quarters", (3, 4), (2, 3)),
    ("signed", (2, 3, 4), (3, 2, 2)),
    ("quarters", (2, 2, 5), (4, 3, 1)),
]

# (kind, inputs, taps)
STAMPS = [
    ("digits", 2, 2),
    ("digits", 1, 3),
    ("digits", 2, 3),
    ("digits", 4, 2),
    ("signed", 3, 4),
    ("signed", 5, 3),
    ("quarters", 4, 4),
    ("quarters", 2, 6),
]

# (kind, inputs, taps, stride)
STEPS = [
    ("digits", 2, 2, 1),
    ("digits", 2, 3, 2),
    ("digits", 3, 2, 2),
    ("digits", 2, 2, 3),
    ("signed", 3, 4, 2),
    ("signed", 4, 3, 3),
    ("signed", 3, 2, 4),
    ("quarters", 5, 3, 2),
    ("quarters", 3, 5, 3),
]

# (kind, inputs, taps, stride, padding)
CROPS = [
    ("digits", 3, 3, 1, 1),
    ("digits", 2, 3, 2, 1),
    ("digits", 3, 2, 2, 1),
    ("digits", 3, 3, 1, 0),
    ("signed", 3, 4, 2, 2),
    ("signed", 4, 3, 3, 1),
    ("signed", 4, 5, 1, 3),
    ("quarters", 5, 4, 2, 1),
    ("quarters", 4, 6, 3, 4),
]

# (kind, inputs, taps, stride, padding, output_padding): the last two are refused
RESIZES = [
    ("digits", 2, 3, 2, 1, 1),
    ("digits", 2, 3, 2, 1, 0),
    ("digits", 2, 4, 3, 2, 2),
    ("digits", 3, 3, 2, 2, 1),
    ("signed", 3, 4, 3, 1, 1),
    ("signed", 2, 5, 4, 3, 3),
    ("signed", 4, 3, 2, 1, 1),
    ("quarters", 3, 6, 3, 4, 2),
    ("quarters", 4, 2, 3, 1, 2),
    ("signed", 3, 5, 4, 2, 1),
    ("signed", 3, 3, 2, 1, 2),
    ("quarters", 3, 2, 1, 0, 1),
]

# (kind, (N, C, *size), (O, *kernel), with bias)
CHANNELS: list[tuple[str, Ints, Ints, bool]] = [
    ("digits", (1, 1, 2), (1, 2), True),
    ("digits", (1, 2, 1), (1, 2), False),
    ("digits", (1, 1, 2), (2, 1), False),
    ("signed", (1, 2, 1), (2, 1), False),
    ("signed", (1, 2, 3), (3, 2), True),
    ("signed", (2, 3, 2), (2, 3), True),
    ("signed", (2, 2, 3), (2, 2), True),
    ("signed", (1, 2, 2), (3, 2), True),
    ("quarters", (2, 3, 4), (4, 2), True),
    ("quarters", (3, 4, 2), (3, 3), True),
]

# (kind, (N, C, *size), (O, *kernel), with bias, stride, padding, output_padding, groups, dilation)
PLANES: list[tuple[Any, ...]] = [
    ("digits", (1, 1, 1, 2), (1, 1, 2), False, (1, 1), (0, 0), (0, 0), 1, (1, 1)),
    ("digits", (1, 1, 1, 2), (1, 1, 3), False, (1, 2), (0, 0), (0, 0), 1, (1, 1)),
    ("digits", (1, 1, 2, 1), (1, 2, 1), True, (1, 1), (0, 0), (0, 0), 1, (2, 1)),
    ("signed", (1, 2, 2, 3), (2, 2, 2), True, (2, 1), (1, 0), (0, 0), 1, (1, 1)),
    ("signed", (1, 2, 2, 3), (4, 2, 2), True, (1, 1), (0, 0), (0, 0), 1, (1, 1)),
    ("signed", (2, 2, 3, 2), (3, 3, 2), True, (2, 3), (1, 1), (1, 2), 1, (1, 1)),
    ("signed", (1, 4, 2, 3), (2, 1, 2), False, (1, 2), (0, 0), (0, 1), 2, (1, 1)),
    ("signed", (1, 2, 3, 2), (4, 2, 2), True, (1, 2), (0, 1), (0, 0), 2, (3, 1)),
    ("quarters", (2, 4, 2, 3), (6, 2, 3), True, (2, 1), (1, 2), (0, 1), 2, (1, 2)),
    ("quarters", (2, 3, 3, 2), (2, 3, 2), True, (3, 2), (2, 1), (2, 1), 1, (2, 3)),
    ("signed", (3, 6, 2, 3), (3, 2, 2), True, (2, 3), (0, 1), (1, 0), 3, (3, 2)),
    ("signed", (1, 2, 2, 3), (2, 2, 2), True, (2, 2), (0, 0), (0, 2), 1, (1, 1)),
]

SPACES: list[tuple[Any, ...]] = [
    ("digits", (1, 1, 2), (1, 3), False, (2,), (0,), (0,), 1, (1,)),
    ("digits", (1, 1, 2), (1, 3), True, (2,), (1,), (1,), 1, (1,)),
    ("digits", (1, 1, 2), (1, 2), False, (1,), (0,), (1,), 1, (2,)),
    ("signed", (1, 2, 3), (4, 2), True, (1,), (0,), (0,), 1, (1,)),
    ("signed", (2, 2, 3), (3, 3), True, (3,), (2,), (2,), 1, (2,)),
    ("signed", (1, 4, 3), (6, 2), True, (2,), (0,), (1,), 2, (3,)),
    ("signed", (2, 3, 2, 3), (2, 3, 2), True, (2, 1), (1, 0), (1, 0), 1, (1, 3)),
    ("quarters", (1, 4, 3, 2), (4, 2, 3), True, (1, 3), (0, 2), (0, 1), 2, (2, 1)),
    ("digits", (1, 1, 1, 2, 1), (1, 2, 1, 2), False, (1, 2, 1), (0, 0, 0), (0, 0, 0), 1, (1, 1, 1)),
    ("signed", (1, 2, 2, 3, 2), (3, 2, 1, 2), True, (2, 1, 2), (1, 0, 0), (1, 0, 1), 1, (1, 1, 2)),
    ("quarters", (2, 4, 2, 1, 3), (6, 2, 3, 2), True, (1, 2, 3), (0, 1, 1), (0, 1, 0), 2, (3, 1, 2)),
    ("signed", (1, 2, 3), (2, 2), False, (2,), (0,), (2,), 1, (2,)),
]


def _matrix(form: Function) -> Function:
    """The answers to the unit inputs are the columns."""

    def answer(w: Array, n: int, stride: int, padding: int, dilation: int) -> Any:
        units = np.eye(n)[:, None]
        return form(Layer(units, w[None, None], None, stride, padding, dilation))[:, 0].T

    return answer


def _return(form: Function) -> Function:
    def answer(y: Array, w: Array, n: int, stride: int, padding: int) -> Any:
        x = np.zeros((1, 1, n))
        return form(Slope(x, w[None, None], None, stride, padding, g=y[None, None]))[0, 0]

    return answer


def gap(x: Array, forward: Array, y: Array, back: Array) -> Any:
    """The inner product of C x with y, less that of x with B y.

    >>> int(gap(np.array([1, 2]), np.array([21]), np.array([5]), np.array([5, 50])))
    0
    """
    return np.sum(forward * y) - np.sum(x * back)


def _plain(form: Function) -> Function:
    return form


def _stamp(form: Function) -> Function:
    def answer(x: Array, w: Array, stride: int = 1, padding: int = 0, output_padding: int = 0) -> Any:
        at = UpLayer(x[None, None], w[None, None], None, stride, padding, output_padding=output_padding)
        return form(at)[0, 0]

    return answer


def _channels(form: Function) -> Function:
    return lambda x, w, bias: form(UpLayer(x, w, bias))


def _whole(form: Function) -> Function:
    def answer(x: Array, w: Array, bias: Any, *options: Any) -> Any:
        stride, padding, output_padding, groups, dilation = options
        return form(UpLayer(x, w, bias, stride, padding, dilation, groups, output_padding=output_padding))

    return answer


def _cells(windows: int, span: int, stride: int, padding: int, rest: int) -> int:
    return stride * (windows - 1) + span - 2 * padding + rest


def _matrices(rng: Rng) -> list[Case]:
    cases = []
    for kind, m, k, s, p, d, rest in MATRICES:
        n = _cells(m, d * (k - 1) + 1, s, p, rest)
        cases.append(Case({"w": kernel(rng, kind, k), "n": n, "stride": s, "padding": p, "dilation": d}))
    return cases


def _returns(rng: Rng) -> list[Case]:
    cases = []
    for kind, k, m, s, p, rest in RETURNS:
        arrays = {"y": inputs(rng, kind, m), "w": kernel(rng, kind, k)}
        cases.append(Case({**arrays, "n": _cells(m, k, s, p, rest), "stride": s, "padding": p}))
    return cases


def _pairs(rng: Rng) -> list[Case]:
    names = ("x", "cx", "y", "by")
    return [
        Case(dict(zip(names, (inputs(rng, kind, *s) for s in (a, b, b, a)), strict=True)))
        for kind, a, b in PAIRS
    ]


def _rows(settings: list[Any], *names: str) -> Callable[[Rng], list[Case]]:
    def draw(rng: Rng) -> list[Case]:
        return [
            Case({"x": inputs(rng, kind, n), "w": kernel(rng, kind, k), **_named(names, rest)})
            for kind, n, k, *rest in settings
        ]

    return draw


def _layers(settings: list[Any], *names: str) -> Callable[[Rng], list[Case]]:
    return lambda rng: [_layer(rng, names, *setting) for setting in settings]


def _named(names: tuple[str, ...], values: Any) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


def _layer(rng: Rng, names: tuple[str, ...], kind: str, x: Ints, filters: Ints, *rest: Any) -> Case:
    there, *values = rest
    options = _named(names, values)
    o, *taps = filters
    w = (x[1], o // options.get("groups", 1), *taps)
    arrays = {"x": inputs(rng, kind, *x), "w": kernel(rng, kind, *w)}
    return Case({**arrays, "bias": inputs(rng, kind, o) if there else None, **options})


ROW = {"x": ("L",), "w": ("K",)}
BATCH = {"x": ("N", "GC", "H", "W", "D"), "w": ("GC", "O", "R", "S", "T"), "bias": ("GO",)}
OPTIONS = ("stride", "padding", "output_padding", "groups", "dilation")
TASKS = [
    Task(
        "ps06.matrix",
        "A convolution is a matrix",
        "conv_matrix(w, n, stride, padding, dilation)",
        3,
        _matrices,
        conv,
        _matrix,
        chapter="transposed/matrix",
        rebuilds=("conv_matrix",),
    ),
    Task(
        "ps06.back",
        "The transpose goes back",
        "go_back(y, w, n, stride, padding)",
        2,
        _returns,
        input_grad,
        _return,
        chapter="transposed/transpose",
    ),
    Task(
        "ps06.adjoint",
        "The same price both ways",
        "adjoint_gap(x, cx, y, by)",
        1,
        _pairs,
        gap,
        _plain,
        chapter="transposed/transpose",
    ),
    Task(
        "ps06.stamp",
        "Stamp the kernel",
        "stamp(x, w)",
        2,
        _rows(STAMPS),
        conv_transpose,
        _stamp,
        chapter="transposed/transpose",
        axes=ROW,
    ),
    Task(
        "ps06.stride",
        "Stamps further apart",
        "stamp_strided(x, w, stride)",
        2,
        _rows(STEPS, "stride"),
        conv_transpose,
        _stamp,
        chapter="transposed/stretched-input",
        axes=ROW,
    ),
    Task(
        "ps06.padding",
        "Padding cuts off",
        "stamp_cropped(x, w, stride, padding)",
        2,
        _rows(CROPS, "stride", "padding"),
        conv_transpose,
        _stamp,
        chapter="transposed/padding-crops",
        axes=ROW,
    ),
    Task(
        "ps06.output_padding",
        "A little more on the right",
        "stamp_resized(x, w, stride, padding, output_padding)",
        3,
        _rows(RESIZES, "stride", "padding", "output_padding"),
        conv_transpose,
        _stamp,
        chapter="transposed/output-padding",
        axes=ROW,
    ),
    Task(
        "ps06.channels",
        "Channels on the way up",
        "stamp_channels(x, w, bias)",
        3,
        _layers(CHANNELS),
        conv_transpose,
        _channels,
        chapter="transposed/transpose",
        axes={"x": ("N", "C", "L"), "w": ("C", "O", "K"), "bias": ("O",)},
    ),
    Task(
        "ps06.conv_transpose2d",
        "The whole of conv_transpose2d",
        "conv_transpose2d(x, w, bias, stride, padding, output_padding, groups, dilation)",
        4,
        _layers(PLANES, *OPTIONS),
        conv_transpose,
        _whole,
        chapter="transposed/groups-and-dilation",
        axes=BATCH,
        rebuilds=("conv_transpose2d",),
    ),
    Task(
        "ps06.nd",
        "Any number of axes",
        "conv_transpose_nd(x, w, bias, stride, padding, output_padding, groups, dilation)",
        3,
        _layers(SPACES, *OPTIONS),
        conv_transpose,
        _whole,
        chapter="transposed/groups-and-dilation",
        axes=BATCH,
        rebuilds=("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
    ),
]
