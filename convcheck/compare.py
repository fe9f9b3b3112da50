"""Turning any honest answer into an array, and saying in a sentence how it differs from what was expected."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class NotAnAnswerError(Exception):
    """What came back cannot be compared; the text says why, in a sentence for the student."""


def as_array(answer: Any) -> Array:
    """A fresh array from a number, list, tuple, NumPy array or torch tensor (torch is never imported).

    Raises NotAnAnswerError for anything else.

    >>> as_array([[1, 2], (3, 4)])
    array([[1, 2],
           [3, 4]])
    """
    if answer is None:
        raise NotAnAnswerError("Your function returned None; does it end with a return statement?")
    array = _numbers(_off_the_tape(answer), type(answer).__name__)
    if array.dtype.kind == "c":
        array = _real(array)
    if not np.isfinite(array).all():
        raise NotAnAnswerError(f"Your answer holds {_strange(array)}, which is not a finite number.")
    return array


def _off_the_tape(answer: Any) -> Any:
    """Torch tensors, in lists too, as NumPy arrays without their gradient; the rest as it is."""
    if isinstance(answer, list | tuple):
        return [_off_the_tape(item) for item in answer]
    return answer.detach().cpu().numpy() if hasattr(answer, "detach") else answer


def _numbers(answer: Any, kind: str) -> Array:
    if isinstance(answer, str | bytes | dict | set) or callable(answer):
        raise NotAnAnswerError(f"Your function returned a {kind}; an array or a list of numbers is expected.")
    try:
        array = np.array(answer)
        if array.dtype == object and any(item is None for item in array.flat):
            raise NotAnAnswerError(
                f"Your function returned a {kind} with None in it; every entry must be a number."
            )
        return array if array.dtype.kind in "biufc" else array.astype(float)
    except (TypeError, ValueError) as error:
        raise NotAnAnswerError(_not_numbers(answer, kind)) from error


def _not_numbers(answer: Any, kind: str) -> str:
    if isinstance(answer, list) and len({np.size(row) for row in answer if _is_row(row)}) > 1:
        return f"Your function returned a {kind} whose rows have different lengths."
    return f"Your function returned a {kind} that is not made of numbers."


def _is_row(row: Any) -> bool:
    return isinstance(row, list | tuple | np.ndarray)


def _real(array: Array) -> Array:
    """The real part, where the imaginary one is rounding, as after an inverse FFT."""
    if np.abs(array.imag).max(initial=0) > 1e-6 * max(1.0, np.abs(array).max(initial=0)):
        raise NotAnAnswerError("Your answer holds complex numbers; the expected ones are real.")
    return np.array(array.real)


def _strange(array: Array) -> str:
    index = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
    return f"{array[index]}{at(index)}"


def same(received: Array, expected: Array) -> bool:
    """Equal shapes, and equal numbers up to the rounding of the answer's own dtype."""
    return received.shape == expected.shape and not _wrong(received, expected).any()


def difference(received: Array, expected: Array, reveal: bool = True) -> tuple[str, tuple[int, ...] | None]:
    """The first thing that differs, as a sentence, with the index where it is (None for a wrong shape).

    Without `reveal` the expected number is not told.

    >>> difference(np.array([1, 4]), np.array([1, 5]))
    ('The first difference is at [1]: yours 4, expected 5.', (1,))
    >>> difference(np.array([1, 4, 0]), np.array([1, 5]))[0]
    'The shape is wrong in axis 0: yours 3, expected 2.'
    """
    if received.shape != expected.shape:
        return _shape_difference(received.shape, expected.shape), None
    index = tuple(int(i) for i in np.argwhere(_wrong(received, expected))[0])
    numbers = f"yours {told(received[index])}" + (f", expected {told(expected[index])}." if reveal else ".")
    return f"The first difference is{at(index)}: {numbers}" if index else numbers.capitalize(), index


def at(index: tuple[int, ...]) -> str:
    """A place in an array, in Python's spelling.

    >>> at((0, 2))
    ' at [0, 2]'
    """
    return f" at [{', '.join(map(str, index))}]" if index else ""


def told(number: Any) -> str:
    """A number as it is shown: up to ten digits, True and False as words.

    >>> told(np.float64(2.0)), told(np.bool_(True))
    ('2', 'True')
    """
    return str(number) if isinstance(number, np.bool_) else f"{number:.10g}"


def _shape_difference(yours: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if len(yours) != len(expected):
        return f"The number of axes is wrong: yours has shape {yours}, expected {expected}."
    axis = next(a for a, (m, n) in enumerate(zip(yours, expected, strict=True)) if m != n)
    return f"The shape is wrong in axis {axis}: yours {yours[axis]}, expected {expected[axis]}."


def _wrong(received: Array, expected: Array) -> NDArray[np.bool_]:
    """Which numbers differ by more than rounding: 32 units in the last place of the largest number."""
    precision = np.finfo(received.dtype).eps if received.dtype.kind == "f" else 0.0
    largest = max(1.0, float(np.abs(expected).max(initial=0)))
    plain = [array.astype(int) if array.dtype.kind == "b" else array for array in (received, expected)]
    return np.abs(plain[0] - plain[1]) > max(32 * precision, 1e-11) * largest
