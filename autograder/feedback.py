"""The feedback page of one notebook: one HTML file that holds all it needs and asks for nothing else.

Whatever the student wrote reaches the page as text: Jinja, Pygments and convcheck's verdict escape it.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.grade import is_own, task_of
from autograder.rebuild import grade_id, is_check

TEMPLATES = Path(__file__).with_name("templates")
MOST_SHOWN = 20_000


@dataclass
class Cell:
    """A cell of the student on the page."""

    code: Markup
    report: dict[str, Any]
    comment: str


@dataclass
class Section:
    """One task on the page: what the student wrote for it, and what the judge or a grader said."""

    title: str = "Other cells"
    anchor: str = ""
    score: float = 0.0
    points: float = 0.0
    verdict: Markup | None = None
    text: str = ""
    comment: str = ""
    cells: list[Cell] = field(default_factory=list)

    @property
    def word(self) -> str:
        """How it went, in a word that needs no colour."""
        if not self.points:
            return ""
        if self.score >= self.points:
            return "right"
        return "partly right" if self.score > 0 else "no points yet"


class FeedbackPage(Exporter):
    """Turns a graded notebook, with its scores and comments, into a page."""

    file_extension = ".html"
    output_mimetype = "text/html"
    export_from_notebook = "feedback page"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> Any:
        """Return the page; nbgrader's GetGrades has run before."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        facts = resources.get("nbgrader", {})
        page = _template().render(
            title=title_of(copy), facts=facts, odd=copy.metadata.get("autograder", {}).get("odd", []),
            sections=sections(copy),
        )  # fmt: skip
        return page, resources


def sections(notebook: NotebookNode) -> list[Section]:
    """Return the tasks in order; the cells below the last task come last."""
    done, now = [], Section()
    for cell in notebook.cells:
        if is_own(cell):
            now.cells.append(_cell(cell))
        if is_check(cell):
            done.append(_judged(now, cell))
            now = Section()
        elif cell.metadata.get("nbgrader", {}).get("grade"):
            done.append(_graded_by_hand(now, cell))
            now = Section()
    return done + ([now] if now.cells else [])


def title_of(notebook: NotebookNode) -> str:
    """Return the first heading of the notebook."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    headings = [line for text in texts for line in text.split("\n") if line.startswith("# ")]
    return headings[0].removeprefix("# ").strip() if headings else "Feedback"


def _judged(section: Section, cell: NotebookNode) -> Section:
    verdict = cell.metadata.get("autograder", {}).get("verdict", {})
    section.title, section.anchor = task_of(cell).title, grade_id(cell)
    section.score, section.points = cell.metadata.nbgrader.score, cell.metadata.nbgrader.points
    section.verdict = Markup(verdict.get("html", ""))
    return section


def _graded_by_hand(section: Section, cell: NotebookNode) -> Section:
    section.title, section.anchor = "A written answer", grade_id(cell)
    section.score, section.points = cell.metadata.nbgrader.score, cell.metadata.nbgrader.points
    if cell.cell_type != "code":
        section.text = cell.source
    return section


def _cell(cell: NotebookNode) -> Cell:
    comment = cell.metadata.get("nbgrader", {}).get("comment") or ""
    report = cell.metadata.get("autograder", {}).get("report", {})
    return Cell(_coloured(cell.source[:MOST_SHOWN]), report, comment)


def _coloured(source: str) -> Markup:
    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))


def _template() -> Any:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
    environment.filters["points"] = lambda number: f"{number or 0:.4g}"
    return environment.get_template("feedback.html.j2")
