"""What convlib refuses, and the words it says: torch refuses every one of these too."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import convlib


@dataclass
class Bad:
    """A call that both must refuse: shapes (or arrays) and options, and what convlib must say."""

    said: str
    input: Any = (1, 4, 6)
    weight: Any = (2, 4, 3)
    bias: Any = None
    options: dict[str, Any] = field(default_factory=dict)
    kind: type[Exception] = ValueError

    def arrays(self) -> list[Any]:
        operands = (self.input, self.weight, self.bias)
        return [np.ones(a) if isinstance(a, tuple) else a for a in operands]


def bad(said: str, kind: type[Exception] = ValueError, **rest: Any) -> Bad:
    """Shapes by their names; every other keyword is an option of the call."""
    arrays = {name: rest.pop(name) for name in ("input", "weight", "bias") if name in rest}
    return Bad(said, options=rest, kind=kind, **arrays)


CONV = [
    bad("padding must be at least 0, got (-1,)", padding=-1),
    bad("stride must be at least 1, got (0,)", stride=0),
    bad("stride must be at least 1, got (-2,)", stride=-2),
    bad("dilation must be at least 1, got (0,)", dilation=0),
    bad("groups must be at least 1, got 0", groups=0),
    bad("groups must be at least 1, got -1", groups=-1),
    bad("groups must divide in_channels: got groups=3, in_channels=4", groups=3, weight=(3, 1, 3)),
    bad("groups must divide out_channels: got groups=2, out_channels=3", groups=2, weight=(3, 2, 3)),
    bad("input has 4 channels, but weight of shape (2, 3, 3) with groups=1 takes 3", weight=(2, 3, 3)),
    bad("input has 4 channels, but weight of shape (2, 4, 3) with groups=2 takes 8", groups=2),
    bad("kernel does not fit: it spans 7 cells, d(k - 1) + 1, but the padded input has only 6", dilation=3),
    bad("it spans 9 cells, d(k - 1) + 1, but the padded input has only 8", weight=(2, 4, 9), padding=1),
    bad("input must have a cell on every spatial axis, got shape (1, 4, 0)", input=(1, 4, 0), padding=2),
    bad("weight must have a channel and a tap on every axis, got shape (2, 4, 0)", weight=(2, 4, 0)),
    bad("weight must have a channel and a tap on every axis, got shape (0, 4, 3)", weight=(0, 4, 3)),
    bad("weight must have 3 axes, got shape (4, 3)", weight=(4, 3)),
    bad("input must have 3 axes, or 2 without a batch, got shape (6,)", input=(6,)),
    bad("input must have 3 axes, or 2 without a batch, got shape (1, 1, 4, 6)", input=(1, 1, 4, 6)),
    bad("bias must have shape (2,), one per output channel, got (3,)", bias=(3,)),
    bad("bias must have shape (2,), one per output channel, got (2, 1)", bias=(2, 1)),
    bad("bias must have shape (2,), one per output channel, got ()", bias=()),
    bad("padding='same' needs stride 1 on every axis, got stride=(2,)", stride=2, padding="same"),
    bad("padding must be 'valid', 'same' or ints, got 'strict'", padding="strict"),
    bad("stride must be one int or 1 of them, got (1, 2)", stride=(1, 2)),
    bad("padding must be one int or 1 of them, got (1, 2, 3)", padding=(1, 2, 3)),
    bad("dilation must be one int or 1 of them, got ()", dilation=()),
    bad("stride must be made of ints, got 1.5", TypeError, stride=1.5),
    bad("stride must be made of ints, got True", TypeError, stride=True),
    bad("padding must be made of ints, got True", TypeError, padding=True),
    bad("dilation must be made of ints, got '2'", TypeError, dilation="2"),
    bad("stride must be made of ints, got None", TypeError, stride=None),
    bad("groups must be made of ints, got 2.0", TypeError, groups=2.0),
    bad(
        "input must hold ints, floats or complex numbers, got dtype bool",
        TypeError,
        input=np.ones((1, 4, 6), bool),
    ),
    bad(
        "weight must hold ints, floats or complex numbers, got dtype <U1",
        TypeError,
        weight=np.full((2, 4, 3), "1"),
    ),
    bad(
        "bias must hold ints, floats or complex numbers, got dtype object",
        TypeError,
        bias=np.array([1, None]),
    ),
    bad("input must hold ints, floats or complex numbers, got dtype object", TypeError, input=None),
]

UP = {"weight": (4, 2, 3)}
TRANSPOSED = [
    bad("padding must be made of ints, got 'same'", TypeError, padding="same", **UP),
    bad("padding must be at least 0, got (-1,)", padding=-1, **UP),
    bad("stride must be at least 1, got (0,)", stride=0, **UP),
    bad("dilation must be at least 1, got (0,)", dilation=0, **UP),
    bad("groups must be at least 1, got 0", groups=0, **UP),
    bad("groups must divide in_channels: got groups=3, in_channels=4", groups=3, **UP),
    bad("output_padding must be below max(stride, dilation) = 1, got 1", output_padding=1, **UP),
    bad(
        "output_padding must be below max(stride, dilation) = 3, got 3",
        output_padding=3,
        stride=2,
        dilation=3,
        **UP,
    ),
    bad("output_padding must be at least 0, got (-1,)", output_padding=-1, stride=2, **UP),
    bad("output_padding must be one int or 1 of them, got (1, 1)", output_padding=(1, 1), stride=2, **UP),
    bad("output_padding must be made of ints, got 0.5", TypeError, output_padding=0.5, stride=2, **UP),
    bad("nothing is left: padding=4 on both sides crops an output of 8 cells to 0", padding=4, **UP),
    bad("input has 4 channels, but weight of shape (2, 4, 3) takes 2"),
    bad("bias must have shape (2,), one per output channel, got (4,)", bias=(4,), **UP),
    bad("bias must have shape (4,), one per output channel, got (2,)", bias=(2,), groups=2, **UP),
    bad("input must have a cell on every spatial axis, got shape (1, 4, 0)", input=(1, 4, 0), **UP),
    bad("weight must have a channel and a tap on every axis, got shape (4, 2, 0)", weight=(4, 2, 0)),
    bad(
        "weight must have a channel and a tap on every axis, got shape (0, 2, 3)",
        input=(1, 0, 6),
        weight=(0, 2, 3),
    ),
    bad("weight must have 3 axes, got shape (4, 2, 3, 3)", weight=(4, 2, 3, 3)),
    bad("input must have 3 axes, or 2 without a batch, got shape (6,)", input=(6,), **UP),
]

MODES = [
    bad(
        "padding_mode 'reflect' can add at most 5 on an axis of size 6, got 6",
        padding=6,
        padding_mode="reflect",
    ),
    bad(
        "padding_mode 'circular' can add at most 6 on an axis of size 6, got 7",
        padding=7,
        padding_mode="circular",
    ),
    bad(
        "mode must be one of zeros, constant, reflect, replicate, circular; got 'mirror'",
        padding_mode="mirror",
    ),
    bad(
        "spans 9 cells, d(k - 1) + 1, but the padded input has only 8",
        weight=(2, 4, 9),
        padding=1,
        padding_mode="reflect",
    ),
]


def check_refused(call: Callable[..., Any], case: Bad) -> None:
    with pytest.raises(case.kind) as caught:
        call(*case.arrays(), **case.options)
    assert case.said in str(caught.value)
    assert type(caught.value) is case.kind


def torch_refuses(call: Callable[..., Any], case: Bad) -> None:
    with pytest.raises((RuntimeError, TypeError, ValueError)):
        call(*(None if a is None else torch.as_tensor(a) for a in case.arrays()), **case.options)


@pytest.mark.parametrize("case", CONV, ids=lambda case: case.said)
def test_a_convolution_refuses_what_torch_refuses(case):
    check_refused(convlib.conv1d, case)
    torch_refuses(F.conv1d, case)


@pytest.mark.parametrize("case", TRANSPOSED, ids=lambda case: case.said)
def test_a_transposed_convolution_refuses_what_torch_refuses(case):
    check_refused(convlib.conv_transpose1d, case)
    torch_refuses(F.conv_transpose1d, case)


@pytest.mark.parametrize("case", MODES, ids=lambda case: case.said)
def test_a_padding_mode_refuses_what_torchs_layer_refuses(case):
    check_refused(convlib.conv1d, case)
    outputs, channels, kernel = case.weight
    with pytest.raises((RuntimeError, ValueError)):
        torch.nn.Conv1d(channels, outputs, kernel, **case.options)(torch.ones(case.input))


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("name", ["conv", "conv_transpose"])
def test_every_number_of_axes_counts_its_tuples(name, axes):
    call, theirs = (getattr(module, f"{name}{axes}d") for module in (convlib, F))
    shape = (1, 1, *(5,) * axes)
    for option in ("stride", "padding", "dilation", *["output_padding"] * (name == "conv_transpose")):
        value = (1,) * (axes + 1)
        case = bad(
            f"{option} must be one int or {axes} of them, got {value}",
            input=shape,
            weight=shape,
            **{option: value},
        )
        check_refused(call, case)
        torch_refuses(theirs, case)


def test_a_silent_wrong_answer_and_a_vague_word_are_caught():
    case = bad("padding must be at least 0, got (-1,)", padding=-1)

    def vague(*_: Any, **__: Any) -> None:
        raise ValueError("bad arguments")

    for wrong in (lambda *_, **__: 0, vague):
        with pytest.raises((AssertionError, pytest.fail.Exception)):
            check_refused(wrong, case)


def test_no_input_channels_are_refused_though_torch_gives_zeros():
    for call in (convlib.conv1d, convlib.conv_transpose1d):
        with pytest.raises(ValueError, match="weight must have a channel"):
            call(np.ones((1, 0, 5)), np.ones((6, 0, 3) if call is convlib.conv1d else (0, 6, 3)))
