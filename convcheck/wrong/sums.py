"""Wrong ideas about one row of the sliding table, and about the Riemann sum."""

from collections.abc import Callable
from typing import Any

from convcheck.draw import Array
from convcheck.ideas import Idea
from convcheck.wrong.signals import ROWS, SAMPLED, Row

Sampled = Callable[[Array, Array, float], Array]

forgotten_dx = Idea(
    "forgotten-dx",
    "You add up the products but not the areas: the width dx of each strip is missing. "
    "A Riemann sum is a sum of heights times dx, and without dx it grows as the samples get closer.",
    "mathematics/integral",
)


@forgotten_dx.shown_by(SAMPLED)
def _heights_only(sampled: Sampled, f: Array, g: Array, dx: float) -> Array:
    return sampled(f, g, 1.0)


dx_twice = Idea(
    "dx-twice",
    "You multiply by dx twice. "
    "There is one integral, over one variable, so each product of samples has the width dx once.",
    "mathematics/integral",
)


@dx_twice.shown_by(SAMPLED)
def _squared(sampled: Sampled, f: Array, g: Array, dx: float) -> Array:
    return sampled(f, g, dx) * dx


dx_divides = Idea(
    "dx-divides",
    "You divide by dx where the Riemann sum multiplies by it. Each strip has the area height times dx.",
    "mathematics/integral",
)


@dx_divides.shown_by(SAMPLED)
def _divided(sampled: Sampled, f: Array, g: Array, dx: float) -> Array:
    return sampled(f, g, 1 / dx)


row_summed = Idea(
    "row-summed",
    "You return the sum of the row, which is already (f * g)_i. "
    "This task asks for the products themselves, one for each entry of f.",
    "mathematics/discrete",
)


@row_summed.shown_in(*ROWS)
def _sum(row: Row, f: Array, g: Array, i: int) -> Any:
    return row(f, g, i).sum()


zeros_dropped = Idea(
    "zeros-dropped",
    "You leave out the places that g does not reach, so the products no longer stand under their f_j. "
    "The row has one entry for each entry of f, with 0 where g does not reach.",
    "mathematics/discrete",
)


@zeros_dropped.shown_in(*ROWS)
def _reached_only(row: Row, f: Array, g: Array, i: int) -> Array:
    reached = [0 <= i - j < len(g) for j in range(len(f))]
    return row(f, g, i)[reached]
