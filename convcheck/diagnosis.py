"""Which single wrong idea gives exactly these answers; None where none does, or more than one."""

from convcheck.compare import same
from convcheck.ideas import Idea, ideas
from convcheck.task import Function, Task
from convcheck.trial import Trial, run


def diagnose(task: Task, trials: list[Trial]) -> Idea | None:
    """The idea that reproduces every trial, the right answers too; at least one wrong array must agree.

    Cases that raise agree with an idea that raises there, but never name it alone.
    """
    if not any(trial.kind == "Wrong" for trial in trials):
        return None
    found = [idea for idea in ideas() if any(explains(a, task, trials) for a in idea.answers(task))]
    return found[0] if len(found) == 1 else None


def explains(answer: Function, task: Task, trials: list[Trial]) -> bool:
    """Whether a wrong reference gives the same outcome as the trials, case by case."""
    return all(_agrees(run(task, answer, [trial.case])[0], trial) for trial in trials)


def _agrees(theirs: Trial, trial: Trial) -> bool:
    if theirs.received is None or trial.received is None:
        return theirs.received is trial.received
    return same(trial.received, theirs.received)
