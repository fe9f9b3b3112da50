"""Running a function on the cases of a task: one trial a case, whatever the function does."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from convcheck import faults
from convcheck.compare import Array, NotAnAnswerError, as_array, difference, same
from convcheck.task import Case, Task
from convcheck.tensors import as_tensors, between_guards

MOST_TIMEOUTS = 2


@dataclass(frozen=True)
class Trial:
    """One case and what became of it: `received` is None where no array came back, and `kind` says why.

    `expected` is None where the arguments must be refused, and `refusal` says why; it is None as well where
    the task accepts more than one answer.
    """

    case: Case
    expected: Array | None
    received: Array | None
    fault: str = ""
    kind: str = ""
    index: tuple[int, ...] | None = None
    changed: tuple[str, ...] = ()
    refusal: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return not self.fault


@dataclass(frozen=True)
class Right:
    """What is right for a case: an array, or a refusal."""

    array: Array | None
    refusal: str = ""


def run(task: Task, call: Callable[..., Any], cases: Iterable[Case]) -> list[Trial]:
    """A trial for every case; after two time-outs the rest is not called and counts as failed."""
    trials: list[Trial] = []
    for case in cases:
        late = sum(trial.kind == "TimeoutError" for trial in trials) >= MOST_TIMEOUTS
        trials.append(_not_called(task, case) if late else attempt(task, case, call))
    return trials


def right(task: Task, case: Case) -> Right:
    """What the task's oracle says; its ValueError is a refusal."""
    if task.accept:
        return Right(None)
    try:
        return Right(as_array(task.oracle(*case.args)))
    except ValueError as error:
        return Right(None, str(error))


def attempt(task: Task, case: Case, call: Callable[..., Any]) -> Trial:
    """One trial: call, look, compare."""
    is_right = right(task, case)
    args = between_guards(case.args) if task.tensors else case.args
    blank = Trial(case, is_right.array, None, refusal=is_right.refusal)
    given = as_tensors(args) if task.tensors else args
    begin = time.perf_counter()
    try:
        received = as_array(call(*given))
    except NotAnAnswerError as error:
        return replace(blank, fault=str(error), kind="NotAnAnswer", changed=_changed(case, args))
    except Exception as error:  # noqa: BLE001  a student's function may raise anything; it is told, not lost
        return _raised(error, blank)
    # a function that runs elsewhere says itself how long it took, without the way there and back
    seconds = getattr(call, "spent", time.perf_counter() - begin)
    judged = replace(blank, received=received, seconds=seconds)
    fault, index = _compared(task, judged, received)
    kind = "Wrong" if fault else ""
    return replace(judged, fault=fault, kind=kind, index=index, changed=_changed(case, args))


def _not_called(task: Task, case: Case) -> Trial:
    fault = f"Not called: the function had already run out of time {MOST_TIMEOUTS} times."
    is_right = right(task, case)
    return Trial(case, is_right.array, None, fault, "NotCalled", refusal=is_right.refusal)


def _raised(error: Exception, blank: Trial) -> Trial:
    """The trial with its fault, unless the arguments were to be refused and were."""
    kind, told = faults.kind(error), faults.sentence(error)
    if blank.refusal and (isinstance(error, ValueError) or kind == "ValueError"):
        return blank
    if blank.refusal and kind != "NotImplementedError":
        told += f" Here a ValueError is expected that says why the arguments are refused: {blank.refusal}."
    return replace(blank, fault=told, kind=kind)


def _compared(task: Task, trial: Trial, received: Array) -> tuple[str, tuple[int, ...] | None]:
    if task.accept:
        return task.accept(trial.case, received), None
    if trial.expected is None:
        return f"These arguments must be refused with a ValueError: {trial.refusal}.", None
    if same(received, trial.expected):
        return "", None
    return difference(received, trial.expected, task.reveals)


def _changed(case: Case, args: tuple[Any, ...]) -> tuple[str, ...]:
    """The names of the arguments that the call changed in place."""
    pairs = zip(case.arguments.items(), args, strict=True)
    return tuple(
        name
        for (name, before), after in pairs
        if isinstance(before, np.ndarray) and not np.array_equal(before, after)
    )
