"""Which wrong idea, or which two at once, give exactly these answers; none where none does."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from convcheck.compare import Array, NotAnAnswerError, as_array, same
from convcheck.ideas import Idea, Mutation, ideas, mutated
from convcheck.task import Function, Task
from convcheck.trial import Trial

PATIENCE = 0.4
"""Seconds after which no further kind of explanation is looked for: a student waits."""

Explanation = tuple[tuple[Idea, ...], Function]


@dataclass(frozen=True)
class Diagnosis:
    """The ideas that explain a wrong function, and a function that answers as they do.

    Where several pairs of ideas would explain it and share one, that one is named, and `more` is True:
    something else is wrong as well.
    """

    ideas: tuple[Idea, ...]
    answer: Function
    more: bool = False


def diagnose(task: Task, trials: list[Trial]) -> Diagnosis | None:
    """The one idea that reproduces every trial, the right answers too; else the one pair that does.

    At least one wrong array must agree. Ideas come before slips, one before two. Cases that raise agree with
    an idea that fails there, but never name it alone.
    """
    if not any(trial.kind == "Wrong" for trial in trials):
        return None
    known = [idea for idea in ideas() if not idea.slip]
    slips = [idea for idea in ideas() if idea.slip]
    end = time.monotonic() + PATIENCE
    for candidates in (
        _singles(task, known),
        _singles(task, slips),
        _pairs(task, trials, known, known),
        _pairs(task, trials, known, slips),
    ):
        if found := _explaining(task, trials, candidates):
            return _only(found)
        if time.monotonic() > end:
            return None
    return None


def _singles(task: Task, found: list[Idea]) -> Iterator[Explanation]:
    for idea in found:
        for answer in idea.answers(task):
            yield (idea,), answer


def _pairs(task: Task, trials: list[Trial], first: list[Idea], second: list[Idea]) -> Iterator[Explanation]:
    """Two ideas at work, in every order that can matter: an inner change always comes before an outer.

    Only pairs that can explain the first wrong array are tried: both ideas show in its case, or one of them
    gives it alone and the other does not show there.
    """
    wrong = next(trial for trial in trials if trial.kind == "Wrong")
    known = {id(m): _effect(task, m, wrong) for idea in (*first, *second) for m in idea.mutations(task)}
    for one, other in _different(first, second):
        for a in one.mutations(task):
            for b in other.mutations(task):
                if {known[id(a)], known[id(b)]} in POSSIBLE:
                    for order in _orders(a, b):
                        yield (one, other), mutated(task, order)


POSSIBLE = ({"some"}, {"some", "all"}, {"all"}, {"all", "none"})


def _effect(task: Task, mutation: Mutation, trial: Trial) -> str:
    """What a change alone does to a case: nothing, something, or all that is wrong with it."""
    outcome = _outcome(mutated(task, [mutation]), trial)
    if _is_right(task, outcome, trial):
        return "none"
    return "all" if _agrees(task, outcome, trial) else "some"


def _different(first: list[Idea], second: list[Idea]) -> Iterator[tuple[Idea, Idea]]:
    for i, one in enumerate(first):
        for other in second[i + 1 :] if second is first else second:
            yield one, other


def _orders(a: Mutation, b: Mutation) -> Iterable[tuple[Mutation, Mutation]]:
    return permutations((a, b)) if a.outer == b.outer else [(a, b)]  # type: ignore[return-value]


def _explaining(task: Task, trials: list[Trial], candidates: Iterable[Explanation]) -> list[Explanation]:
    """The candidates that explain the trials: each is asked first where most fall, the first wrong array."""
    wrong = next(trial for trial in trials if trial.kind == "Wrong")
    ordered = [wrong, *(trial for trial in trials if trial is not wrong)]
    return [(found, answer) for found, answer in candidates if explains(answer, task, ordered)]


def _only(found: list[Explanation]) -> Diagnosis | None:
    """The one set of ideas that explains; of several, the idea they share."""
    sets = {tuple(idea.id for idea in each): (each, answer) for each, answer in found}
    if len(sets) == 1:
        return Diagnosis(*next(iter(sets.values())))
    shared = set.intersection(*(set(ids) for ids in sets)) if sets else set()
    if len(shared) != 1:
        return None
    each, answer = found[0]
    return Diagnosis(tuple(idea for idea in each if idea.id in shared), answer, more=True)


def explains(answer: Function, task: Task, trials: list[Trial]) -> bool:
    """Whether a wrong function gives the same outcome as the trials, as far as both give one."""
    agreeing = contrary = 0
    for trial in trials:
        said = _agrees(task, _outcome(answer, trial), trial)
        if said is False:
            return False
        agreeing += bool(said) and not trial.passed
        contrary += said is None and trial.received is not None
    return agreeing > 0 and agreeing >= contrary


def _outcome(answer: Function, trial: Trial) -> Array | None:
    """The array that a wrong function gives for a trial's case; None where it raises."""
    try:
        return as_array(answer(*trial.case.args))
    except (NotAnAnswerError, ValueError, IndexError, TypeError, ZeroDivisionError, MemoryError):
        return None


def _agrees(task: Task, theirs: Array | None, trial: Trial) -> bool | None:
    """True or False where both sides say something, None where only one of two failures is an array."""
    if trial.passed or _is_right(task, theirs, trial):
        return trial.passed and _is_right(task, theirs, trial)
    if trial.refusal:
        return True
    if theirs is None or trial.received is None:
        return None
    both_empty = trial.received.size == theirs.size == 0  # a list without entries has lost its shape
    return both_empty or same(trial.received, theirs)


def _is_right(task: Task, theirs: Array | None, trial: Trial) -> bool:
    if trial.refusal:
        return theirs is None
    if theirs is None:
        return False
    if task.accept:
        return not task.accept(trial.case, theirs)
    return trial.expected is not None and same(theirs, trial.expected)
