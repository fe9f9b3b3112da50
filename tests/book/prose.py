"""Which numbers a page states, and which of them no code beside them contains.

A section runs from one heading to the next. A number in its prose must stand in one of its code cells too:
the cell asserts or computes it, and the book does not build when the cell raises.
"""

import re
from dataclasses import dataclass, field

NUMBER = re.compile(r"(?<![\w.^_{])[-−]?\d+(?:\.\d+)?(?![\w.]*\d|D\b|-D\b)")
CELL = re.compile(r"^`{3,}\{code-cell\}.*?^`{3,}\s*$", re.M | re.S)
DIRECTIVE_LINE = re.compile(r"^\s*(?:`{3,}|:{3,}|:[\w-]+:|\(\S+\)=).*$", re.M)
NOT_PROSE = [
    re.compile(r"\A---\n.*?\n---\n", re.S),
    re.compile(r"^`{3,}\{(?:literalinclude|figure|image)\}.*?^`{3,}\s*$", re.M | re.S),
    re.compile(r"\[[Pp]roblem set \d+\]|\]\([^)]*\)"),
    re.compile(r"<?https?://\S+"),
    re.compile(r"arXiv[: ]\S+"),
    re.compile(r"\{(?:download|doc|ref|cite\w*)\}`[^`]*`"),
]


@dataclass
class Section:
    """A heading, the prose under it, and the code under it."""

    title: str
    prose: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)


def unproved_numbers(page: str) -> list[tuple[str, str]]:
    """(section title, number) for each number in prose that no code cell of its section contains."""
    found = []
    for section in sections(page):
        proved = set(numbers("\n".join(section.code)))
        stated = numbers("\n".join(section.prose))
        found += [(section.title, number) for number in stated if number not in proved]
    return found


def numbers(text: str) -> list[str]:
    """Every number in the text, as a plain string: a minus sign is not part of it, 2.0 is not 2."""
    return [match.lstrip("-−") for match in NUMBER.findall(text)]


def sections(page: str) -> list[Section]:
    """The page cut at its headings; code cells apart from prose."""
    for pattern in NOT_PROSE:
        page = pattern.sub(" ", page)
    result = [Section("(top)")]
    position = 0
    for cell in CELL.finditer(page):
        _add_prose(page[position : cell.start()], result)
        result[-1].code.append(cell.group())
        position = cell.end()
    _add_prose(page[position:], result)
    return result


def _add_prose(text: str, result: list[Section]) -> None:
    for line in DIRECTIVE_LINE.sub("", text).splitlines():
        if line.startswith("#"):
            result.append(Section(line.lstrip("# ").strip()))
        result[-1].prose.append(line)
