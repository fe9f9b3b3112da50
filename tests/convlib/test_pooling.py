"""Average pooling against torch: values, gradients, integers, refusals."""

import itertools

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

import convlib
from convlib import pooling, threads
from tests.convlib.adjoint import check_linear
from tests.convlib.lattice import integers


def check_pool(x: np.ndarray, axes: int, options: dict) -> None:
    name = f"avg_pool{axes}d"
    check_linear(lambda t: getattr(convlib, name)(t, **options), lambda t: getattr(F, name)(t, **options), x)


def check_grid() -> int:
    compared = 0
    for k, s, p, up, include in itertools.product(
        (1, 2, 3, 4), (1, 2, 3, 5), (0, 1, 2), (False, True), (False, True)
    ):
        if p > k // 2:
            continue
        for n in range(max(1, k - 2 * p), k + s + 1):
            options = {
                "kernel_size": k,
                "stride": s,
                "padding": p,
                "ceil_mode": up,
                "count_include_pad": include,
            }
            check_pool(integers(n, 2, n) if n % 2 else integers(n, 2, 3, n), 1, options)
            compared += 1
    return compared


def test_every_combination_on_one_axis():
    assert check_grid() > 500


@st.composite
def pools(draw, axes):
    kernel = draw(st.tuples(*[st.integers(1, 4)] * axes))
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    least = [
        k if axes == 3 else max(1, k - 2 * p) for k, p in zip(kernel, padding, strict=True)
    ]  # torch's, in 3-D
    size = tuple(draw(st.integers(n, n + 5)) for n in least)
    options = {
        "kernel_size": kernel,
        "stride": draw(st.none() | st.tuples(*[st.integers(1, 4)] * axes)),
        "padding": padding,
        "ceil_mode": draw(st.booleans()),
        "count_include_pad": draw(st.booleans()),
        "divisor_override": draw(st.none() | st.sampled_from([1, 3, -2])),
    }
    return integers(draw(st.integers(0, 99)), *draw(st.sampled_from([(), (0,), (2,)])), 3, *size), options


@pytest.mark.parametrize("axes", [2, 3])
@pytest.mark.parametrize("largest_block", [threads.LARGEST_BLOCK, 256])
def test_random_pools_are_torchs(axes, largest_block, monkeypatch):
    monkeypatch.setattr(threads, "LARGEST_BLOCK", largest_block)
    monkeypatch.setattr(threads, "WORTH_THREADS", 0)
    test = given(pools(axes))(lambda drawn: check_pool(drawn[0], axes, drawn[1]))
    settings(max_examples=60, deadline=None, derandomize=True)(test)()


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_int64_is_divided_towards_zero(axes):
    x = np.random.default_rng(0).integers(-50, 50, (2, 3, *(7, 6, 5)[:axes]))
    name = f"avg_pool{axes}d"
    expected = getattr(F, name)(torch.from_numpy(x), 3, 2, 1).numpy()
    np.testing.assert_array_equal(getattr(convlib, name)(x, 3, 2, 1), expected, strict=True)
    if axes > 1:
        expected = getattr(F, name)(torch.from_numpy(x), 2, divisor_override=-3).numpy()
        np.testing.assert_array_equal(getattr(convlib, name)(x, 2, divisor_override=-3), expected)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_dtype_stays_and_rounding_is_torchs(dtype):
    x = np.random.default_rng(0).standard_normal((2, 3, 9, 8)).astype(dtype)
    ours, theirs = convlib.avg_pool2d(x, 3, 2, 1), F.avg_pool2d(torch.from_numpy(x), 3, 2, 1).numpy()
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=8 * np.finfo(dtype).eps, strict=True)


WRONG = {
    "_counts": lambda n, found, k, s, p, include: np.full(found, k),
    "_spread": lambda g, kernel, stride, padding, size: pooling._sums(g, kernel, (1,), padding, size),
    "_divided": lambda sums, by: sums // by,
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_pooling_is_caught(name, monkeypatch):
    monkeypatch.setattr(pooling, name, WRONG[name])
    with pytest.raises(AssertionError):
        check_grid()


@pytest.mark.parametrize("name", ["_seen", "_seers"])
def test_a_wrong_cut_into_rows_is_caught(name, monkeypatch):
    right = getattr(pooling, name)
    monkeypatch.setattr(threads, "LARGEST_BLOCK", 64)
    check_grid()
    monkeypatch.setattr(pooling, name, lambda rows, k, s, p, n: (right(rows, k, s, p, n)[0], p))
    with pytest.raises(AssertionError):
        check_grid()


x = torch.ones(1, 2, 6, 7)
REFUSED = [
    (
        ValueError,
        "padding must be at most half of kernel_size, got padding=2, kernel_size=3",
        (3, 1, 2),
        {},
        x,
    ),
    (ValueError, "padding must be at least 0, got (-1, -1)", (3, 1, -1), {}, x),
    (ValueError, "stride must be at least 1, got (0, 0)", (3, 0), {}, x),
    (ValueError, "kernel_size must be at least 1, got (0, 0)", (0,), {}, x),
    (ValueError, "kernel_size must be one int or 2 of them, got (1, 2, 3)", ((1, 2, 3),), {}, x),
    (TypeError, "kernel_size must be made of ints, got 1.5", (1.5,), {}, x),
    (TypeError, "stride must be made of ints, got True", (2, True), {}, x),
    (ValueError, "kernel_size=7, but the padded input has only 6", (7,), {}, x),
    (ValueError, "divisor_override must not be 0, got 0", (2,), {"divisor_override": 0}, x),
    (TypeError, "divisor_override must be made of ints, got 1.5", (2,), {"divisor_override": 1.5}, x),
    (ValueError, "input must have 4 axes, or 3 without a batch, got shape (6, 7)", (2,), {}, x[0, 0]),
    (
        ValueError,
        "input must have a cell on every spatial axis, got shape (1, 2, 0, 7)",
        (1,),
        {},
        x[:, :, :0],
    ),
    (ValueError, "input must have a channel, got shape (1, 0, 6, 7)", (2,), {}, x[:, :0]),
    (
        TypeError,
        "input must hold floats or int64, the dtypes that torch pools, got dtype int32",
        (2,),
        {},
        x.int(),
    ),
    (TypeError, "got dtype complex64", (2,), {}, x + 1j),
    (TypeError, "got dtype bool", (2,), {}, x.bool()),
]


@pytest.mark.parametrize(("kind", "said", "args", "options", "given"), REFUSED, ids=[r[1] for r in REFUSED])
def test_refuses_what_torch_refuses(kind, said, args, options, given):
    with pytest.raises((RuntimeError, TypeError, ValueError, IndexError)):
        F.avg_pool2d(given, *args, **options)
    with pytest.raises(kind) as caught:
        convlib.avg_pool2d(given.numpy(), *args, **options)
    assert said in str(caught.value)


def test_a_kernel_beyond_the_input_is_refused_in_3d_as_torch_does():
    x = np.ones((1, 1, 2, 1))
    with pytest.raises(RuntimeError):
        F.avg_pool3d(torch.from_numpy(x), (3, 1, 1), padding=(1, 0, 0))
    with pytest.raises(ValueError, match="kernel does not fit"):
        convlib.avg_pool3d(x, (3, 1, 1), padding=(1, 0, 0))


def test_infinities_are_as_quiet_as_in_torch():
    x = np.array([[np.inf, -np.inf, 3e38, 3e38]], np.float32)
    expected = F.avg_pool1d(torch.from_numpy(x), 2).numpy()
    np.testing.assert_array_equal(convlib.avg_pool1d(x, 2), expected)
