"""In which numbers to compute: half floats in float32, integers in float64 where that is exact."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from convlib.arguments import Array

EXACT = 2**53  # float64 holds every integer up to here


@dataclass(frozen=True)
class Work:
    """The operands to compute with, and the dtype that the answer has in the end."""

    input: Array
    weight: Array
    bias: Array | None
    dtype: np.dtype[Any]
    exact: bool


def working(x: Array, w: Array, b: Array | None = None, terms: int | None = None) -> Work:
    """Operands of one dtype, in the dtype to compute in; at most `terms` products are added.

    Integers go through float64, whose matrix products are fast, if no sum can pass 2 ** 53; else they stay,
    and wrap round at the ends of their dtype as torch's do.

    >>> work = working(np.array([[[1, 2]]]), np.array([[[3]]]))
    >>> work.input.dtype, work.dtype, work.exact
    (dtype('float64'), dtype('int64'), True)
    """
    dtype = x.dtype
    if dtype == np.float16:
        return _in(np.float32, x, w, b, exact=False)
    if dtype.kind not in "iu":
        return Work(x, w, b, dtype, exact=False)
    products = w.size if terms is None else terms
    if _largest(x) * _largest(w) * products + (0 if b is None else _largest(b)) < EXACT:
        return _in(np.float64, x, w, b, exact=True)
    return Work(x, w, b, dtype, exact=True)


def restored(y: Array, dtype: np.dtype[Any]) -> Array:
    """The answer y in the dtype of the operands; integers by way of int64, which wraps where a cast may not.

    >>> restored(np.array([300.0, -1e10]), np.dtype(np.uint8))
    array([44,  0], dtype=uint8)
    """
    whole = dtype.kind in "iu" and y.dtype.kind == "f"
    return (y.astype(np.int64) if whole else y).astype(dtype, copy=False)


def _in(dtype: type, x: Array, w: Array, b: Array | None, exact: bool) -> Work:
    return Work(x.astype(dtype), w.astype(dtype), None if b is None else b.astype(dtype), x.dtype, exact)


def _largest(array: Array) -> int:
    """The largest absolute value, as a Python int: the most negative int64 has none of its own."""
    return max(int(array.max(initial=0)), -int(array.min(initial=0)))
