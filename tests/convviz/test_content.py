"""Each kind of picture shows the right numbers in the right cells."""

import numpy as np

import convlib
import convviz

from .reading import cells, frames, row, taps, words


def test_sliding_row_puts_g_0_under_f_i():
    picture = convviz.sliding_row([1, 2, 3, 4], [5, 6, 7], 1)
    places = {(c.role, c.text): c.x for c in cells(picture)}
    assert places["kernel", "5"] == places["input", "2"]
    assert places["kernel", "6"] == places["input", "1"]
    assert row(picture, "kernel") == ["7", "6", "5"]
    assert taps(picture, "input") == ["1", "2"]
    assert "(f ∗ g)₁ = 1×6 + 2×5 = 16" in words(picture)


def test_sliding_table_shows_every_value_of_the_convolution():
    f, g = [1, -2, 3, 4], [1, 2, 3]
    shown = row(convviz.sliding_table(f, g), "output")
    assert shown == [convviz.numbers.show(v) for v in np.convolve(f, g)]


def test_conv1d_lays_the_kernel_under_its_window():
    y = convlib.conv1d(np.array([[1.0, 2, 3, 4, 5, 6]]), np.array([[[1.0, 10]]]), dilation=2, stride=2)[0]
    picture = convviz.conv1d(range(1, 7), [1, 10], y, dilation=2, stride=2, at=1)
    assert row(picture, "input") == list("123456")
    assert taps(picture, "input") == ["3", "5"]
    xs = {c.text: c.x for c in cells(picture) if c.role == "input"}
    assert [c.x for c in cells(picture) if c.role == "kernel"] == [xs["3"], xs["5"]]
    assert taps(picture, "output") == ["53"]
    assert "y₁ = 3×1 + 5×10 = 53" in words(picture)


def test_conv1d_pads_each_side_as_told():
    picture = convviz.conv1d([1, 2], [1, 10], [10, 21, 2, 0], padding=(1, 2))
    strip = [c.role for c in cells(picture) if c.role in ("input", "padding")]
    assert strip == ["padding", "input", "input", "padding", "padding"]


def test_windows_names_what_no_window_reaches():
    picture = convviz.windows(6, 3, stride=2)
    bars = [c for c in cells(picture) if c.role == "kernel"]
    pitch = cells(picture)[1].x - cells(picture)[0].x
    assert [c.x / pitch for c in bars] == [0, 1, 2, 2, 3, 4]
    assert [c.x / pitch for c in cells(picture) if c.role == "lost"] == [5]
    assert "left over" in words(picture)


def test_windows_without_a_remainder_has_nothing_left_over():
    picture = convviz.windows(7, 3, stride=2)
    assert not [c for c in cells(picture) if c.role == "lost"]
    assert "left over" not in words(picture)


def test_conv2d_marks_window_and_output():
    x = np.arange(20.0).reshape(4, 5)
    w = np.array([[1.0, 2], [3, 4]])
    y = convlib.conv2d(x[None], w[None, None], stride=(1, 2), dilation=(2, 1))[0]
    picture = convviz.conv2d(x, w, y, stride=(1, 2), dilation=(2, 1), at=(1, 1))
    assert taps(picture, "input") == ["7", "8", "17", "18"]
    assert taps(picture, "output") == [convviz.numbers.show(y[1, 1])]
    assert "y₁,₁ = 7×1 + 8×2 + 17×3 + 18×4 = 146" in words(picture)
    pitch = cells(picture)[1].x - cells(picture)[0].x
    assert frames(picture)[0] == (2 * pitch - 2, 36 - 2, 2 * pitch, 3 * 36)


def test_matrix_gives_equal_weights_equal_colours_and_zeros_none():
    C = np.array([[1, 10, 100, 0], [0, 1, 10, 100]])
    picture = convviz.matrix(C, x=[1, 2, 3, 4], y=[321, 432], row=1)
    roles = {(c.text, c.role) for c in cells(picture) if c.role not in ("input", "output")}
    assert roles == {("0", "empty"), ("1", "value-1"), ("10", "value-3"), ("100", "value-5")}
    assert taps(picture, "input") == ["2", "3", "4"]
    assert taps(picture, "output") == ["432"]
    assert "y₁ = 1×2 + 10×3 + 100×4 = 432" in words(picture)


def test_matrix_alone_and_a_row_of_zeros():
    assert row(convviz.matrix([[0, 7]]), "value-1") == ["7"]
    assert "y₀ = 0" in words(convviz.matrix([[0, 0]], x=[1, 2], row=0))


def test_stamps_land_a_stride_apart():
    picture = convviz.stamps([1, 2], [1, 10, 100], [1, 10, 102, 20, 200], stride=2)
    places = {c.text: c.x for c in cells(picture) if c.role == "output"}
    stamped = {c.text: c.x for c in cells(picture) if c.role == "kernel"}
    assert stamped["100"] == stamped["2"] == places["102"]
    assert row(picture, "kernel") == ["1", "10", "100", "1", "10", "100", "2", "20", "200"]


def test_stamps_crop_with_padding_and_go_on_with_output_padding():
    picture = convviz.stamps([1, 2], [1, 10, 100], [10, 102, 20, 200], stride=2, padding=1, output_padding=1)
    assert row(picture, "padding") == ["1"]
    assert row(picture, "output") == ["10", "102", "20", "200"]
    last = next(c for c in cells(picture) if c.role == "output" and c.text == "200")
    assert frames(picture)[0][:2] == (last.x - 2, last.y - 2)
    assert "output_padding" in words(picture)


def test_stamps_output_padding_beyond_the_stamps_is_zero():
    picture = convviz.stamps([1, 2], [1, 10], [1, 10, 0, 2, 20, 0, 0], stride=3, output_padding=2)
    assert row(picture, "output")[-2:] == ["0", "0"]


def test_a_matrix_has_the_name_that_it_is_given():
    assert "Cᵀ" in words(convviz.matrix([[1, 2]], name="Cᵀ"))
    assert "Cᵀ" not in words(convviz.matrix([[1, 2]]))
    assert convviz.matrix([[1, 2]], name="Cᵀ").description == "Row 0 of Cᵀ: 1, 2."
