"""A sample class in build/class: a complete course folder, graded with nbgrader's own commands.

    python tools/sample_class.py [folder]

The students are in autograder/samples: <student>/<set>.txt holds what was put into the released notebook's
cells, each under a line "# %% <grade_id>" ("# %% delete <grade_id>" takes a cell out); <set>.ipynb.cut is
handed in byte for byte. Made afresh each time; the course's own gradebook is not touched.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

TOP = Path(__file__).resolve().parent.parent
SAMPLES, EXERCISES = TOP / "autograder" / "samples", TOP / "exercises"
CELL = re.compile(r"^# %% (?P<what>.+)\n", re.M)
SETTINGS = """load_subconfig("nbgrader_config.py", path={top!r})
c = get_config()
c.CourseDirectory.release_directory = {release!r}
"""


def main(folder: Path) -> int:
    """Make the course folder, and grade it."""
    make(folder)
    return grade(folder)


def grade(folder: Path) -> int:
    """Grade with nbgrader's commands; a submission that cannot be graded does not stop the others."""
    for problem_set in sorted({path.name for path in (folder / "submitted").glob("*/*")}):
        for command in ("generate_assignment", "autograde", "generate_feedback"):
            status = nbgrader(folder, command, problem_set)
            if status and command != "autograde":
                return status
    return run(["-m", "autograder", "scores"], folder)


def make(folder: Path) -> None:
    """Write the course folder: its settings, and every sample submission."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings = SETTINGS.format(top=str(TOP), release=str(folder.resolve() / "release"))
    (folder / "nbgrader_config.py").write_text(settings)
    for sample in sorted(SAMPLES.glob("*/ps*")):
        name = sample.name.split(".")[0]
        target = folder / "submitted" / sample.parent.name / name / f"{name}.ipynb"
        target.parent.mkdir(parents=True)
        if sample.suffix == ".cut":
            shutil.copy(sample, target)
        else:
            nbformat.write(submission(name, sample.read_text()), target)


def submission(problem_set: str, text: str) -> NotebookNode:
    """The released notebook with a student's cells in it; ValueError for a cell that it does not have."""
    notebook = nbformat.read(EXERCISES / problem_set / f"{problem_set}.ipynb", as_version=4)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    for what, code in edits(text):
        name = what.removeprefix("delete ")
        if name not in cells:
            raise ValueError(f"{problem_set} has no cell {name!r}; it has {', '.join(cells)}")
        if what != name:
            notebook.cells.remove(cells[name])
        cells[name].source = code
    return notebook


def edits(text: str) -> list[tuple[str, str]]:
    r"""What to do to which cell, and the code for it.

    >>> edits("# %% a\nx = 1\n\n# %% delete b\n")
    [('a', 'x = 1'), ('delete b', '')]
    """
    _, *parts = CELL.split(text)
    return [(what, code.strip()) for what, code in zip(parts[::2], parts[1::2], strict=True)]


def nbgrader(folder: Path, command: str, problem_set: str) -> int:
    """Run one of nbgrader's commands in the folder; its exit status, which is 1 if a submission failed."""
    print(f"nbgrader {command} {problem_set}", flush=True)
    return run(["-m", "nbgrader", command, problem_set], folder)


def run(words: list[str], folder: Path) -> int:
    """Run this environment's Python, its programs on the path, other people's warnings off."""
    programs = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [sys.executable, "-W", "ignore", *words]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/class")))
