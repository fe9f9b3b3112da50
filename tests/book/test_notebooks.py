"""The notebooks behind the download button: the page's cells, and words that read well in Jupyter."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.book.pages import PAGES, TOP, Html
from tools.pages.notebooks import notebook
from tools.pages.plain import Source, plain

MYST = re.compile(r"^\s*:::|^\s*`{3,}\{|\{(?:doc|term|ref|download)\}`|^\(\S+\)=|\]\([^)\s]*\.md", re.M)
CELL = re.compile(r"^`{3,}\{code-cell\}[^\n]*\n(?P<code>.*?)^`{3,}\s*$", re.M | re.S)
OPTIONS = re.compile(r"\A(?::[\w-]+:[^\n]*\n)+\n*|\A\n+")
WITH_CODE = [name for name in PAGES if "{code-cell}" in (TOP / f"{name}.md").read_text(encoding="utf-8")]


def cells(name: str) -> list[str]:
    """The code of a page's source, read without the tools that make the notebook."""
    found = CELL.finditer((TOP / f"{name}.md").read_text(encoding="utf-8"))
    return [OPTIONS.sub("", cell["code"]).rstrip() for cell in found]


def code(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("name", WITH_CODE)
def test_a_page_gives_its_cells_and_plain_words(name, book):
    path = book / "notebooks" / f"{name}.ipynb"
    assert [source.rstrip() for source in code(path)] == cells(name)
    made = nbformat.read(path, as_version=4)
    nbformat.validate(made)
    assert all(cell.metadata.keys() <= {"jupyter"} for cell in made.cells)
    assert not any(cell.get("outputs") for cell in made.cells)
    words = "\n\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
    assert MYST.findall(words) == []


@pytest.mark.parametrize("name", WITH_CODE)
def test_the_button_leads_to_the_notebook(name, book):
    html = Html(book / f"{name}.html")
    (button,) = html.soup.select("a[download][href$='.ipynb'].book-button")
    target = (html.path.parent / button["href"]).resolve()
    assert target == (book / "notebooks" / f"{name}.ipynb").resolve()


def test_a_downloaded_notebook_runs(book, tmp_path):
    made = nbformat.read(book / "notebooks" / "chapters/conv/stride.ipynb", as_version=4)
    NotebookClient(made, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()


PAGE = """---
kernelspec: {name: python3, display_name: Python 3, language: python}
jupytext: {text_representation: {extension: .md, format_name: myst}}
---
(top)=
# Pad

:::{admonition} On this page
:class: lesson
- See [stride](../conv/stride.md#go) and {term}`taps <tap>`.
:::

```{code-cell} ipython3
:tags: [hide-cell]
1 + 1
```

:::{dropdown} Answer
Two. {doc}`/chapters/conv/stride`
:::

```{literalinclude} code.py
:pyobject: twice
```

$$
a
$$ (label)
"""
WORDS = """# Pad

> **On this page**
>
> - See stride and taps.
<details>
<summary>Answer</summary>

Two. Stride

</details>

```python
def twice(x):
    return 2 * x
```

$$
a
$$"""


@pytest.fixture
def made(tmp_path):
    (tmp_path / "chapters" / "conv").mkdir(parents=True)
    (tmp_path / "chapters" / "conv" / "page.md").write_text(PAGE)
    (tmp_path / "chapters" / "conv" / "stride.md").write_text("# Stride\n")
    (tmp_path / "chapters" / "conv" / "code.py").write_text(
        "def twice(x):\n    return 2 * x\n\n\nelse_ = 1\n"
    )
    return lambda site: notebook(tmp_path / "chapters/conv/page.md", "chapters/conv/page", "Book", site)


def test_what_is_myst_becomes_plain_markdown(made):
    head, first, cell, last = made("").cells
    assert "Book" in head.source
    assert (cell.source, cell.metadata) == ("1 + 1", {"jupyter": {"source_hidden": True}})
    assert f"{first.source}\n{last.source}" == WORDS


def test_links_lead_to_the_book_on_the_web_once_it_has_an_address(made):
    words = made("https://book.invalid/").cells[1].source
    assert "[stride](https://book.invalid/chapters/conv/stride.html#go)" in words


@pytest.mark.parametrize("left", ["{term}`stride`", "[x](../a.md)", ":::{note}", "```{figure} x", "(here)="])
def test_words_that_only_the_book_understands_would_be_found(left):
    assert MYST.findall(f"Words.\n{left}")
    assert not MYST.findall(plain(f"Words.\n\n{left}", Source(Path("page.md"), "page")))
