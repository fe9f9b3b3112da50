"""Convolution as a matrix: C x is the convolution, C^T y the transposed one, <C x, y> = <x, C^T y>."""

import numpy as np
import pytest
from hypothesis import given, settings

import convlib
from tests.convlib.lattice import Layer, integers, layers


def back(layer: Layer, y: np.ndarray) -> np.ndarray | None:
    """The transposed convolution, back to the input's size; None where output_padding cannot reach it."""
    at, size = layer.at, layer.batch.shape[2:]
    crops = tuple(before for before, _ in at.padding)
    axes = zip(size, layer.weight.shape[2:], at.stride, at.padding, at.dilation, strict=True)
    lost = tuple((i + a + b - d * (k - 1) - 1) % s for i, k, s, (a, b), d in axes)
    within = (r < max(s, d) for r, s, d in zip(lost, at.stride, at.dilation, strict=True))
    if not all(within) or any(before != after for before, after in at.padding):
        return None
    options = {"stride": at.stride, "padding": crops, "dilation": at.dilation, "groups": at.groups}
    return getattr(convlib, f"conv_transpose{layer.axes}d")(y, layer.weight, output_padding=lost, **options)


def check_adjoint(layer: Layer, counts: list[int]) -> None:
    options = {name: value for name, value in layer.options.items() if name != "padding_mode"}
    plain = Layer(layer.batch, layer.weight, None, options)
    matrix = convlib.conv_matrix(layer.weight, plain.input.shape[2:], **options)
    y = getattr(convlib, f"conv{layer.axes}d")(plain.input, layer.weight, **options)
    for one, out in zip(plain.input, y, strict=True):
        np.testing.assert_array_equal(matrix @ one.ravel(), out.ravel())
    g = integers(5, *y.shape)
    up = back(plain, g)
    if up is not None and len(g):
        np.testing.assert_array_equal(matrix.T @ g[0].ravel(), up[0].ravel())
        assert (y * g).sum() == (plain.input * up).sum()
        counts.append(1)


@pytest.mark.parametrize(("axes", "examples"), [(1, 60), (2, 60), (3, 20)])
def test_the_matrix_is_the_convolution_and_its_transpose_the_transposed_one(axes, examples):
    counts: list[int] = []
    test = given(layers(axes))(lambda layer: check_adjoint(layer, counts))
    settings(max_examples=examples, deadline=None, derandomize=True)(test)()
    assert len(counts) > examples / 3


def test_a_wrong_adjoint_is_caught(monkeypatch):
    layer = Layer(integers(0, 2, 2, 6), integers(1, 2, 2, 3), None, {"stride": 2, "padding": 1})
    check_adjoint(layer, [])
    right = convlib.conv_transpose1d
    monkeypatch.setattr(convlib, "conv_transpose1d", lambda x, w, **o: right(x, w[..., ::-1], **o))
    with pytest.raises(AssertionError):
        check_adjoint(layer, [])


def test_one_int_stands_for_every_axis():
    w = integers(0, 1, 1, 2, 3)
    np.testing.assert_array_equal(convlib.conv_matrix(w, 4), convlib.conv_matrix(w, (4, 4)))


w = np.ones((2, 1, 3, 3))
REFUSED = [
    (
        ValueError,
        "input_size must be one int or 2 of them, got (4, 4, 4)",
        lambda: convlib.conv_matrix(w, (4, 4, 4)),
    ),
    (ValueError, "input_size must be at least 1, got (4, 0)", lambda: convlib.conv_matrix(w, (4, 0))),
    (TypeError, "input_size must be made of ints, got 4.0", lambda: convlib.conv_matrix(w, 4.0)),
    (
        ValueError,
        "spans 3 cells, d(k - 1) + 1, but the padded input has only 2",
        lambda: convlib.conv_matrix(w, 2),
    ),
    (ValueError, "groups must be at least 1, got 0", lambda: convlib.conv_matrix(w, 4, groups=0)),
    (ValueError, "groups must be at least 1, got -1", lambda: convlib.conv_matrix(w, 4, groups=-1)),
    (TypeError, "groups must be made of ints, got 1.5", lambda: convlib.conv_matrix(w, 4, groups=1.5)),
    (ValueError, "weight must have 3 axes, got shape (3,)", lambda: convlib.conv_matrix([1, 2, 3], 4)),
]


@pytest.mark.parametrize(("kind", "said", "call"), REFUSED, ids=[said for _, said, _ in REFUSED])
def test_refuses(kind, said, call):
    with pytest.raises(kind) as caught:
        call()
    assert said in str(caught.value)


def test_the_matrix_of_a_long_kernel_holds_its_taps_and_zeros_alone():
    w = np.arange(1.0, 1001)
    matrix = convlib.conv_matrix(w[None, None], 2000)
    assert np.count_nonzero(matrix) == 1001 * 1000
    np.testing.assert_array_equal(matrix[500, 500:1500], w)
