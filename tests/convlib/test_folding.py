"""unfold and fold against torch, each the other's transpose."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

import convlib
from convlib import folding
from tests.convlib.adjoint import check_linear
from tests.convlib.lattice import integers


@st.composite
def windows(draw):
    """Input (…, C, H, W) and the options of its windows."""
    two = st.tuples(st.integers(1, 3), st.integers(1, 3))
    options = {"kernel_size": draw(two), "dilation": draw(two), "padding": draw(two), "stride": draw(two)}
    options["padding"] = tuple(p - 1 for p in options["padding"])
    reach = [d * (k - 1) + 1 for k, d in zip(options["kernel_size"], options["dilation"], strict=True)]
    least = [max(1, r - 2 * p) for r, p in zip(reach, options["padding"], strict=True)]
    size = [draw(st.integers(n, n + 4)) for n in least]
    return integers(draw(st.integers(0, 99)), *draw(st.sampled_from([(), (0,), (2,)])), 3, *size), options


def check_windows(x: np.ndarray, options: dict) -> None:
    check_linear(lambda t: convlib.unfold(t, **options), lambda t: F.unfold(t, **options), x)
    size = x.shape[-2:]
    columns = integers(1, *convlib.unfold(x, **options).shape)
    check_linear(lambda t: convlib.fold(t, size, **options), lambda t: F.fold(t, size, **options), columns)
    assert (convlib.unfold(x, **options) * columns).sum() == (
        x * convlib.fold(columns, size, **options)
    ).sum()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(windows())
def test_unfold_and_fold_are_torchs_and_each_others_transpose(drawn):
    check_windows(*drawn)


def test_a_product_with_the_columns_is_the_convolution():
    x, w = integers(0, 2, 3, 6, 7), integers(1, 4, 3, 2, 3)
    y = w.reshape(4, -1) @ convlib.unfold(x, (2, 3), stride=(2, 1), padding=1)
    np.testing.assert_array_equal(y.ravel(), convlib.conv2d(x, w, stride=(2, 1), padding=1).ravel())


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.float16, np.float32, np.complex64])
def test_the_dtype_stays(dtype):
    x = np.arange(24).astype(dtype).reshape(2, 3, 4)
    columns = convlib.unfold(x, 2)
    assert columns.dtype == convlib.fold(columns, (3, 4), 2).dtype == dtype


WRONG = {
    "_unfold": lambda right: lambda x, kernel, at: right(x, kernel, at)[..., ::-1, :],
    "_fold": lambda right: lambda x, size, kernel, at: np.sign(right(x, size, kernel, at)),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_fold_is_caught(name, monkeypatch):
    x = integers(0, 2, 3, 5, 6)
    check_windows(x, {"kernel_size": 2})
    monkeypatch.setattr(folding, name, WRONG[name](getattr(folding, name)))
    with pytest.raises(AssertionError):
        check_windows(x, {"kernel_size": 2})


x, columns = torch.ones(1, 2, 4, 5), torch.ones(1, 8, 12)
REFUSED = [  # function, what convlib says, the operand, what follows it
    ("unfold", "kernel does not fit: it spans 6 cells", x, (6,)),
    ("unfold", "padding must be at least 0, got (-1, -1)", x, (2, 1, -1)),
    ("unfold", "dilation must be at least 1, got (0, 0)", x, (2, 0)),
    ("unfold", "stride must be at least 1, got (1, 0)", x, (2, 1, 0, (1, 0))),
    ("unfold", "kernel_size must be at least 1, got (0, 2)", x, ((0, 2),)),
    ("unfold", "kernel_size must be one int or 2 of them, got (1, 2, 3)", x, ((1, 2, 3),)),
    ("unfold", "input must have 4 axes, or 3 without a batch, got shape (8,)", columns[0, :, 0], (1,)),
    ("unfold", "input must have a channel, got shape (1, 0, 4, 5)", x[:, :0], (2,)),
    ("unfold", "input must have a cell on every spatial axis, got shape (1, 2, 4, 0)", x[..., :0], (1, 1, 1)),
    ("unfold", "padding must be made of ints, got 'same'", x, (2, 1, "same")),
    (
        "fold",
        "input must have channels * 4 rows, one per tap of kernel_size=(2, 2), got 7 rows",
        columns[:, :7],
        ((4, 5), 2),
    ),
    (
        "fold",
        "input must have channels * 4 rows, one per tap of kernel_size=(2, 2), got 0 rows",
        columns[:, :0],
        ((4, 5), 2),
    ),
    (
        "fold",
        "input must have 12 columns, one for each of the (3, 4) windows of output_size=(4, 5), got 11",
        columns[..., :11],
        ((4, 5), 2),
    ),
    ("fold", "output_size must be at least 1, got (0, 5)", columns, ((0, 5), 2)),
    ("fold", "kernel does not fit", columns, ((1, 5), 2)),
    ("fold", "input must have 3 axes, or 2 without a batch, got shape (8,)", columns[0, :, 0], ((4, 5), 2)),
]


@pytest.mark.parametrize(
    ("name", "said", "operand", "rest"), REFUSED, ids=[f"{r[0]} {r[1]}" for r in REFUSED]
)
def test_refuses_what_torch_refuses(name, said, operand, rest):
    with pytest.raises((RuntimeError, TypeError, ValueError, IndexError)):
        getattr(F, name)(operand, *rest)
    with pytest.raises((ValueError, TypeError)) as caught:
        getattr(convlib, name)(operand.numpy(), *rest)
    assert said in str(caught.value)
