"""The notebook that is graded: the instructor's, with the answers of the student in it.

Every cell of the instructor's notebook is there, in the instructor's order and wording. From the student come
the answer cells, and the code cells that the student added: they are run, since an answer may call what they
define. Whatever else was done to the file changes nothing, and is told in a sentence.
"""

import ast
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

ABSENT = "# This cell was not in the submitted file."
MOST_ADDED = 100


@dataclass
class Rebuilt:
    """A notebook to grade, and what was odd about the one it came from."""

    notebook: NotebookNode
    odd: list[str] = field(default_factory=list)


def rebuild(student: NotebookNode, source: NotebookNode) -> Rebuilt:
    """Put the student's answers and added code cells into a copy of the instructor's notebook."""
    return _Rebuilding(student, source).result()


class _Rebuilding:
    def __init__(self, student: NotebookNode, source: NotebookNode) -> None:
        self.source = source
        self.known = {grade_id(cell): cell for cell in source.cells if grade_id(cell)}
        self.theirs: dict[str, list[NotebookNode]] = {}
        self.added: dict[str, list[NotebookNode]] = {}
        self.odd: list[str] = []
        self._sort(student.cells)

    def result(self) -> Rebuilt:
        cells = [cell for group in map(self._group, self.source.cells) for cell in group]
        cells = [*self._additions(""), *cells]
        notebook = deepcopy(self.source)
        notebook.cells = cells
        return Rebuilt(notebook, self.odd + self._reordered())

    def _sort(self, cells: list[NotebookNode]) -> None:
        """Sort the student's cells into known ones, by id, and added ones, by the known cell before them."""
        ours = {cell.source.strip() for cell in self.source.cells}
        before = ""
        for cell in cells:
            if grade_id(cell) in self.known:
                before = grade_id(cell)
                self.theirs.setdefault(before, []).append(cell)
            elif cell.cell_type == "code" and cell.source.strip() not in ours | {""}:
                self.added.setdefault(before, []).append(cell)

    def _group(self, cell: NotebookNode) -> list[NotebookNode]:
        """The instructor's cell as it is graded, with what the student added below it."""
        name = grade_id(cell)
        copy = deepcopy(cell)
        if cell.cell_type == "code":
            copy.outputs, copy.execution_count = [], None
        if is_answer(cell):
            copy.source = self._answer(cell)
        elif name:
            self._told_if_changed(cell)
        return [copy, *(self._additions(name) if name else [])]

    def _answer(self, cell: NotebookNode) -> str:
        name = grade_id(cell)
        found = self.theirs.get(name, [])
        if not found:
            return self._by_definition(cell)
        if len(found) > 1:
            self.odd.append(f"Cell {name} is there {len(found)} times; the last one was graded.")
        if found[-1].cell_type != cell.cell_type:
            self.odd.append(
                f"Cell {name} had been turned into a {found[-1].cell_type} cell; it was graded all the same."
            )
        return found[-1].source

    def _by_definition(self, cell: NotebookNode) -> str:
        """Find an answer whose cell lost its id: the last added cell that defines the same function."""
        wanted = defined(cell.source)
        for cells in self.added.values():
            for candidate in reversed(cells):
                if wanted & defined(candidate.source):
                    cells.remove(candidate)
                    names = " and ".join(sorted(wanted))
                    self.odd.append(
                        f"Cell {grade_id(cell)} had lost its id; the cell that defines {names} was taken."
                    )
                    return candidate.source
        self.odd.append(f"Cell {grade_id(cell)} was not in the file.")
        return ABSENT

    def _additions(self, before: str) -> list[NotebookNode]:
        cells = self.added.get(before, [])[:MOST_ADDED]
        return [_added_cell(f"added-{before or 'first'}-{n}", cell) for n, cell in enumerate(cells, 1)]

    def _told_if_changed(self, cell: NotebookNode) -> None:
        found = self.theirs.get(grade_id(cell), [])
        if not found:
            self.odd.append(f"Cell {grade_id(cell)} had been deleted; it was put back.")
        elif any(copy.source.strip() != cell.source.strip() for copy in found):
            self.odd.append(f"Cell {grade_id(cell)} had been changed; the original was used.")

    def _reordered(self) -> list[str]:
        ours = [name for name in self.known if name in self.theirs]
        moved = ours != list(self.theirs)
        return ["Cells had been moved; they were graded in their original order."] if moved else []


def grade_id(cell: NotebookNode) -> str:
    """Return the cell's grade_id, or "" if it has none that is worth the name."""
    mark = cell.metadata.get("nbgrader")
    name = mark.get("grade_id") if isinstance(mark, dict) else None
    return name if isinstance(name, str) else ""


def is_answer(cell: NotebookNode) -> bool:
    """Whether the instructor's cell is one for the student to fill in."""
    return bool(grade_id(cell)) and bool(cell.metadata.nbgrader.get("solution"))


def is_check(cell: NotebookNode) -> bool:
    """Whether the instructor's cell is one that the judge scores."""
    return bool(grade_id(cell)) and bool(cell.metadata.nbgrader.get("grade")) and not is_answer(cell)


def defined(source: str) -> set[str]:
    """Return the names of the functions that a cell defines; none if it is no Python.

    >>> sorted(defined("def f(x):\\n    return x\\ny = 1"))
    ['f']
    """
    try:
        body: Iterable[ast.stmt] = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


def _added_cell(name: str, cell: NotebookNode) -> NotebookNode:
    return new_code_cell(cell.source, id=name[:64], metadata={"autograder": {"added": True}})
