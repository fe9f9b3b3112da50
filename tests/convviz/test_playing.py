"""The animations of 2-D convolution: what they are given, what they refuse, and their still pictures."""

import re

import numpy as np
import pytest

import convlib
import convviz
from convviz import sheets
from convviz.numbers import show

from .animations import ALL_FIFTEEN, GUIDE, HARDER, guide, kernel, numbers, played, transposed
from .reading import SVG, row, taps, tree, words

FIGURES = {name: guide(name) for name in ALL_FIFTEEN} | HARDER
every = pytest.mark.parametrize("name", FIGURES)


def cells(picture):
    return re.findall(r"−?\d+(?:\.\d+)?", picture)


@every
def test_the_still_picture_shows_every_output(name):
    figure, y = FIGURES[name]
    assert row(figure.still, "output") == [show(value) for value in y.flat]
    assert taps(figure.still, "output")[0] == show(y.flat[0])


@every
def test_the_text_alternative_has_every_number_of_the_picture(name):
    still = FIGURES[name][0].still
    assert not set(cells(words(still))) - set(cells(still.description))


@every
def test_the_still_picture_holds_all_it_draws_and_no_ids(name):
    still = FIGURES[name][0].still
    (group,) = tree(still).iter(f"{SVG}g")
    move_x, move_y = map(float, re.findall(r"[-\d.]+", group.get("transform")))
    assert not [element for element in tree(still).iter() if element.get("id")]
    for box in group.iter(f"{SVG}rect"):
        x, y, width, height = (float(box.get(key)) for key in ("x", "y", "width", "height"))
        assert 0 <= x + move_x <= x + width + move_x <= still.width
        assert 0 <= y + move_y <= y + height + move_y <= still.height


@pytest.mark.parametrize("name", ALL_FIFTEEN)
def test_the_guides_sizes(name):
    _, y = guide(name)
    if name == "dilation":
        assert y.shape == (3, 3)
        return
    i, _, _, _, o = GUIDE[name.removesuffix("_transposed")]
    assert y.shape == ((i, i) if name.endswith("transposed") else (o, o))


def test_the_guide_has_fifteen():
    assert len(set(ALL_FIFTEEN)) == 15


def test_the_kinds_of_cells_of_a_transposed_convolution():
    """padding_strides_odd_transposed: 3 inputs stretched to 5, 1 zero around, 1 more at the end."""
    sheet = sheets.stretched(numbers(3, 3), kernel(3, 3), (2, 2), (1, 1), (1, 1), (1, 1))
    assert sheet.kinds.shape == (8, 8)
    letters = ["".join(kind[0] for kind in line) for line in sheet.kinds.tolist()]
    assert letters == [
        "pppppppe", "pisisipe", "pssssspe", "pisisipe", "pssssspe", "pisisipe", "pppppppe", "eeeeeeee",
    ]  # fmt: skip
    assert sheet.w.tolist() == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]


def test_cells_that_no_window_reads():
    """6 rows by 8 columns, kernel 3 by 2, stride 2 and 3: row 5 and columns 2 and 5."""
    figure, _ = HARDER["left over"]
    lost = [box for box in tree(figure.still).iter(f"{SVG}rect") if "cv-lost" in box.get("class").split()]
    assert len(lost) == 6 * 8 - 5 * 6
    assert "Cells that no window reads: 18." in figure.still.description
    assert "no window reads" not in FIGURES["padding_strides"][0].still.description


def test_padding_takes_one_number_two_or_four():
    x, w = numbers(3, 4), kernel(2, 2)
    assert HARDER["four edges"][0].attributes["padding"] == "0 1 2 1"
    assert played(x, w, padding=(1, 2))[0].attributes["padding"] == "1 1 2 2"
    assert played(x, w, padding=1)[0].attributes["padding"] == "1 1 1 1"


def test_attributes_carry_what_was_given():
    assert transposed(numbers(1, 2), kernel(1, 2) / 4, stride=(1, 2))[0].attributes == {
        "x": "7 4", "w": "0.25 0.5", "stride": "1 2", "padding": "0 0", "output_padding": "0 0",
        "dilation": "1 1",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_any_transposed_convolution_is_a_window_over_its_sheet(seed):
    """The sheet's sums are convlib's numbers, also where padding crops."""
    rng = np.random.default_rng(seed)
    x, w = (rng.integers(-9, 10, rng.integers(1, 5, 2)).astype(float) for _ in range(2))
    stride, dilation = (tuple(map(int, rng.integers(1, 4, 2))) for _ in range(2))
    extra = tuple(int(rng.integers(max(both))) for both in zip(stride, dilation, strict=True))
    last = ((i - 1) * s + (k - 1) * d for i, s, k, d in zip(x.shape, stride, w.shape, dilation, strict=True))
    padding = tuple(int(rng.integers(place // 2 + 1)) for place in last)
    options = {"stride": stride, "padding": padding, "output_padding": extra, "dilation": dilation}
    y = convlib.conv_transpose2d(x[None], w[None, None], **options)[0]
    np.testing.assert_allclose(sheets.stretched(x, w, **options).sums(), y, atol=1e-9)


X, W = [[1, 2], [3, 4]], [[1, 10]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: convviz.play(X, W, [[21], [44]]), "y[1, 0] is 44, but its sum comes to 43"),
        (lambda: convviz.play(X, W, [[21, 43]]), "y has shape (1, 2), but the size formula gives (2, 1)"),
        (lambda: convviz.play(X, [[1, 2, 3]], [[0]]), "kernel does not fit: it spans 3 cells"),
        (lambda: convviz.play([1, 2], W, [[0]]), "x must have 2 non-empty axes, got shape (2,)"),
        (lambda: convviz.play(X, [["a"]], [[0]]), "w must be made of real numbers"),
        (lambda: convviz.play([[10000]], [[1]], [[10000]]), "x must stay between -9999 and 9999 here"),
        (lambda: convviz.play(X, W, [[0]], stride=0), "stride must be at least 1, got 0"),
        (lambda: convviz.play(X, W, [[0]], dilation=(1, 0)), "dilation must be at least 1, got 0"),
        (lambda: convviz.play(X, W, [[0]], padding=-1), "padding must be at least 0, got -1"),
        (lambda: convviz.play(X, W, [[0]], padding=(1, 2, 3)), "padding must be one int or two"),
        (lambda: convviz.play(X, W, [[0]], padding=((1, 2), (3, 4, 5))), "padding must be one int or two"),
        (lambda: convviz.play(X, W, [[0]], padding="same"), "padding must be an int, got 'same'"),
        (lambda: convviz.play(X, W, [[0]], padding=16), "at most 32 rows and columns here, got (34, 34)"),
        (
            lambda: convviz.play([[1] * 32] * 8, [[1] * 25] * 2, [[0]]),
            "w must have at most 49 taps here, got 50",
        ),
        (lambda: convviz.play_transposed(X, W, [[1, 12, 21], [0, 0, 0]]), "y[0, 2] is 21, but its sum comes"),
        (
            lambda: convviz.play_transposed(X, W, [[1]]),
            "y has shape (1, 1), but the size formula gives (2, 3)",
        ),
        (lambda: convviz.play_transposed(X, W, [[1]], output_padding=1), "output_padding must be below max("),
        (lambda: convviz.play_transposed(X, W, [[1]], padding=2), "nothing is left: padding=2"),
        (lambda: convviz.play_transposed(X, W, [[1]], stride=40), "at most 32 rows and columns here"),
        (lambda: convviz.play_transposed(X, W, [[1]], stride=1.5), "stride must be an int, got 1.5"),
    ],
)
def test_wrong_input_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_a_kernel_that_is_not_turned_would_be_refused():
    y = convlib.conv2d(np.pad(numbers(2, 2), 1)[None], kernel(2, 2)[None, None])[0]
    with pytest.raises(ValueError, match="but its sum comes to"):
        convviz.play_transposed(numbers(2, 2), kernel(2, 2), y)
