"""Problem set 5, conv2d one parameter at a time: the tasks, their cases and points."""

from collections.abc import Callable
from typing import Any

from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.forms import Layer, conv
from convcheck.task import Case, Function, Task
from convlib import conv_output_size

Pair = tuple[int, int]

# (stride, padding, remainder): every remainder of every stride, with and without padding
REMAINDERS = [
    (stride, padding, remainder)
    for stride in (1, 2, 3, 4)
    for padding in (0, 1, 2)
    for remainder in range(stride)
]

# … and windows - 1, never the same twice: a constant is right once at most
SIZES = [(*setting, 1 + number) for number, setting in enumerate(REMAINDERS)]

# (kind, (H, W), (R, S)): no square input; a square kernel now and then, because only it can be transposed
KERNELS: list[tuple[str, Pair, Pair]] = [
    ("digits", (2, 3), (2, 2)),
    ("digits", (3, 2), (2, 1)),
    ("digits", (2, 4), (1, 2)),
    ("digits", (3, 4), (2, 2)),
    ("digits", (4, 3), (2, 3)),
    ("signed", (3, 5), (3, 2)),
    ("signed", (5, 4), (3, 3)),
    ("signed", (4, 5), (4, 5)),
    ("signed", (2, 5), (1, 1)),
    ("quarters", (6, 5), (2, 4)),
    ("quarters", (5, 7), (3, 2)),
    ("signed", (7, 6), (1, 3)),
]

# (kind, (H, W), (R, S), stride): (H - R) and (W - S) leave every remainder of the strides 1, 2, 3
STRIDES: list[tuple[str, Pair, Pair, Pair]] = [
    ("digits", (3, 4), (2, 2), (1, 2)),
    ("digits", (4, 3), (2, 2), (2, 1)),
    ("digits", (4, 5), (2, 2), (2, 3)),
    ("digits", (5, 4), (1, 2), (2, 1)),
    ("digits", (3, 6), (2, 1), (1, 3)),
    ("signed", (5, 6), (2, 3), (2, 1)),
    ("signed", (6, 5), (2, 3), (3, 2)),
    ("signed", (7, 6), (2, 3), (3, 2)),
    ("signed", (5, 7), (3, 2), (1, 2)),
    ("quarters", (8, 7), (2, 2), (3, 2)),
    ("quarters", (7, 9), (3, 2), (2, 3)),
    ("signed", (6, 8), (3, 2), (2, 3)),
    ("signed", (5, 8), (3, 3), (2, 2)),
    ("signed", (4, 6), (3, 2), (1, 1)),
]

# (kind, (H, W), (R, S), stride, padding)
PADDINGS: list[tuple[str, Pair, Pair, Pair, Pair]] = [
    ("digits", (2, 3), (2, 2), (1, 1), (1, 0)),
    ("digits", (3, 2), (2, 2), (1, 1), (0, 1)),
    ("digits", (2, 3), (2, 2), (1, 2), (0, 2)),
    ("digits", (3, 4), (2, 2), (2, 1), (1, 0)),
    ("digits", (4, 3), (2, 3), (2, 2), (2, 1)),
    ("signed", (3, 5), (3, 2), (1, 2), (1, 2)),
    ("signed", (5, 4), (3, 3), (2, 1), (0, 1)),
    ("signed", (4, 6), (3, 2), (3, 2), (2, 1)),
    ("signed", (5, 7), (2, 3), (2, 3), (1, 0)),
    ("quarters", (6, 5), (2, 4), (1, 3), (1, 2)),
    ("quarters", (8, 5), (3, 2), (3, 1), (2, 0)),
    ("signed", (4, 5), (2, 3), (2, 3), (0, 0)),
    ("signed", (2, 3), (3, 5), (1, 1), (1, 2)),
    ("signed", (5, 6), (2, 3), (3, 2), (2, 1)),
]

# (kind, (H, W), (R, S), stride, padding, dilation): dilations alike and unlike, wide enough for one more
DILATIONS: list[tuple[str, Pair, Pair, Pair, Pair, Pair]] = [
    ("digits", (1, 4), (1, 2), (1, 1), (0, 0), (1, 2)),
    ("digits", (5, 2), (2, 1), (1, 1), (0, 0), (3, 1)),
    ("digits", (4, 6), (2, 2), (1, 1), (0, 0), (2, 3)),
    ("digits", (5, 4), (2, 2), (1, 1), (0, 0), (1, 1)),
    ("signed", (6, 7), (2, 3), (1, 2), (0, 1), (2, 1)),
    ("signed", (7, 5), (3, 2), (1, 1), (0, 1), (2, 3)),
    ("signed", (5, 8), (2, 3), (2, 1), (1, 0), (1, 3)),
    ("signed", (8, 6), (3, 2), (2, 1), (1, 1), (3, 2)),
    ("quarters", (9, 7), (3, 3), (2, 3), (0, 2), (2, 2)),
    ("quarters", (6, 9), (2, 4), (3, 2), (2, 0), (3, 2)),
    ("signed", (8, 9), (3, 2), (3, 2), (2, 1), (1, 4)),
]

# (kind, (C, H, W), (O, R, S)): one channel in, many out; many in, one out; as many in as out
CHANNELS: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = [
    ("digits", (2, 1, 2), (1, 1, 2)),
    ("digits", (2, 1, 3), (1, 1, 2)),
    ("signed", (1, 2, 3), (2, 2, 2)),
    ("signed", (2, 3, 2), (2, 2, 1)),
    ("signed", (3, 2, 4), (2, 1, 3)),
    ("signed", (2, 3, 4), (3, 2, 2)),
    ("signed", (3, 4, 2), (3, 3, 2)),
    ("quarters", (4, 3, 5), (2, 2, 3)),
    ("quarters", (3, 5, 4), (4, 3, 2)),
    ("signed", (2, 4, 6), (5, 3, 3)),
]

# (kind, (C, H, W), (O, R, S), groups): depthwise, with a multiplier, and groups of two and more
GROUPS: list[tuple[str, tuple[int, ...], tuple[int, ...], int]] = [
    ("digits", (2, 1, 2), (2, 1, 1), 2),
    ("digits", (4, 1, 2), (2, 1, 1), 2),
    ("digits", (2, 1, 3), (4, 1, 1), 2),
    ("signed", (4, 2, 3), (4, 1, 2), 2),
    ("signed", (2, 3, 2), (6, 2, 1), 2),
    ("signed", (6, 2, 4), (3, 2, 2), 3),
    ("signed", (3, 3, 5), (6, 2, 3), 3),
    ("signed", (4, 3, 2), (4, 2, 2), 4),
    ("quarters", (6, 4, 3), (4, 3, 2), 2),
    ("quarters", (4, 3, 5), (8, 2, 2), 2),
    ("signed", (3, 4, 2), (2, 3, 1), 1),
]

# (kind, (N, O, H, W), with bias): as many channels as columns, once
BIASES: list[tuple[str, tuple[int, ...], bool]] = [
    ("digits", (1, 2, 1, 3), True),
    ("digits", (1, 3, 2, 3), True),
    ("signed", (2, 2, 3, 2), True),
    ("signed", (2, 3, 2, 4), True),
    ("signed", (1, 4, 3, 4), True),
    ("quarters", (3, 2, 2, 2), True),
    ("quarters", (2, 4, 4, 3), True),
    ("signed", (2, 1, 3, 5), False),
]

# (kind, (N, C, H, W), (O, R, S), with bias, stride, padding, dilation, groups): O never W; C and O alike
# once, O as wide as the output once, because only there a swap of the two goes unnoticed by the shapes
LAYERS: list[tuple[str, tuple[int, ...], tuple[int, ...], bool, Pair, Pair, Pair, int]] = [
    ("digits", (1, 1, 2, 3), (1, 2, 2), False, (1, 1), (0, 0), (1, 1), 1),
    ("digits", (1, 2, 2, 3), (1, 1, 2), False, (1, 1), (0, 0), (1, 1), 1),
    ("signed", (1, 1, 2, 3), (2, 2, 2), True, (1, 1), (0, 0), (1, 1), 1),
    ("signed", (1, 2, 3, 4), (2, 2, 2), True, (2, 1), (0, 0), (1, 1), 1),
    ("signed", (2, 1, 3, 2), (3, 2, 2), False, (1, 1), (1, 0), (1, 1), 1),
    ("signed", (1, 2, 4, 6), (4, 2, 2), True, (1, 1), (0, 0), (1, 2), 2),
    ("signed", (1, 3, 3, 4), (2, 2, 3), True, (1, 2), (0, 1), (1, 1), 1),
    ("signed", (1, 2, 4, 5), (3, 2, 3), True, (1, 1), (0, 0), (1, 1), 1),
    ("signed", (2, 2, 3, 5), (3, 3, 2), False, (1, 2), (1, 0), (1, 1), 1),
    ("quarters", (2, 4, 7, 5), (2, 3, 2), True, (2, 1), (1, 0), (2, 3), 2),
    ("signed", (2, 3, 6, 8), (4, 3, 2), True, (3, 2), (2, 1), (2, 1), 1),
    ("signed", (3, 2, 5, 7), (6, 2, 3), True, (2, 3), (0, 1), (3, 2), 2),
    ("quarters", (1, 4, 6, 5), (3, 2, 4), True, (1, 3), (1, 2), (1, 1), 1),
    ("quarters", (2, 6, 5, 8), (4, 2, 3), True, (2, 1), (2, 0), (2, 2), 2),
]

# (kind, (N, C, *size), (O, *kernel), with bias, stride, padding, dilation, groups): over one, two, three axes
SPACES: list[tuple[Any, ...]] = [
    ("digits", (1, 1, 4), (1, 2), False, (1,), (0,), (1,), 1),
    ("digits", (1, 1, 5), (1, 3), True, (2,), (1,), (1,), 1),
    ("digits", (1, 1, 7), (1, 3), False, (1,), (0,), (2,), 1),
    ("signed", (2, 3, 6), (2, 2), True, (2,), (1,), (2,), 1),
    ("signed", (1, 4, 6), (6, 3), True, (3,), (2,), (1,), 2),
    ("signed", (1, 2, 3, 4), (3, 2, 2), True, (1, 2), (1, 0), (1, 1), 1),
    ("quarters", (2, 4, 6, 7), (2, 2, 3), True, (2, 1), (0, 1), (2, 3), 2),
    ("digits", (1, 1, 2, 3, 2), (1, 2, 1, 2), False, (1, 1, 1), (0, 0, 0), (1, 1, 1), 1),
    ("signed", (1, 2, 3, 4, 5), (3, 2, 1, 2), True, (1, 2, 1), (0, 0, 1), (1, 1, 2), 1),
    ("quarters", (2, 4, 5, 4, 6), (2, 2, 3, 2), True, (2, 1, 3), (1, 0, 1), (3, 1, 2), 2),
    ("signed", (1, 3, 4, 5, 3), (6, 1, 2, 2), True, (1, 2, 1), (0, 1, 1), (1, 3, 1), 3),
]


def _plain(form: Function) -> Function:
    return form


def _one_channel(form: Function) -> Function:
    """The task's own arrays have no batch and no channel; the general form has one of each."""

    def answer(x: Any, w: Any, *options: Any) -> Any:
        return form(Layer(x[None, None], w[None, None], None, *options))[0, 0]

    return answer


def _one_image(form: Function) -> Function:
    return lambda x, w, groups=1: form(Layer(x[None], w, groups=groups))[0]


def _layer_form(form: Function) -> Function:
    return lambda *arguments: form(Layer(*arguments))


def biased(y: Array, bias: Array | None) -> Array:
    """One number for each channel, added to all its cells: y (N, O, H, W), bias (O,)."""
    return y if bias is None else y + bias.reshape(-1, *[1] * (y.ndim - 2))


def _sizes(rng: Rng) -> list[Case]:
    return [_size_case(_kernel_size(rng, *sizes), *sizes) for sizes in SIZES]


def _kernel_size(rng: Rng, stride: int, padding: int, remainder: int, steps: int) -> int:
    """So long that leaving k out of the formula shows, and that the output is as long as neither i nor k."""
    shortest = max(3, 2 * stride, 2 * padding + 2)
    return int(rng.choice([k for k in range(shortest, shortest + 6) if k != steps + 1]))


def _size_case(k: int, stride: int, padding: int, remainder: int, steps: int) -> Case:
    """The input that a kernel of size k crosses in so many steps, with that many cells left over."""
    i = k - 2 * padding + stride * steps + remainder
    return Case({"i": i, "k": k, "stride": stride, "padding": padding})


def _image(rng: Rng, kind: str, x: tuple[int, ...], w: tuple[int, ...]) -> dict[str, Any]:
    return {"x": inputs(rng, kind, *x), "w": kernel(rng, kind, *w)}


def _kernels(rng: Rng) -> list[Case]:
    return [Case(_image(rng, *setting)) for setting in KERNELS]


def _strides(rng: Rng) -> list[Case]:
    return [Case({**_image(rng, kind, x, w), "stride": s}) for kind, x, w, s in STRIDES]


def _paddings(rng: Rng) -> list[Case]:
    return [Case({**_image(rng, kind, x, w), "stride": s, "padding": p}) for kind, x, w, s, p in PADDINGS]


def _dilations(rng: Rng) -> list[Case]:
    names = ("stride", "padding", "dilation")
    return [
        Case({**_image(rng, kind, x, w), **dict(zip(names, options, strict=True))})
        for kind, x, w, *options in DILATIONS
    ]


def _channels(rng: Rng) -> list[Case]:
    return [Case(_image(rng, kind, x, (o, x[0], *taps))) for kind, x, (o, *taps) in CHANNELS]


def _groups(rng: Rng) -> list[Case]:
    return [
        Case({**_image(rng, kind, x, (o, x[0] // groups, *taps)), "groups": groups})
        for kind, x, (o, *taps), groups in GROUPS
    ]


def _biases(rng: Rng) -> list[Case]:
    return [
        Case({"y": inputs(rng, kind, *y), "bias": inputs(rng, kind, y[1]) if there else None})
        for kind, y, there in BIASES
    ]


def _layers(settings: list[Any]) -> Callable[[Rng], list[Case]]:
    return lambda rng: [_layer(rng, *setting) for setting in settings]


def _layer(rng: Rng, kind: str, x: Any, filters: Any, with_bias: bool, *options: Any) -> Case:
    o, *taps = filters
    stride, padding, dilation, groups = options
    arrays = _image(rng, kind, x, (o, x[1] // groups, *taps))
    bias = inputs(rng, kind, o) if with_bias else None
    named = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    return Case({**arrays, "bias": bias, **named})


IMAGE = {"x": ("H", "W"), "w": ("R", "S")}
FILTERS = {"x": ("GC", "H", "W"), "w": ("GO", "C", "R", "S")}
BATCH = {"x": ("N", "GC", "H", "W", "D"), "w": ("GO", "C", "R", "S", "T"), "bias": ("GO",)}
TASKS = [
    Task(
        "ps05.output_size",
        "How long the output is",
        "output_size(i, k, stride, padding)",
        2,
        _sizes,
        conv_output_size,
        _plain,
        chapter="conv/size-formula",
    ),
    Task(
        "ps05.kernel",
        "A kernel over an image",
        "correlate2d(x, w)",
        3,
        _kernels,
        conv,
        _one_channel,
        axes=IMAGE,
        chapter="conv/kernel-size",
    ),
    Task(
        "ps05.stride",
        "Steps longer than one",
        "correlate2d_strided(x, w, stride)",
        3,
        _strides,
        conv,
        _one_channel,
        axes=IMAGE,
        chapter="conv/stride",
    ),
    Task(
        "ps05.padding",
        "A frame of zeros",
        "correlate2d_padded(x, w, stride, padding)",
        3,
        _paddings,
        conv,
        _one_channel,
        axes=IMAGE,
        chapter="conv/padding",
    ),
    Task(
        "ps05.dilation",
        "Gaps between the taps",
        "correlate2d_dilated(x, w, stride, padding, dilation)",
        2,
        _dilations,
        conv,
        _one_channel,
        axes=IMAGE,
        chapter="conv/dilation",
    ),
    Task(
        "ps05.channels",
        "Channels in, channels out",
        "correlate_channels(x, w)",
        3,
        _channels,
        conv,
        _one_image,
        axes=FILTERS,
        chapter="conv/channels",
    ),
    Task(
        "ps05.groups",
        "Groups that keep to themselves",
        "correlate_groups(x, w, groups)",
        3,
        _groups,
        conv,
        _one_image,
        axes=FILTERS,
        chapter="conv/groups",
    ),
    Task(
        "ps05.bias",
        "A number for each channel",
        "add_bias(y, bias)",
        1,
        _biases,
        biased,
        _plain,
        axes={"y": ("N", "O", "H", "W"), "bias": ("O",)},
        chapter="conv/bias",
    ),
    Task(
        "ps05.conv2d",
        "The whole of conv2d",
        "conv2d(x, w, bias, stride, padding, dilation, groups)",
        4,
        _layers(LAYERS),
        conv,
        _layer_form,
        axes=BATCH,
        chapter="conv/all-parameters",
        rebuilds=("conv2d",),
    ),
    Task(
        "ps05.nd",
        "Any number of axes",
        "conv_nd(x, w, bias, stride, padding, dilation, groups)",
        3,
        _layers(SPACES),
        conv,
        _layer_form,
        axes=BATCH,
        chapter="conv/all-parameters",
        rebuilds=("conv1d", "conv2d", "conv3d"),
    ),
]
