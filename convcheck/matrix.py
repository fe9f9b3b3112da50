"""The kill matrix: every wrong idea at work in every task that it touches; does it fail, and is it named?"""

from collections.abc import Iterator
from dataclasses import dataclass

from convcheck.diagnosis import diagnose
from convcheck.ideas import Idea, ideas
from convcheck.task import Function, Task
from convcheck.trial import run


@dataclass(frozen=True)
class Kill:
    """One wrong answer to one task: how many cases it fails, and whether its idea, and no other, is named."""

    idea: Idea
    task: Task
    failed: int
    total: int
    named: bool


def kills(task: Task, seed: int = 0) -> Iterator[Kill]:
    """A row of the matrix: an entry for each way in which an idea can be at work in the task; slips apart."""
    for idea in ideas():
        if not idea.slip:
            for answer in idea.answers(task):
                yield kill(idea, task, answer, seed)


def kill(idea: Idea, task: Task, answer: Function, seed: int = 0) -> Kill:
    """Judge one wrong answer, without looking for its smallest case."""
    trials = run(task, answer, task.cases(seed))
    found = diagnose(task, trials)
    failed = sum(not trial.passed for trial in trials)
    return Kill(idea, task, failed, len(trials), found is not None and found.ideas == (idea,))
