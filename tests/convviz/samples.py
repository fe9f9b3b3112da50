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
    "stamps": lambda: convviz.stamps(
        [1, 2], DIGITS, [10, 102, 20, 200], stride=2, padding=1, output_padding=1
    ),
}
