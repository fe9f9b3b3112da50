"""What nbgrader's autograde runs in place of its own steps: a reader, a rebuilding step, and the judge.

`nbgrader_config.py` names these classes. The judge replaces nbgrader's Execute: no kernel is started, and a
check cell's output is written here, in the forms that nbgrader reads as all, some or none of the points.
"""

import logging
import sys
import time
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Float

from autograder.grade import is_own, judge_notebook, label_of, task_of
from autograder.limits import Limits
from autograder.reading import UnreadableNotebookError, read
from autograder.rebuild import is_check, rebuild
from autograder.seed import course_seed

Resources = dict[str, Any]

progress = logging.getLogger("autograder.progress")


class PlainWords(logging.Filter):
    """Of the traceback that nbgrader logs for an unreadable file, keeps the sentence that says why."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the record if it is such a traceback."""
        _, found, why = str(record.msg).rpartition(f"{UnreadableNotebookError.__name__}: ")
        record.msg = f"This submission is not graded: {why.strip()}" if found else record.msg
        return True


class SubmissionReader(NotebookExporter):
    """Reads a submitted notebook; a file that is none fails with a sentence that says why."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.log.addFilter(PlainWords())

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Read the file ourselves, then convert as usual."""
        return self.from_notebook_node(read(Path(filename).read_bytes()), resources, **kw)


class Rebuild(NbGraderPreprocessor):
    """Puts the student's answers into the instructor's notebook."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Return the notebook that is graded; what was odd is kept in its metadata."""
        rebuilt = rebuild(nb, read(self._source(resources["nbgrader"]).read_bytes()))
        rebuilt.notebook.metadata["autograder"] = {"odd": rebuilt.odd}
        return rebuilt.notebook, resources

    def _source(self, names: dict[str, str]) -> Path:
        course = course_of(self)
        folder = course.format_path(course.source_directory, ".", names["assignment"])
        path = Path(folder) / f"{names['notebook']}.ipynb"
        if not path.exists():
            raise FileNotFoundError(f"{path} is missing: stage the instructor's notebooks first")
        return path


class Judge(NbGraderPreprocessor):
    """Runs the student's cells in a worker and judges every task with the course's secret seed."""

    call_seconds = Float(Limits.call_seconds, help="Longest time for one call of a function.").tag(
        config=True
    )
    cell_seconds = Float(Limits.cell_seconds, help="Longest time for one cell.").tag(config=True)
    submission_seconds = Float(Limits.submission_seconds, help="Longest time for one notebook.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Write the verdicts into the check cells, and what the student's cells did into theirs."""
        begin = time.monotonic()
        limits = Limits(self.call_seconds, self.cell_seconds, self.submission_seconds)
        result = judge_notebook(nb, course_seed(Path(course_of(self).root)), limits)
        for place, cell in enumerate(nb.cells):
            if is_check(cell):
                write_verdict(cell, result["tasks"][task_of(cell).id], place + 1)
            elif is_own(cell):
                write_report(cell, result["cells"][label_of(cell, place)])
        tell(resources["nbgrader"], result["tasks"], time.monotonic() - begin)
        return nb, resources


def course_of(preprocessor: NbGraderPreprocessor) -> CourseDirectory:
    """Return the course folder of the command that runs this step."""
    return preprocessor.parent.parent.coursedir


def write_verdict(cell: NotebookNode, verdict: dict[str, Any], count: int) -> None:
    """Give a check cell the output from which nbgrader's determine_grade reads the points earned."""
    cell.execution_count = count
    cell.metadata["autograder"] = {"verdict": verdict}
    cell.outputs = [new_output("stream", name="stdout", text=verdict["text"] + "\n")]
    if verdict["earned"] == 0:
        cell.outputs = [_error("NoPoints", verdict["message"], verdict["text"])]
    elif verdict["passed"] < verdict["total"]:
        number = {"text/plain": repr(verdict["earned"])}
        cell.outputs.append(new_output("execute_result", data=number, execution_count=count))


def write_report(cell: NotebookNode, report: dict[str, Any]) -> None:
    """Show what a student's cell printed, which lines were left out, and what went wrong in it."""
    cell.metadata["autograder"] = {**cell.metadata.get("autograder", {}), "report": report}
    said = [report["printed"]] if report["printed"] else []
    said += [f"[left out: {line}]\n" for line in report["skipped"]]
    cell.outputs = [new_output("stream", name="stdout", text=text) for text in said]
    cell.outputs += [_error(error.partition(":")[0], error, error) for error in report["errors"]]


def _error(name: str, value: str, text: str) -> NotebookNode:
    return new_output("error", ename=name, evalue=value, traceback=text.split("\n"))


def tell(names: dict[str, str], judged: dict[str, Any], seconds: float) -> None:
    """Say on one line how a submission did."""
    if not progress.handlers:
        progress.addHandler(logging.StreamHandler(sys.stderr))
        progress.setLevel(logging.INFO)
        progress.propagate = False
    earned, points = (sum(task[key] for task in judged.values()) for key in ("earned", "points"))
    progress.info(
        "%-20s %s  %5.5g of %g  (%.1f s)", names["student"], names["assignment"], earned, points, seconds
    )
