"""Numbers on their way into a picture: arguments checked, values written, sums spelled out."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]
Pair = tuple[int, int]
MINUS = "\u2212"


def values(name: str, given: ArrayLike, axes: int) -> Values:
    """Finite real numbers with `axes` axes, none of them empty; ValueError names the argument.

    >>> values("f", [1, 2], axes=1)
    array([1., 2.])
    """
    array = np.asarray(given)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be made of real numbers, got {given!r}")
    if array.ndim != axes or array.size == 0:
        raise ValueError(f"{name} must have {axes} non-empty axes, got shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, got {given!r}")
    return array.astype(np.float64)


def whole(name: str, given: int, least: int, below: int | None = None) -> int:
    """An int that is at least `least` and, if given, less than `below`; ValueError names the argument."""
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise ValueError(f"{name} must be an int, got {given!r}")
    if given < least or (below is not None and given >= below):
        rule = f"at least {least}" if below is None else f"from {least} to {below - 1}"
        raise ValueError(f"{name} must be {rule}, got {given}")
    return int(given)


def pair(name: str, given: int | Sequence[int], least: int) -> Pair:
    """Two ints from one int or two; ValueError names the argument.

    >>> pair("padding", 1, least=0)
    (1, 1)
    """
    numbers = tuple(given) if isinstance(given, tuple | list) else (given, given)
    if len(numbers) != 2:
        raise ValueError(f"{name} must be one int or two, got {given!r}")
    first, second = (whole(name, number, least) for number in numbers)
    return first, second


def check_shape(name: str, array: Values, expected: tuple[int, ...], rule: str) -> None:
    """ValueError unless the array has the shape that the arithmetic gives."""
    if array.shape != expected:
        raise ValueError(f"{name} has shape {array.shape}, but {rule} gives {expected}")


def check_value(name: str, shown: float, summed: float) -> None:
    """ValueError if a picture would write out a sum that does not come to the value shown."""
    if not np.isclose(shown, summed, rtol=1e-4, atol=1e-6):
        raise ValueError(f"{name} is {show(shown)}, but its sum comes to {show(summed)}")


def show(number: float) -> str:
    """A number as a picture writes it: at most four digits after rounding, a true minus sign.

    >>> show(2.0), show(0.25), show(1 / 3)
    ('2', '0.25', '0.3333')
    """
    whole_number = float(number).is_integer() and abs(number) < 1e6
    text = str(int(number)) if whole_number else f"{number:.4g}"
    return text.replace("-", MINUS)


def listed(numbers: Iterable[float]) -> str:
    """Numbers in a row, for a description.

    >>> listed([1, 0.5])
    '1, 0.5'
    """
    return ", ".join(show(number) for number in numbers)


def counted(number: int, noun: str) -> str:
    """A count and its noun.

    >>> counted(1, "cell"), counted(2, "cell")
    ('1 cell', '2 cells')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def below_line(index: int | Sequence[int]) -> str:
    """An index, or several, as subscripts.

    >>> below_line(12)
    '₁₂'
    """
    indices = [index] if isinstance(index, int) else index
    return ",".join(map(str, indices)).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def product(a: float, b: float, first: bool = False) -> str:
    """One term of a sum, negative numbers in brackets where two signs would meet.

    >>> product(2, 10)
    '2×10'
    """
    left = show(a) if first or a >= 0 else f"({show(a)})"
    return f"{left}×{show(b) if b >= 0 else f'({show(b)})'}"


def terms(a: Iterable[float], b: Iterable[float]) -> list[str]:
    """The terms of sum(a * b), each with the plus sign that stands before it.

    >>> terms([1, 2], [3, 4])
    ['1×3', '+ 2×4']
    """
    pairs = list(zip(a, b, strict=True))
    return [product(*pairs[0], first=True), *(f"+ {product(*both)}" for both in pairs[1:])]
