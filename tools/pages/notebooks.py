"""The download button gives the page as a notebook that runs: cells as they are, words in plain Markdown."""

from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx

from tools.pages import runs
from tools.pages.cards import site_address
from tools.pages.plain import Source, plain

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
HIDDEN = {"hide-cell", "hide-input", "remove-cell", "remove-input"}
HEAD = """*This is a page of the course [{book}]({site}) as a notebook. It needs the course's packages:
`make course` installs them, `make serve` opens JupyterLab with them.*"""


def notebook(path: Path, name: str, book: str, site: str = "") -> NotebookNode | None:
    """The notebook of a page, or None for a page without code."""
    read = runs.notebook(path)
    if read is None:
        return None
    head = HEAD.format(book=book, site=site).replace(f"[{book}]()", book)
    made = nbformat.v4.new_notebook(metadata=nbformat.from_dict(METADATA))
    source = Source(path, name, site)
    made.cells = [nbformat.v4.new_markdown_cell(head), *(cell(each, source) for each in read.cells)]
    made.cells = [each for each in made.cells if each.source]
    for position, each in enumerate(made.cells):
        each.id = f"cell-{position:02d}"
    return made


def cell(read: NotebookNode, source: Source) -> NotebookNode:
    """A cell of the page: code unchanged, without outputs, folded in JupyterLab where the page hides it."""
    if read.cell_type != "code":
        return nbformat.v4.new_markdown_cell(plain(read.source, source))
    folded = bool(HIDDEN & set(read.metadata.get("tags", [])))
    metadata = {"jupyter": {"source_hidden": True}} if folded else {}
    return nbformat.v4.new_code_cell(read.source, metadata=nbformat.from_dict(metadata))


def add_notebook(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Write the page's notebook, and tell the layout where."""
    context["notebook"] = ""
    if pagename not in app.env.titles or not (path := Path(app.env.doc2path(pagename))).exists():
        return
    if made := notebook(path, pagename, app.config.html_title, site_address(app)):
        target = Path(app.outdir) / "notebooks" / f"{pagename}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(made, target)
        context["notebook"] = context["pathto"](f"notebooks/{pagename}.ipynb", 1)


def setup(app: Sphinx) -> None:
    """For every page."""
    app.connect("html-page-context", add_notebook)
