"""Mathematicians' convolution and correlation of two arrays, with NumPy's three modes."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convlib import choice
from convlib.arguments import Placement, numbers
from convlib.exact import restored, working
from convlib.functional import conv1d, conv2d, conv3d
from convlib.padding import pad
from convlib.tensors import any_tensor


def convolve(f: ArrayLike, g: ArrayLike, mode: str = "full") -> Any:
    """(f * g)_i = sum over j of f_j g_(i-j), for arrays of one number of axes.

    Modes: 'full' (every overlap, m + n - 1 long), 'same' (its middle, as long as f), 'valid' (the shorter one
    inside the longer). Large floats go through spectra where that is cheaper; integers stay exact.
    Raises ValueError for an unknown mode, an empty array, different numbers of axes, or two arrays of which
    neither fits in the other ('valid'); TypeError for what is not made of numbers.
    Torch tensors of one to three axes go in and come out too, gradients included.
    Source: scipy.signal.convolve.

    >>> convolve([1, 2, 3, 4], [1, 2, 3])
    array([ 1,  4, 10, 16, 17, 12])
    >>> convolve([1, 2, 3, 4], [1, 2, 3], "valid")
    array([10, 16])
    """
    x, w = _pair(f, g)
    if mode == "valid" and _inside(x, w):
        x, w = w, x
    return _slide(x, _flip(w), mode)


def correlate(f: ArrayLike, g: ArrayLike, mode: str = "full") -> Any:
    """Slide g over f without turning it: sum over j of f_(i+j) conj(g_j); modes and errors as in `convolve`.

    Source: scipy.signal.correlate.

    >>> correlate([1, 2, 3, 4], [1, 2, 3], "valid")
    array([14, 20])
    """
    x, w = _pair(f, g)
    if mode == "valid" and _inside(x, w):
        return _flip(_slide(w, x.conj(), mode).conj())
    return _slide(x, w.conj(), mode)


def _pair(f: Any, g: Any) -> tuple[Any, Any]:
    tensors = any_tensor(f), any_tensor(g)
    if any(tensors) and not all(tensors):
        raise TypeError(
            f"f and g must both be tensors, or neither; got {type(f).__name__} and {type(g).__name__}"
        )
    x, w = (f, g) if any(tensors) else (numbers("f", f), numbers("g", g))
    shapes = tuple(np.shape(x)), tuple(np.shape(w))
    if len(shapes[0]) != len(shapes[1]) or 0 in shapes[0] + shapes[1]:
        raise ValueError(
            f"f and g must have one number of axes and not be empty, got shapes {shapes[0]} and {shapes[1]}"
        )
    if any(tensors) and len(shapes[0]) not in (1, 2, 3):
        raise ValueError(f"tensors must have one to three axes, got shapes {shapes[0]} and {shapes[1]}")
    return x, w


def _inside(x: Any, w: Any) -> bool:
    """Whether x fits in w and not the other way round."""
    return x.shape != w.shape and all(n <= k for n, k in zip(x.shape, w.shape, strict=True))


def _flip(x: Any) -> Any:
    """x turned end to end along every axis."""
    return x.flip(tuple(range(x.ndim))) if any_tensor(x) else np.flip(x)


@np.errstate(all="ignore")
def _slide(x: Any, w: Any, mode: str) -> Any:
    """The sum of products at every place of w over x that the mode asks for."""
    room, one = _room(x, w, mode), (1,) * x.ndim
    if any_tensor(x, w):
        amounts = tuple(amount for pair in reversed(room) for amount in pair)
        conv = (conv1d, conv2d, conv3d)[x.ndim - 1]
        return conv(pad(x[None, None], amounts), w[None, None])[0, 0]
    dtype = np.result_type(x, w)
    work = working(x.astype(dtype, copy=False), w.astype(dtype, copy=False))
    y = choice.conv(work.input[None, None], work.weight[None, None], Placement(one, room, one), work.exact)
    return restored(y[0, 0], dtype)


def _room(x: Any, w: Any, mode: str) -> tuple[tuple[int, int], ...]:
    """Zeros before and after each axis of x, so that the windows of w are those of the mode."""
    if mode == "full":
        return tuple((k - 1, k - 1) for k in w.shape)
    if mode == "same":
        return tuple((k // 2, (k - 1) // 2) for k in w.shape)
    if mode == "valid":
        return ((0, 0),) * x.ndim
    raise ValueError(f"mode must be 'full', 'same' or 'valid', got {mode!r}")
