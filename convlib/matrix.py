"""Convolution is linear, so it is a matrix: y = C x, and the transposed convolution is its transpose."""

import numpy as np
from numpy.typing import ArrayLike

from convlib.arguments import Array
from convlib.functional import Amount, _conv


def conv_matrix(
    weight: ArrayLike,
    input_size: int | tuple[int, ...],
    stride: Amount = 1,
    padding: Amount | str = 0,
    dilation: Amount = 1,
    groups: int = 1,
) -> Array:
    """The matrix C with y.ravel() = C @ x.ravel(): shape (O * output cells, C_in * input cells).

    weight (O, C_in / groups, *kernel), input_size the spatial sizes.
    Column j of C is the answer to the j-th unit input.
    Raises ValueError for what the convolution refuses. Source: Dumoulin and Visin, section 4.1.

    >>> conv_matrix([[[1, 10, 100]]], 4)
    array([[  1,  10, 100,   0],
           [  0,   1,  10, 100]])
    """
    w = np.asarray(weight)
    spatial = input_size if isinstance(input_size, tuple) else (input_size,)
    channels = w.shape[1] * groups
    cells = channels * int(np.prod(spatial))
    units = np.eye(cells, dtype=w.dtype).reshape(cells, channels, *spatial)
    answers = _conv(len(spatial), units, w, None, stride, padding, dilation, groups, "zeros")
    return answers.reshape(cells, -1).T.copy()
