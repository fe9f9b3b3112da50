"""The README says nothing that is not so."""

import re
import subprocess
from pathlib import Path

from convcheck import tasks
from tools import readme_picture

TOP = Path(__file__).parents[2]
README = (TOP / "README.md").read_text()


def test_its_picture_is_what_the_book_shows():
    assert readme_picture.TARGET.read_text() == readme_picture.drawing(), "run python tools/readme_picture.py"


def test_every_file_and_command_that_it_names_is_there():
    targets = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text(), re.M))
    assert set(re.findall(r"make ([a-z]+)", README)) <= targets
    for name in [*re.findall(r"\]\(([^)]+)\)", README), "LICENSE", "LICENSE-TEXT", "CONTRIBUTING.md"]:
        assert (TOP / name).exists(), name


def test_every_problem_set_that_it_names_is_there_and_none_else():
    assert set(re.findall(r"ps\d\d", README)) == {task.problem_set for task in tasks()}


def test_contributing_is_short():
    assert len((TOP / "CONTRIBUTING.md").read_text().splitlines()) <= 50


def test_no_tracked_file_is_generated_output():
    listed = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True).stdout
    assert not [name for name in listed.split() if name.startswith(("build/", "_build/", ".venv/", "work/"))]
