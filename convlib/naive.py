"""The definition, as loops: slow, plain, and the oracle for everything else.

The functions work on any number of spatial axes and take arguments that are already checked:
one int per axis, padding done by the caller (convolution) or as a crop (transposed).
"""

from itertools import product

import numpy as np

from convlib.arguments import Array, Ints
from convlib.shapes import as_tuple, windows_that_fit


def conv(x: Array, w: Array, stride: Ints, dilation: Ints, groups: int) -> Array:
    """y[n, o, t] = sum over c, k of w[o, c, k] * x[n, first channel of o's group + c, s t + d k].

    x (N, C, *padded), w (O, C / groups, *kernel); gives (N, O, *output).

    >>> x, w = np.array([[[1, 2, 3, 4]]]), np.array([[[1, 10, 100]]])
    >>> conv(x, w, stride=(1,), dilation=(1,), groups=1)
    array([[[321, 432]]])
    """
    outputs, channels, *kernel = w.shape
    size = as_tuple(windows_that_fit(x.shape[2:], tuple(kernel), stride, dilation))
    y = np.zeros((len(x), outputs, *size), x.dtype)
    for n, o, *t in np.ndindex(y.shape):
        first = o // (outputs // groups) * channels
        for c, *k in np.ndindex(w.shape[1:]):
            y[n, o, *t] += w[o, c, *k] * x[n, first + c, *_landing(t, k, stride, dilation)]
    return y


def conv_transpose(x: Array, w: Array, size: Ints, stride: Ints, dilation: Ints, groups: int) -> Array:
    """Every input stamps its kernel: y[n, o, s i + d k] += w[c, o, k] * x[n, c, i].

    x (N, C, *input), w (C, O / groups, *kernel), `size` the uncropped output; gives (N, O, *size).

    >>> x, w = np.array([[[1, 2]]]), np.array([[[1, 10, 100]]])
    >>> conv_transpose(x, w, size=(5,), stride=(2,), dilation=(1,), groups=1)
    array([[[  1,  10, 102,  20, 200]]])
    """
    channels, outputs, *kernel = w.shape
    y = np.zeros((len(x), outputs * groups, *size), x.dtype)
    for n, c, *i in np.ndindex(x.shape):
        first = c // (channels // groups) * outputs
        for o, k in product(range(outputs), np.ndindex(*kernel)):
            y[n, first + o, *_landing(i, k, stride, dilation)] += w[c, o, *k] * x[n, c, *i]
    return y


def conv_weight_grad(x: Array, g: Array, kernel: Ints, stride: Ints, dilation: Ints, groups: int) -> Array:
    """w[o, c, k] met x[n, c, s t + d k] for every output: gw[o, c, k] = sum over n, t of g[n, o, t] * that x.

    x (N, C, *padded), g (N, O, *output), `kernel` the spatial sizes; gives (O, C / groups, *kernel).

    >>> x, g = np.array([[[1, 2, 3, 4]]]), np.array([[[1, 10]]])
    >>> conv_weight_grad(x, g, kernel=(3,), stride=(1,), dilation=(1,), groups=1)
    array([[[21, 32, 43]]])
    """
    outputs, channels = g.shape[1], x.shape[1] // groups
    gw = np.zeros((outputs, channels, *kernel), x.dtype)
    for n, o, *t in np.ndindex(g.shape):
        first = o // (outputs // groups) * channels
        for c, *k in np.ndindex(gw.shape[1:]):
            gw[o, c, *k] += g[n, o, *t] * x[n, first + c, *_landing(t, k, stride, dilation)]
    return gw


def _landing(place: list[int], tap: Ints | list[int], stride: Ints, dilation: Ints) -> Ints:
    """The cell that tap k of the window at t meets: s t + d k, axis by axis."""
    return tuple(s * t + d * k for t, k, s, d in zip(place, tap, stride, dilation, strict=True))
