"""The sample class, graded by nbgrader: every score is the one that was written down before."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tools import sample_class

EXPECTED = json.loads((sample_class.SAMPLES / "expected.json").read_text())
SOURCE = sample_class.TOP / "build" / "source"
SETS = sorted(path.name for path in sample_class.EXERCISES.iterdir() if path.is_dir())
GRADED = [(student, name) for student, sets in EXPECTED.items() for name in sets if student != "hana"]

pytestmark = pytest.mark.xdist_group("sample class")  # graded once, in one process


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """The sample class, and two more students: one hands in the answers of all sets, one touches nothing."""
    folder = tmp_path_factory.mktemp("course") / "class"
    sample_class.make(folder)
    for student, room in (("answers", SOURCE), ("untouched", sample_class.EXERCISES)):
        for name in SETS:
            target = folder / "submitted" / student / name
            target.mkdir(parents=True)
            (target / f"{name}.ipynb").write_bytes((room / name / f"{name}.ipynb").read_bytes())
    assert sample_class.grade(folder) == 0
    return folder


@pytest.fixture(scope="module")
def rows(course) -> dict[tuple[str, str], dict]:
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "autograder",
        "scores",
        "--json",
        "--course",
        str(course),
    ]
    tables = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {(row["student"], table["problem_set"]): row for table in tables for row in table["rows"]}


def test_there_are_enough_students_and_each_is_expected():
    handed_in = {path.name for path in sample_class.SAMPLES.iterdir() if path.is_dir()}
    assert len(handed_in) >= 8
    assert handed_in == set(EXPECTED)


@pytest.mark.parametrize(("student", "name"), GRADED)
def test_the_score_is_the_one_written_down(student, name, rows):
    assert rows[student, name]["scores"] == EXPECTED[student][name]
    assert rows[student, name]["total"] == pytest.approx(sum(EXPECTED[student][name].values()))


def test_a_broken_file_has_a_row_that_says_so_and_no_score(rows):
    assert rows["hana", "ps01"]["scores"] is None
    assert "cut short" in rows["hana", "ps01"]["note"]
    assert rows["hana", "ps05"]["note"] == "nothing handed in"


@pytest.mark.parametrize("name", SETS)
def test_the_answers_score_full_and_the_untouched_notebook_nothing(name, rows):
    points = [
        cell.metadata.nbgrader.points
        for cell in nbformat.read(SOURCE / name / f"{name}.ipynb", as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert rows["answers", name]["total"] == sum(points) > 0
    assert rows["untouched", name]["total"] == 0


@pytest.mark.parametrize(("student", "name"), GRADED)
def test_a_feedback_page_holds_the_score_and_asks_nobody(student, name, course):
    page = (course / "feedback" / student / name / f"{name}.html").read_text()
    assert f"{sum(EXPECTED[student][name].values()):g}" in page
    assert not asks_elsewhere(page)


def asks_elsewhere(page: str) -> bool:
    return bool(
        re.search(r"""<script|(?:src|href)\s*=\s*["']?(?:https?:)?//|url\(["']?https?:|@import""", page)
    )


@pytest.mark.parametrize(
    "bad", ['<img src="https://e.org/x">', "<script>1</script>", "<a href=//e.org>", "@import 'x'"]
)
def test_a_page_that_asks_elsewhere_would_be_caught(bad):
    assert asks_elsewhere(f"<p>fine</p>{bad}")


def test_the_feedback_names_the_wrong_idea(course):
    page = (course / "feedback" / "dana" / "ps01" / "ps01.html").read_text()
    assert "turns the kernel round before it slides" in page


def test_no_worker_outlived_the_command_that_started_it(course):
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
    workers = [line.split(None, 1) for line in listed.splitlines() if "autograder/worker.py" in line]
    assert [args for parent, args in workers if parent == "1"] == []
