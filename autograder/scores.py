"""The class as a table, student by task, from the gradebook; whoever has no score gets a sentence instead."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory

from autograder.reading import UnreadableNotebookError, read


@dataclass
class Row:
    """One student on one problem set: scores by task, or None and the reason why there are none."""

    student: str
    problem_set: str
    scores: dict[str, float | None] | None = None
    total: float | None = None
    note: str = ""


@dataclass
class Table:
    """One problem set: how many points each task is worth, and a row for every student."""

    problem_set: str
    points: dict[str, float]
    rows: list[Row] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the table as JSON knows it."""
        return asdict(self)


def tables(course: CourseDirectory) -> list[Table]:
    """Return a table for each problem set of the gradebook, students in the order of their names."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return [
            _table(gradebook, course, assignment) for assignment in sorted(gradebook.assignments, key=_name)
        ]


def _table(gradebook: Gradebook, course: CourseDirectory, assignment: Any) -> Table:
    cells = [cell for notebook in assignment.notebooks for cell in notebook.grade_cells]
    points = {task_name(cell.name): cell.max_score for cell in cells}
    students = sorted({student.id for student in gradebook.students} | _who_handed_in(course))
    rows = [_row(gradebook, course, student, assignment.name, list(points)) for student in students]
    return Table(assignment.name, points, rows)


def _row(gradebook: Gradebook, course: CourseDirectory, student: str, name: str, order: list[str]) -> Row:
    note = _why_not_graded(course, student, name)
    if note:
        return Row(student, name, note=note)
    try:
        submission = gradebook.find_submission(name, student)
    except MissingEntry:
        return Row(student, name, note="graded, but not in the gradebook: run nbgrader autograde again")
    grades = {task_name(g.name): g for notebook in submission.notebooks for g in notebook.grades}
    scores = {task: None if grades[task].needs_manual_grade else grades[task].score for task in order}
    penalty = submission.late_submission_penalty or 0
    return Row(student, name, scores, submission.score - penalty, _remark(scores, penalty))


def _remark(scores: dict[str, float | None], penalty: float) -> str:
    waits = ["waits for a grade given by hand"] if None in scores.values() else []
    late = [f"{penalty:g} off for being late"] if penalty else []
    return "; ".join(waits + late)


def _why_not_graded(course: CourseDirectory, student: str, name: str) -> str:
    """Return "" if there is a graded notebook, else what happened instead."""
    if list(Path(course.format_path(course.autograded_directory, student, name)).glob("*.ipynb")):
        return ""
    folder = Path(course.format_path(course.submitted_directory, student, name))
    if not folder.is_dir():
        return "nothing handed in"
    path = folder / f"{name}.ipynb"
    if not path.is_file():
        others = ", ".join(sorted(file.name for file in folder.iterdir())) or "nothing"
        return f"not graded: no file {name}.ipynb was handed in; there is {others}"
    try:
        read(path.read_bytes())
    except UnreadableNotebookError as error:
        return f"not graded: {error}"
    return f"handed in, not graded: run nbgrader autograde {name}"


def _who_handed_in(course: CourseDirectory) -> set[str]:
    folder = Path(course.format_path(course.submitted_directory, ".", "."))
    return {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()


def task_name(grade_id: str) -> str:
    """Return the name of a task within its problem set.

    >>> task_name("check-ps05-output_size")
    'output_size'
    """
    return grade_id.split("-", 2)[-1]


def _name(assignment: Any) -> str:
    return str(assignment.name)


def as_text(table: Table) -> str:
    """Return the table as lines of text."""
    width = max([len("student"), *(len(row.student) for row in table.rows)])
    most = sum(table.points.values())
    columns = [*table.points, "total"]
    head = "  ".join([f"{'student':<{width}}", *columns])
    worth = "  ".join(
        [
            " " * width,
            *(_right(f"of {p:g}", c) for c, p in zip(columns, [*table.points.values(), most], strict=True)),
        ]
    )
    return "\n".join([table.problem_set, head, worth, *(_line(row, width, columns) for row in table.rows)])


def _line(row: Row, width: int, columns: list[str]) -> str:
    if row.scores is None:
        return f"{row.student:<{width}}  {row.note}"
    values = [*row.scores.values(), row.total]
    shown = [_right("?" if v is None else f"{v:.4g}", c) for c, v in zip(columns, values, strict=True)]
    return "  ".join([f"{row.student:<{width}}", *shown, *([row.note] if row.note else [])])


def _right(text: str, column: str) -> str:
    return text.rjust(max(len(column), 5) if column == "total" else len(column))
