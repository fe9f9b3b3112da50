"""Convolution and correlation against scipy.signal, in every mode."""

import numpy as np
import pytest
import torch
from scipy import signal

import convlib
from convlib import fft

SHAPES = [
    ((4,), (3,)),
    ((7,), (2,)),
    ((3,), (5,)),
    ((5, 4), (2, 3)),
    ((2, 3), (2, 5)),
    ((4, 5, 3), (3, 2, 2)),
]


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("name", ["convolve", "correlate"])
def test_agrees_with_scipy(name, shapes, mode):
    random = np.random.default_rng(0)
    f, g = (random.integers(-9, 10, s) for s in shapes)
    expected = getattr(signal, name)(f, g, mode, method="direct")
    np.testing.assert_array_equal(getattr(convlib, name)(f, g, mode), expected)


def test_complex_correlation_conjugates_as_scipy_does():
    f, g = np.array([1 + 2j, 3, -1j]), np.array([2j, 1])
    np.testing.assert_array_equal(convlib.correlate(f, g), signal.correlate(f, g))
    np.testing.assert_array_equal(convlib.convolve(f, g), signal.convolve(f, g))


LARGE = [((5000,), (700,)), ((200, 150), (31, 40)), ((60, 50, 40), (16, 15, 14))]


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("dtype", [float, complex])
@pytest.mark.parametrize("shapes", LARGE)
@pytest.mark.parametrize("name", ["convolve", "correlate"])
def test_spectra_agree_with_scipy(monkeypatch, name, shapes, dtype, mode):
    ran = []
    monkeypatch.setattr(fft, "conv", lambda *call: ran.append(call) or by_spectra(*call))
    random = np.random.default_rng(0)
    f, g = (random.standard_normal(s).astype(dtype) for s in shapes)
    f, g = (f + 1j * f[::-1], g - 1j * g[::-1]) if dtype is complex else (f, g)
    expected = getattr(signal, name)(f, g, mode, method="fft")
    np.testing.assert_allclose(getattr(convlib, name)(f, g, mode), expected, rtol=1e-12, atol=1e-10)
    assert ran


by_spectra = fft.conv


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("name", ["convolve", "correlate"])
def test_tensors_come_out_as_tensors_with_gradients(name, shapes, mode):
    random = np.random.default_rng(0)
    f, g = (torch.from_numpy(random.standard_normal(s)).requires_grad_() for s in shapes)
    call = getattr(convlib, name)
    expected = call(f.detach().numpy(), g.detach().numpy(), mode)
    np.testing.assert_allclose(call(f, g, mode).detach().numpy(), expected, rtol=1e-12, atol=1e-12)
    assert torch.autograd.gradcheck(lambda f, g: call(f, g, mode), (f, g))


def test_a_tensor_with_an_array_or_too_many_axes_is_refused():
    with pytest.raises(TypeError, match=r"f and g must both be tensors, or neither; got Tensor and ndarray"):
        convlib.correlate(torch.ones(3), np.ones(2))
    with pytest.raises(ValueError, match="tensors must have one to three axes"):
        convlib.convolve(torch.ones(1, 1, 1, 1), torch.ones(1, 1, 1, 1))


def test_large_integers_stay_exact():
    f, g = np.arange(5000) * 10**6, np.arange(700) * 10**5
    np.testing.assert_array_equal(convlib.convolve(f, g), np.convolve(f, g))


@pytest.mark.parametrize("value", [[True, False], ["a"], [None]])
def test_refuses_what_is_not_a_number(value):
    with pytest.raises(TypeError, match="f must hold ints, floats or complex numbers, got dtype"):
        convlib.convolve(value, [1])


def test_the_example_by_hand():
    assert convlib.convolve([1, 2, 3, 4], [1, 2, 3]).tolist() == [1, 4, 10, 16, 17, 12]


@pytest.mark.parametrize(
    ("f", "g", "mode", "said"),
    [
        ([1, 2], [[1]], "full", "one number of axes"),
        ([], [1], "full", "not be empty"),
        ([1, 2], [1], "middle", "'full', 'same' or 'valid', got 'middle'"),
        (np.ones((1, 3)), np.ones((2, 2)), "valid", "spans 2 cells"),
    ],
)
def test_refuses(f, g, mode, said):
    with pytest.raises(ValueError, match=said):
        convlib.convolve(f, g, mode)
