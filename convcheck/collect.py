"""The answers of all problem sets as one module: `python -m convcheck collect`.

From each notebook come the functions that were asked for, and what else their code needs: imports, helper
functions, constants. A helper whose name another set uses too gets the set's name behind its own, so that no
set can change what another one does.
"""

import ast
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from convcheck.rename import renamed
from convcheck.task import tasks

MADE = "# Made by `python -m convcheck collect`: write in your notebooks, and collect again."
HEAD = '"""myconv: convolution by hand, the answers of the problem sets as one library."""'


@dataclass
class Set:
    """What was found in the notebook of one problem set."""

    name: str
    imports: list[str] = field(default_factory=list)
    pieces: dict[str, str] = field(default_factory=dict)
    """Source by the name that it defines, in the order of the notebook."""
    written: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def find(folders: Iterable[Path]) -> list[Path]:
    """The notebooks psNN.ipynb in these folders, one of each set: the first that is met."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("**/ps[0-9][0-9].ipynb")):
            if ".ipynb_checkpoints" not in path.parts:
                found.setdefault(path.stem, path)
    return [found[name] for name in sorted(found)]


def read(path: Path) -> Set:
    """What one notebook defines; what cannot be read is told in `odd`, and nothing is raised."""
    found = Set(path.stem)
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        found.odd.append(f"{path} cannot be read as a notebook ({type(error).__name__}: {error})")
        return found
    statements = [
        each for number, source in enumerate(sources, 1) for each in _statements(found, number, source)
    ]
    _keep(found, statements)
    return found


def _statements(found: Set, number: int, source: str) -> list[tuple[ast.stmt, str]]:
    """The top-level statements of a cell with their source; none, and a word about it, if it is no Python."""
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n")]
    try:
        body = ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError) as error:
        found.odd.append(f"{found.name}, code cell {number} is no Python and was left out: {error}")
        return []
    return [(node, _source(node, lines)) for node in body]


def _source(node: ast.stmt, lines: list[str]) -> str:
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return "\n".join(lines[first - 1 : node.end_lineno])


def _keep(found: Set, statements: list[tuple[ast.stmt, str]]) -> None:
    """Imports and definitions; of the rest only the constants that a definition uses."""
    asked = {task.function for task in tasks() if task.problem_set == found.name}
    used = {
        name
        for node, _ in statements
        for name in _loads(node)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    for node, source in statements:
        if isinstance(node, ast.Import | ast.ImportFrom):
            if "convcheck" not in source:
                found.imports.append(source)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            _define(found, node.name, source)
        elif isinstance(node, ast.Assign) and (names := used & set(_targets(node))):
            _define(found, sorted(names)[0], source)
    for name in sorted(asked & set(found.pieces)):
        stub = "raise NotImplementedError" in found.pieces[name]
        (found.unwritten if stub else found.written).append(name)
    found.unwritten += sorted(asked - set(found.pieces))


def _define(found: Set, name: str, source: str) -> None:
    """The last definition of a name counts, as in a notebook that is run from top to bottom."""
    found.pieces.pop(name, None)
    found.pieces[name] = source


def _loads(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _targets(node: ast.Assign) -> list[str]:
    return [n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)]


def module(sets: list[Set]) -> str:
    """The source of the module: imports once, then set by set, clashing helpers renamed."""
    imports = dict.fromkeys(line for each in sets for line in each.imports)
    owners = {task.function: task.problem_set for task in tasks()}
    parts = [HEAD, MADE, "\n".join(imports)]
    for each in sets:
        clashing = {name for name in each.pieces if owners.setdefault(name, each.name) != each.name}
        body = "\n\n\n".join(each.pieces.values())
        parts.append(
            f"# {each.name}\n\n\n{renamed(body, {name: f'{name}_{each.name}' for name in clashing})}"
        )
    return "\n\n\n".join(parts) + "\n"


def write(path: Path, source: str, force: bool = False) -> None:
    """Write the module. Raises FileExistsError where a file is there that was not made by this command."""
    if path.exists() and MADE not in path.read_text(encoding="utf-8", errors="replace") and not force:
        raise FileExistsError(f"{path} is there and was not made by this command; --force overwrites it")
    path.write_text(source, encoding="utf-8")


def as_text(sets: list[Set]) -> str:
    """A line for each set, then what was odd."""
    return "\n".join([*map(_line, sets), *(odd for each in sets for odd in each.odd)])


def _line(found: Set) -> str:
    asked = len(found.written) + len(found.unwritten)
    missing = f"; missing: {', '.join(found.unwritten)}" if found.unwritten else ""
    return f"{found.name}  {len(found.written):>2} of {asked:>2} functions written{missing}"
