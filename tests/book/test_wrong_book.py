"""A wrong book does not build: each fault is put into a good page, which is built as the gate builds."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.pages import runs

TOP = Path(__file__).parents[2]
GOOD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst, format_version: "0.13"}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A page

```{code-cell} ipython3
import convlib

total = convlib.convolve([1, 2, 3, 4], [1, 2, 3])
```

The third number is 10, and [this heading](#a-page) is above.

```{code-cell} ipython3
:tags: [remove-cell]
assert total[2] == 10
```
"""
WRONG = {
    "broken reference": ("[this heading](#a-page)", "[another page](not-there.md)"),
    "unknown directive": ("# A page", "# A page\n\n```{nosuchthing}\n```"),
    "raising cell": ("import convlib", "import convlibb"),
    "number that the code contradicts": ("total[2] == 10", "total[2] == 11"),
    "words on stderr": ("import convlib", "import convlib, sys\nprint('oops', file=sys.stderr)"),
    "formula that cannot be set": ("The third number is 10", "The third number is $\\frac{10}$"),
    "formula that LaTeX would not take": ("The third number is 10", "The third number is $10\\nosuch$"),
}


def build(page: str, folder: Path, others: int = 0) -> subprocess.CompletedProcess[str]:
    """The page as a whole book, or with others, under the project's own configuration and build command."""
    (folder / "chapters").mkdir(parents=True)
    (folder / "build" / "site").mkdir(parents=True)
    shutil.copy(TOP / "_config.yml", folder)
    shutil.copy(TOP / "chapters" / "logo.svg", folder / "chapters")
    names = [f"page{number}" for number in range(others)]
    for name in names:
        (folder / f"{name}.md").write_text(f"# {name}\n")
    chapters = "chapters:\n" + "".join(f"  - file: {name}\n" for name in names) if names else ""
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: page\n{chapters}")
    (folder / "page.md").write_text(page)
    return again(folder)


def again(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build the book in this folder once more."""
    command = [sys.executable, str(TOP / "tools" / "book.py"), str(folder), *options]
    quiet = dict(os.environ, PYTHONWARNINGS="ignore")
    return subprocess.run(command, capture_output=True, text=True, check=False, env=quiet)


def test_the_good_book_builds(tmp_path):
    done = build(GOOD, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The third number is 10" in (tmp_path / "_build" / "html" / "page.html").read_text()


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_book_does_not_build(fault, tmp_path):
    good, wrong = WRONG[fault]
    assert good in GOOD
    assert build(GOOD.replace(good, wrong), tmp_path).returncode != 0


@pytest.mark.parametrize("fault", ["raising cell", "words on stderr"])
def test_a_wrong_book_does_not_build_the_second_time_either(fault, tmp_path):
    page = GOOD.replace(*WRONG[fault])
    assert build(page, tmp_path / "book").returncode != 0
    assert again(tmp_path / "book").returncode != 0


@pytest.mark.parametrize("fault", ["formula that cannot be set", "words on stderr"])
def test_a_fault_is_not_lost_where_two_processes_read_and_write_the_pages(fault, tmp_path):
    done = build(GOOD.replace(*WRONG[fault]), tmp_path, others=11)
    assert re.search(r"reading sources.* \.\. ", done.stdout), "pages were read in one process"
    assert done.returncode != 0


def test_a_good_book_of_many_pages_builds_and_is_not_run_twice(tmp_path):
    first = build(GOOD, tmp_path, others=11)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Running 1 of 12 pages" in first.stdout
    assert "Running" not in again(tmp_path).stdout.replace("Running Sphinx", "")
    assert "Running 1 of 12 pages" in again(tmp_path, "--fresh").stdout


def test_a_draft_builds_what_is_wrong_but_not_what_raises(tmp_path):
    assert build(GOOD.replace(*WRONG["broken reference"]), tmp_path).returncode != 0
    assert again(tmp_path, "--draft").returncode == 0
    (tmp_path / "page.md").write_text(GOOD.replace(*WRONG["raising cell"]))
    assert again(tmp_path, "--draft").returncode != 0


def test_runs_are_not_kept_beyond_a_change_of_a_library(tmp_path, monkeypatch):
    (tmp_path / "convlib").mkdir()
    (tmp_path / "convlib" / "naive.py").write_text("one = 1\n")
    monkeypatch.setattr(runs, "TOP", tmp_path)
    monkeypatch.setattr(runs, "IMPORTED", ("convlib",))
    key = runs.library_key.__wrapped__
    before = key()
    assert key() == before
    (tmp_path / "convlib" / "naive.py").write_text("one = 2\n")
    changed = key()
    (tmp_path / "convlib" / "naive.py").rename(tmp_path / "convlib" / "other.py")
    assert len({before, changed, key()}) == 3
