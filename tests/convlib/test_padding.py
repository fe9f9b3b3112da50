"""pad against torch: every mode, added and cut, and its transpose."""

import itertools

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import convlib
from convlib import padding
from tests.convlib.adjoint import check_linear
from tests.convlib.lattice import integers

MODES = ("constant", "reflect", "replicate", "circular")


def torchs(x: np.ndarray, amounts: tuple[int, ...], mode: str) -> np.ndarray | None:
    """What torch gives; None where it refuses, or would hand out memory that it never wrote."""
    axes = list(zip(x.shape[::-1], amounts[::2], amounts[1::2], strict=False))
    if mode == "circular" and any(max(a, b) > n + min(a, 0) + min(b, 0) for n, a, b in axes):
        return None
    try:
        return F.pad(torch.from_numpy(x.copy()), amounts, mode).numpy()
    except RuntimeError:
        return None


def check_pad(x: np.ndarray, amounts: tuple[int, ...], mode: str) -> None:
    check_linear(lambda t: convlib.pad(t, amounts, mode), lambda t: F.pad(t, amounts, mode), x)


def check_mode(mode: str) -> tuple[int, int]:
    """Every pair of amounts on an axis of four: how many were compared, how many both refuse."""
    x = integers(0, 2, 3, 4)
    compared = refused = 0
    for amounts in itertools.product(range(-6, 6), repeat=2):
        expected = torchs(x, amounts, mode)
        if expected is None:
            refused += 1
            with pytest.raises(ValueError):
                convlib.pad(x, amounts, mode)
        elif expected.size:
            compared += 1
            check_pad(x, amounts, mode)
        else:
            assert convlib.pad(x, amounts, mode).shape == expected.shape
    return compared, refused


@pytest.mark.parametrize("mode", MODES)
def test_every_pair_of_amounts_is_torchs(mode):
    compared, refused = check_mode(mode)
    assert compared > 40
    assert refused > 15


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "amounts", [(1, 2, 3, 0), (0, 1, -1, 2), (2, -2, 0, 3), (-1, -1, 1, 1), (0, 0, 0, 0), (3, 2)]
)
@pytest.mark.parametrize("shape", [(2, 3, 5, 6), (0, 3, 5, 6)])
def test_several_axes_are_torchs(mode, amounts, shape):
    x = integers(1, *shape) if len(amounts) == 4 else integers(1, *shape[1:])
    check_pad(x, amounts, mode)


@pytest.mark.parametrize("mode", MODES)
def test_three_axes_are_torchs(mode):
    check_pad(integers(1, 1, 2, 4, 5, 6), (1, 0, 2, 1, -1, 2), mode)


@pytest.mark.parametrize("dtype", [np.int8, np.uint64, np.float16, np.complex64, np.bool_])
@pytest.mark.parametrize("mode", [*MODES, "zeros"])
def test_any_dtype_and_any_number_of_axes(mode, dtype):
    x = np.array([0, 1, 1], dtype)
    there = {"reflect": [1, 0, 1, 1], "replicate": [0, 0, 1, 1], "circular": [1, 0, 1, 1]}
    np.testing.assert_array_equal(
        convlib.pad(x, (1, 0), mode), np.array(there.get(mode, [0, 0, 1, 1]), dtype), strict=True
    )


WRONG = {
    "_reflected": (
        "reflect",
        "SOURCES",
        {**padding.SOURCES, "reflect": lambda at, size: np.abs(at).clip(0, size - 1)},
    ),
    "the transpose": (
        "replicate",
        "pad_adjoint",
        lambda g, size, pairs, mode: np.zeros((*g.shape[:-1], *size)),
    ),
    "the cut": (
        "circular",
        "_cropped",
        lambda x, size, pairs: (x, size, tuple((max(a, 0), max(b, 0)) for a, b in pairs)),
    ),
}


@pytest.mark.parametrize("idea", WRONG)
def test_a_wrong_padding_is_caught(idea, monkeypatch):
    mode, name, wrong = WRONG[idea]
    monkeypatch.setattr(padding, name, wrong)
    with pytest.raises(AssertionError):
        check_mode(mode)


REFUSED = [
    (ValueError, "pad must hold (before, after) for each of the last axes; got (1,)", (1,), "constant"),
    (ValueError, "got (1, 1, 1, 1, 1, 1, 1, 1) for an input of shape (1, 2, 4)", (1,) * 8, "constant"),
    (ValueError, "pad must hold (before, after) for each of the last axes; got 1", 1, "constant"),
    (TypeError, "pad must be made of ints, got (1.5, 1)", (1.5, 1), "constant"),
    (TypeError, "pad must be made of ints, got (True, 1)", (True, 1), "constant"),
    (ValueError, "'reflect' can add at most 3 on an axis of size 4, got 4", (4, 0), "reflect"),
    (ValueError, "'circular' can add at most 4 on an axis of size 4, got 5", (0, 5), "circular"),
    (ValueError, "pad (-3, -2) cuts off more than the 4 cells of the axis allow", (-3, -2), "constant"),
    (ValueError, "pad (-2, -2) cuts off more than the 4 cells of the axis allow", (-2, -2), "replicate"),
    (ValueError, "mode must be one of", (1, 1), "mirror"),
]


@pytest.mark.parametrize(("kind", "said", "amounts", "mode"), REFUSED, ids=[r[1] for r in REFUSED])
def test_refuses_what_torch_refuses(kind, said, amounts, mode):
    x = torch.ones(1, 2, 4)
    with pytest.raises((RuntimeError, TypeError, ValueError)):
        F.pad(x, amounts, mode)
    with pytest.raises(kind) as caught:
        convlib.pad(x.numpy(), amounts, mode)
    assert said in str(caught.value)


def test_an_empty_axis_can_only_be_padded_with_zeros():
    x = np.ones((1, 2, 0))
    assert convlib.pad(x, (1, 1)).shape == (1, 2, 2)
    for mode in MODES[1:]:
        with pytest.raises(ValueError, match=f"padding_mode '{mode}' can add at most"):
            convlib.pad(x, (1, 1), mode)
