"""Running a function on the cases of a task: one trial a case, whatever the function does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convcheck import faults
from convcheck.compare import Array, NotAnAnswerError, as_array, difference, same
from convcheck.task import Case, Task

MOST_TIMEOUTS = 2


@dataclass(frozen=True)
class Trial:
    """One case and what became of it: `received` is None where no array came back, and `kind` says why."""

    case: Case
    expected: Array
    received: Array | None
    fault: str = ""
    kind: str = ""
    index: tuple[int, ...] | None = None
    changed: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return not self.fault


def run(task: Task, call: Callable[..., Any], cases: Iterable[Case]) -> list[Trial]:
    """A trial for every case; after two time-outs the rest is not called and counts as failed."""
    trials: list[Trial] = []
    for case in cases:
        late = sum(trial.kind == "TimeoutError" for trial in trials) >= MOST_TIMEOUTS
        expected = as_array(task.oracle(*case.args))
        trials.append(_not_called(case, expected) if late else _trial(task, case, expected, call))
    return trials


def _not_called(case: Case, expected: Array) -> Trial:
    fault = f"Not called: the function had already run out of time {MOST_TIMEOUTS} times."
    return Trial(case, expected, None, fault, "NotCalled")


def _trial(task: Task, case: Case, expected: Array, call: Callable[..., Any]) -> Trial:
    args = case.args
    try:
        received = as_array(call(*args))
    except NotAnAnswerError as error:
        return Trial(case, expected, None, str(error), "NotAnAnswer", changed=_changed(case, args))
    except Exception as error:  # noqa: BLE001  a student's function may raise anything; it is told, not lost
        return Trial(case, expected, None, faults.sentence(error), faults.kind(error))
    if same(received, expected):
        return Trial(case, expected, received, changed=_changed(case, args))
    fault, index = difference(received, expected, task.reveals)
    return Trial(case, expected, received, fault, "Wrong", index, _changed(case, args))


def _changed(case: Case, args: tuple[Any, ...]) -> tuple[str, ...]:
    """The names of the arguments that the call changed in place."""
    pairs = zip(case.arguments.items(), args, strict=True)
    return tuple(name for (name, before), after in pairs if not np.array_equal(before, after))
