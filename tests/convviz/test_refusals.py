"""A picture that could not be true is refused, with a message that says why."""

import pytest

import convviz

REFUSED = [
    (lambda: convviz.sliding_row([1, 2], [1], 2), "i must be from 0 to 1, got 2"),
    (lambda: convviz.sliding_row([1, 2], [1], 1.0), "i must be an int, got 1.0"),
    (lambda: convviz.sliding_row([], [1], 0), r"f must have 1 non-empty axes, got shape \(0,\)"),
    (lambda: convviz.sliding_table([1, 2], [[1]]), r"g must have 1 non-empty axes, got shape \(1, 1\)"),
    (lambda: convviz.sliding_table([1, float("nan")], [1]), "f must be finite"),
    (lambda: convviz.sliding_table(["a"], [1]), "f must be made of real numbers"),
    (
        lambda: convviz.conv1d([1, 2, 3], [1, 1], [3]),
        r"y has shape \(1,\), but the size formula gives \(2,\)",
    ),
    (lambda: convviz.conv1d([1, 2, 3], [1, 1], [3, 6], at=1), r"y\[1\] is 6, but its sum comes to 5"),
    (lambda: convviz.conv1d([1, 2, 3], [1, 1], [3, 5], at=2), "at must be from 0 to 1, got 2"),
    (lambda: convviz.conv1d([1, 2, 3], [1, 1], [3, 5], at=-1), "at must be at least 0, got -1"),
    (lambda: convviz.conv1d([1, 2], [1, 1, 1], [3]), "kernel does not fit"),
    (lambda: convviz.conv1d([1, 2], [1], [1, 2], stride=0), "stride must be at least 1, got 0"),
    (lambda: convviz.conv1d([1, 2], [1], [1, 2], padding="same"), "padding must be an int, got 'same'"),
    (lambda: convviz.conv1d([1, 2], [1], [1, 2], padding=(1, 0, 0)), "padding must be one int or two"),
    (lambda: convviz.windows(3, 3, dilation=2), "kernel does not fit"),
    (lambda: convviz.windows(0, 1), "n must be at least 1, got 0"),
    (lambda: convviz.conv2d([[1, 2]], [[1]], [[1], [2]]), r"y has shape \(2, 1\), .* gives \(1, 2\)"),
    (lambda: convviz.conv2d([[1, 2]], [[1]], [[1, 2]], at=(0, 2)), r"at\[1\] must be from 0 to 1, got 2"),
    (lambda: convviz.conv2d([[1, 2]], [[1]], [[1, 3]], at=(0, 1)), r"y\[0, 1\] is 3, but its sum comes to 2"),
    (
        lambda: convviz.matrix([[1, 2]], x=[1]),
        r"x has shape \(1,\), but the number of columns of C gives \(2,\)",
    ),
    (lambda: convviz.matrix([[1, 2]], x=[1, 1], y=[4]), r"y\[0\] is 4, but its sum comes to 3"),
    (lambda: convviz.matrix([[1, 2]], row=1), "row must be from 0 to 0, got 1"),
    (lambda: convviz.stamps([1, 2], [1, 10], [1, 12]), r"y has shape \(2,\), .* gives \(3,\)"),
    (lambda: convviz.stamps([1, 2], [1, 10], [1, 10, 20]), r"y\[1\] is 10, but its sum comes to 12"),
    (lambda: convviz.stamps([1], [1], [1], output_padding=1), "output_padding must be below"),
    (lambda: convviz.stamps([1], [1, 2], [1], padding=1), "crops all of the 2 cells"),
]


@pytest.mark.parametrize(("draw", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_refused(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()


def test_output_padding_follows_torch_where_dilation_is_the_larger():
    convviz.stamps([1], [1, 10], [1, 0, 10, 0], dilation=2, output_padding=1)
