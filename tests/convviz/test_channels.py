"""Channels, groups, and the stretched input: who meets whom, checked against convlib."""

import itertools
import re

import numpy as np
import pytest

import convlib
import convviz

from .reading import SVG, cells, frames, row, taps, tree, words

X = np.array([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [1, 0, 2]]], float)
W = np.array([[[[1, 10]], [[100, -1]]], [[[2, 0]], [[0, 3]]]], float)
Y = convlib.conv2d(X, W)


def test_each_channel_meets_its_own_kernel_of_the_chosen_output():
    picture = convviz.channels(X, W, Y, out=1, at=(1, 1))
    assert taps(picture, "input") == ["5", "6", "0", "2"]
    assert row(picture, "kernel") == ["2", "0", "0", "3"]
    assert row(picture, "plain") == ["10", "6"]
    assert taps(picture, "output") == ["16"]
    assert "y₁,₁,₁ = 10 + 6 = 16" in words(picture)
    assert "Sum: 5×2 + 6×0 = 10." in picture.description
    assert len(frames(picture)) == 3


def test_a_negative_channel_sum_is_subtracted():
    picture = convviz.channels([[[1]], [[2]]], [[[[5]], [[-3]]]], [[[-1]]])
    assert "y₀,₀,₀ = 5 − 6 = −1" in words(picture)


def test_one_channel_needs_no_second_equals_sign():
    assert words(convviz.channels([[[2]]], [[[[5]]]], [[[10]]])).endswith("y₀,₀,₀ = 10")


def bands(picture):
    """The corners of each band, left to right and above first."""
    found = [p for p in tree(picture).iter(f"{SVG}path") if "cv-band" in p.get("class")]
    numbers = ([float(n) for n in re.findall(r"[\d.]+", p.get("d"))] for p in found)
    return [list(zip(n[::2], n[1::2], strict=True)) for n in numbers]


def joined(picture, in_channels):
    """Which numbered blocks lie over, and which under, each band."""
    blocks = cells(picture)
    above, below = blocks[:in_channels], blocks[in_channels:]
    sides = []
    for (a, _), (b, _), (c, _), (d, _) in bands(picture):
        over = [int(cell.text) for cell in above if a - 1 < cell.x < b]
        sides.append((over, [int(cell.text) for cell in below if d - 1 < cell.x < c]))
    return sides


@pytest.mark.parametrize(("c", "o", "g"), [(4, 4, 1), (4, 8, 2), (6, 3, 3), (8, 8, 8), (2, 6, 2)])
def test_bands_join_exactly_the_channels_that_meet(c, o, g):
    weight = np.ones((o, c // g, 1))
    reached = [
        np.flatnonzero(convlib.conv1d(np.eye(c)[i][:, None], weight, groups=g)[:, 0]).tolist()
        for i in range(c)
    ]
    for over, under in joined(convviz.groups(c, o, g), c):
        assert all(reached[i] == under for i in over)
    assert sorted(i for over, _ in joined(convviz.groups(c, o, g), c) for i in over) == list(range(c))


def test_groups_say_the_shape_of_the_weight():
    assert "weight (8, 4/2 = 2, R, S)" in words(convviz.groups(4, 8, 2))
    up = convviz.groups(4, 6, 2, transposed=True)
    assert "weight (4, 6/2 = 3, R, S)" in words(up)
    assert up.description.endswith("The weight (4, 6/2 = 3, R, S).")


def test_neighbouring_groups_differ():
    roles = [cell.role for cell in cells(convviz.groups(8, 8, 8))][:8]
    assert all(a != b for a, b in itertools.pairwise(roles))


CASES = [
    {},
    {"stride": 2},
    {"stride": 3, "padding": 1},
    {"stride": 2, "padding": 2, "output_padding": 1},
    {"dilation": 2},
    {"stride": 2, "dilation": 3, "padding": 1, "output_padding": 2},
]


@pytest.mark.parametrize("options", CASES, ids=str)
def test_stretched_agrees_with_convlib_for_every_window(options):
    x, w = np.array([1.0, 2, 3]), np.array([1.0, 10, 100])
    y = convlib.conv_transpose1d(x[None], w[None, None], **options)[0]
    for at in range(len(y)):
        picture = convviz.stretched(x, w, y, at=at, **options)
        assert row(picture, "kernel") == ["100", "10", "1"]
        assert row(picture, "input") == ["1", "2", "3"]
        assert taps(picture, "output") == [convviz.numbers.show(y[at])]


def test_stretched_places_the_zeros():
    y = [10, 102, 20, 200]
    picture = convviz.stretched([1, 2], [1, 10, 100], y, stride=2, padding=1, output_padding=1)
    strip = "".join(
        "x" if c.role == "input" else "0" for c in cells(picture) if c.role in ("input", "padding")
    )
    assert strip == "0x0x00"
    assert "zeros: 1 between, 1 on each side, 1 output_padding" in words(picture)


REFUSED = [
    (lambda: convviz.channels(X, W[:, :1], Y), r"w has shape \(2, 1, 1, 2\), but the channels of x gives"),
    (lambda: convviz.channels(X, W, Y[:1]), r"y has shape \(1, 2, 2\), .* gives \(2, 2, 2\)"),
    (lambda: convviz.channels(X, W, Y + 1), r"y\[0, 0, 0\] is 714, but its sum comes to 713"),
    (lambda: convviz.channels(X, W, Y, out=2), "out must be from 0 to 1, got 2"),
    (lambda: convviz.channels(X, W, Y, at=(0, 2)), r"at\[1\] must be from 0 to 1, got 2"),
    (lambda: convviz.channels(X[0], W, Y), "x must have 3 non-empty axes"),
    (lambda: convviz.channels(X[:, :, :1], W, Y), "kernel does not fit"),
    (
        lambda: convviz.groups(4, 6, 4),
        "out_channels must be divisible by groups, got out_channels=6, groups=4",
    ),
    (lambda: convviz.groups(4, 4, 0), "groups must be at least 1, got 0"),
    (lambda: convviz.groups(33, 33, 1), "in_channels must be from 1 to 32, got 33"),
    (lambda: convviz.stretched([1, 2], [1, 10], [1, 12]), r"y has shape \(2,\), .* gives \(3,\)"),
    (lambda: convviz.stretched([1, 2], [1, 10], [1, 12, 21]), r"y\[2\] is 21, but its sum comes to 20"),
    (lambda: convviz.stretched([1, 2], [1, 10], [1, 12, 20], at=3), "at must be from 0 to 2, got 3"),
    (
        lambda: convviz.stretched([1, 2, 3], [2], [4], padding=1),
        r"padding must be at most dilation \* \(len\(w\) - 1\) = 0 here, got 1",
    ),
    (lambda: convviz.stretched([1], [1], [1], output_padding=1), "output_padding must be below"),
]


@pytest.mark.parametrize(("draw", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_refused(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
