"""Leave out what only IPython understands: magics, shell lines and help, so that the rest of the cell runs.

This file is loaded by the worker, so it needs nothing but the standard library.
"""

import ast
import re

HARMLESS_CELL_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")
"""Cell magics whose body is Python that the cell would have run anyway."""

_LINE = re.compile(r"^(\s*)((?:[\w., ]+=\s*)?[%!].*|\?.*|[^#\s][^#]*\?)\s*$")


def skip(source: str) -> tuple[str, list[str]]:
    """Return the Python of a cell, with as many lines as before, and the lines that were left out.

    >>> skip("%matplotlib inline\\nx = 1")
    ('pass\\nx = 1', ['%matplotlib inline'])
    """
    if _is_python(source):
        return source, []
    if source.lstrip().startswith("%%"):
        return _skip_cell_magic(source)
    lines, skipped = [], []
    for line in source.split("\n"):
        match = _LINE.match(line)
        lines.append(f"{match[1]}pass" if match else line)
        skipped += [line.strip()] if match else []
    return "\n".join(lines), skipped


def _skip_cell_magic(source: str) -> tuple[str, list[str]]:
    before, _, body = source.partition("%%")
    first, _, rest = body.partition("\n")
    magic = f"%%{first}".strip()
    if magic.split()[0] not in HARMLESS_CELL_MAGICS:
        return "pass", [f"{magic} and the lines below it"]
    python, skipped = skip(rest)
    return f"{before}pass\n{python}", [magic, *skipped]


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True
