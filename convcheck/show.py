"""check: what a student runs. It shows the verdict, as a page in Jupyter and as text elsewhere."""

import contextlib
import io
import sys
import warnings
from collections.abc import Callable
from typing import Any

from convcheck.judge import judge
from convcheck.page import as_html
from convcheck.task import Case, Task, task
from convcheck.tensors import as_tensors
from convcheck.text import as_text
from convcheck.verdict import Verdict


class Score(float):
    """A score from 0 to 1 that shows itself as the points it is worth."""

    points: int

    def __new__(cls, score: float, points: int) -> "Score":
        """A score for a task of so many points."""
        value = super().__new__(cls, score)
        value.points = points
        return value

    def __repr__(self) -> str:
        """The points alone: nbgrader takes a cell's value as points only if it reads as a number."""
        return f"{round(self * self.points, 2):g}"

    def _repr_html_(self) -> str:
        return f"{self!r} of {self.points} point{'' if self.points == 1 else 's'}"


def check(task_id: str, fn: Callable[..., Any]) -> Score:
    """Judge `fn` on the task's public cases and show the verdict; the value is the score from 0 to 1.

    Raises ValueError for an unknown task, TypeError if `fn` is not a function.
    """
    the_task = task(task_id)
    with _quiet() as said:
        verdict = judge(task_id, fn)
    here = verdict.example is not None and bool(said.getvalue())
    _display(verdict, _printed_for(the_task, verdict, fn) if here else said.getvalue(), here)
    return Score(verdict.score, the_task.points)


def _printed_for(the_task: Task, verdict: Verdict, fn: Callable[..., Any]) -> str:
    """What the function prints when it is called with the case that is shown, and with no other."""
    assert verdict.example is not None
    args = Case(verdict.example.arguments).args
    with _quiet() as said, contextlib.suppress(Exception):
        fn(*(as_tensors(args) if the_task.tensors else args))
    return str(said.getvalue())


@contextlib.contextmanager
def _quiet() -> Any:
    """What a function prints or warns during many calls is kept out of the page, and kept."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield said


def _display(verdict: Verdict, said: str, here: bool) -> None:
    text = as_text(verdict, said, here)
    if not _in_kernel():
        print(text)
        return
    from IPython.display import display

    display({"text/html": as_html(verdict, said, here), "text/plain": text}, raw=True)


def _in_kernel() -> bool:
    """Whether this is a notebook's Python, without importing IPython where it is not."""
    running = sys.modules.get("IPython")
    return running is not None and hasattr(running.get_ipython(), "kernel")
