"""Gradients against torch's autograd, over random layers; integers in float64, so equal means equal."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings

import convlib
from convlib import gradients, naive, weight_gradient
from tests.convlib.lattice import Layer, layers, torch_call

EXAMPLES = {1: 100, 2: 70, 3: 40}
Grads = tuple[np.ndarray, np.ndarray, np.ndarray]


def slopes_like(y: torch.Tensor) -> torch.Tensor:
    random = np.random.default_rng(y.numel())
    return torch.from_numpy(random.integers(-9, 10, tuple(y.shape)).astype(float))


def torchs(layer: Layer, transposed: bool) -> tuple[np.ndarray, Grads]:
    """The slopes that were passed in at the output, and what torch passes back to input, weight and bias."""
    x, w = (torch.from_numpy(a).requires_grad_() for a in (layer.input, layer.weight))
    outputs = w.shape[1] * layer.options["groups"] if transposed else len(w)
    b = torch.zeros(outputs, dtype=torch.float64, requires_grad=True)
    name = f"conv_transpose{layer.axes}d" if transposed else f"conv{layer.axes}d"
    y = torch_call(name, layer, x, w, b)
    g = slopes_like(y)
    y.backward(g)
    return g.numpy(), tuple(t.grad.numpy() for t in (x, w, b))


def ours(layer: Layer, g: np.ndarray, transposed: bool, **extra: Any) -> Grads:
    options = layer.options | extra
    batched = layer.input.ndim == layer.weight.ndim
    if transposed:
        return (
            gradients.conv_transpose_input_grad(layer.weight, g, **options),
            gradients.conv_transpose_weight_grad(layer.input, layer.weight.shape, g, **options),
            gradients.conv_transpose_bias_grad(g, batched=batched),
        )
    return (
        gradients.conv_input_grad(layer.input.shape, layer.weight, g, **options),
        gradients.conv_weight_grad(layer.input, layer.weight.shape, g, **options),
        gradients.conv_bias_grad(g, batched=batched),
    )


def assert_all_equal(received: Grads, expected: Grads) -> None:
    for ours_, torchs_ in zip(received, expected, strict=True):
        np.testing.assert_array_equal(ours_, torchs_)


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_gradients_are_torchs(axes, transposed):
    @settings(max_examples=EXAMPLES[axes], deadline=None)
    @given(layers(axes=axes, transposed=transposed))
    def check(layer):
        g, expected = torchs(layer, transposed)
        assert_all_equal(ours(layer, g, transposed), expected)

    check()


@pytest.mark.parametrize("remainder", [0, 1, 2, 3])
def test_cells_that_no_window_meets_have_gradient_zero(remainder):
    size = 3 + 4 * 2 + remainder
    grad = convlib.conv_input_grad((1, size), np.ones((1, 1, 3)), np.ones((1, 3)), stride=4)
    np.testing.assert_array_equal(grad[0], [*([1, 1, 1, 0] * 3)[:11], *[0] * remainder])


@settings(max_examples=40, deadline=None)
@given(layers(axes=2))
def test_the_weight_gradient_is_the_definition(layer):
    at, kernel = layer.at, layer.weight.shape[2:]
    g = torchs(layer, transposed=False)[0]
    g = g if layer.input.ndim == 4 else g[None]
    expected = naive.conv_weight_grad(layer.padded(), g, kernel, at.stride, at.dilation, at.groups)
    received = convlib.conv_weight_grad(layer.batch, layer.weight.shape, g, **layer.options)
    np.testing.assert_array_equal(received, expected)


@settings(max_examples=60, deadline=None)
@given(layers(axes=2))
def test_adjoint_identity(layer):
    """<C x, y> = <x, C^T y> for the input, and the same for the weight, in every padding mode."""
    y = convlib.conv2d(layer.input, layer.weight, **layer.options)
    g = slopes_like(torch.from_numpy(y)).numpy()
    back, weight_back, _ = ours(layer, g, False)
    assert (y * g).sum() == (layer.input * back).sum() == (layer.weight * weight_back).sum()


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize(("groups", "channels"), [(1, 1), (1, 7), (3, 2), (8, 1)])
def test_many_small_blocks_add_up(monkeypatch, count, groups, channels):
    """With blocks of some hundred bytes every cut is taken: images, rows, cells, groups and channels."""
    random = np.random.default_rng(0)
    layer = Layer(
        random.integers(-9, 10, (3, groups * channels, 9, 8)).astype(float),
        random.integers(-9, 10, (2 * groups, channels, 3, 2)).astype(float),
        None,
        {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 2), "groups": groups},
    )
    g, expected = torchs(layer, transposed=False)
    monkeypatch.setattr(weight_gradient, "thread_count", lambda: count)
    for room in (8, 800, 20_000):
        monkeypatch.setattr(weight_gradient, "block_bytes", lambda room=room: room)
        assert_all_equal(ours(layer, g, transposed=False), expected)


@pytest.mark.parametrize(
    "dtype", [np.float16, np.float32, np.float64, np.int8, np.int32, np.int64, np.complex64]
)
def test_dtypes_stay(dtype):
    x, w, g = (np.ones(shape, dtype) for shape in [(2, 1, 5), (1, 1, 3), (2, 1, 3)])
    grads = ours(Layer(x, w, None, {}), g, False) + ours(Layer(g, w, None, {}), x, True)
    assert {grad.dtype for grad in grads} == {np.dtype(dtype)}


def test_half_floats_add_up_in_float32():
    x, g = np.ones((1, 4096), np.float16), np.full((1, 4096), 1.0, np.float16)
    g[0, 0] = 2048  # in float16, 2048 + 1 is 2048
    assert convlib.conv_weight_grad(x, (1, 1, 1), g)[0, 0, 0] == np.float16(2048 + 4095)
    assert convlib.conv_bias_grad(g, batched=False)[0] == np.float16(2048 + 4095)


def test_integers_beyond_float64_stay_exact():
    big = 2**53 + 1
    np.testing.assert_array_equal(convlib.conv_input_grad((1, 3), [[[1]]], [[big, 1, 2]]), [[big, 1, 2]])
    assert convlib.conv_weight_grad([[big]], (1, 1, 1), [[1]]) == big
    folded = convlib.conv_input_grad((1, 1), [[[1]]], [[2**52 + 1] * 5], padding=2, padding_mode="replicate")
    assert folded == 5 * (2**52 + 1)


def test_complex_gradients_are_the_adjoint():
    random = np.random.default_rng(0)
    x, w = (random.standard_normal(s) + 1j * random.standard_normal(s) for s in [(2, 3, 7), (4, 3, 3)])
    y = convlib.conv1d(x, w, stride=2)
    g = y[::-1] + 1j
    grad, grad_w, _ = ours(Layer(x, w, None, {"stride": 2}), g, False)
    np.testing.assert_allclose([np.vdot(x, grad), np.vdot(w, grad_w)], np.vdot(y, g))


@pytest.mark.parametrize("batch", [(), (0,), (1,)])
def test_batches_of_none_and_of_nothing(batch):
    x, w = np.ones((*batch, 1, 5)), np.ones((1, 1, 3))
    grad, grad_w, grad_b = ours(Layer(x, w, None, {}), convlib.conv1d(x, w), False)
    assert (grad.shape, grad_w.shape, grad_b.shape) == (x.shape, w.shape, (1,))
    assert grad_w.any() == (batch != (0,))


REFUSED = {
    r"grad_output must have the shape of the output, \(2, 4, 3\), got \(2, 4, 5\)": lambda: (
        convlib.conv_input_grad((2, 3, 5), np.ones((4, 3, 3)), np.ones((2, 4, 5)))
    ),
    r"grad_output must have the shape of the output, \(4, 3\), got \(1, 4, 3\)": lambda: (
        convlib.conv_weight_grad(np.ones((3, 5)), (4, 3, 3), np.ones((1, 4, 3)))
    ),
    r"grad_output must have the shape of the output, \(4, 9\), got \(4, 10\)": lambda: (
        convlib.conv_transpose_input_grad(np.ones((3, 4, 3)), np.ones((4, 10)), stride=2)
    ),
    r"grad_output must have the shape of the output, \(4, 10\), got \(4, 9\)": lambda: (
        convlib.conv_transpose_weight_grad(
            np.ones((3, 4)), (3, 4, 3), np.ones((4, 9)), stride=2, output_padding=1
        )
    ),
    r"input must have 3 axes, or 2 without a batch, got shape \(5,\)": lambda: convlib.conv_input_grad(
        (5,), np.ones((4, 3, 3)), np.ones((4, 3))
    ),
    r"grad_output must have 3 axes, or 2 without a batch, got shape \(5,\)": lambda: (
        convlib.conv_transpose_input_grad(np.ones((4, 3, 3)), np.ones(5))
    ),
    r"input has 2 channels, but weight of shape \(4, 3, 3\) with groups=1 takes 3": lambda: (
        convlib.conv_weight_grad(np.ones((2, 5)), (4, 3, 3), np.ones((4, 3)))
    ),
    r"grad_output must have 3 axes or more, got shape \(4, 3\)": lambda: convlib.conv_bias_grad(
        np.ones((4, 3))
    ),
    r"output_padding must be below max\(stride, dilation\) = 2, got 2": lambda: (
        convlib.conv_transpose_input_grad(np.ones((3, 4, 3)), np.ones((4, 9)), stride=2, output_padding=2)
    ),
}


@pytest.mark.parametrize("message", REFUSED)
def test_refusals_say_what_was_received_and_expected(message):
    with pytest.raises(ValueError, match=message):
        REFUSED[message]()


def test_grads_must_be_numbers():
    with pytest.raises(
        TypeError, match="grad_output must hold ints, floats or complex numbers, got dtype bool"
    ):
        convlib.conv_bias_grad(np.ones((1, 2, 3), bool))


def wrong_stamps(monkeypatch: pytest.MonkeyPatch, **change: Any) -> None:
    """Let the input gradient go through a placement in which something is forgotten."""
    right = gradients._input_grad
    monkeypatch.setattr(gradients, "_input_grad", lambda work, at, n: right(work, replace(at, **change), n))


@pytest.mark.parametrize(
    "change", [{"stride": (1, 1)}, {"dilation": (1, 1)}, {"padding": ((0, 0), (0, 0))}, {"mode": "replicate"}]
)
def test_a_gradient_that_forgets_an_option_would_be_caught(monkeypatch, change):
    random = np.random.default_rng(0)
    x, w = (random.integers(1, 10, shape).astype(float) for shape in [(1, 2, 8, 9), (3, 2, 2, 3)])
    layer = Layer(x, w, None, {"stride": (2, 3), "padding": (1, 1), "dilation": (2, 2), "groups": 1})
    g, expected = torchs(layer, transposed=False)
    assert_all_equal(ours(layer, g, False), expected)
    wrong_stamps(monkeypatch, **change)
    with pytest.raises((AssertionError, ValueError)):
        assert_all_equal(ours(layer, g, False), expected)


def test_a_weight_gradient_of_flipped_taps_would_be_caught(monkeypatch):
    layer = Layer(np.array([[1.0, 2, 3, 4]]), np.array([[[1.0, 10, 100]]]), None, {"groups": 1})
    g, expected = torchs(layer, transposed=False)
    right = gradients.weight_grad
    monkeypatch.setattr(gradients, "weight_grad", lambda *a: right(*a)[..., ::-1])
    with pytest.raises(AssertionError):
        assert_all_equal(ours(layer, g, False), expected)
