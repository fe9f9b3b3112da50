"""The smallest case that still shows the same mistake: cells, channels and settings are taken away."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convcheck.axes import letters, without
from convcheck.compare import NotAnAnswerError
from convcheck.draw import Array
from convcheck.task import Case, Task
from convcheck.trial import Trial, right

LEAST = {"stride": 1, "dilation": 1, "groups": 1, "padding": 0, "output_padding": 0}
MOST_CALLS = 150
MOST_SECONDS = 0.5

Attempt = Callable[[Case], Trial]
Same = Callable[[Trial], bool]


@dataclass
class Budget:
    """How many more cases may be tried: shrinking must not keep a student waiting."""

    calls: int = MOST_CALLS
    end: float = field(default_factory=lambda: time.monotonic() + MOST_SECONDS)

    def spend(self, calls: int = 1) -> bool:
        """Take a call, if there is one left and time is not up; or only look, with none."""
        self.calls -= calls
        return self.calls >= 0 and time.monotonic() < self.end


def shrink(task: Task, trial: Trial, attempt: Attempt, same: Same) -> Trial:
    """The trial of the smallest case found from this one for which `same` still holds.

    A case that must be refused is left as it is: a smaller one might be refused for another reason.
    """
    if trial.refusal or task.accept or trial.kind in ("TimeoutError", "NotCalled"):
        return trial
    budget = Budget()
    smaller = True
    while smaller:
        smaller = False
        for case in _smaller(task, trial.case):
            if not budget.spend(0):
                return trial
            if not _is_valid(task, case):
                continue
            if not budget.spend():
                return trial
            tried = attempt(case)
            if not tried.passed and same(tried):
                trial, smaller = tried, True
                break
    return trial


def _is_valid(task: Task, case: Case) -> bool:
    """Whether the task has an answer here, with something in it."""
    try:
        found = right(task, case)
    except (NotAnAnswerError, IndexError, TypeError, ZeroDivisionError):
        return False
    return not found.refusal and found.array is not None and found.array.size > 0


def _smaller(task: Task, case: Case) -> Iterator[Case]:
    """Cases one step simpler: plainer settings, then fewer entries along an axis, then plainer numbers."""
    yield from _plainer_settings(case)
    yield from _fewer_entries(task, case)
    yield from _plainer_numbers(task, case)


def _fewer_entries(task: Task, case: Case) -> Iterator[Case]:
    """A kernel keeps two taps along each of its own axes: with one, there is nothing to be seen."""
    first = letters(task, case, arrays=1)
    for letter, length in letters(task, case).items():
        least = 1 if letter in first else 2
        if length > least:
            for keep in dict.fromkeys((least, max(least, length // 2), length - 1)):
                yield without(task, case, letter, slice(keep, length))
            yield without(task, case, letter, slice(0, 1))


def _plainer_settings(case: Case) -> Iterator[Case]:
    for name, value in case.arguments.items():
        if name == "groups":  # goes with its channels
            continue
        for plainer in _plainer(value, LEAST.get(name, 1 if isinstance(value, int) else 0)):
            yield Case({**case.arguments, name: plainer})


def _plainer(value: Any, least: int) -> Iterator[Any]:
    """Simpler values than this one: the least, one less; entries of pairs and lists one by one."""
    if isinstance(value, bool | str) or value is None:
        return
    if isinstance(value, int):
        if value > least:
            yield from dict.fromkeys((least, (value + least) // 2, value - 1))
        return
    if isinstance(value, list | tuple):
        if isinstance(value, list) and len(value) > 1:
            yield from (value[:i] + value[i + 1 :] for i in range(len(value)))
        for i, item in enumerate(value):
            for plainer in _plainer(item, least):
                yield type(value)([*value[:i], plainer, *value[i + 1 :]])


def _plainer_numbers(task: Task, case: Case) -> Iterator[Case]:
    """Input 1, 2, 3 …, kernel 1, 10, 100 …: the digits of an answer then tell which tap met what."""
    arrays = [name for name, value in case.arguments.items() if isinstance(value, np.ndarray)]
    for name, plain in zip(arrays, (_counting, _powers), strict=False):
        value = case.arguments[name]
        numbers = plain(value)
        if numbers is not None and not np.array_equal(numbers, value):
            yield Case({**case.arguments, name: numbers})


def _counting(value: Array) -> Array | None:
    if value.size > 9:
        return None
    return np.arange(1, value.size + 1).reshape(value.shape).astype(value.dtype)


def _powers(value: Array) -> Array | None:
    if not 1 < value.size <= 8:
        return None
    return (10 ** np.arange(value.size)).reshape(value.shape).astype(value.dtype)
