"""Values for the arrays of a case: never symmetric, never all alike, exact in float64.

A kind says what the numbers look like:
    digits    input 1 to 9, kernel 1, 10, 100 …, shuffled: the digits of an answer tell which tap met what
    signed    distinct whole numbers, negative ones too
    quarters  distinct multiples of 1/4, so that an answer kept in integers is seen
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Rng = np.random.Generator


def inputs(rng: Rng, kind: str, *shape: int) -> Array:
    """Input values of a kind, float64.

    >>> sorted(inputs(np.random.default_rng(1), "digits", 3, 3).ravel().astype(int).tolist())
    [1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    return _digits(rng, *shape) if kind == "digits" else _distinct(rng, kind, *shape)


def kernel(rng: Rng, kind: str, *shape: int) -> Array:
    """Kernel values of a kind, float64: all different, so turning or transposing the kernel shows."""
    return _powers_of_ten(rng, *shape) if kind == "digits" else _distinct(rng, kind, *shape)


def _digits(rng: Rng, *shape: int) -> Array:
    """The digits 1 to 9, shuffled, as often as needed."""
    size = int(np.prod(shape))
    rounds = [rng.permutation(np.arange(1.0, 10.0)) for _ in range(-(-size // 9))]
    return np.concatenate(rounds)[:size].reshape(shape)


def _powers_of_ten(rng: Rng, *shape: int) -> Array:
    """1, 10, 100 …, shuffled; a kernel of one tap is 10, so that leaving it out shows."""
    size = int(np.prod(shape))
    exponents = rng.permutation(size) if size > 1 else np.ones(1)
    return (10.0**exponents).reshape(shape)


def _distinct(rng: Rng, kind: str, *shape: int) -> Array:
    """Different non-zero numbers, about as many below zero as above; a single one is no power of two."""
    size = int(np.prod(shape))
    most = max(9, size)
    choice = np.arange(-most, most + 1)
    plain = (0, 1, 2, 4, 8) if size == 1 else (0,)  # a lone 1, or 2 times dx = 1/2, could be left out unseen
    choice = choice[~np.isin(abs(choice), plain)]
    values = rng.permutation(choice)[:size].reshape(shape)
    return values / 4.0 if kind == "quarters" else values.astype(float)
