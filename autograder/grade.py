"""Grading one submission: notebook bytes and a secret seed in, a verdict on every task out."""

from dataclasses import asdict, replace
from typing import Any

from nbformat import NotebookNode

from autograder.limits import Limits
from autograder.reading import UnreadableNotebookError, read
from autograder.rebuild import grade_id, is_answer, is_check, rebuild
from autograder.session import Session
from convcheck import Task, Verdict, judge, tasks
from convcheck.page import as_html
from convcheck.text import as_text

STANDARD = Limits()
MOST_SHOWN = 1000


def grade(submitted: bytes, source: bytes, seed: int, limits: Limits = STANDARD) -> dict[str, Any]:
    """Judge every task of the instructor's notebook `source` with the answers in `submitted`.

    The result holds only what JSON knows. "readable" is False, and "reason" says why, where the submitted
    file is no notebook; there are no scores then. Raises UnreadableNotebookError if `source` is none.
    """
    instructor = read(source)
    try:
        student = read(submitted)
    except UnreadableNotebookError as error:
        return {"readable": False, "reason": str(error), "odd": [], "tasks": {}, "cells": {}}
    rebuilt = rebuild(student, instructor)
    return {
        "readable": True,
        "reason": "",
        "odd": rebuilt.odd,
        **judge_notebook(rebuilt.notebook, seed, limits),
    }


def judge_notebook(notebook: NotebookNode, seed: int, limits: Limits = STANDARD) -> dict[str, Any]:
    """Run the cells of a rebuilt notebook from top to bottom, and judge at each check cell."""
    judged: dict[str, Any] = {}
    reports: dict[str, Any] = {}
    asked = [task_of(cell) for cell in notebook.cells if is_check(cell)]
    with Session(limits.for_tasks(asked)) as session:
        for place, cell in enumerate(notebook.cells):
            if is_check(cell):
                task = task_of(cell)
                judged[task.id] = _judge(task, cell.metadata.nbgrader.points, session, seed)
            elif cell.cell_type == "code":
                label = label_of(cell, place)
                reports[label] = asdict(session.run(label, cell.source))
    return {"tasks": judged, "cells": {name: reports[name] for name in _own_labels(notebook)}}


def label_of(cell: NotebookNode, place: int) -> str:
    """Return the name under which a cell's report is kept."""
    return grade_id(cell) or str(cell.get("id") or f"cell-{place}")


def task_of(check: NotebookNode) -> Task:
    """Return the task that a check cell belongs to. Raises ValueError if convcheck has none."""
    for task in tasks():
        if grade_id(check) == f"check-{task.id.replace('.', '-')}":
            return task
    raise ValueError(f"the check cell {grade_id(check)!r} belongs to no task of convcheck")


def is_own(cell: NotebookNode) -> bool:
    """Whether the student wrote the cell: an answer, or one that was added."""
    return cell.cell_type == "code" and (is_answer(cell) or "added" in cell.metadata.get("autograder", {}))


def _own_labels(notebook: NotebookNode) -> list[str]:
    return [label_of(cell, place) for place, cell in enumerate(notebook.cells) if is_own(cell)]


def _printable(verdict: Verdict) -> Verdict:
    """Leave out an answer that is too large to be shown; the verdict still says what is wrong with it."""
    example = verdict.example
    if example is None or example.received is None or example.received.size <= MOST_SHOWN:
        return verdict
    return replace(verdict, example=replace(example, received=None))


def _judge(task: Task, points: float, session: Session, seed: int) -> dict[str, Any]:
    session.printed = ""
    verdict = _printable(judge(task.id, session.function(task.function, task.seconds), seed))
    if session.unavailable:
        raise session.unavailable
    earned = {"points": points, "earned": round(verdict.score * points, 2)}
    return {
        **verdict.to_json(),
        **earned,
        "text": as_text(verdict, session.printed),
        "html": as_html(verdict, session.printed),
    }
