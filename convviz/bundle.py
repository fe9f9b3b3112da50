"""One script from a figure's modules: a page on file:// may not load modules, so they travel inside it."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "figures"
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.mjs)";\n', re.MULTILINE)
COMMENT = re.compile(r"^ *//[^\n]*\n|^ */\*\*.*?\*/\n|^\n", re.MULTILINE | re.DOTALL)
EXPORT = re.compile(r"^export (?=const|function|class)", re.MULTILINE)


@cache
def bundle(module: str) -> str:
    """The text of a module in figures/ after all that it imports: one script, no imports, no comments.

    Raises FileNotFoundError for an unknown module.

    >>> bundle("slide.mjs").count("export ")
    0
    """
    parts = ((FOLDER / name).read_text(encoding="utf-8") for name in in_order(module))
    return "\n".join(COMMENT.sub("", EXPORT.sub("", IMPORT.sub("", part))) for part in parts)


def in_order(module: str) -> list[str]:
    """The module and all that it imports, each once and after what it needs itself.

    >>> in_order("controls.mjs")
    ['look.mjs', 'parts.mjs', 'controls.mjs']
    """
    names: dict[str, None] = {}
    for needed in IMPORT.findall((FOLDER / module).read_text(encoding="utf-8")):
        names |= dict.fromkeys(in_order(needed))
    return [*names, module]
