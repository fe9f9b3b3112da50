"""Problem sets: the same bytes everywhere, right answers inside, no trace of them in what students get."""

import ast
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbgrader.utils import is_grade, is_solution

from autograder import worker
from convcheck import capstone, judge, tasks, tensors
from convcheck.compare import as_array, same
from convcheck.wrong.programs import UNWRITTEN
from tests.cells import names_of
from tools import exercises

TOP = exercises.TOP
SETS = sorted(path.stem for path in exercises.SOLUTIONS.glob("ps*.md"))
GIVEN = re.compile(r"^    (\w+ = (?:np\.|torch\.|\().+)$", re.MULTILINE)
CLAIM = re.compile(r"^    (\w+\(.*\)(?:\.\w+|\[-?\d+\])?) -> (.+)$", re.MULTILINE)
WIDEST = 80
HIDDEN = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "MARK SCHEME")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The problem sets staged and released in a folder of their own."""
    folder = tmp_path_factory.mktemp("made")
    exercises.stage(exercises.SOLUTIONS, folder / "source")
    exercises.release(folder / "source", folder / "release")
    return folder


def read(root, name):
    return nbformat.read(root / name / f"{name}.ipynb", as_version=4)


def answer_lines(notebook):
    """Every line of every solution region, spaces at its ends taken off."""
    lines = []
    for cell in notebook.cells:
        for region in re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL):
            lines += [line.strip() for line in region.splitlines()]
    return lines


def leaks(released_text, staged):
    """What of the answers is in a released file: lines longer than trivial, and nbgrader's hidden markers."""
    plain = "\n".join("".join(cell["source"]) for cell in json.loads(released_text)["cells"])
    told = [line for line in answer_lines(staged) if len(line) > 12 and line in plain]
    return told + [marker for marker in HIDDEN if marker in released_text]


@pytest.mark.parametrize("name", SETS)
def test_no_trace_of_an_answer_is_released(made, name):
    staged = read(made / "source", name)
    assert len(answer_lines(staged)) >= 10
    assert leaks((made / "release" / name / f"{name}.ipynb").read_text(), staged) == []


def test_a_leak_would_be_seen(made):
    staged = read(made / "source", "ps01")
    assert len(leaks(nbformat.writes(staged), staged)) > 10
    released = read(made / "release", "ps01")
    released.cells[2].source += "\nreturn heights * dx"
    assert leaks(nbformat.writes(released), staged) == ["return heights * dx"]
    released = read(made / "release", "ps01")
    released.cells[4].source += "\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS"
    assert leaks(nbformat.writes(released), staged) == ["HIDDEN TESTS"]


def test_nothing_but_notebooks_is_released(made):
    files = sorted(str(path.relative_to(made / "release")) for path in (made / "release").rglob("*.*"))
    assert files == [f"{name}/{name}.ipynb" for name in SETS]


def test_the_same_solutions_give_the_same_bytes_in_another_folder_and_process(made, tmp_path):
    code = (
        "import sys; from pathlib import Path; from tools import exercises as e; there = Path(sys.argv[1])\n"
        "e.stage(e.SOLUTIONS, there / 'source'); e.release(there / 'source', there / 'release')"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, tmp_path / "x"], cwd=TOP, env=environment, check=True)
    for room in ("source", "release"):
        assert exercises.differing(made / room, tmp_path / "x" / room) == []


def test_what_is_committed_is_what_the_solutions_give(made):
    assert exercises.differing(made / "release", exercises.EXERCISES) == []


def test_an_edited_exercise_is_seen(made, tmp_path):
    shutil.copytree(exercises.EXERCISES, tmp_path / "kept")
    file = tmp_path / "kept" / "ps05" / "ps05.ipynb"
    file.write_text(file.read_text().replace("slide", "Slide", 1))
    assert exercises.differing(made / "release", tmp_path / "kept") == ["ps05/ps05.ipynb"]


def test_the_command_reports_a_stale_exercise(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(exercises, "EXERCISES", tmp_path)
    assert exercises.check() == 1
    assert "exercises/ps01/ps01.ipynb is not what solutions/ gives" in capsys.readouterr().err


def test_an_instructors_own_command_releases_the_same_bytes(made, tmp_path):
    """nbgrader generate_assignment in a course folder, with its gradebook, and this course's settings."""
    course = tmp_path / "course"
    course.mkdir()
    config = TOP / "nbgrader_config.py"
    settings = [
        f'load_subconfig("{config.name}", path="{TOP}")' if config.exists() else "c = get_config()",
        "c = get_config()",
        f'c.CourseDirectory.source_directory = "{made / "source"}"',
        f'c.CourseDirectory.release_directory = "{course / "release"}"',
    ]
    (course / "nbgrader_config.py").write_text("\n".join(settings))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "ps01"]
    done = subprocess.run(
        command, cwd=course, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    theirs, ours = (root / "release" / "ps01" / "ps01.ipynb" for root in (course, made))
    assert theirs.read_bytes() == ours.read_bytes()


@pytest.mark.parametrize("name", SETS)
def test_every_task_has_an_answer_cell_and_a_locked_check_cell_worth_its_points(made, name):
    cells = {
        cell.metadata.nbgrader.grade_id: cell for cell in read(made / "release", name).cells if marked(cell)
    }
    asked = [t for t in tasks() if t.problem_set == name]
    slugs = [t.id.replace(".", "-") for t in asked]
    assert list(cells) == [f"{kind}-{slug}" for slug in slugs for kind in ("answer", "check")]
    for t, slug in zip(asked, slugs, strict=True):
        answer, check = cells[f"answer-{slug}"], cells[f"check-{slug}"]
        assert is_solution(answer)
        assert not is_grade(answer)
        assert "raise NotImplementedError" in answer.source
        assert check.source == f'check("{t.id}", {t.function})'
        assert (check.metadata.nbgrader.points, check.metadata.nbgrader.locked) == (t.points, True)
        assert re.search(rf"^def {re.escape(t.signature)}:", answer.source, re.MULTILINE)


def marked(cell):
    return "nbgrader" in cell.metadata


@pytest.mark.parametrize("name", SETS)
def test_metadata_is_minimal_and_ids_are_stable(made, name):
    notebook = read(made / "release", name)
    assert notebook.metadata == exercises.METADATA
    for position, cell in enumerate(notebook.cells):
        assert cell.id == (cell.metadata.nbgrader.grade_id if marked(cell) else f"cell-{position:02d}")


def namespace(root, name):
    """What a notebook's code cells define, those of the student and those that are given."""
    return names_of(read(root, name).cells, f"{root}/{name}")


@pytest.mark.parametrize("t", tasks(), ids=lambda t: t.id)
def test_the_solution_is_right_and_the_stub_is_zero(made, t):
    for seed in (0, 5):
        assert judge(t.id, namespace(made / "source", t.problem_set)[t.function], seed).score == 1
    assert judge(t.id, namespace(made / "release", t.problem_set)[t.function]).message.startswith(
        "Not started"
    )


@pytest.mark.parametrize("t", tasks()[1:], ids=lambda t: t.id)
def test_the_examples_in_a_docstring_are_true(made, t):
    names = namespace(made / "source", t.problem_set)
    text = names[t.function].__doc__
    for line in GIVEN.findall(text):
        exec(line, names)
    assert len(CLAIM.findall(text)) == 2
    for call, value in CLAIM.findall(text):
        assert same(as_array(eval(call, names)), as_array(ast.literal_eval(value))), call


@pytest.mark.parametrize("name", SETS)
def test_code_fits_into_a_cell_without_scrolling(made, name):
    cells = [cell for cell in read(made / "source", name).cells if cell.cell_type == "code"]
    signatures = {f"def {t.signature}:" for t in tasks()}
    lines = {line for cell in cells for line in cell.source.splitlines()} - signatures
    assert max(map(len, lines)) <= WIDEST


def test_what_a_notebook_gives_is_what_the_judge_uses(made):
    """Constants and scenes that stand in two places, since a notebook cannot import the judge's insides."""
    given = namespace(made / "release", "ps10")
    assert given["SHAPES"] == capstone.SHAPES
    ours, theirs = (
        scenes(np.random.default_rng(3), 4, (17, 23)) for scenes in (capstone.scenes, given["scenes"])
    )
    assert all(np.array_equal(one, other) for one, other in zip(ours, theirs, strict=True))
    kernels = namespace(made / "release", "ps09")
    assert (kernels["UNWRITTEN"], kernels["BESIDE"]) == (UNWRITTEN, tensors.ROOM)
    assert inspect.signature(worker._between_guards).parameters["room"].default == tensors.ROOM
    assert inspect.signature(worker._between_guards).parameters["guard"].default == tensors.GUARD


@pytest.mark.parametrize("name", SETS)
def test_points_and_pages_named_in_the_text_are_right(made, name):
    text = "\n".join(
        cell.source for cell in read(made / "source", name).cells if cell.cell_type == "markdown"
    )
    asked = [t for t in tasks() if t.problem_set == name]
    assert f"There are {sum(t.points for t in asked)} points." in text
    worth = re.findall(r"^\*(\d+) points?, about (\d+) minutes\.\*", text, re.MULTILINE)
    assert [int(points) for points, _ in worth] == [t.points for t in asked]
    assert int(re.search(r"takes\*\* about (\d+)", text)[1]) >= sum(int(minutes) for _, minutes in worth)
    for page in re.findall(r"`chapters/([\w/-]+)\.html`", text):
        assert (TOP / "chapters" / f"{page}.md").exists()
    taught = re.findall(r"The page that teaches it: `chapters/([\w/-]+)\.html`", text)
    assert taught == [t.chapter for t in asked]


def test_a_check_without_its_answer_cell_is_refused():
    text = exercises.SOLUTIONS.joinpath("ps01.md").read_text()
    with pytest.raises(ValueError, match=r"ps01.convolve needs one answer cell with def convolve\("):
        exercises.notebook(text.replace("def convolve(", "def convolved("))
    with pytest.raises(ValueError, match="an answer cell has no check cell after it"):
        exercises.notebook(text.replace('check("ps01.commute", swapped_row)', "pass"))
