"""Every path against torch, over random layers; the numbers are integers in float64, so equal means equal."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings

import convlib
from convlib import naive, stamps, windows
from convlib.shapes import as_tuple, conv_transpose_output_size
from tests.convlib.lattice import Layer, layers


def by_torch(name: str, layer: Layer) -> np.ndarray:
    tensors = [None if a is None else torch.from_numpy(a) for a in (layer.input, layer.weight, layer.bias)]
    return getattr(F, name)(*tensors, **layer.options).numpy()


def by_convlib(name: str, layer: Layer) -> np.ndarray:
    return getattr(convlib, name)(layer.input, layer.weight, layer.bias, **layer.options)


@settings(max_examples=200, deadline=None)
@given(layers(axes=1))
def test_conv1d_is_torchs(layer):
    np.testing.assert_array_equal(by_convlib("conv1d", layer), by_torch("conv1d", layer))


@settings(max_examples=200, deadline=None)
@given(layers(axes=2))
def test_conv2d_is_torchs(layer):
    np.testing.assert_array_equal(by_convlib("conv2d", layer), by_torch("conv2d", layer))


@settings(max_examples=200, deadline=None)
@given(layers(axes=1, transposed=True))
def test_conv_transpose1d_is_torchs(layer):
    np.testing.assert_array_equal(by_convlib("conv_transpose1d", layer), by_torch("conv_transpose1d", layer))


@settings(max_examples=200, deadline=None)
@given(layers(axes=2, transposed=True))
def test_conv_transpose2d_is_torchs(layer):
    np.testing.assert_array_equal(by_convlib("conv_transpose2d", layer), by_torch("conv_transpose2d", layer))


@settings(max_examples=60, deadline=None)
@given(layers(axes=2))
def test_windows_agree_with_the_definition(layer):
    x = layer.input if layer.input.ndim == 4 else layer.input[None]
    place = (layer.options["stride"], layer.options["dilation"], layer.options["groups"])
    if any(p > 0 for p in layer.options["padding"]):
        x = np.pad(x, [(0, 0), (0, 0), *[(p, p) for p in layer.options["padding"]]])
    expected = naive.conv(x, layer.weight, *place)
    np.testing.assert_array_equal(windows.conv(x, layer.weight, *place), expected)


@settings(max_examples=60, deadline=None)
@given(layers(axes=2, transposed=True))
def test_stamps_agree_with_the_definition(layer):
    x = layer.input if layer.input.ndim == 4 else layer.input[None]
    o = layer.options
    size = as_tuple(
        conv_transpose_output_size(
            x.shape[2:], layer.weight.shape[2:], o["stride"], 0, o["output_padding"], o["dilation"]
        )
    )
    place = (size, o["stride"], o["dilation"], o["groups"])
    expected = naive.conv_transpose(x, layer.weight, *place)
    np.testing.assert_array_equal(stamps.conv_transpose(x, layer.weight, *place), expected)


def test_a_flipped_kernel_would_be_caught():
    layer = Layer(np.arange(8.0).reshape(1, 8), np.array([[[1.0, 10.0, 100.0]]]), None, {})
    flipped = Layer(layer.input, layer.weight[..., ::-1].copy(), None, {})
    assert (by_convlib("conv1d", flipped) != by_torch("conv1d", layer)).any()


@pytest.mark.parametrize("kernel", [1, 2, 3, 4])
@pytest.mark.parametrize("dilation", [1, 2, 3])
def test_same_is_torchs(kernel, dilation, recwarn):
    x, w = np.arange(1.0, 10).reshape(1, 9), 10.0 ** np.arange(kernel).reshape(1, 1, kernel)
    expected = F.conv1d(torch.from_numpy(x), torch.from_numpy(w), padding="same", dilation=dilation)
    recwarn.clear()  # torch warns that it copies for an even kernel
    np.testing.assert_array_equal(convlib.conv1d(x, w, padding="same", dilation=dilation), expected.numpy())


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("amounts", [(1, 2), (0, 3), (2, 1, 1, 0)])
def test_pad_is_torchs(mode, amounts):
    x = np.arange(1.0, 21).reshape(1, 1, 4, 5)
    if len(amounts) == 2:
        x = x[0]
    np.testing.assert_array_equal(
        convlib.pad(x, amounts, mode), F.pad(torch.from_numpy(x), amounts, mode).numpy()
    )


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_padding_modes_are_torchs(mode):
    layer = torch.nn.Conv2d(2, 3, (3, 2), padding=(2, 1), padding_mode=mode, dtype=torch.float64)
    x = torch.arange(40.0, dtype=torch.float64).reshape(1, 2, 4, 5)
    w, b = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    ours = convlib.conv2d(x.numpy(), w, b, padding=(2, 1), padding_mode=mode)
    np.testing.assert_allclose(ours, layer(x).detach().numpy(), rtol=1e-12, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(layers(axes=2))
def test_the_matrix_is_the_convolution_and_its_transpose_the_transposed_one(layer):
    x = layer.input if layer.input.ndim == 4 else layer.input[None]
    matrix = convlib.conv_matrix(layer.weight, x.shape[2:], **layer.options)
    y = convlib.conv2d(x, layer.weight, **layer.options)
    np.testing.assert_array_equal(matrix @ x[0].ravel(), y[0].ravel())
    o = layer.options
    back = [
        (i + 2 * p - d * (k - 1) - 1) % s
        for i, k, s, p, d in zip(
            x.shape[2:], layer.weight.shape[2:], o["stride"], o["padding"], o["dilation"], strict=True
        )
    ]
    if all(r < max(s, d) for r, s, d in zip(back, o["stride"], o["dilation"], strict=True)):
        up = convlib.conv_transpose2d(y, layer.weight, output_padding=tuple(back), **o)
        np.testing.assert_array_equal(matrix.T @ y[0].ravel(), up[0].ravel())
