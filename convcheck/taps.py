"""Which products an entry of an answer is made of: found by asking the function itself.

A convolution is linear in its input, and linear in its kernel. So call it with a kernel that holds a single 1
and an input whose cells are powers of two: the bits of the entry say which cells met that tap.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convcheck.compare import Array, NotAnAnswerError, as_array, at
from convcheck.task import Case

MOST_CELLS = {4: 20, 8: 40}  # by bytes a number: so many powers of two, and their sums, are exact
MOST_TAPS = 16
Index = tuple[int, ...]


@dataclass(frozen=True)
class Terms:
    """An entry as a sum: the input cells and kernel taps that met, pair by pair, and what comes on top."""

    names: tuple[str, str]
    pairs: tuple[tuple[Index, Index], ...]
    values: tuple[tuple[float, float], ...]
    rest: float = 0.0

    def __str__(self) -> str:
        """The sum in numbers: 1·10 + 2·1."""
        told = [f"{x:.10g}·{_signed(w)}" for x, w in self.values] or ["0"]
        return " + ".join(told + ([_signed(self.rest)] if self.rest else []))

    def places(self) -> str:
        """The sum in places: x[0]·w[1] + x[1]·w[0]."""
        x, w = self.names
        return " + ".join(f"{x}{at(a)[4:]}·{w}{at(b)[4:]}" for a, b in self.pairs)


def _signed(number: float) -> str:
    return f"({number:.10g})" if number < 0 else f"{number:.10g}"


def terms(call: Callable[..., Any], case: Case, index: Index, value: float) -> Terms | None:
    """The products of which `call` makes the entry at `index`; None where it is no sum of products.

    The sum is checked against `value`, so what is told is true.
    """
    names = [name for name, array in case.arguments.items() if isinstance(array, np.ndarray)][:2]
    if len(names) < 2:
        return None
    x, w = (case.arguments[name] for name in names)
    if x.size > MOST_CELLS.get(x.dtype.itemsize, 0) or w.size > MOST_TAPS:
        return None
    try:
        pairs, rest = _pairs(call, case, (names[0], names[1]), index)
    except Exception:  # noqa: BLE001  the function may do anything with numbers that it has not met yet
        return None
    values = tuple((float(x[a]), float(w[b])) for a, b in pairs)
    total = rest + sum(a * b for a, b in values)
    if abs(total - value) > 1e-6 * max(1.0, abs(value)):
        return None
    return Terms((names[0], names[1]), tuple(pairs), values, rest)


def _pairs(
    call: Callable[..., Any], case: Case, names: tuple[str, str], index: Index
) -> tuple[list[tuple[Index, Index]], float]:
    x, w = (np.zeros_like(case.arguments[name], dtype=float) for name in names)
    rest = _entry(call, case, names, x, w, index)
    cells = list(np.ndindex(x.shape))
    codes = (2.0 ** np.arange(x.size)).reshape(x.shape)
    found = []
    for tap in np.ndindex(w.shape):
        w[tap] = 1
        code = _entry(call, case, names, codes, w, index) - rest
        w[tap] = 0
        if code != int(code) or not 0 <= code < 2**x.size:
            raise NotAnAnswerError("not a sum of products")
        found += [(cell, tap) for bit, cell in enumerate(cells) if int(code) >> bit & 1]
    return sorted(found), rest


def _entry(
    call: Callable[..., Any], case: Case, names: tuple[str, str], x: Array, w: Array, index: Index
) -> float:
    dtypes = [case.arguments[name].dtype for name in names]
    arguments = {**case.arguments, names[0]: x.astype(dtypes[0]), names[1]: w.astype(dtypes[1])}
    return float(as_array(call(*Case(arguments).args))[index])
