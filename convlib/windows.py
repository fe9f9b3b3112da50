"""Convolution as one matrix product: look at every window without copying, lay them out, multiply."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convlib.arguments import Array, Ints
from convlib.shapes import effective_kernel_size, windows_that_fit


def conv(x: Array, w: Array, stride: Ints, dilation: Ints, groups: int) -> Array:
    """The same as `naive.conv`, by im2col: x (N, C, *padded), w (O, C / groups, *kernel).

    Workspace: one copy of the input per kernel tap. Source: Chellapilla et al., 2006.

    >>> x, w = np.array([[[1, 2, 3, 4]]]), np.array([[[1, 10, 100]]])
    >>> conv(x, w, stride=(1,), dilation=(1,), groups=1)
    array([[[321, 432]]])
    """
    columns, size = im2col(x, w.shape[2:], stride, dilation, groups)
    rows = w.reshape(groups, len(w) // groups, -1)
    return np.matmul(rows, columns).reshape(len(x), len(w), *size)


def im2col(x: Array, kernel: Ints, stride: Ints, dilation: Ints, groups: int) -> tuple[Array, Ints]:
    """One column per output position, one row per tap: (N, groups, C / groups * taps, positions)."""
    taps = windows(x, kernel, stride, dilation)
    batch, channels, *rest = taps.shape
    axes = len(kernel)
    size = tuple(rest[:axes])
    taps_first = np.moveaxis(taps, range(2 + axes, 2 + 2 * axes), range(2, 2 + axes))
    return taps_first.reshape(batch, groups, channels // groups * int(np.prod(kernel)), -1), size


def windows(x: Array, kernel: Ints, stride: Ints, dilation: Ints) -> Array:
    """A view (N, C, *output, *kernel) of x (N, C, *padded): every window, nothing copied.

    >>> windows(np.arange(5)[None, None], (2,), stride=(2,), dilation=(1,))[0, 0]
    array([[0, 1],
           [2, 3]])
    """
    axes = range(2, x.ndim)
    windows_that_fit(x.shape[2:], kernel, stride, dilation)  # refuses a kernel that is too long, in our words
    reach = effective_kernel_size(kernel, dilation)
    every = sliding_window_view(x, reach, axis=tuple(axes))
    starts = tuple(slice(None, None, s) for s in stride)
    taps = tuple(slice(None, None, d) for d in dilation)
    return every[:, :, *starts, *taps]
