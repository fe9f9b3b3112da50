"""The size formulas against torch's own answers, every remainder included."""

import itertools

import pytest
import torch
import torch.nn.functional as F

import convlib
from convlib.shapes import per_axis, pool_output_size

CASES = [
    (i, k, s, p, d)
    for i, k, s, p, d in itertools.product(range(1, 9), (1, 2, 3), (1, 2, 3), (0, 1, 2), (1, 2))
    if i + 2 * p >= d * (k - 1) + 1
]


def test_conv_output_size_is_torchs():
    for i, k, s, p, d in CASES:
        y = F.conv1d(torch.zeros(1, i), torch.zeros(1, 1, k), stride=s, padding=p, dilation=d)
        assert convlib.conv_output_size(i, k, s, p, d) == y.shape[-1]


def test_every_remainder_is_met():
    met = {(s, (i + 2 * p - d * (k - 1) - 1) % s) for i, k, s, p, d in CASES}
    assert met == {(s, r) for s in (1, 2, 3) for r in range(s)}


def test_conv_transpose_output_size_is_torchs():
    compared = 0
    for i, k, s, p, d in CASES:
        for extra in range(max(s, d)):
            if (i - 1) * s - 2 * p + d * (k - 1) + extra + 1 < 1:
                continue
            y = F.conv_transpose1d(torch.zeros(1, i), torch.zeros(1, 1, k), None, s, p, extra, dilation=d)
            assert convlib.conv_transpose_output_size(i, k, s, p, extra, d) == y.shape[-1]
            compared += 1
    assert compared > 700


def test_output_padding_tells_the_lost_sizes_apart():
    sizes = [16, 17, 18]
    assert {convlib.conv_output_size(i, 5, 3, 2) for i in sizes} == {6}
    assert [convlib.conv_transpose_output_size(6, 5, 3, 2, extra) for extra in range(3)] == sizes


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: convlib.conv_output_size(3, 5),
            "spans 5 cells, d(k - 1) + 1, but the padded input has only 3",
        ),
        (lambda: convlib.conv_output_size(3, 0), "kernel_size must be at least 1, got 0"),
        (lambda: convlib.conv_output_size(3, 2, stride=0), "stride must be at least 1, got 0"),
        (lambda: convlib.conv_output_size(3, 2, padding=-1), "padding must be at least 0, got -1"),
        (lambda: convlib.conv_transpose_output_size(3, 2, 2, 0, 2), "below max(stride, dilation) = 2, got 2"),
        (lambda: convlib.conv_transpose_output_size(1, 1, 1, 1), "crops an output of 1 cells to -1"),
        (lambda: per_axis(max, (1, 2), (1, 2, 3)), "one entry per axis, got lengths [2, 3]"),
    ],
)
def test_refuses(call, said):
    with pytest.raises(ValueError) as caught:
        call()
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: convlib.conv_output_size("5", 3), "input_size must be an int or a tuple of them, got '5'"),
        (
            lambda: convlib.conv_output_size([5, 5], 3),
            "input_size must be an int or a tuple of them, got [5, 5]",
        ),
        (
            lambda: convlib.conv_output_size(5, 3, padding=0.5),
            "padding must be an int or a tuple of them, got 0.5",
        ),
        (lambda: convlib.conv_output_size(5, 3, True), "stride must be an int or a tuple of them, got True"),
        (lambda: convlib.same_padding(2.5), "kernel_size must be an int or a tuple of them, got 2.5"),
        (lambda: convlib.conv_transpose_output_size(2.0, 3), "input_size must be an int"),
    ],
)
def test_refuses_what_is_no_int(call, said):
    with pytest.raises(TypeError) as caught:
        call()
    assert said in str(caught.value)


def test_pool_output_size_is_torchs():
    compared = 0
    for i, k, s, p in itertools.product(range(1, 9), (1, 2, 3, 4), (1, 2, 3, 5), (0, 1, 2)):
        for ceil_mode in (False, True):
            try:
                y = F.avg_pool1d(torch.zeros(1, i), k, s, p, ceil_mode)
            except RuntimeError:
                with pytest.raises(ValueError):
                    pool_output_size(i, k, s, p, ceil_mode)
            else:
                assert pool_output_size(i, k, s, p, ceil_mode) == y.shape[-1]
                compared += 1
    assert compared > 400
