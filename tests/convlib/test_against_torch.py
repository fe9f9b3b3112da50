"""Every face and every algorithm against the definition, and that against torch.

The numbers are integers in float64, so equal means equal: only spectra may round.
"""

import itertools
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from convlib import choice, fft, im2col, naive, rows, stamps, threads
from convlib.arguments import Placement
from convlib.shapes import as_tuple, conv_transpose_output_size
from tests.convlib.lattice import MODES, Layer, by_convlib, by_torch, integers, layers

SAME = {"rtol": 1e-11, "atol": 1e-9}  # integers below 1e5 would differ by 1
CALM = {"deadline": None, "derandomize": True}


def check_face(name: str, layer: Layer) -> None:
    ours, expected = by_convlib(name, layer), by_torch(name, layer)
    np.testing.assert_allclose(ours, expected, **SAME, err_msg=f"{name} {layer.options}", strict=True)
    assert ours.flags.c_contiguous
    assert ours.flags.writeable


@pytest.mark.parametrize(("axes", "examples"), [(1, 250), (2, 250), (3, 120)])
@pytest.mark.parametrize("transposed", [False, True])
def test_faces_are_torchs(axes, examples, transposed):
    name = f"conv_transpose{axes}d" if transposed else f"conv{axes}d"
    settings(max_examples=examples, **CALM)(
        given(layers(axes, transposed))(lambda layer: check_face(name, layer))
    )()


def legal(layer: Layer) -> dict:
    """The algorithms that may run this layer."""
    found = {"im2col": im2col.conv, "fft": fft.conv}
    if rows.fits(layer.weight.shape[2:], layer.at):
        found["rows"] = rows.conv
    return found


def check_algorithms(layer: Layer, largest_block: int | None) -> None:
    x, w, at = layer.batch, layer.weight, layer.at
    expected = naive.conv(layer.padded(), w, at.stride, at.dilation, at.groups)
    plain = Layer(x, w, None, layer.options)
    np.testing.assert_array_equal(expected, by_torch(f"conv{layer.axes}d", plain))
    with pytest.MonkeyPatch.context() as patch:
        if largest_block:
            patch.setattr(threads, "LARGEST_BLOCK", largest_block)
            patch.setattr(threads, "WORTH_THREADS", 0)
        for name, conv in legal(layer).items():
            np.testing.assert_allclose(conv(x, w, at), expected, **SAME, err_msg=f"{name} {at}", strict=True)


@pytest.mark.parametrize("largest_block", [None, 256, 4000])
@pytest.mark.parametrize(("axes", "examples"), [(1, 40), (2, 40), (3, 8)])
def test_each_algorithm_is_the_definition(axes, examples, largest_block):
    test = given(layers(axes))(lambda layer: check_algorithms(layer, largest_block))
    settings(max_examples=examples, **CALM)(test)()


def single_steps(layer: Layer) -> Layer:
    """The same layer without dilation: one that rows may run."""
    return replace(layer, options={**layer.options, "dilation": (1,) * layer.axes})


def check_rows(axes: int, examples: int) -> int:
    """Rows on many layers, with products of matrices and of vectors, in small blocks; how many there were."""
    count = 0

    def check(layer: Layer) -> None:
        nonlocal count
        assert rows.fits(layer.weight.shape[2:], layer.at)
        check_algorithms(layer, 256 if count % 2 else None)
        count += 1

    settings(max_examples=examples, **CALM)(given(layers(axes).map(single_steps))(check))()
    return count


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize(("axes", "examples"), [(2, 40), (3, 10)])
def test_rows_are_the_definition(axes, examples, few, monkeypatch):
    monkeypatch.setattr(rows, "FEW", few)
    assert check_rows(axes, examples) >= examples


def test_rows_with_a_wrong_step_are_caught(monkeypatch):
    right_multiply = rows._multiply
    monkeypatch.setattr(rows, "_multiply", lambda left, laid, stride, y: right_multiply(left, laid, 1, y))
    with pytest.raises(AssertionError):
        check_rows(2, 40)


def check_stamps(layer: Layer, largest_block: int) -> None:
    """The definition does not crop; then the crop, then torch."""
    x, w, o = layer.batch, layer.weight, layer.options
    sizes = (x.shape[2:], w.shape[2:], o["stride"])
    rest = (o["output_padding"], o["dilation"])
    whole, size = (as_tuple(conv_transpose_output_size(*sizes, p, *rest)) for p in (0, o["padding"]))
    expected = naive.conv_transpose(x, w, whole, o["stride"], o["dilation"], o["groups"])
    crop = tuple(slice(p, p + n) for p, n in zip(o["padding"], size, strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threads, "LARGEST_BLOCK", largest_block)
        patch.setattr(threads, "WORTH_THREADS", 0)
        at = Placement(o["stride"], tuple((p, p) for p in o["padding"]), o["dilation"], o["groups"])
        found = stamps.conv_transpose(x, w, at, size)
    np.testing.assert_array_equal(found, expected[:, :, *crop], strict=True)
    plain = Layer(x, w, None, o)
    np.testing.assert_array_equal(found, by_torch(f"conv_transpose{layer.axes}d", plain))


@pytest.mark.parametrize("largest_block", [threads.LARGEST_BLOCK, 256])
@pytest.mark.parametrize(("axes", "examples"), [(1, 40), (2, 40), (3, 8)])
def test_stamps_are_the_definition(axes, examples, largest_block):
    test = given(layers(axes, transposed=True))(lambda layer: check_stamps(layer, largest_block))
    settings(max_examples=examples, **CALM)(test)()


NAMES = ("kernel", "stride", "padding", "dilation", "groups", "padding_mode")
VALUES = ((1, 2, 3), (1, 2, 3, 4), (0, 1, 2, 3), (1, 2, 3), (1, 2), tuple(sorted(MODES)))


def grid():
    """Every combination in one dimension, and for each every remainder of its stride."""
    for case in itertools.product(*VALUES):
        k, s, p, d, g, _ = case
        reach = d * (k - 1) + 1
        least = max(1, reach - 2 * p, p + 1)
        for length in range(least, least + s):
            batch = (2,) if length % 2 else ()
            x, w = integers(length, *batch, 2 * g, length), integers(k, 3 * g, 2, k)
            options = dict(zip(NAMES[1:], case[1:], strict=True))
            yield (
                case,
                (length + 2 * p - reach) % s,
                Layer(x, w, integers(s, 3 * g) if d > 1 else None, options),
            )


def check_grid() -> Counter:
    """How often each pair of values, and each remainder with each value, was compared with torch."""
    met: Counter = Counter()
    for case, remainder, layer in grid():
        check_face("conv1d", layer)
        marks = list(zip((*NAMES, "remainder"), (*case, remainder), strict=True))
        met.update(itertools.combinations(marks, 2))
    return met


def test_every_remainder_and_every_pair_of_parameters_is_met():
    met = check_grid()
    for (i, first), (j, second) in itertools.combinations(enumerate(VALUES), 2):
        for a, b in itertools.product(first, second):
            assert met[(NAMES[i], a), (NAMES[j], b)]
    for i, values in enumerate(VALUES):
        for value, s in itertools.product(values, VALUES[1] if NAMES[i] != "stride" else (0,)):
            for r in range(s or value):
                assert met[(NAMES[i], value), ("remainder", r)]


def test_every_pair_of_the_transposed_parameters_is_torchs():
    compared = 0
    for k, s, p, d, g in itertools.product((1, 2, 3), (1, 2, 3, 4), (0, 1, 2), (1, 2, 3), (1, 2)):
        for extra in range(max(s, d)):
            length = 2 + 2 * p
            x, w = integers(k, 2 * g, length), integers(d, 2 * g, 3, k)
            options = {"stride": s, "padding": p, "output_padding": extra, "groups": g, "dilation": d}
            check_face("conv_transpose1d", Layer(x, w, integers(s, 3 * g) if extra else None, options))
            compared += 1
    assert compared == 3 * 3 * 2 * sum(max(s, d) for s in (1, 2, 3, 4) for d in (1, 2, 3))


def right(x, w, at):
    return im2col.conv(x, w, at)


WRONG = {
    "flipped kernel": lambda x, w, at: right(x, np.flip(w, -1), at),
    "dilation 3 read as 2": lambda x, w, at: right(x, w, replace(at, dilation=(min(2, at.dilation[0]),))),
    "groups in the wrong order": lambda x, w, at: np.roll(right(x, w, at), at.groups - 1, 1),
    "zeros in every mode": lambda x, w, at: right(x, w, replace(at, mode="zeros")),
    "memory in another order": lambda x, w, at: np.asfortranarray(right(x, w, at)),
}


@pytest.mark.parametrize("idea", WRONG)
def test_a_wrong_convolution_is_caught(monkeypatch, idea):
    monkeypatch.setattr(choice, "conv", lambda x, w, at, exact=False: WRONG[idea](x, w, at))
    with pytest.raises(AssertionError):
        check_grid()


def test_a_wrong_algorithm_and_a_wrong_transpose_are_caught(monkeypatch):
    options = {"stride": (2,), "padding": (1,), "dilation": (1,), "groups": 1}
    layer = Layer(integers(0, 2, 2, 5), integers(1, 2, 2, 3), None, {**options, "output_padding": (1,)})
    check_stamps(layer, 256)
    check_face("conv_transpose1d", layer)
    right_conv, right_stamps = im2col.conv, stamps.conv_transpose
    monkeypatch.setattr(
        stamps, "conv_transpose", lambda x, w, at, size: right_stamps(x, w[..., ::-1], at, size)
    )
    monkeypatch.setattr(im2col, "conv", lambda x, w, at: right_conv(x, w[..., ::-1], at))
    with pytest.raises(AssertionError):
        check_stamps(layer, 256)
    with pytest.raises(AssertionError):
        check_face("conv_transpose1d", layer)
    with pytest.raises(AssertionError):
        check_algorithms(Layer(layer.input, layer.weight, None, options), None)
