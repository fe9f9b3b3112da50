"""One picture of every kind, and some that are harder to draw."""

import numpy as np

import convviz

DIGITS = [1, 10, 100]
C = np.array([[1, 10, 100, 0], [0, 1, 10, 100]])

PICTURES = {
    "row": lambda: convviz.sliding_row([1, 2, 3, 4], [1, 2, 3], 2),
    "table": lambda: convviz.sliding_table([1, 2, 3, 4], [1, 2, 3]),
    "conv1d": lambda: convviz.conv1d([1, 2, 3, 4], DIGITS, [321, 432], at=1),
    "conv1d odd numbers": lambda: convviz.conv1d([100, -3, 0.5], [0.25, -0.5], [26.5, -1]),
    "conv1d padded": lambda: convviz.conv1d([1, 2, 3], DIGITS, [210, 321, 32], padding=1),
    "windows": lambda: convviz.windows(6, 3, stride=2),
    "conv2d": lambda: convviz.conv2d([[0, 1, 2], [3, 4, 5]], [[1, 10], [100, 1000]], [[4310, 5421]]),
    "matrix": lambda: convviz.matrix(C, x=[1, 2, 3, 4], y=[321, 432], row=1),
    "curves": lambda: convviz.curves(
        {"a < b": ([0, 1, 2], [0, 1, 4]), "c": ([0, 2], [3, 1])}, x="t", y="value", marks={"here": (1, 2)}
    ),
    "curves, both axes logarithmic": lambda: convviz.curves(
        {"roof": ([0.1, 10, 1000], [20, 2e6, 2e6])}, log_x=True, log_y=True, marks={"conv": (5, 3e5)}
    ),
    "curves as stems": lambda: convviz.curves({"die": (range(1, 7), np.ones(6) / 6)}, stems=True, x="eyes"),
    "curves, many points": lambda: convviz.curves({"sine": (np.arange(99), np.sin(np.arange(99) / 9))}),
    "bars": lambda: convviz.bars({"direct": 12, "FFT": 3.5, "none": 0}, unit="ms"),
    "bars in groups": lambda: convviz.bars(
        {"layer 1, 64 channels": {"ours": 120, "torch": 2.5}, "layer 2": {"torch": 3}}, unit="ms", log=True
    ),
    "image": lambda: convviz.image(np.arange(12).reshape(3, 4) / 3, title="steps"),
    "image with numbers": lambda: convviz.image([[1, 0, -1], [2, 0, -2]], numbers=True, signed=True),
    "image, large": lambda: convviz.image(np.arange(4096).reshape(64, 64), title="a long title " * 4),
    "channels": lambda: convviz.channels(
        [[[1, 2, 3]], [[4, 5, 6]]], [[[[1, 10]], [[-1, 0]]]], [[[17, 27]]], at=(0, 1)
    ),
    "groups": lambda: convviz.groups(4, 8, 2),
    "groups, depthwise": lambda: convviz.groups(32, 32, 32),
    "stretched": lambda: convviz.stretched(
        [1, 2], DIGITS, [10, 102, 20, 200], stride=2, padding=1, output_padding=1, at=3
    ),
    "dots": lambda: convviz.dots([(3, 2, 1), (3, 1, 2)]),
    "blocks": lambda: convviz.blocks(
        {"in": (0, 0, "1 × 8", "input"), "deep": (0.5, 1, "4 × 4\nReLU"), "out": (1, 0, "1 × 8", "output")},
        [("in", "deep", "down"), ("deep", "out", "up")],
        skips=[("in", "out", "copy")],
    ),
    "stamps": lambda: convviz.stamps(
        [1, 2], DIGITS, [10, 102, 20, 200], stride=2, padding=1, output_padding=1
    ),
}
