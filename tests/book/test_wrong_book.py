"""A wrong book does not build: each fault is put into a good page, which is built as the gate builds."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
}


def build(page: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The page as a whole book, under the project's own configuration and build command."""
    (folder / "chapters").mkdir(parents=True)
    (folder / "build" / "site").mkdir(parents=True)
    shutil.copy(TOP / "_config.yml", folder)
    shutil.copy(TOP / "chapters" / "logo.svg", folder / "chapters")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: page\n")
    (folder / "page.md").write_text(page)
    command = [sys.executable, str(TOP / "tools" / "book.py"), str(folder)]
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


def test_a_wrong_book_does_not_build_the_second_time_either(tmp_path):
    page = GOOD.replace(*WRONG["raising cell"])
    assert build(page, tmp_path / "book").returncode != 0
    command = [sys.executable, str(TOP / "tools" / "book.py"), str(tmp_path / "book")]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
