"""Areas of overlaps: exact against known convolutions and a fine sum, and what `overlap` refuses."""

import re
from itertools import pairwise

import numpy as np
import pytest

import convviz
from convviz.areas import area, stops

from .reading import words

BOX = [(0, 1), (1, 1)]
RAMP = [(0, 1), (2, 0)]
STEPS = [(0, 2), (1, 2), (1, -1), (2, -1)]
ZIGZAG = [(-1, 0), (-0.5, 3), (0.25, -2), (0.25, 1), (1.5, 0.5)]


@pytest.mark.parametrize(
    ("x", "expected"), [(-1, 0), (0, 0), (0.25, 0.25), (0.75, 0.75), (1, 1), (1.5, 0.5), (2, 0), (3, 0)]
)
def test_two_boxes_give_a_triangle(x, expected):
    assert area(BOX, BOX, x) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(("x", "expected"), [(0.75, 0.75 - 0.75**2 / 4), (1.5, 0.5), (2.5, 0.0625)])
def test_a_ramp_and_a_box(x, expected):
    assert area(RAMP, BOX, x) == pytest.approx(expected, abs=1e-15)


def values_of(corners, t):
    """The function at many t that are not corners."""
    found = np.zeros_like(t)
    for (a, at_a), (b, at_b) in pairwise(corners):
        if b > a:
            inside = (t > a) & (t < b)
            found[inside] = at_a + (t[inside] - a) * (at_b - at_a) / (b - a)
    return found


@pytest.mark.parametrize(("f", "g"), [(RAMP, STEPS), (ZIGZAG, STEPS), (ZIGZAG, ZIGZAG), (STEPS, BOX)])
def test_any_two_agree_with_a_fine_sum(f, g):
    h = 1e-4
    t = np.arange(-4, 4, h) + h / 2
    for x in np.linspace(-2.5, 4.5, 15):
        fine = h * np.sum(values_of(f, t) * values_of(g, x - t))
        assert area(f, g, x) == pytest.approx(fine, abs=2e-3)
        assert area(f, g, x) == pytest.approx(area(g, f, x), abs=1e-12)


def test_the_sum_would_notice_a_g_that_is_not_flipped():
    turned = [(-t, value) for t, value in reversed(STEPS)]
    assert abs(area(RAMP, STEPS, 1) - area(RAMP, turned, 1)) > 0.1


def test_the_stops_are_round_and_end_at_the_end():
    assert stops(-0.5, 2.5)[:4] == [-0.5, -0.48, -0.46, -0.44]
    assert stops(0, 1.23)[-1] == 1.23
    for start, end in [(0, 1), (-3, 7.7), (-0.001, 0.001), (0, 9999)]:
        found = stops(start, end)
        assert 100 <= len(found) <= 252
        assert found == sorted(set(found))


def test_the_span_by_itself_goes_a_little_beyond_the_overlap():
    assert convviz.overlap(BOX, RAMP).attributes["span"] == "-0.4 3.4"


def test_the_still_picture_shows_the_largest_area():
    still = convviz.overlap(BOX, BOX, span=(-0.5, 2.5)).still
    assert still.title == "(f ∗ g)(1) = 1 as an area"
    assert "g(1 − t) dashed" in words(still)
    shown = set(re.findall(r"−?\d+(?:\.\d+)?", still.description))
    assert {"1", "0", "−0.5"} <= shown


def test_the_still_picture_ends_where_the_span_ends():
    still = convviz.overlap([(-5, 1), (9, 2)], [(-3, 2), (4, 1)], span=(0, 1)).still
    lines = re.findall(r'cv-series-[12]" d="M([^"]+)"', still.svg)
    assert len(lines) == 2
    for line in lines:
        xs = [float(point.split()[0]) for point in line.split("L")]
        assert max(xs) - min(xs) == pytest.approx(460)
        assert len(xs) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: convviz.overlap([(0, 1)], BOX), "f must have 2 to 24 corners, got 1"),
        (lambda: convviz.overlap(BOX, [(t, 1) for t in range(25)]), "g must have 2 to 24 corners, got 25"),
        (lambda: convviz.overlap([1, 2], BOX), "f must have 2 non-empty axes, got shape (2,)"),
        (lambda: convviz.overlap([(0, 1, 2), (1, 2, 3)], BOX), "f must be a list of corners (t, value), got"),
        (
            lambda: convviz.overlap(BOX, [(1, 1), (0, 1)]),
            "the corners of g must be in the order of t, got t =",
        ),
        (lambda: convviz.overlap([(1, 1), (1, 2)], BOX), "f must have corners at more than one t"),
        (
            lambda: convviz.overlap([(0, 1), (1, 1), (1, 2), (1, 3)], BOX),
            "f must have at most two corners at",
        ),
        (lambda: convviz.overlap([(0, float("inf")), (1, 1)], BOX), "f must be finite"),
        (lambda: convviz.overlap([(0, 10000), (1, 1)], BOX), "f must stay between -9999 and 9999 here"),
        (lambda: convviz.overlap(BOX, BOX, span=(1, 1)), "span must be (a, b) with a < b, got (1, 1)"),
        (lambda: convviz.overlap(BOX, BOX, span=(0, 1, 2)), "span must be (a, b) with a < b"),
    ],
)
def test_wrong_input_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
