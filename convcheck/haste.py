"""Whether a right answer is fast enough: its time on the largest case, as a multiple of the reference's."""

import time
from collections.abc import Callable
from typing import Any

from convcheck.task import Case, Task
from convcheck.trial import Trial, attempt

ROUNDS = 3
LEAST_SECONDS = 0.02  # below this a clock says little


def too_slow(task: Task, trials: list[Trial], call: Callable[..., Any]) -> str:
    """A sentence where the answer takes longer than the task allows; "" where it does not.

    The best of a few runs counts, of the student's function and of the reference, one after the other.
    """
    if not task.haste:
        return ""
    case, seconds = trials[-1].case, trials[-1].seconds
    due = min(_seconds(task, case) for _ in range(ROUNDS))
    allowed = max(LEAST_SECONDS, task.haste * due)
    for _ in range(ROUNDS - 1):
        if seconds > allowed:
            seconds = min(seconds, attempt(task, case, call).seconds)
    if seconds <= allowed:
        return ""
    return (
        f"Right, but too slow: the largest case takes {_told(seconds)}, and the budget is {_told(allowed)}, "
        f"{task.haste:g} times what a solution without loops over cells takes here. Half of the cases count."
    )


def _seconds(task: Task, case: Case) -> float:
    args = case.args
    begin = time.perf_counter()
    task.oracle(*args)
    return time.perf_counter() - begin


def _told(seconds: float) -> str:
    return f"{seconds:.2g} s" if seconds >= 1 else f"{seconds * 1000:.2g} ms"
