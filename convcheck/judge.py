"""The judge: runs a function on a task's cases, counts, and explains what is wrong without guessing."""

from collections.abc import Callable
from typing import Any

from convcheck.diagnosis import diagnose
from convcheck.ideas import Idea
from convcheck.task import Task, task
from convcheck.trial import Trial, run
from convcheck.verdict import Example, Verdict


def judge(task_id: str, call: Callable[..., Any], seed: int = 0) -> Verdict:
    """The verdict on `call`, a function of the task's signature; an exception it raises is a failing case.

    Raises ValueError for an unknown task, TypeError if `call` is not a function.

    >>> judge("ps01.convolve", lambda f, g: f).passed
    0
    """
    the_task = task(task_id)
    if not callable(call):
        raise TypeError(f"{task_id} judges a function, got {type(call).__name__}: {call!r:.60}")
    trials = run(the_task, call, the_task.cases(seed))
    return _verdict(the_task, trials)


def _verdict(the_task: Task, trials: list[Trial]) -> Verdict:
    failing = [trial for trial in trials if not trial.passed]
    passed, total = len(trials) - len(failing), len(trials)
    if not failing:
        return Verdict(the_task.id, passed, total, _praise(total) + _warning(trials))
    if all(trial.kind == "NotImplementedError" for trial in trials):
        return Verdict(the_task.id, 0, total, f"Not started: {the_task.signature} is still the empty stub.")
    idea = diagnose(the_task, trials)
    message = _count(len(failing), total) + _reason(failing[0], idea) + _warning(trials)
    return Verdict(
        the_task.id, passed, total, message, idea.id if idea else None, _example(the_task, failing[0])
    )


def _praise(total: int) -> str:
    return "Right." if total == 1 else f"Right: all {total} cases pass."


def _count(failing: int, total: int) -> str:
    if total == 1:
        return "Not right yet. "
    return f"Not right yet: {failing} of {total} cases fail. "


def _reason(trial: Trial, idea: Idea | None) -> str:
    if idea is None:
        return trial.fault
    return f"{idea.explanation} The page to read again: chapters/{idea.chapter}.html."


def _warning(trials: list[Trial]) -> str:
    names = sorted({name for trial in trials for name in trial.changed})
    if not names:
        return ""
    return (
        f" Take care: your function changes its argument {' and '.join(names)} in place, "
        "so the caller's array is no longer what it was. Work on a copy."
    )


def _example(the_task: Task, trial: Trial) -> Example:
    arguments = trial.case.arguments
    if the_task.reveals:
        return Example(arguments, trial.expected, trial.received, trial.fault, trial.index)
    return Example(arguments, None, trial.received, trial.fault, trial.index)
