"""Problem set 3, sizes: the tasks, their cases and points."""

from typing import Any

import numpy as np

from convcheck.draw import Array, Rng
from convcheck.task import Case, Function, Task
from convlib import (
    conv_output_size,
    conv_transpose_output_size,
    effective_kernel_size,
    receptive_field,
    same_padding,
)

# (shortest k, dilation)
KERNELS = [(2, 1), (2, 2), (3, 2), (4, 3), (5, 1), (3, 4), (5, 2), (4, 5), (7, 3), (6, 4)]

# (stride, padding, dilation, remainder): remainders met and padding and dilation with each of them
SIZES = [
    (1, 0, 1, 0), (2, 0, 1, 1), (2, 1, 1, 0), (3, 2, 1, 2),
    (1, 0, 2, 0), (1, 2, 3, 0), (2, 1, 2, 0), (2, 0, 3, 1),
    (3, 2, 2, 1), (3, 1, 3, 0), (4, 0, 2, 1), (4, 2, 4, 2),
    (3, 0, 4, 2), (2, 2, 2, 1), (4, 1, 3, 1), (4, 3, 5, 0),
]  # fmt: skip

# (smallest k, dilation, stride): mostly an odd number of zeros, and strides that are refused
SAME = [
    (2, 1, 1), (3, 1, 1), (6, 1, 1), (2, 3, 1), (4, 3, 1),
    (5, 2, 1), (4, 2, 1), (2, 5, 1), (6, 3, 1), (8, 5, 1),
    (3, 1, 2), (2, 1, 2), (4, 2, 3), (5, 3, 2), (2, 3, 4),
]  # fmt: skip

# (c_in / groups, c_out / groups, kernel, groups), and channels left over where it is refused
WEIGHTS: list[tuple[int, int, tuple[int, int], int, int, int]] = [
    (3, 5, (2, 3), 1, 0, 0), (2, 4, (3, 2), 2, 0, 0), (3, 2, (5, 3), 2, 0, 0), (2, 3, (1, 4), 3, 0, 0),
    (1, 2, (3, 1), 4, 0, 0), (5, 3, (2, 5), 3, 0, 0), (3, 1, (4, 2), 5, 0, 0), (4, 5, (3, 4), 1, 0, 0),
    (2, 3, (3, 2), 2, 1, 0), (3, 2, (2, 3), 3, 0, 2), (2, 2, (1, 3), 4, 2, 1), (4, 3, (3, 1), 3, 1, 0),
    (3, 4, (2, 4), 2, 0, 1),
]  # fmt: skip

# (stride, padding, output_padding, dilation): the last five are refused
UPWARDS = [
    (2, 0, 0, 1), (2, 1, 1, 1), (3, 2, 2, 2), (3, 1, 1, 2),
    (1, 1, 1, 2), (1, 2, 2, 3), (2, 1, 2, 4), (4, 3, 3, 2),
    (2, 2, 3, 5), (2, 0, 2, 1), (3, 1, 3, 2), (1, 2, 1, 1), (2, 1, 4, 3), (4, 2, 4, 4),
]  # fmt: skip

# (stride, padding, dilation)
REACHED = [
    (2, 0, 1), (3, 1, 1), (1, 0, 2), (1, 1, 3), (4, 2, 1),
    (2, 1, 4), (2, 2, 3), (5, 1, 2), (3, 2, 6), (4, 1, 3),
]  # fmt: skip

# (k modulo stride, stride, padding, dilation, remainder)
RECOVERED = [
    (2, 2, 0, 1, 1), (3, 3, 1, 1, 2), (4, 4, 1, 2, 3), (3, 5, 2, 2, 4), (5, 6, 1, 3, 5), (3, 7, 2, 3, 6),
    (5, 3, 2, 3, 1), (2, 4, 3, 2, 2), (6, 5, 1, 4, 3), (4, 6, 1, 2, 0), (3, 8, 3, 2, 7), (6, 9, 1, 3, 8),
]  # fmt: skip

# (stride, dilation) of each layer
STACKS = [
    [(1, 1)], [(1, 2)], [(2, 1), (1, 1)], [(3, 1), (1, 2)], [(1, 2), (1, 3)], [(2, 3), (3, 2)],
    [(2, 1), (2, 1), (1, 1)], [(1, 2), (3, 1), (2, 2)], [(3, 1), (2, 4), (1, 2)],
    [(2, 2), (1, 3), (3, 1), (1, 2)], [(1, 1), (2, 2), (3, 3), (4, 1)],
]  # fmt: skip

# (c_in / groups, c_out / groups, kernel, groups, with bias)
LAYERS: list[tuple[int, int, tuple[int, int], int, bool]] = [
    (1, 2, (2, 3), 1, True), (3, 2, (3, 2), 1, False), (2, 3, (1, 2), 2, True), (3, 5, (3, 4), 2, True),
    (1, 2, (5, 3), 3, True), (4, 3, (2, 5), 3, False), (5, 2, (4, 3), 1, True), (2, 5, (3, 1), 4, True),
    (3, 4, (2, 3), 5, False), (6, 2, (3, 5), 2, True),
]  # fmt: skip

# … and the size of the output
WORK = [(*layer[:4], size) for layer, size in zip(LAYERS, [(2, 4), (3, 5), (4, 2), (6, 7), (5, 3), (2, 9),
    (7, 4), (3, 8), (5, 6), (8, 5)], strict=True)]  # fmt: skip


def same_for_layer(k: int, dilation: int, stride: int) -> tuple[int, int]:
    """The zeros (left, right) of padding='same'; ValueError for a stride above 1.

    >>> same_for_layer(4, 1, 1)
    (1, 2)
    """
    if stride > 1:
        raise ValueError(f"padding='same' needs a stride of 1, got {stride}: no padding keeps the length")
    return same_padding(k, dilation)


def weight_shape(c_in: int, c_out: int, kernel: tuple[int, int], groups: int) -> tuple[int, ...]:
    """The shape of a convolution's weight; ValueError where the groups do not divide the channels.

    >>> weight_shape(4, 8, (3, 3), 2)
    (8, 2, 3, 3)
    """
    if c_in % groups or c_out % groups:
        raise ValueError(f"{groups} groups must divide both {c_in} and {c_out} channels")
    return (c_out, c_in // groups, *kernel)


def reachable(i: int, k: int, stride: int, padding: int, dilation: int) -> list[int]:
    """All sizes a transposed convolution can give, by output_padding.

    >>> reachable(6, 5, 3, 2, 1)
    [16, 17, 18]
    """
    legal = range(max(stride, dilation))
    return [conv_transpose_output_size(i, k, stride, padding, op, dilation) for op in legal]  # type: ignore[misc]


def recovering(i: int, k: int, stride: int, padding: int, dilation: int) -> int:
    """The output_padding with which the transposed convolution gives the size i back.

    >>> recovering(18, 5, 3, 2, 1)
    2
    """
    return (i + 2 * padding - dilation * (k - 1) - 1) % stride


def field_of(layers: Array) -> Any:
    """The receptive field of rows (k, stride, dilation).

    >>> field_of(np.array([[3, 1, 1], [3, 1, 2], [3, 1, 4]]))
    15
    """
    return receptive_field([tuple(int(n) for n in layer) for layer in layers])


def parameters(c_in: int, c_out: int, kernel: tuple[int, int], groups: int, bias: bool) -> int:
    """The numbers that a layer learns.

    >>> parameters(4, 8, (3, 3), 2, True)
    152
    """
    return int(np.prod(weight_shape(c_in, c_out, kernel, groups))) + (c_out if bias else 0)


def multiply_adds(c_in: int, c_out: int, kernel: Any, groups: int, output: tuple[int, int]) -> int:
    """The products in one pass of one image.

    >>> multiply_adds(4, 8, (3, 3), 2, (5, 6))
    4320
    """
    return parameters(c_in, c_out, kernel, groups, False) * output[0] * output[1]


def _plain(form: Function) -> Function:
    return form


def _kernels(rng: Rng) -> list[Case]:
    return [Case({"k": k + int(rng.integers(0, 4)), "dilation": d}) for k, d in KERNELS]


def _sizes(rng: Rng) -> list[Case]:
    cases = []
    for number, (s, p, d, r) in enumerate(SIZES):
        k = int(rng.choice([k for k in (6, 7, 8) if k != 9 + number]))
        i = d * (k - 1) + 1 - 2 * p + s * (8 + number) + r
        cases.append(Case({"i": i, "k": k, "stride": s, "padding": p, "dilation": d}))
    return cases


def _same(rng: Rng) -> list[Case]:
    return [Case({"k": k + 2 * int(rng.integers(0, 3)), "dilation": d, "stride": s}) for k, d, s in SAME]


def _channels(rng: Rng, a: int, b: int, groups: int) -> dict[str, Any]:
    more = int(rng.integers(0, 4))  # never as many in as out
    return {"c_in": (a + more) * groups, "c_out": (b + more + (a == b)) * groups}


def _weights(rng: Rng) -> list[Case]:
    cases = []
    for a, b, kernel, groups, left_in, left_out in WEIGHTS:
        named = _channels(rng, a, b, groups)
        named = {"c_in": named["c_in"] + left_in, "c_out": named["c_out"] + left_out}
        cases.append(Case({**named, "kernel": kernel, "groups": groups}))
    return cases


def _upwards(rng: Rng) -> list[Case]:
    names = ("stride", "padding", "output_padding", "dilation")
    return [Case({**_input(rng), **dict(zip(names, setting, strict=True))}) for setting in UPWARDS]


def _input(rng: Rng) -> dict[str, int]:
    return {"i": int(rng.integers(6, 13)), "k": int(rng.integers(3, 6))}


def _reached(rng: Rng) -> list[Case]:
    return [Case({**_input(rng), "stride": s, "padding": p, "dilation": d}) for s, p, d in REACHED]


def _recovered(rng: Rng) -> list[Case]:
    cases = []
    for least, s, p, d, r in RECOVERED:
        k = least + s * int(rng.integers(0, 2))
        i = d * (k - 1) + 1 - 2 * p + s * int(rng.integers(2, 6)) + r
        cases.append(Case({"i": i, "k": k, "stride": s, "padding": p, "dilation": d}))
    return cases


def _stacks(rng: Rng) -> list[Case]:
    stacks = [[(int(rng.integers(2, 6)), s, d) for s, d in stack] for stack in STACKS]
    return [Case({"layers": np.array(stack)}) for stack in stacks]


def _layers(rng: Rng) -> list[Case]:
    return [
        Case({**_channels(rng, a, b, groups), "kernel": kernel, "groups": groups, "bias": bias})
        for a, b, kernel, groups, bias in LAYERS
    ]


def _work(rng: Rng) -> list[Case]:
    return [
        Case({**_channels(rng, a, b, groups), "kernel": kernel, "groups": groups, "output": output})
        for a, b, kernel, groups, output in WORK
    ]


def _task(name: str, title: str, signature: str, points: int, draw: Any, right: Any, **more: Any) -> Task:
    return Task(f"ps03.{name}", title, signature, points, draw, right, _plain, **more)


TASKS = [
    _task(
        "effective_kernel", "What a dilated kernel spans", "effective_kernel_size(k, dilation)", 1,
        _kernels, effective_kernel_size, chapter="conv/dilation", rebuilds=("effective_kernel_size",),
    ),
    _task(
        "size", "How long the output is", "conv_output_size(i, k, stride, padding, dilation)", 2,
        _sizes, conv_output_size, chapter="conv/size-formula", rebuilds=("conv_output_size",),
    ),
    _task(
        "same", "Padding that keeps the length", "same_padding(k, dilation, stride)", 2,
        _same, same_for_layer, chapter="conv/same", rebuilds=("same_padding",),
    ),
    _task(
        "weight_shape", "The shape of a weight", "weight_shape(c_in, c_out, kernel, groups)", 2,
        _weights, weight_shape, chapter="conv/groups",
    ),
    _task(
        "transposed_size", "Sizes on the way up",
        "conv_transpose_output_size(i, k, stride, padding, output_padding, dilation)", 2,
        _upwards, conv_transpose_output_size,
        chapter="transposed/sizes", rebuilds=("conv_transpose_output_size",),
    ),
    _task(
        "reachable", "Every size within reach", "reachable_sizes(i, k, stride, padding, dilation)", 2,
        _reached, reachable, chapter="transposed/output-padding",
    ),
    _task(
        "output_padding", "Getting the size back", "which_output_padding(i, k, stride, padding, dilation)", 2,
        _recovered, recovering, chapter="transposed/output-padding",
    ),
    _task(
        "receptive_field", "How far an output sees", "receptive_field(layers)", 3,
        _stacks, field_of, chapter="conv/receptive-field",
        rebuilds=("receptive_field",), axes={"layers": ("L", "M")},
    ),
    _task(
        "parameters", "What a layer has to learn", "count_parameters(c_in, c_out, kernel, groups, bias)", 2,
        _layers, parameters, chapter="conv/cost",
    ),
    _task(
        "multiply_adds", "What a layer has to do",
        "count_multiply_adds(c_in, c_out, kernel, groups, output)", 2,
        _work, multiply_adds, chapter="conv/cost",
    ),
]  # fmt: skip
