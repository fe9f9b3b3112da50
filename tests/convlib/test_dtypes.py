"""Numbers of every kind: bounds that follow from the count of terms, integers that wrap, dtypes that stay."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import convlib
from convlib import choice, im2col
from convlib.arguments import placement

LAYERS = [  # input, weight, options
    ((2, 4, 9), (6, 2, 3), {"stride": 2, "padding": 1, "groups": 2}),
    ((2, 6, 11, 8), (4, 6, 3, 2), {"stride": (1, 2), "padding": (2, 1), "dilation": (2, 1)}),
    ((1, 32, 12, 13), (32, 32, 3, 3), {"padding": 1}),
    ((1, 16, 15, 14), (32, 1, 3, 3), {"padding": 1, "groups": 16}),
    ((1, 3, 5, 6, 7), (4, 3, 2, 3, 2), {"dilation": (1, 2, 1)}),
    ((1, 200, 40), (8, 200, 5), {"padding": 2}),
]
UNIT = {np.float16: 2.0**-11, np.float32: 2.0**-24, np.float64: 2.0**-53}


def bound(terms: int, dtype: type) -> float:
    """gamma_n = n u / (1 - n u): how far a sum of n terms, added in any order, may be (Higham 2002, 3.1)."""
    u = UNIT[dtype]
    return (terms + 4) * u / (1 - (terms + 4) * u)


def check_bound(x: np.ndarray, w: np.ndarray, options: dict, dtype: type) -> None:
    a, b = x.astype(dtype), w.astype(dtype)
    ours = getattr(convlib, f"conv{w.ndim - 2}d")(a, b, **options)
    assert ours.dtype == dtype
    exact, size = (
        getattr(F, f"conv{w.ndim - 2}d")(
            *(torch.from_numpy(f(v.astype(float))) for v in (a, b)), **options
        ).numpy()
        for f in (np.array, np.abs)
    )
    limit = UNIT[dtype] * abs(exact) if dtype == np.float16 else bound(w[0].size, dtype) * size
    slack = (
        bound(w[0].size, np.float32) * size if dtype == np.float16 else bound(w[0].size, np.float64) * size
    )
    assert (abs(ours - exact) <= limit + slack).all()


@pytest.mark.parametrize("dtype", UNIT)
@pytest.mark.parametrize("layer", LAYERS)
def test_rounding_stays_within_the_bound(layer, dtype):
    random = np.random.default_rng(0)
    check_bound(random.standard_normal(layer[0]), random.standard_normal(layer[1]), layer[2], dtype)


def test_the_bound_catches_a_sum_in_half_precision(monkeypatch):
    def rough(x, w, at, exact=False):
        return im2col.conv(x.astype(np.float16), w.astype(np.float16), at).astype(x.dtype)

    monkeypatch.setattr(choice, "conv", rough)
    random = np.random.default_rng(0)
    for dtype in (np.float32, np.float64):
        with pytest.raises(AssertionError):
            check_bound(random.standard_normal((1, 4, 9)), random.standard_normal((2, 4, 3)), {}, dtype)


CHOSEN = [  # the algorithm that convlib chooses for this input and weight
    ("fft", (1, 4, 90, 91), (4, 4, 31, 32)),
    ("rows", (1, 16, 20, 21), (16, 16, 3, 3)),
    ("im2col", (1, 64, 14, 15), (64, 64, 1, 1)),
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("name", "shape", "kernel"), CHOSEN)
def test_the_algorithm_that_is_chosen_rounds_well(name, shape, kernel, dtype):
    """Spectra mix all numbers of a tile: the error is small beside the largest sum of sizes."""
    random = np.random.default_rng(6)
    x, w = (random.standard_normal(s).astype(dtype) for s in (shape, kernel))
    at = placement(w.shape[2:], 1, 0, 1)
    assert choice.algorithm(x, w, at).__module__ == f"convlib.{name}"
    exact = F.conv2d(*(torch.from_numpy(a.astype(float)) for a in (x, w))).numpy()
    size = F.conv2d(*(torch.from_numpy(abs(a.astype(float))) for a in (x, w))).numpy()
    assert abs(convlib.conv2d(x, w) - exact).max() <= 16 * UNIT[dtype] * size.max()


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex64, np.complex128])
@pytest.mark.parametrize(("shape", "kernel", "options"), LAYERS)
def test_the_transpose_is_torchs_in_every_precision(dtype, shape, kernel, options):
    random = np.random.default_rng(1)
    groups, axes = options.get("groups", 1), len(kernel) - 2
    options = {**options, "padding": 0}
    x, w = (random.standard_normal((*s, 2)) @ (1, 1j) for s in ((1, kernel[0], *shape[2:]), kernel))
    with np.errstate(all="ignore"):
        x, w = (a.astype(dtype) if np.dtype(dtype).kind == "c" else a.real.astype(dtype) for a in (x, w))
    wide = np.complex128 if np.dtype(dtype).kind == "c" else np.float64
    name = f"conv_transpose{axes}d"
    ours = getattr(convlib, name)(x, w, **options)
    exact = getattr(F, name)(torch.from_numpy(x.astype(wide)), torch.from_numpy(w.astype(wide)), **options)
    size = getattr(F, name)(*(torch.from_numpy(abs(a).astype(float)) for a in (x, w)), **options).numpy()
    terms = 4 * kernel[0] // groups * int(np.prod(kernel[2:]))
    assert ours.dtype == dtype
    unit = np.float32 if np.dtype(dtype).name in ("float32", "complex64") else np.float64
    assert (abs(ours - exact.numpy()) <= 2 * bound(terms, unit) * size).all()


@pytest.mark.parametrize("dtype", [np.complex64, np.complex128])
@pytest.mark.parametrize("layer", LAYERS)
def test_complex_numbers_are_torchs(layer, dtype):
    random = np.random.default_rng(2)
    x, w, b = ((random.standard_normal((*s, 2)) @ (1, 1j)).astype(dtype) for s in (*layer[:2], layer[1][:1]))
    name = f"conv{w.ndim - 2}d"
    ours = getattr(convlib, name)(x, w, b, **layer[2])
    expected = getattr(F, name)(*(torch.from_numpy(a) for a in (x, w, b)), **layer[2]).numpy()
    assert ours.dtype == dtype
    np.testing.assert_allclose(ours, expected, rtol=0, atol=3e-4 if dtype == np.complex64 else 1e-12)


def whole(dtype: type, *shape: int) -> np.ndarray:
    """Integers from the whole range, so that sums must wrap."""
    info = np.iinfo(dtype)
    return np.random.default_rng(3).integers(info.min, info.max, shape, dtype, endpoint=True)


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64, np.uint8])
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_integers_wrap_as_torchs_do(dtype, axes):
    x, w, b = (
        whole(dtype, 2, 4, 5, 6, 7)[..., *(0,) * (3 - axes)],
        whole(dtype, 3, 4, *(2,) * axes),
        whole(dtype, 3),
    )
    ours = getattr(convlib, f"conv{axes}d")(x, w, b, stride=2, padding=1)
    tensors = (torch.from_numpy(np.ascontiguousarray(a)) for a in (x, w, b))
    expected = getattr(F, f"conv{axes}d")(*tensors, stride=2, padding=1)
    np.testing.assert_array_equal(ours, expected.numpy(), strict=True)


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("largest", [9, 2**62])
def test_int64_is_torchs_with_groups_and_transposed(axes, largest):
    x = np.random.default_rng(4).integers(-largest, largest, (2, 4, *(6, 5, 4)[:axes]))
    w = np.random.default_rng(5).integers(-largest, largest, (4, 2, *(3, 2, 2)[:axes]))
    options = {"stride": 2, "padding": 1, "groups": 2, "dilation": 2}
    for name in (f"conv{axes}d", f"conv_transpose{axes}d"):
        expected = getattr(F, name)(torch.from_numpy(x), torch.from_numpy(w), **options).numpy()
        np.testing.assert_array_equal(getattr(convlib, name)(x, w, **options), expected, strict=True)


@pytest.mark.parametrize("dtype", [np.int8, np.uint16, np.uint32, np.uint64, np.longdouble, np.float16])
def test_the_dtype_stays(dtype):
    x, w = np.arange(8).astype(dtype).reshape(1, 8), np.array([[[1, 2, 3]]], dtype)
    for y in (convlib.conv1d(x, w), convlib.conv_transpose1d(x, w), convlib.pad(x, (1, 1))):
        assert y.dtype == dtype
    assert convlib.conv1d(x, w)[0].tolist() == [8, 14, 20, 26, 32, 38]


def test_operands_of_two_dtypes_meet_as_numpys_do():
    assert convlib.conv1d(np.ones((1, 3), np.float32), np.ones((1, 1, 2))).dtype == np.float64
    assert convlib.conv1d(np.ones((1, 3), np.int8), np.ones((1, 1, 2), np.float32)).dtype == np.float32


@pytest.mark.parametrize("kernel", [(3, 3), (1, 2)])
def test_one_infinity_or_nan_spoils_its_own_windows_only(kernel):
    x, w = np.ones((1, 64, 12, 12)), np.ones((64, 64, *kernel))
    x[0, 0, 5, 6], x[0, 1, 0, 0] = np.inf, np.nan
    expected = F.conv2d(torch.from_numpy(x), torch.from_numpy(w)).numpy()
    np.testing.assert_array_equal(convlib.conv2d(x, w), expected)


@pytest.mark.parametrize("stride", [1, 2])
def test_an_infinity_in_a_transpose_spoils_only_what_it_stamps(stride):
    x, w = np.ones((1, 2, 4, 5)), np.ones((2, 2, 3, 3))
    x[0, 0, 1, 2], w[1, 1, 0, 1] = np.nan, np.inf
    options = {"stride": stride, "padding": 1}
    expected = F.conv_transpose2d(torch.from_numpy(x), torch.from_numpy(w), **options).numpy()
    np.testing.assert_array_equal(convlib.conv_transpose2d(x, w, **options), expected)


@pytest.mark.parametrize("dtype", [">f8", ">i8", ">f2"])
def test_numbers_in_the_other_order_of_bytes_are_numbers(dtype):
    x, native = np.full((1, 4, 6), 0.1).astype(dtype), np.full((1, 4, 6), 0.1).astype(dtype[1:])
    for call in (convlib.conv_bias_grad, lambda a: convlib.conv1d(a, a), lambda a: convlib.avg_pool1d(a, 6)):
        np.testing.assert_array_equal(call(x), call(native), strict=True)


def test_spectra_are_not_for_numbers_finer_than_theirs():
    wide = [np.ones(s, np.longdouble) / 3 for s in ((1, 1, 6000), (1, 1, 2000))]
    at = placement((2000,), 1, 0, 1)
    finer = np.finfo(np.longdouble).nmant > np.finfo(np.float64).nmant
    assert choice.algorithm(*(a.astype(float) for a in wide), at).__module__ == "convlib.fft"
    assert choice.algorithm(*wide, at).__module__ == ("convlib.im2col" if finer else "convlib.fft")
