"""Problem set 7, backwards: the tasks, their cases and points."""

from typing import Any

import numpy as np

from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.forms import Ints, Layer, conv
from convcheck.slopes import Slope, bias_grad, input_grad, weight_grad
from convcheck.task import Case, Function, Task
from convlib import conv_output_size

# (kind, shape of g): images, channels and cells never of one number
BIASES = [
    ("digits", (1, 2, 3)),
    ("digits", (2, 3, 4)),
    ("signed", (2, 1, 3)),
    ("signed", (3, 2, 4)),
    ("signed", (1, 3, 2, 4)),
    ("quarters", (2, 3, 4, 5)),
    ("quarters", (3, 2, 1, 4)),
    ("signed", (2, 4, 3, 2, 3)),
]

# (kind, cells, taps, h)
WIGGLES = [
    ("digits", 2, 1, 0.5),
    ("digits", 3, 2, 0.5),
    ("digits", 4, 2, 0.25),
    ("signed", 4, 3, 1.0),
    ("signed", 5, 2, 0.125),
    ("quarters", 6, 3, 0.5),
    ("quarters", 5, 4, 0.25),
    ("signed", 7, 3, 2.0),
]

# (kind, entries of g, taps): more of the one, more of the other
PLAIN = [
    ("digits", 2, 2),
    ("signed", 1, 3),
    ("digits", 3, 2),
    ("digits", 2, 3),
    ("signed", 4, 3),
    ("signed", 3, 5),
    ("signed", 5, 2),
    ("quarters", 4, 4),
    ("quarters", 6, 3),
    ("quarters", 2, 6),
]

# (kind, windows, taps, stride, padding, remainder): every remainder of the strides 1, 2, 3
STRIDED = [
    ("digits", 2, 2, 2, 0, 0),
    ("digits", 2, 3, 2, 0, 1),
    ("digits", 3, 2, 1, 1, 0),
    ("digits", 2, 3, 3, 1, 0),
    ("digits", 3, 3, 2, 1, 1),
    ("signed", 3, 4, 3, 0, 1),
    ("signed", 4, 3, 3, 1, 2),
    ("signed", 3, 5, 2, 2, 0),
    ("quarters", 4, 3, 2, 1, 1),
    ("quarters", 3, 4, 3, 2, 2),
    ("signed", 5, 2, 2, 0, 1),
    ("quarters", 4, 5, 1, 2, 0),
]

# (kind, images, (C, O), groups, windows, taps, stride, padding, dilation, remainder), one entry an axis
LAYERS: list[tuple[str, int, tuple[int, int], int, Ints, Ints, Ints, Ints, Ints, Ints]] = [
    ("digits", 1, (1, 1), 1, (2,), (2,), (1,), (0,), (1,), (0,)),
    ("digits", 1, (1, 1), 1, (2,), (2,), (2,), (0,), (1,), (1,)),
    ("digits", 1, (1, 1), 1, (3,), (2,), (1,), (1,), (2,), (0,)),
    ("signed", 1, (2, 1), 1, (2,), (3,), (1,), (0,), (1,), (0,)),
    ("signed", 2, (1, 3), 1, (3,), (2,), (2,), (1,), (1,), (0,)),
    ("signed", 2, (2, 3), 1, (2,), (3,), (3,), (1,), (2,), (2,)),
    ("signed", 1, (4, 2), 2, (3,), (2,), (2,), (0,), (1,), (1,)),
    ("signed", 1, (1, 2), 1, (2, 3), (2, 3), (1, 1), (0, 1), (1, 1), (0, 0)),
    ("signed", 2, (2, 3), 1, (3, 2), (3, 2), (2, 1), (1, 0), (1, 1), (1, 0)),
    ("quarters", 2, (2, 4), 2, (2, 3), (2, 3), (1, 2), (0, 1), (2, 1), (0, 1)),
    ("quarters", 1, (4, 2), 2, (3, 2), (1, 2), (3, 2), (0, 0), (1, 3), (2, 0)),
    ("signed", 3, (4, 6), 2, (2, 2), (3, 2), (2, 3), (1, 1), (1, 2), (0, 2)),
    ("quarters", 2, (3, 2), 1, (2, 3), (2, 2), (2, 2), (1, 0), (2, 1), (1, 1)),
]


def squares(x: Array, w: Array) -> Array:
    """The slope of half the sum of squares of w slid over x, to each tap of w."""
    return np.correlate(x, np.correlate(x, w, "valid"), "valid")


def _plain(form: Function) -> Function:
    return form


def _numeric(form: Function) -> Function:
    return lambda x, w, h: form(x, w)


def _input1d(form: Function) -> Function:
    def answer(w: Array, g: Array) -> Any:
        x = np.zeros(len(g) + len(w) - 1)
        return form(Slope(x[None, None], w[None, None], g=g[None, None]))[0, 0]

    return answer


def _weight1d(form: Function) -> Function:
    def answer(x: Array, g: Array) -> Any:
        w = np.zeros(len(x) - len(g) + 1)
        return form(Slope(x[None, None], w[None, None], g=g[None, None]))[0, 0]

    return answer


def _input_strided(form: Function) -> Function:
    def answer(n: int, w: Array, g: Array, stride: int, padding: int) -> Any:
        x = np.zeros((1, 1, n))
        return form(Slope(x, w[None, None], None, stride, padding, g=g[None, None]))[0, 0]

    return answer


def _weight_strided(form: Function) -> Function:
    def answer(x: Array, k: int, g: Array, stride: int, padding: int) -> Any:
        w = np.zeros((1, 1, k))
        return form(Slope(x[None, None], w, None, stride, padding, g=g[None, None]))[0, 0]

    return answer


def _input_whole(form: Function) -> Function:
    def answer(input_size: Ints, w: Array, g: Array, *options: Any) -> Any:
        stride, padding, dilation, groups = options
        return form(Slope(np.zeros(input_size), w, None, stride, padding, dilation, groups, g=g))

    return answer


def _weight_whole(form: Function) -> Function:
    def answer(x: Array, weight_size: Ints, g: Array, *options: Any) -> Any:
        stride, padding, dilation, groups = options
        return form(Slope(x, np.zeros(weight_size), None, stride, padding, dilation, groups, g=g))

    return answer


def _up_input(form: Function) -> Function:
    return lambda w, g, stride, padding, dilation, groups: form(
        Layer(g, w, None, stride, padding, dilation, groups)
    )


def _up_weight(form: Function) -> Function:
    """On the way up the two change places: g is what the kernel met, x is what came back."""

    def answer(x: Array, weight_size: Ints, g: Array, *options: Any) -> Any:
        stride, padding, dilation, groups = options
        return form(Slope(g, np.zeros(weight_size), None, stride, padding, dilation, groups, g=x))

    return answer


def _biases(rng: Rng) -> list[Case]:
    return [Case({"g": inputs(rng, kind, *shape)}) for kind, shape in BIASES]


def _wiggles(rng: Rng) -> list[Case]:
    return [Case({"x": inputs(rng, k, n), "w": kernel(rng, k, t), "h": h}) for k, n, t, h in WIGGLES]


def _stamps(rng: Rng) -> list[Case]:
    return [Case({"w": kernel(rng, kind, t), "g": inputs(rng, kind, m)}) for kind, m, t in PLAIN]


def _slides(rng: Rng) -> list[Case]:
    return [Case({"x": inputs(rng, kind, m + t - 1), "g": kernel(rng, kind, m)}) for kind, t, m in PLAIN]


def _cells(windows: int, taps: int, stride: int, padding: int, remainder: int) -> int:
    return stride * (windows - 1) + taps - 2 * padding + remainder


def _strided_stamps(rng: Rng) -> list[Case]:
    return [
        Case(
            {
                "n": _cells(m, t, s, p, r),
                "w": kernel(rng, kind, t),
                "g": inputs(rng, kind, m),
                "stride": s,
                "padding": p,
            }
        )
        for kind, m, t, s, p, r in STRIDED
    ]


def _strided_slides(rng: Rng) -> list[Case]:
    return [
        Case(
            {
                "x": inputs(rng, kind, _cells(m, t, s, p, r)),
                "k": t,
                "g": kernel(rng, kind, m),
                "stride": s,
                "padding": p,
            }
        )
        for kind, m, t, s, p, r in STRIDED
    ]


def _sizes(setting: tuple[Any, ...]) -> tuple[Ints, Ints, Ints]:
    """The shapes of x, w and g of a layer."""
    _, images, (c, o), groups, windows, taps, stride, padding, dilation, rest = setting
    spans = [d * (t - 1) + 1 for d, t in zip(dilation, taps, strict=True)]
    size = tuple(map(_cells, windows, spans, stride, padding, rest))
    assert conv_output_size(size, taps, stride, padding, dilation) == windows
    return (images, c, *size), (o, c // groups, *taps), (images, o, *windows)


def _options(setting: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(("stride", "padding", "dilation"), setting[6:9], strict=True)) | {"groups": setting[3]}


def _to_input(rng: Rng) -> list[Case]:
    cases = []
    for setting in LAYERS:
        x, w, g = _sizes(setting)
        arrays = {"w": kernel(rng, setting[0], *w), "g": inputs(rng, setting[0], *g)}
        cases.append(Case({"input_size": x, **arrays, **_options(setting)}))
    return cases


def _to_weight(rng: Rng) -> list[Case]:
    cases = []
    for setting in LAYERS:
        x, w, g = _sizes(setting)
        arrays = {"x": inputs(rng, setting[0], *x), "weight_size": w, "g": kernel(rng, setting[0], *g)}
        cases.append(Case({**arrays, **_options(setting)}))
    return cases


def _up_to_input(rng: Rng) -> list[Case]:
    """A layer that steps up has the input of the one that steps down as its output."""
    cases = []
    for setting in LAYERS:
        g, w, _ = _sizes(setting)
        arrays = {"w": kernel(rng, setting[0], *w), "g": inputs(rng, setting[0], *g)}
        cases.append(Case({**arrays, **_options(setting)}))
    return cases


def _up_to_weight(rng: Rng) -> list[Case]:
    cases = []
    for setting in LAYERS:
        g, w, x = _sizes(setting)
        arrays = {"x": kernel(rng, setting[0], *x), "weight_size": w, "g": inputs(rng, setting[0], *g)}
        cases.append(Case({**arrays, **_options(setting)}))
    return cases


PAGE = "transposed/backward"
TASKS = [
    Task(
        "ps07.bias",
        "Back to the bias",
        "conv_bias_grad(g)",
        1,
        _biases,
        bias_grad,
        _plain,
        chapter=PAGE,
        rebuilds=("conv_bias_grad", "conv_transpose_bias_grad"),
    ),
    Task(
        "ps07.numeric",
        "Wiggle every tap",
        "numeric_grad(x, w, h)",
        2,
        _wiggles,
        squares,
        _numeric,
        chapter=PAGE,
        axes={"x": ("W",), "w": ("S",)},
    ),
    Task(
        "ps07.input_1d",
        "Back to the input",
        "input_grad1d(w, g)",
        2,
        _stamps,
        input_grad,
        _input1d,
        chapter=PAGE,
        axes={"w": ("S",), "g": ("P",)},
    ),
    Task(
        "ps07.weight_1d",
        "Back to the weight",
        "weight_grad1d(x, g)",
        2,
        _slides,
        weight_grad,
        _weight1d,
        chapter=PAGE,
        axes={"x": ("W",), "g": ("P",)},
    ),
    Task(
        "ps07.input_strided",
        "Back to the input, with steps",
        "input_grad_strided(n, w, g, stride, padding)",
        3,
        _strided_stamps,
        input_grad,
        _input_strided,
        chapter=PAGE,
    ),
    Task(
        "ps07.weight_strided",
        "Back to the weight, with steps",
        "weight_grad_strided(x, k, g, stride, padding)",
        3,
        _strided_slides,
        weight_grad,
        _weight_strided,
        chapter=PAGE,
    ),
    Task(
        "ps07.input",
        "The whole way to the input",
        "conv_input_grad(input_size, w, g, stride, padding, dilation, groups)",
        4,
        _to_input,
        input_grad,
        _input_whole,
        chapter=PAGE,
        rebuilds=("conv_input_grad",),
    ),
    Task(
        "ps07.weight",
        "The whole way to the weight",
        "conv_weight_grad(x, weight_size, g, stride, padding, dilation, groups)",
        4,
        _to_weight,
        weight_grad,
        _weight_whole,
        chapter=PAGE,
        rebuilds=("conv_weight_grad",),
    ),
    Task(
        "ps07.up_input",
        "A step up, back to its input",
        "conv_transpose_input_grad(w, g, stride, padding, dilation, groups)",
        2,
        _up_to_input,
        conv,
        _up_input,
        chapter=PAGE,
        rebuilds=("conv_transpose_input_grad",),
    ),
    Task(
        "ps07.up_weight",
        "A step up, back to its weight",
        "conv_transpose_weight_grad(x, weight_size, g, stride, padding, dilation, groups)",
        2,
        _up_to_weight,
        weight_grad,
        _up_weight,
        chapter=PAGE,
        rebuilds=("conv_transpose_weight_grad",),
    ),
]
