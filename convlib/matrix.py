"""Convolution is linear, so it is a matrix: y = C x, and the transposed convolution is its transpose."""

from math import prod

import numpy as np
from numpy.typing import ArrayLike

from convlib.arguments import Amount, Array, check_weight, numbers
from convlib.arguments import per_axis_ints as ints
from convlib.core import conv as _conv
from convlib.shapes import at_least


def conv_matrix(
    weight: ArrayLike,
    input_size: int | tuple[int, ...],
    stride: Amount = 1,
    padding: Amount | str = 0,
    dilation: Amount = 1,
    groups: int = 1,
) -> Array:
    """The matrix C with y.ravel() = C @ x.ravel(): shape (O * output cells, C_in * input cells).

    weight (O, C_in / groups, *kernel), input_size the spatial sizes (an int stands for all axes).
    Column j of C is the answer to the j-th unit input. Memory: the matrix, its copy, and the unit inputs.
    Raises ValueError for what the convolution refuses. Source: Dumoulin and Visin, section 4.1.

    >>> conv_matrix([[[1, 10, 100]]], 4)
    array([[  1,  10, 100,   0],
           [  0,   1,  10, 100]])
    """
    w = numbers("weight", weight)
    axes = max(1, w.ndim - 2)
    check_weight(w, axes)
    spatial = ints("input_size", input_size, axes)
    at_least(1, input_size=spatial)
    (count,) = ints("groups", groups, 1)
    at_least(1, groups=count)
    channels = w.shape[1] * count
    cells = channels * prod(spatial)
    units = np.eye(cells, dtype=w.dtype).reshape(cells, channels, *spatial)
    answers = _conv(axes, units, w, None, stride, padding, dilation, groups, "zeros", exact=True)
    return answers.reshape(cells, -1).T.copy()
