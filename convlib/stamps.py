"""Transposed convolution as one matrix product, then a scatter: every tap is added in one strided slice."""

import numpy as np

from convlib.arguments import Array, Ints


def conv_transpose(x: Array, w: Array, size: Ints, stride: Ints, dilation: Ints, groups: int) -> Array:
    """The same as `naive.conv_transpose`: x (N, C, *input), w (C, O / groups, *kernel).

    The loop runs over the taps of the kernel only; workspace: one output-sized array per tap.

    >>> x, w = np.array([[[1, 2]]]), np.array([[[1, 10, 100]]])
    >>> conv_transpose(x, w, size=(5,), stride=(2,), dilation=(1,), groups=1)
    array([[[  1,  10, 102,  20, 200]]])
    """
    stamped = stamp(x, w, groups)
    y = np.zeros((*stamped.shape[:2], *size), x.dtype)
    for k in np.ndindex(*w.shape[2:]):
        y[:, :, *_cells(k, x.shape[2:], stride, dilation)] += stamped[:, :, *k]
    return y


def stamp(x: Array, w: Array, groups: int) -> Array:
    """Each input times each tap, summed over input channels: (N, O, *kernel, *input)."""
    batch, channels, *spatial = x.shape
    inputs = x.reshape(batch, groups, channels // groups, -1)
    taps = w.reshape(groups, channels // groups, -1).swapaxes(1, 2)
    return np.matmul(taps, inputs).reshape(batch, groups * w.shape[1], *w.shape[2:], *spatial)


def _cells(tap: Ints, inputs: Ints, stride: Ints, dilation: Ints) -> tuple[slice, ...]:
    """Where one tap lands for all inputs at once: d k, d k + s, d k + 2s, …, on each axis."""
    return tuple(
        slice(d * k, d * k + s * (i - 1) + 1, s)
        for k, i, s, d in zip(tap, inputs, stride, dilation, strict=True)
    )
