"""What the judge says in words: how many cases fail, which idea explains them, or else what is true."""

from convcheck.diagnosis import Diagnosis
from convcheck.reasons import because, relation
from convcheck.task import Task
from convcheck.trial import Trial

FICKLE = (
    "Called twice with the same arguments, your function gives two different answers. "
    "Something is kept from one call to the next: begin each call with an array of its own."
)


def message(
    task: Task,
    trials: list[Trial],
    smallest: Trial | None = None,
    found: Diagnosis | None = None,
    fickle: bool = False,
    slow: str = "",
) -> str:
    """The judge's words on all trials; `smallest` is the failing one to be shown."""
    if smallest is None:
        return (slow or _praise(len(trials))) + _warning(trials)
    failing = sum(not trial.passed for trial in trials)
    reason = FICKLE if fickle else _ideas(found) if found else _facts(task, trials, smallest)
    return _count(failing, len(trials)) + reason + _warning(trials)


def _praise(total: int) -> str:
    return "Right." if total == 1 else f"Right: all {total} cases pass."


def _count(failing: int, total: int) -> str:
    if total == 1:
        return "Not right yet. "
    return f"Not right yet: {failing} of {total} cases fail. "


def _ideas(found: Diagnosis) -> str:
    """One idea, or both, and where to read; two ideas are told apart by their numbers."""
    pages = " and ".join(dict.fromkeys(f"chapters/{idea.chapter}.html" for idea in found.ideas))
    told = [idea.explanation for idea in found.ideas]
    if len(told) > 1:
        told = ["Two things at once.", *(f"({n}) {text}" for n, text in enumerate(told, 1))]
    if found.more:
        told.append("Something else is wrong as well.")
    many = "pages" if " and " in pages else "page"
    return f"{' '.join(told)} The {many} to read again: {pages}."


def _facts(task: Task, trials: list[Trial], smallest: Trial) -> str:
    why = because(task, smallest) if task.reveals else ""
    fault = f"{smallest.fault.rstrip('.')}, {why}." if why else smallest.fault
    related = relation(trials) if task.reveals else ""
    return f"{fault} {related}".rstrip()


def _warning(trials: list[Trial]) -> str:
    names = sorted({name for trial in trials for name in trial.changed})
    if not names:
        return ""
    return (
        f" Take care: your function changes its argument {' and '.join(names)} in place, "
        "so the caller's array is no longer what it was. Work on a copy."
    )
