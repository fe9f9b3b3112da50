"""Axes of charts: round ticks, and where on the paper a value lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from convviz.numbers import show

ROUND = (1, 2, 5)
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Axis:
    """One axis: the values at its two ends, the places of these ends on the paper, and its ticks."""

    low: float
    high: float
    start: float
    stop: float
    ticks: tuple[float, ...]
    log: bool = False

    def place(self, value: float) -> float:
        """Where a value lies on the paper."""
        low, high, at = (log10(v) if self.log else v for v in (self.low, self.high, value))
        return self.start + (at - low) / (high - low) * (self.stop - self.start)

    def words(self) -> str:
        """The ticks, for a description."""
        return ", ".join(map(tick_text, self.ticks))


def linear_axis(
    values: Sequence[float], start: float, stop: float, *, tight: bool = False, most: int = 6
) -> Axis:
    """An axis with at most `most` steps; it ends at ticks, or at the values themselves if `tight`.

    >>> linear_axis([0, 9.5], 0, 100).ticks
    (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
    """
    low, high = _apart(min(values), max(values))
    step = round_step((high - low) / most)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = [float(f"{step * i:.12g}") for i in range(first, last + 1)]
    if tight:
        return Axis(low, high, start, stop, tuple(t for t in ticks if low <= t <= high))
    return Axis(ticks[0], ticks[-1], start, stop, tuple(ticks))


def _apart(low: float, high: float) -> tuple[float, float]:
    """Two ends that are not the same."""
    room = abs(low) / 2 or 1.0
    return (low, high) if high > low else (low - room, high + room)


def round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `least`.

    >>> round_step(0.3), round_step(7), round_step(20)
    (0.5, 10.0, 20.0)
    """
    decade = 10.0 ** floor(log10(least))
    return next(float(f"{r * decade:.12g}") for r in (*ROUND, 10) if r * decade >= least * (1 - 1e-9))


def log_axis(
    values: Sequence[float], start: float, stop: float, *, tight: bool = False, most: int = 8
) -> Axis:
    """A logarithmic axis with ticks at decades, or at 1, 2, 5 of each where the values span few of them.

    It ends at ticks, or at the values themselves if `tight`.

    >>> log_axis([3, 800], 0, 100).ticks
    (1.0, 10.0, 100.0, 1000.0)
    >>> log_axis([3, 18], 0, 100).ticks
    (2.0, 5.0, 10.0, 20.0)
    """
    low, high = min(values), max(values)
    low, high = (low, high) if high > low else (low / 2, low * 2)
    fine = _log_ticks(low, high, ROUND, tight)
    few = len(fine) <= most and sum(low <= tick <= high for tick in _powers(low, high)) < 3
    ticks = fine if few else _log_ticks(low, high, (1,), tight)
    ends = (low, high) if tight else (ticks[0], ticks[-1])
    return Axis(*ends, start, stop, tuple(ticks[:: ceil(len(ticks) / most)]), log=True)


def _powers(low: float, high: float) -> list[float]:
    """The powers of ten from the last that is not above `low` to the first that is not below `high`."""
    exponents = range(floor(log10(low) + 1e-9), ceil(log10(high) - 1e-9) + 1)
    return [float(f"{10.0**e:.6g}") for e in exponents]


def _log_ticks(low: float, high: float, figures: Sequence[int], tight: bool) -> list[float]:
    """The ticks inside the ends, or from the last one not above `low` to the first not below `high`."""
    ticks = [float(f"{r * power:.6g}") for power in _powers(low, high) for r in figures]
    if not tight:
        low = max(tick for tick in ticks if tick <= low * (1 + 1e-9))
        high = min(tick for tick in (*ticks, 10 * ticks[-1]) if tick >= high * (1 - 1e-9))
    return [tick for tick in ticks if low * (1 - 1e-9) <= tick <= high * (1 + 1e-9)]


def tick_text(value: float) -> str:
    """A tick as an axis writes it: as a power of ten where the number would be long.

    >>> tick_text(0.25), tick_text(1e6), tick_text(2.5e7), tick_text(1e-5)
    ('0.25', '10⁶', '2.5×10⁷', '10⁻⁵')
    """
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        return show(value)
    figure, power = f"{value:.3e}".split("e")
    factor = show(float(figure))
    return f"{'' if factor == '1' else factor + '×'}10{str(int(power)).translate(RAISED)}"
