"""What a family of tasks has in common: all arguments of a layer in one place, and the right answer.

A wrong idea is written once, for the whole family, as a change to these arguments or to the answer.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

import convlib
from convcheck.draw import Array

Ints = tuple[int, ...]


@dataclass(frozen=True)
class Layer:
    """The arguments of a convolution: x (N, C, *size), w (O, C / groups, *kernel), bias (O,) or None.

    `stride`, `padding` and `dilation` hold one number for each spatial axis; None stands for the default.
    """

    x: Array
    w: Array
    bias: Array | None = None
    stride: Any = None
    padding: Any = None
    dilation: Any = None
    groups: int = 1

    def __post_init__(self) -> None:
        for name, usual in (("stride", 1), ("padding", 0), ("dilation", 1)):
            value = getattr(self, name)
            object.__setattr__(self, name, per_axis(usual if value is None else value, self.axes))

    @property
    def axes(self) -> int:
        """The number of spatial axes."""
        return self.x.ndim - 2

    def but(self, **changed: Any) -> Self:
        """The same layer with some arguments changed."""
        return replace(self, **changed)


@dataclass(frozen=True)
class UpLayer(Layer):
    """The arguments of a transposed convolution: w is (C, O / groups, *kernel); and `output_padding`."""

    output_padding: Any = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "output_padding", per_axis(self.output_padding, self.axes))


def per_axis(value: Any, axes: int) -> Ints:
    """One number for each axis.

    >>> per_axis(2, 3), per_axis((1, 2), 2)
    ((2, 2, 2), (1, 2))
    """
    return (int(value),) * axes if np.ndim(value) == 0 else tuple(int(v) for v in value)


def conv(at: Layer) -> Array:
    """The right answer of a convolution over one, two or three axes.

    >>> conv(Layer(np.array([[[1, 2, 3]]]), np.array([[[1, 10]]])))
    array([[[21, 32]]])
    """
    function = (convlib.conv1d, convlib.conv2d, convlib.conv3d)[at.axes - 1]
    return function(at.x, at.w, at.bias, at.stride, at.padding, at.dilation, at.groups)


def conv_transpose(at: UpLayer) -> Array:
    """The right answer of a transposed convolution over one, two or three axes.

    >>> conv_transpose(UpLayer(np.array([[[1, 2]]]), np.array([[[1, 10, 100]]]), stride=2))
    array([[[  1,  10, 102,  20, 200]]])
    """
    functions = (convlib.conv_transpose1d, convlib.conv_transpose2d, convlib.conv_transpose3d)
    options = (at.stride, at.padding, at.output_padding, at.groups, at.dilation)
    return functions[at.axes - 1](at.x, at.w, at.bias, *options)
