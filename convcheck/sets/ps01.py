"""Problem set 1, convolution by hand: the tasks, their cases and points."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.task import Case, Function, Task
from convlib import convolve

BY_HAND = ((3, 1, 4, 2), (1, 10, 100))

# (kind, len(f), len(g)): shorter, longer and equal kernels; every length from 1 to 6
PAIRS = [
    ("digits", 2, 2),
    ("digits", 3, 2),
    ("digits", 2, 3),
    ("digits", 4, 3),
    ("digits", 3, 4),
    ("signed", 1, 3),
    ("signed", 3, 1),
    ("signed", 3, 3),
    ("signed", 5, 2),
    ("signed", 2, 5),
    ("quarters", 6, 4),
    ("quarters", 4, 6),
    ("signed", 9, 5),
    ("quarters", 12, 3),
]

# (kind, len(f), len(g), i)
ROWS = [
    ("digits", 2, 2, 0),
    ("digits", 2, 2, 1),
    ("digits", 2, 2, 2),
    ("digits", 3, 2, 0),
    ("digits", 3, 2, 2),
    ("digits", 4, 3, 0),
    ("digits", 4, 3, 1),
    ("digits", 4, 3, 2),
    ("digits", 4, 3, 3),
    ("digits", 4, 3, 4),
    ("digits", 4, 3, 5),
    ("signed", 2, 4, 3),
    ("signed", 3, 5, 6),
    ("quarters", 6, 3, 2),
    ("quarters", 6, 3, 7),
]

# (kind, len(f), len(g), dx)
SAMPLES = [
    ("digits", 2, 2, 0.5),
    ("digits", 3, 2, 2.0),
    ("digits", 4, 3, 0.25),
    ("signed", 2, 4, 0.5),
    ("signed", 5, 3, 0.125),
    ("quarters", 6, 4, 4.0),
    ("quarters", 3, 7, 0.25),
    ("signed", 4, 1, 0.5),
]


def row_of_products(f: ArrayLike, g: ArrayLike, i: int) -> Array:
    """f_j g_(i-j) for every j of f, 0 where i - j lies outside g: row i of the sliding table.

    >>> row_of_products([2, 3, 4], [1, 10], 1)
    array([20.,  3.,  0.])
    """
    f, g = np.asarray(f, float), np.asarray(g, float)
    return np.array([f[j] * g[i - j] if 0 <= i - j < len(g) else 0.0 for j in range(len(f))])


def _plain(form: Function) -> Function:
    return form


def _by_hand(form: Function) -> Function:
    return lambda: form(*map(np.array, BY_HAND))


def _sampled(form: Function) -> Function:
    return lambda f, g, dx: dx * form(f, g)


def _exchanged(form: Function) -> Function:
    return lambda f, g, i: form(g, f, i)


def _pair(rng: Rng, kind: str, m: int, n: int) -> dict[str, Array]:
    return {"f": inputs(rng, kind, m), "g": kernel(rng, kind, n)}


def _pairs(first: str, second: str) -> Callable[[Rng], list[Case]]:
    def draw(rng: Rng) -> list[Case]:
        drawn = [_pair(rng, *setting) for setting in PAIRS]
        return [Case({first: pair["f"], second: pair["g"]}) for pair in drawn]

    return draw


def _polynomials(rng: Rng) -> list[Case]:
    """Every second time, a factor without a constant term: its lowest coefficient is zero."""
    cases = _pairs("a", "b")(rng)
    for case in cases[1::2]:
        if len(case.arguments["a"]) > 1:
            case.arguments["a"][0] = 0.0
    return cases


def _rows(rng: Rng) -> list[Case]:
    return [Case({**_pair(rng, kind, m, n), "i": i}) for kind, m, n, i in ROWS]


def _samples(rng: Rng) -> list[Case]:
    return [Case({**_pair(rng, kind, m, n), "dx": dx}) for kind, m, n, dx in SAMPLES]


def _nothing(rng: Rng) -> list[Case]:
    return [Case({})]


TASKS = [
    Task(
        "ps01.by_hand",
        "Six numbers by hand",
        "by_hand()",
        1,
        _nothing,
        convolve,
        _by_hand,
        reveals=False,
        chapter="mathematics/discrete",
    ),
    Task(
        "ps01.table_row",
        "One row of the sliding table",
        "table_row(f, g, i)",
        2,
        _rows,
        row_of_products,
        _plain,
        chapter="mathematics/discrete",
        axes={"f": ("m",), "g": ("n",)},
    ),
    Task(
        "ps01.convolve",
        "The whole convolution",
        "convolve(f, g)",
        4,
        _pairs("f", "g"),
        convolve,
        _plain,
        chapter="mathematics/discrete",
    ),
    Task(
        "ps01.polynomial",
        "Multiplying polynomials",
        "multiply_polynomials(a, b)",
        1,
        _polynomials,
        convolve,
        _plain,
        chapter="mathematics/polynomials",
    ),
    Task(
        "ps01.sampled",
        "Convolution of sampled functions",
        "convolve_sampled(f, g, dx)",
        2,
        _samples,
        convolve,
        _sampled,
        chapter="mathematics/integral",
    ),
    Task(
        "ps01.commute",
        "The other way round",
        "swapped_row(f, g, i)",
        1,
        _rows,
        row_of_products,
        _exchanged,
        chapter="mathematics/discrete",
        axes={"f": ("m",), "g": ("n",)},
    ),
]
