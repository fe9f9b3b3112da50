"""Problem sets from solutions/: staged with answers for nbgrader, and released without them for students.

    python tools/exercises.py            stage and release
    python tools/exercises.py stage      solutions/psNN.md -> build/source/psNN/psNN.ipynb
    python tools/exercises.py release    build/source/ -> exercises/psNN/psNN.ipynb, by nbgrader itself
    python tools/exercises.py --check    fail unless exercises/ is what solutions/ gives

The same solutions give the same bytes on any machine: cell ids come from the task or the position.
"""

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

from convcheck import task

TOP = Path(__file__).resolve().parent.parent
SOLUTIONS, STAGED, EXERCISES = TOP / "solutions", TOP / "build" / "source", TOP / "exercises"
CHECK = re.compile(r'^check\("(?P<task>[\w.]+)", (?P<function>\w+)\)$')
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main() -> int:
    """Do what the command line asks; the exit code is 1 if --check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("step", nargs="?", choices=["stage", "release"])
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    if asked.check:
        return check()
    if asked.step != "release":
        stage(SOLUTIONS, STAGED)
    if asked.step != "stage":
        release(STAGED, EXERCISES)
    return 0


def check() -> int:
    """0 if exercises/ is what solutions/ gives, byte for byte; else 1, with the names of what differs."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        stage(SOLUTIONS, made / "source")
        release(made / "source", made / "release")
        stale = differing(made / "release", EXERCISES)
    for name in stale:
        print(
            f"exercises/{name} is not what solutions/ gives; run: python tools/exercises.py", file=sys.stderr
        )
    return 1 if stale else 0


def differing(made: Path, kept: Path) -> list[str]:
    """The files that are not the same, byte for byte, in two folders of notebooks."""
    names = {str(path.relative_to(root)) for root in (made, kept) for path in root.rglob("*.ipynb")}
    return sorted(name for name in names if _bytes(made / name) != _bytes(kept / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def stage(solutions: Path, staged: Path) -> None:
    """Write each psNN.md as psNN/psNN.ipynb, answers inside; notebooks only: nbgrader would copy the rest."""
    shutil.rmtree(staged, ignore_errors=True)
    for source in sorted(solutions.glob("ps*.md")):
        folder = staged / source.stem
        folder.mkdir(parents=True)
        nbformat.write(notebook(source.read_text(encoding="utf-8")), folder / f"{source.stem}.ipynb")


def notebook(text: str) -> NotebookNode:
    """The notebook of a problem set, with nbgrader's metadata; raises ValueError where a task is unclear."""
    nb = jupytext.reads(text, fmt="md:myst")
    nb.metadata = nbformat.from_dict(METADATA)
    nb.nbformat, nb.nbformat_minor = 4, 5
    awaiting: list[NotebookNode] = []
    for position, cell in enumerate(nb.cells):
        cell.id, cell.metadata = f"cell-{position:02d}", NotebookNode()
        if "### BEGIN SOLUTION" in cell.source:
            awaiting.append(cell)
        elif found := CHECK.match(cell.source):
            _mark(found["task"], found["function"], awaiting, cell)
            awaiting = []
    if awaiting:
        raise ValueError(f"an answer cell has no check cell after it: {awaiting[0].source:.60}")
    return nb


def _mark(task_id: str, function: str, answers: list[NotebookNode], check_cell: NotebookNode) -> None:
    """Make the one answer cell before a check cell the student's, and the check cell nbgrader's."""
    the_task = task(task_id)
    if len(answers) != 1 or function != the_task.function or f"def {function}(" not in answers[0].source:
        raise ValueError(
            f"{task_id} needs one answer cell with def {the_task.function}(, before its check cell"
        )
    slug = task_id.replace(".", "-")
    _label(answers[0], f"answer-{slug}", solution=True)
    _label(check_cell, f"check-{slug}", grade=True, locked=True, points=the_task.points)


def _label(cell: NotebookNode, grade_id: str, points: int | None = None, **flags: bool) -> None:
    cell.id = grade_id
    plain = {"grade": False, "locked": False, "solution": False, "task": False, **flags}
    worth = {} if points is None else {"points": points}
    cell.metadata.nbgrader = {**plain, **worth, "grade_id": grade_id, "schema_version": 3}


def release(staged: Path, released: Path) -> None:
    """Write the students' notebooks: nbgrader's generate_assignment with this course's nbgrader_config.py."""
    for folder in sorted(path for path in staged.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as course:
            made = _generate(folder.name, staged, Path(course))
            shutil.rmtree(released / folder.name, ignore_errors=True)
            shutil.copytree(made, released / folder.name)


def _generate(name: str, staged: Path, course: Path) -> Path:
    config = _course_config()
    config.CourseDirectory.update(
        root=str(course),
        source_directory=str(staged.resolve()),
        release_directory=str(course / "release"),
        assignment_id=name,
    )
    config.GenerateAssignment.no_database = True  # nbgrader's own --no-db: a release needs no gradebook
    config.SaveCells.enabled = False
    GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
    return course / "release" / name


def _course_config() -> Config:
    """What nbgrader_config.py says, so that the tool and the instructor's command release the same bytes."""
    path = TOP / "nbgrader_config.py"
    return PyFileConfigLoader(path.name, path=str(TOP)).load_config() if path.exists() else Config()


if __name__ == "__main__":
    sys.exit(main())
