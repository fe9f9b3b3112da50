"""Mathematicians' convolution and correlation of two arrays, with NumPy's three modes."""

import numpy as np
from numpy.typing import ArrayLike

from convlib import choice
from convlib.arguments import Array, Placement, numbers
from convlib.exact import restored, working


def convolve(f: ArrayLike, g: ArrayLike, mode: str = "full") -> Array:
    """(f * g)_i = sum over j of f_j g_(i-j), for arrays of one number of axes.

    Modes: 'full' (every overlap, m + n - 1 long), 'same' (its middle, as long as f), 'valid' (the shorter one
    inside the longer). Large floats go through spectra where that is cheaper; integers stay exact.
    Raises ValueError for an unknown mode, an empty array, different numbers of axes, or two arrays of which
    neither fits in the other ('valid'); TypeError for what is not made of numbers.
    Source: scipy.signal.convolve.

    >>> convolve([1, 2, 3, 4], [1, 2, 3])
    array([ 1,  4, 10, 16, 17, 12])
    >>> convolve([1, 2, 3, 4], [1, 2, 3], "valid")
    array([10, 16])
    """
    x, w = _pair(f, g)
    if mode == "valid" and _inside(x, w):
        x, w = w, x
    return _slide(x, np.flip(w), mode)


def correlate(f: ArrayLike, g: ArrayLike, mode: str = "full") -> Array:
    """Slide g over f without turning it: sum over j of f_(i+j) conj(g_j); modes and errors as in `convolve`.

    Source: scipy.signal.correlate.

    >>> correlate([1, 2, 3, 4], [1, 2, 3], "valid")
    array([14, 20])
    """
    x, w = _pair(f, g)
    if mode == "valid" and _inside(x, w):
        return np.flip(_slide(w, x.conj(), mode).conj())
    return _slide(x, w.conj(), mode)


def _pair(f: ArrayLike, g: ArrayLike) -> tuple[Array, Array]:
    x, w = numbers("f", f), numbers("g", g)
    if x.ndim != w.ndim or not x.size or not w.size:
        raise ValueError(
            f"f and g must have one number of axes and not be empty, got shapes {x.shape} and {w.shape}"
        )
    return x, w


def _inside(x: Array, w: Array) -> bool:
    """Whether x fits in w and not the other way round."""
    return x.shape != w.shape and all(n <= k for n, k in zip(x.shape, w.shape, strict=True))


def _slide(x: Array, w: Array, mode: str) -> Array:
    """The sum of products at every place of w over x that the mode asks for."""
    dtype = np.result_type(x, w)
    one = (1,) * x.ndim
    at = Placement(one, _room(x, w, mode), one)
    work = working(x.astype(dtype, copy=False), w.astype(dtype, copy=False))
    return restored(choice.conv(work.input[None, None], work.weight[None, None], at, work.exact)[0, 0], dtype)


def _room(x: Array, w: Array, mode: str) -> tuple[tuple[int, int], ...]:
    """Zeros before and after each axis of x, so that the windows of w are those of the mode."""
    if mode == "full":
        return tuple((k - 1, k - 1) for k in w.shape)
    if mode == "same":
        return tuple((k // 2, (k - 1) // 2) for k in w.shape)
    if mode == "valid":
        return ((0, 0),) * x.ndim
    raise ValueError(f"mode must be 'full', 'same' or 'valid', got {mode!r}")
