"""The axes of a case's arrays, by letter: equal letters have equal lengths and are shortened together."""

from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.task import Case, Task


def letters(task: Task, case: Case, arrays: int | None = None) -> dict[str, int]:
    """Every letter of the case's arrays, or of the first few of them, with its length."""
    lengths: dict[str, int] = {"G": _groups(case)}
    for name, tokens in list(_tokens(task, case).items())[:arrays]:
        for token, length in zip(tokens, np.shape(case.arguments[name]), strict=True):
            lengths |= _lengths(token, length, lengths)
    return lengths if _groups(case) > 1 else {k: n for k, n in lengths.items() if k != "G"}


def without(task: Task, case: Case, letter: str, gone: slice) -> Case:
    """The same case, some entries of an axis taken out of every array that has it."""
    lengths = {"G": 1, **letters(task, case)}
    arguments = dict(case.arguments)
    for name, tokens in _tokens(task, case).items():
        arguments[name] = _without(case.arguments[name], tokens, lengths, letter, gone)
    if letter == "G":
        arguments["groups"] -= len(range(*gone.indices(lengths["G"])))
    return Case(arguments)


def _without(
    array: Array, tokens: tuple[str, ...], lengths: dict[str, int], letter: str, gone: slice
) -> Array:
    split = [one for token in tokens for one in token]
    apart = array.reshape([lengths[one] for one in split])
    for axis, one in enumerate(split):
        if one == letter:
            apart = np.delete(apart, gone, axis)
    kept = dict(zip(split, apart.shape, strict=True))
    return apart.reshape([int(np.prod([kept[one] for one in token])) for token in tokens])


def _tokens(task: Task, case: Case) -> dict[str, tuple[str, ...]]:
    """The axes of every array; each axis of its own where the task says nothing of them.

    A task for any number of spatial axes names as many as there can be; an array with fewer uses the first.
    """
    found: dict[str, tuple[str, ...]] = {}
    private = iter("αβγδεζηθικλμνξοπρστυφχψω")
    for name, value in case.arguments.items():
        if isinstance(value, np.ndarray):
            named = task.axes.get(name) or tuple(next(private) for _ in range(value.ndim))
            found[name] = named[: value.ndim]
    return found


def _lengths(token: str, length: int, known: dict[str, int]) -> dict[str, int]:
    """The lengths of the letters of one axis: those that are known, and at most one that is not."""
    new = [one for one in token if one not in known]
    rest = length // int(np.prod([known[one] for one in token if one in known] or [1]))
    return dict.fromkeys(new[:1], rest) | dict.fromkeys(new[1:], 1)


def _groups(case: Case) -> int:
    groups: Any = case.arguments.get("groups", 1)
    return groups if isinstance(groups, int) else 1
