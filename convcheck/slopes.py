"""The gradients of a layer in general form: lenient, so that a wrong idea still gives an answer."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Ints, Layer, UpLayer, conv, conv_transpose


@dataclass(frozen=True)
class Slope(Layer):
    """A convolution and g, the gradient that comes back from above, in the shape of the layer's output.

    Of what is asked for, x or w, only the shape counts.
    """

    g: Any = None


def input_grad(at: Slope) -> Array:
    """What goes back to the input: each entry of g stamps its kernel, the padding is cut off.

    >>> input_grad(Slope(np.zeros((1, 1, 5)), np.array([[[1, 10]]]), g=np.array([[[1, 2]]]), stride=2))
    array([[[ 1, 10,  2, 20,  0]]])
    """
    stamped = conv_transpose(UpLayer(at.g, at.w, None, at.stride, 0, at.dilation, at.groups))
    whole = [n + 2 * p for n, p in zip(at.x.shape[2:], at.padding, strict=True)]
    room = [(0, 0), (0, 0), *((0, max(0, m - n)) for m, n in zip(whole, stamped.shape[2:], strict=True))]
    return crop(np.pad(stamped, room), at.padding, at.x.shape[2:])


def weight_grad(at: Slope) -> Array:
    """What goes back to the weight: g slides over x as a kernel; the stride spreads it, the dilation steps.

    >>> weight_grad(Slope(np.arange(1, 7)[None, None], np.zeros((1, 1, 3)), g=np.array([[[1, 2]]]), stride=2))
    array([[[ 7, 10, 13]]])
    """
    parts = [np.split(array, at.groups, axis=1) for array in (at.x, at.g)]
    found = [_weight_grad(at, x, g) for x, g in zip(*parts, strict=True)]
    return np.concatenate(found)


def _weight_grad(at: Slope, x: Array, g: Array) -> Array:
    """Channels and images change places: the images are what is summed over."""
    images, kernel = x.swapaxes(0, 1), g.swapaxes(0, 1)
    y = conv(Layer(images, kernel, None, at.dilation, at.padding, at.stride))
    return crop(y.swapaxes(0, 1), (0,) * at.axes, at.w.shape[2:])


def bias_grad(g: Array) -> Array:
    """What goes back to the bias: g added up over images and cells.

    >>> bias_grad(np.arange(8).reshape(2, 2, 2))
    array([10, 18])
    """
    return g.sum(axis=(0, *range(2, g.ndim)))


def crop(array: Array, start: Ints, size: Ints) -> Array:
    """So many cells of each spatial axis, from `start` on.

    >>> crop(np.arange(5)[None, None], (1,), (3,))
    array([[[1, 2, 3]]])
    """
    cells: list[Any] = [slice(a, a + n) for a, n in zip(start, size, strict=True)]
    return np.asarray(array[(..., *cells)])
