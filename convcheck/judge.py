"""The judge: runs a function on a task's cases, counts, and explains what is wrong without guessing."""

from collections.abc import Callable
from typing import Any

from convcheck.compare import same
from convcheck.diagnosis import Diagnosis, diagnose, explains
from convcheck.explain import message
from convcheck.haste import too_slow
from convcheck.shrink import shrink
from convcheck.taps import terms
from convcheck.task import Task, task
from convcheck.trial import Trial, attempt, run
from convcheck.verdict import Example, Verdict

Call = Callable[..., Any]


def judge(task_id: str, call: Call, seed: int = 0) -> Verdict:
    """The verdict on `call`, a function of the task's signature; an exception it raises is a failing case.

    Raises ValueError for an unknown task, TypeError if `call` is not a function.

    >>> judge("ps01.convolve", lambda f, g: f).passed
    0
    """
    the_task = task(task_id)
    if not callable(call):
        raise TypeError(f"{task_id} judges a function, got {type(call).__name__}: {call!r:.60}")
    trials = run(the_task, call, the_task.cases(seed))
    return _verdict(the_task, trials, call)


def _verdict(the_task: Task, trials: list[Trial], call: Call) -> Verdict:
    failing = [trial for trial in trials if not trial.passed]
    passed, total = len(trials) - len(failing), len(trials)
    if not failing:
        return _right(the_task, trials, call)
    if _is_untouched(trials):
        return Verdict(the_task.id, 0, total, f"Not started: {the_task.signature} is still the empty stub.")
    fickle = _is_fickle(the_task, failing[0], call)
    found = None if fickle else diagnose(the_task, trials)
    smallest = failing[0] if fickle else _smallest(the_task, failing, call, found)
    told = message(the_task, trials, smallest, found, fickle)
    names = "+".join(idea.id for idea in found.ideas) if found else None
    return Verdict(the_task.id, passed, total, told, names, _example(the_task, smallest, call))


def _is_untouched(trials: list[Trial]) -> bool:
    """Whether the stub is all there is: a case that is to be refused may pass with it by chance."""
    unwritten = any(trial.kind == "NotImplementedError" for trial in trials)
    return unwritten and all(t.kind in ("NotImplementedError", "") and t.received is None for t in trials)


def _right(the_task: Task, trials: list[Trial], call: Call) -> Verdict:
    """All cases pass; where speed is asked for and not reached, half of them count."""
    slow = too_slow(the_task, trials, call)
    passed = len(trials) // 2 if slow else len(trials)
    return Verdict(the_task.id, passed, len(trials), message(the_task, trials, slow=slow))


def _is_fickle(the_task: Task, trial: Trial, call: Call) -> bool:
    """Whether the function answers otherwise when it is called again: something is kept between the calls."""
    if trial.received is None or the_task.accept:
        return False
    again = attempt(the_task, trial.case, call)
    return again.received is None or not same(again.received, trial.received)


def _smallest(the_task: Task, failing: list[Trial], call: Call, found: Diagnosis | None) -> Trial:
    """The smallest case that fails in the same way; where ideas are named, one that still shows them."""
    shows = [trial for trial in failing if found and trial.kind == "Wrong" and _shows(the_task, trial, found)]
    start = (shows or failing)[0]

    def still(tried: Trial) -> bool:
        if tried.kind != start.kind or (tried.index is None) != (start.index is None):
            return False
        return not shows or found is None or _shows(the_task, tried, found)

    return shrink(the_task, start, lambda case: attempt(the_task, case, call), still)


def _shows(the_task: Task, tried: Trial, found: Diagnosis) -> bool:
    """Whether the case shows what was named; of two ideas, whether it takes both to explain it."""
    alone = [answer for idea in found.ideas for answer in idea.answers(the_task)]
    enough = len(found.ideas) == 2 and any(explains(answer, the_task, [tried]) for answer in alone)
    return not enough and explains(found.answer, the_task, [tried])


def _example(the_task: Task, trial: Trial, call: Call) -> Example:
    arguments = trial.case.arguments
    if not the_task.reveals:
        return Example(arguments, None, trial.received, trial.fault, trial.index)
    example = Example(arguments, trial.expected, trial.received, trial.fault, trial.index, trial.refusal)
    if trial.index is None or trial.expected is None or trial.received is None or the_task.tensors:
        return example
    due = terms(the_task.oracle, trial.case, trial.index, float(trial.expected[trial.index]))
    yours = terms(call, trial.case, trial.index, float(trial.received[trial.index])) if due else None
    return example.with_terms(due, yours)
