"""The fifteen animations of the guide to convolution arithmetic, and some that are harder to draw.

The sizes are those of github.com/vdumoulin/conv_arithmetic, bin/generate_makefile: input, kernel, stride,
padding, output; for a transposed one the sizes of the convolution that it turns round. The dilated one is
figure 5.1 of the guide.
"""

from typing import Any

import numpy as np

import convlib
import convviz
from convviz.interactive import Interactive

GUIDE = {
    "no_padding_no_strides": (4, 3, 1, 0, 2),
    "arbitrary_padding_no_strides": (5, 4, 1, 2, 6),
    "same_padding_no_strides": (5, 3, 1, 1, 5),
    "full_padding_no_strides": (5, 3, 1, 2, 7),
    "no_padding_strides": (5, 3, 2, 0, 2),
    "padding_strides": (5, 3, 2, 1, 3),
    "padding_strides_odd": (6, 3, 2, 1, 3),
}
ALL_FIFTEEN = [*GUIDE, "dilation", *(f"{name}_transposed" for name in GUIDE)]


def numbers(*shape: int) -> np.ndarray:
    """One-digit numbers in no order that a turned or transposed picture would keep."""
    return (np.arange(1.0, np.prod(shape) + 1).reshape(shape) * 7) % 10


def kernel(rows: int, columns: int) -> np.ndarray:
    """1, 2, 3, ... row by row."""
    return np.arange(1.0, rows * columns + 1).reshape(rows, columns)


def played(x: np.ndarray, w: np.ndarray, **options: Any) -> tuple[Interactive, np.ndarray]:
    """The animation of a convolution, and its output by convlib."""
    y = convlib.conv2d(x[None], w[None, None], **options)[0]
    return convviz.play(x, w, y, **options), y


def transposed(x: np.ndarray, w: np.ndarray, **options: Any) -> tuple[Interactive, np.ndarray]:
    """The animation of a transposed convolution, and its output by convlib."""
    y = convlib.conv_transpose2d(x[None], w[None, None], **options)[0]
    return convviz.play_transposed(x, w, y, **options), y


def guide(name: str) -> tuple[Interactive, np.ndarray]:
    """One of the guide's fifteen, and its output by convlib."""
    if name == "dilation":
        return played(numbers(7, 7), kernel(3, 3), dilation=2)
    i, k, s, p, o = GUIDE[name.removesuffix("_transposed")]
    if name in GUIDE:
        return played(numbers(i, i), kernel(k, k), stride=s, padding=p)
    a = (i + 2 * p - k) % s
    return transposed(numbers(o, o), kernel(k, k), stride=s, padding=p, output_padding=a)


def four_edges() -> tuple[Interactive, np.ndarray]:
    """A padding that is another one on each edge."""
    x, w, edges = numbers(3, 4), kernel(2, 2), ((0, 1), (2, 1))
    y = convlib.conv2d(np.pad(x, edges)[None], w[None, None])[0]
    return convviz.play(x, w, y, padding=edges), y


HARDER = {
    "four edges": four_edges(),
    "pairs": played(numbers(5, 7), kernel(2, 3), stride=(1, 2), padding=(1, 0), dilation=(2, 1)),
    "left over": played(numbers(6, 8), kernel(3, 2), stride=(2, 3)),
    "fractions": played(numbers(3, 4) / 4, np.array([[0.5, -1], [1000, 0.25]])),
    "one cell": played(numbers(1, 1), kernel(1, 1)),
    "transposed pairs": transposed(
        numbers(3, 2), kernel(2, 3), stride=(2, 3), padding=(0, 1), output_padding=(1, 2), dilation=(2, 1)
    ),
    "transposed, cropped": transposed(numbers(3, 4), kernel(2, 2), stride=(2, 3), padding=(1, 2)),
    "transposed, cropped but for output_padding": transposed(
        numbers(3, 3), kernel(1, 1), stride=3, padding=1, output_padding=2
    ),
}
