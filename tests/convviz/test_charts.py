"""Line charts and bars: round ticks, points where their numbers say, and what is refused."""

import re

import pytest

import convviz
from convviz.axes import linear_axis, log_axis
from convviz.labels import overlap
from convviz.svg import FONT, WIDTH

from .reading import SVG, cells, tree, words


def paths(picture, name):
    """The points of every path of a class."""
    found = [p for p in tree(picture).iter(f"{SVG}path") if name in p.get("class").split()]
    numbers = ([float(n) for n in re.findall(r"-?[\d.]+", p.get("d"))] for p in found)
    return [list(zip(n[::2], n[1::2], strict=True)) for n in numbers]


def circles(picture, name):
    found = [c for c in tree(picture).iter(f"{SVG}circle") if name in c.get("class").split()]
    return [(float(c.get("cx")), float(c.get("cy"))) for c in found]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 1], (0, 0.2, 0.4, 0.6, 0.8, 1)),
        ([-3, 4], (-4, -2, 0, 2, 4)),
        ([0, 1e6], (0, 2e5, 4e5, 6e5, 8e5, 1e6)),
        ([5, 5], (2, 3, 4, 5, 6, 7, 8)),
        ([0, 0], (-1, -0.5, 0, 0.5, 1)),
    ],
)
def test_linear_ticks_are_round_and_hold_the_values(values, ticks):
    axis = linear_axis(values, 0, 100)
    assert axis.ticks == ticks
    assert (axis.low, axis.high) == (ticks[0], ticks[-1])


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([1, 1000], (1, 10, 100, 1000)),
        ([16, 1024], (10, 20, 50, 100, 200, 500, 1000, 2000)),
        ([0.03, 0.04], (0.02, 0.05)),
        ([7, 7], (2, 5, 10, 20)),
        ([1, 1e12], (1, 100, 1e4, 1e6, 1e8, 1e10, 1e12)),
    ],
)
def test_logarithmic_ticks(values, ticks):
    axis = log_axis(values, 0, 100)
    assert axis.ticks == ticks
    assert axis.low <= min(values)
    assert axis.high >= max(values)


def test_equal_factors_are_equal_lengths_on_a_logarithmic_axis():
    axis = log_axis([1, 100], 0, 100)
    assert axis.place(10) == pytest.approx(50)


def test_a_line_goes_through_its_points():
    (line,) = paths(convviz.curves({"f": ([0, 5, 10], [0, 10, 5])}), "cv-series-1")[:1]
    assert line == [(0, 240), (200, 0), (400, 120)]


def test_stems_stand_on_zero_and_end_at_their_values():
    stems = paths(convviz.curves({"p": ([1, 2, 3], [1, 0, -1])}, stems=True), "cv-series-1")
    feet, heads = [s[0][1] for s in stems[:3]], [s[1][1] for s in stems[:3]]
    assert len(set(feet)) == 1
    assert heads[0] < heads[1] == feet[1] < heads[2]


def test_points_alone_have_no_line():
    picture = convviz.curves({"f": ([0, 1], [0, 1])}, points=True)
    assert not paths(picture, "cv-series")
    assert len(circles(picture, "cv-dot-1")) == 3, "two points and the legend"


def test_series_differ_without_colour():
    picture = convviz.curves({name: ([0, 1], [0, number]) for number, name in enumerate("abcd")})
    for number in range(1, 5):
        assert paths(picture, f"cv-series-{number}")
    rules = dict(re.findall(r"\.cv-series-(\d)\{([^}]*)\}", picture.svg))
    dashes = {re.sub(r"stroke:[^;]*;?", "", rule) for rule in rules.values()}
    assert len(dashes) == 4
    assert {"a", "b", "c", "d"} <= set(words(picture).split())


def test_marks_lie_where_they_say_and_their_labels_keep_apart():
    marks = {f"layer {n}": (10 + n / 10, 10 + n / 10) for n in range(6)}
    picture = convviz.curves({"roof": ([1, 100], [1, 100])}, log_x=True, log_y=True, marks=marks)
    at = circles(picture, "cv-here")
    assert at[0] == (200, 120)
    texts = [t for t in tree(picture).iter(f"{SVG}text") if "cv-halo" in t.get("class")]
    boxes = [_box(t) for t in texts]
    assert len(boxes) == 6
    assert not [1 for i, box in enumerate(boxes) for other in boxes[:i] if overlap(box, other)]


def test_an_overlap_would_be_seen():
    assert overlap((0, 0, 10, 10), (9, 9, 20, 20)) == 1
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0


def _box(text):
    x, y = float(text.get("x")), float(text.get("y"))
    return (x, y - 12, x + WIDTH["cv-note"] * FONT["cv-note"] * len(text.text), y + 3)


def test_a_chart_in_words_names_every_point_if_there_are_few():
    said = convviz.curves({"f": ([1, 2], [0.5, -3])}, x="t", marks={"here": (1, 2)}).description
    assert "f: (1, 0.5), (2, −3)." in said
    assert "Marked: here at (1, 2)." in said


def test_a_chart_in_words_names_ends_and_extremes_if_there_are_many():
    said = convviz.curves({"f": (range(20), [*range(19), -5])}).description
    assert "f: 20 points from (0, 0) to (19, −5), lowest at (19, −5), highest at (18, 18)." in said


def test_bars_are_as_long_as_their_values():
    picture = convviz.bars({"a": 10, "b": 5, "c": 2.5})
    boxes = [float(r.get("width")) for r in tree(picture).iter(f"{SVG}rect")]
    assert boxes[0] == pytest.approx(2 * boxes[1]) == pytest.approx(4 * boxes[2])
    assert {"10", "5", "2.5"} <= set(words(picture).split())


def test_a_series_has_one_look_in_all_groups():
    picture = convviz.bars({"a": {"x": 3, "y": 1}, "b": {"y": 2}})
    assert [c.role for c in cells(picture)].count("kernel") == 3, "two bars and the legend"


BAD_CURVES = [
    ({}, {}, "a chart shows 1 to 4 series, got 0"),
    (dict.fromkeys("abcde", ([1], [1])), {}, "a chart shows 1 to 4 series, got 5"),
    ({"f": ([1, 2], [1])}, {}, r"y of 'f' has shape \(1,\), but its x gives \(2,\)"),
    ({"f": ([], [])}, {}, "x of 'f' must have 1 non-empty axes"),
    ({"f": ([1], [float("nan")])}, {}, "y of 'f' must be finite"),
    ({"f": ([0, 1], [1, 1])}, {"log_x": True}, "x must be above 0 on a logarithmic axis, got 0"),
    ({"f": ([1], [-2])}, {"log_y": True}, "y must be above 0 on a logarithmic axis, got −2"),
    ({"f": ([1], [1])}, {"log_y": True, "marks": {"m": (1, 0)}}, "y must be above 0"),
    ({"f": ([1], [1])}, {"stems": True, "log_y": True}, "stems start at 0"),
]
BAD_BARS = [
    ({}, {}, "bars need at least one label, got none"),
    ({"a": -1}, {}, "a must be at least 0, got −1"),
    ({"a": {"x": 0}}, {"log": True}, "a x must be above 0 on a logarithmic scale, got 0"),
    ({"a": 1, "b": {"x": 1}}, {}, "bars must be all numbers or all groups"),
    ({"a": {}}, {}, "the group 'a' has no bar"),
    ({"a": dict.fromkeys("vwxyz", 1)}, {}, "a group has at most 4 series, got 5: v, w, x, y, z"),
    ({"a": "long"}, {}, "a must be made of real numbers"),
]


@pytest.mark.parametrize(("series", "options", "message"), BAD_CURVES, ids=[m for *_, m in BAD_CURVES])
def test_curves_refuse(series, options, message):
    with pytest.raises(ValueError, match=message):
        convviz.curves(series, **options)


@pytest.mark.parametrize(("rows", "options", "message"), BAD_BARS, ids=[m for *_, m in BAD_BARS])
def test_bars_refuse(rows, options, message):
    with pytest.raises(ValueError, match=message):
        convviz.bars(rows, **options)
