"""Problem set 4, padding: the tasks, their cases and points."""

from collections.abc import Callable
from typing import Any

import numpy as np

import convlib
from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.task import Case, Function, Task

Pairs = tuple[tuple[int, int], ...]

# (least cells, before, after, mode): amounts from 0 up, or counted from the number of cells, as in ("n", -1)
FITS: list[tuple[int, Any, Any, str]] = [
    (4, ("n", -1), 0, "reflect"),
    (4, ("n", 0), 0, "reflect"),
    (4, 0, ("n", 0), "reflect"),
    (5, ("n", -1), ("n", -1), "reflect"),
    (3, 1, ("n", 1), "reflect"),
    (6, ("n", -2), ("n", 0), "reflect"),
    (4, ("n", 0), 0, "circular"),
    (4, ("n", 1), 0, "circular"),
    (4, 1, ("n", 1), "circular"),
    (3, ("n", 0), ("n", 0), "circular"),
    (5, 2, ("n", 2), "circular"),
    (2, ("n", 5), ("n", 7), "replicate"),
    (1, ("n", 4), 0, "replicate"),
    (2, ("n", 5), ("n", 7), "constant"),
    (1, 0, ("n", 5), "constant"),
]

# (steps out of the row, in front of it or behind it, mode)
PLACES = [
    *(
        (steps, side, mode)
        for mode in ("reflect", "replicate", "circular")
        for side in (-1, 1)
        for steps in (1, 3)
    ),
    *((n, side, mode) for mode in ("reflect", "circular") for side in (-1, 1) for n in (2, 5)),
    *((0, 1, mode) for mode in ("reflect", "replicate", "circular")),
]

# (kind, cells, before, after, mode)
ROWS = [
    ("digits", 3, 1, 0, "constant"),
    ("digits", 3, 0, 2, "constant"),
    ("digits", 4, 2, 1, "reflect"),
    ("digits", 3, 1, 2, "reflect"),
    ("digits", 3, 2, 1, "replicate"),
    ("digits", 4, 1, 3, "replicate"),
    ("digits", 4, 1, 2, "circular"),
    ("signed", 5, 5, 2, "circular"),
    ("signed", 5, 4, 3, "reflect"),
    ("quarters", 6, 2, 5, "reflect"),
    ("quarters", 5, 3, 1, "circular"),
    ("quarters", 4, 3, 5, "replicate"),
    ("quarters", 6, 3, 1, "constant"),
    ("signed", 4, 4, 1, "reflect"),
    ("signed", 3, 1, 4, "circular"),
]

# (kind, (H, W), (left, right, top, bottom), mode)
IMAGES: list[tuple[str, tuple[int, int], tuple[int, ...], str]] = [
    ("digits", (2, 3), (1, 0, 0, 0), "constant"),
    ("digits", (2, 3), (1, 1, 0, 0), "replicate"),
    ("digits", (3, 2), (0, 1, 1, 0), "constant"),
    ("digits", (3, 4), (1, 2, 2, 0), "reflect"),
    ("digits", (2, 4), (3, 1, 0, 1), "reflect"),
    ("digits", (3, 2), (2, 0, 1, 3), "circular"),
    ("signed", (4, 3), (1, 2, 0, 3), "circular"),
    ("signed", (3, 5), (2, 3, 1, 2), "replicate"),
    ("quarters", (4, 6), (5, 1, 2, 3), "reflect"),
    ("quarters", (5, 3), (0, 2, 4, 1), "constant"),
    ("signed", (4, 3), (0, 3, 1, 1), "reflect"),
    ("signed", (2, 5), (1, 4, 3, 0), "circular"),
]

# (kind, shape, amounts, mode): one, two or three of the last axes
BLOCKS: list[tuple[str, tuple[int, ...], tuple[int, ...], str]] = [
    ("digits", (4,), (1, 2), "circular"),
    ("digits", (2, 3), (2, 1), "reflect"),
    ("digits", (2, 3), (1, 0, 0, 1), "constant"),
    ("signed", (3, 2), (0, 3, 2, 1), "replicate"),
    ("signed", (2, 3, 4), (2, 0), "circular"),
    ("signed", (2, 3, 4), (1, 3, 0, 2), "reflect"),
    ("signed", (2, 3, 4), (0, 1, 1, 0, 1, 0), "replicate"),
    ("quarters", (3, 2, 4), (1, 0, 0, 1, 2, 1), "reflect"),
    ("quarters", (3, 2, 4), (4, 1, 0, 2, 1, 3), "circular"),
    ("quarters", (2, 4, 3), (0, 2, 3, 0, 1, 2), "constant"),
    ("signed", (2, 4, 3), (3, 0, 1, 0), "reflect"),
    ("signed", (2, 4, 3), (0, 1, 0, 5), "circular"),
]

# (kind, cells, taps, padding, mode)
FRAMED = [
    *(("digits", 4, 3, 1, mode) for mode in ("constant", "reflect", "replicate", "circular")),
    *(("signed", 5, 2, 2, mode) for mode in ("constant", "reflect", "replicate", "circular")),
    *(("quarters", 6, 4, 3, mode) for mode in ("constant", "reflect", "replicate", "circular")),
    ("signed", 3, 2, 3, "reflect"),
    ("signed", 3, 2, 4, "circular"),
]


def pad_axes(x: Array, pairs: Pairs, mode: str) -> Array:
    """The general form: (before, after) for each of the last axes, in the order of the axes.

    >>> pad_axes(np.array([1, 2, 3]), ((1, 1),), "reflect")
    array([2, 1, 2, 3, 2])
    """
    return convlib.pad(x, tuple(n for pair in reversed(pairs) for n in pair), mode)


def source_cell(n: int, place: int, mode: str) -> int:
    """Which of n cells stands at a place outside them.

    >>> source_cell(4, -1, "reflect"), source_cell(4, -1, "circular")
    (1, 3)
    """
    before, after = max(0, -place), max(0, place - n + 1)
    return int(pad_axes(np.arange(n), ((before, after),), mode)[place + before])


def may_pad(n: int, before: int, after: int, mode: str) -> bool:
    """Whether the mode can pad n cells by so many."""
    try:
        pad_axes(np.arange(n), ((before, after),), mode)
    except ValueError:
        return False
    return True


def _plain(form: Function) -> Function:
    return form


def _one_axis(form: Function) -> Function:
    return lambda x, before, after, mode: form(x, ((before, after),), mode)


def _any_axes(form: Function) -> Function:
    return lambda x, amounts, mode: form(x, _in_order(amounts), mode)


def _in_order(amounts: tuple[int, ...]) -> Pairs:
    """Torch's amounts begin with the last axis."""
    return tuple(zip(amounts[0::2], amounts[1::2], strict=True))[::-1]


def _framed(form: Function) -> Function:
    def answer(x: Array, w: Array, padding: int, mode: str) -> Any:
        return np.correlate(form(x, ((padding, padding),), mode), w, "valid")

    return answer


def _fits(rng: Rng) -> list[Case]:
    return [_fit(least + int(rng.integers(0, 5)), *setting) for least, *setting in FITS]


def _fit(n: int, before: Any, after: Any, mode: str) -> Case:
    amounts = [n + amount[1] if isinstance(amount, tuple) else amount for amount in (before, after)]
    return Case({"n": n, "before": amounts[0], "after": amounts[1], "mode": mode})


def _places(rng: Rng) -> list[Case]:
    """In rows so long that no two modes meet the same cell."""
    return [
        _place(2 * steps + 2 + int(rng.integers(0, 5)), *setting)
        for setting in PLACES
        for steps in setting[:1]
    ]


def _place(n: int, steps: Any, side: Any, mode: Any) -> Case:
    return Case({"n": n, "place": -steps if side < 0 else n - 1 + steps, "mode": mode})


def _arrays(settings: list[Any], *names: str) -> Callable[[Rng], list[Case]]:
    """Settings that begin with a kind and a shape; the array drawn for them comes first."""

    def draw(rng: Rng) -> list[Case]:
        return [Case({"x": inputs(rng, kind, *_shape(s)), **_named(names, r)}) for kind, s, *r in settings]

    return draw


def _shape(size: int | tuple[int, ...]) -> tuple[int, ...]:
    return (size,) if isinstance(size, int) else size


def _named(names: tuple[str, ...], values: list[Any]) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


def _layers(rng: Rng) -> list[Case]:
    return [
        Case({"x": inputs(rng, kind, n), "w": kernel(rng, kind, k), "padding": p, "mode": mode})
        for kind, n, k, p, mode in FRAMED
    ]


PAGE = "conv/padding-mode"
TASKS = [
    Task(
        "ps04.source",
        "Which cell stands there",
        "source_cell(n, place, mode)",
        3,
        _places,
        source_cell,
        _plain,
        chapter=PAGE,
    ),
    Task(
        "ps04.legal",
        "How much a mode can pad",
        "may_pad(n, before, after, mode)",
        2,
        _fits,
        may_pad,
        _plain,
        chapter=PAGE,
    ),
    Task(
        "ps04.pad1d",
        "Pad a row",
        "pad1d(x, before, after, mode)",
        4,
        _arrays(ROWS, "before", "after", "mode"),
        pad_axes,
        _one_axis,
        chapter=PAGE,
        axes={"x": ("W",)},
    ),
    Task(
        "ps04.pad2d",
        "Pad an image, torch's order",
        "pad2d(x, amounts, mode)",
        4,
        _arrays(IMAGES, "amounts", "mode"),
        pad_axes,
        _any_axes,
        chapter="conv/padding",
        axes={"x": ("H", "W")},
    ),
    Task(
        "ps04.framed",
        "A convolution in a frame",
        "correlate_framed(x, w, padding, mode)",
        2,
        _layers,
        pad_axes,
        _framed,
        chapter=PAGE,
        axes={"x": ("W",), "w": ("S",)},
    ),
    Task(
        "ps04.pad",
        "Pad any number of axes",
        "pad(x, amounts, mode)",
        3,
        _arrays(BLOCKS, "amounts", "mode"),
        pad_axes,
        _any_axes,
        chapter="conv/padding",
        rebuilds=("pad",),
    ),
]
