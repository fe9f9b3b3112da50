"""A page's words as plain Markdown, which Jupyter shows: MyST's directives and roles are turned into it.

Boxes become quotations with a bold title, folded answers <details>, included code a block of code, and terms
their words. Links between pages become links to the book on the web, or their words where it has no address.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath

from sphinx.pycode import ModuleAnalyzer

FENCE = re.compile(r"^(?P<space>\s*)(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
DIRECTIVE = re.compile(r"^\{(?P<name>[\w:-]+)\}\s*(?P<argument>.*)$")
OPTION = re.compile(r"^:(?P<name>[\w-]+):\s*(?P<value>.*)$")
ROLE = re.compile(r"\{(?P<role>[\w:-]+)\}`(?P<text>[^`]+?)(?:\s*<(?P<target>[^>`]+)>)?`")
LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]+)\]\((?P<target>[^()\s]+)\)")
LABEL = re.compile(r"^\s*\([\w:-]+\)=\s*$|^%.*$|^\+\+\+.*$")
NUMBERED = re.compile(r"^(\s*\$\$)\s*\([\w:-]+\)\s*$")
ELSEWHERE = re.compile(r"^(?:[a-z]+:|//)", re.I)


@dataclass(frozen=True)
class Source:
    """Where words come from: the page's file, its name in the book, and the book's address, if it has one."""

    path: Path
    name: str
    site: str = ""

    def link(self, text: str, target: str) -> str:
        """A link to another page as a link to the book on the web; without an address only its words."""
        page, _, place = target.partition("#")
        if not self.site:
            return text
        return f"[{text}]({self.site}{self.page(page)}.html{'#' + place if place else ''})"

    def page(self, target: str) -> str:
        """The name in the book of the page that a target means, seen from this page."""
        folder = PurePosixPath("/" + self.name).parent
        return normpath(str(folder / target.removesuffix(".md"))).lstrip("/") if target else self.name

    def title(self, target: str) -> str:
        """The title of the page that a target means; the target itself if there is no such page."""
        top = self.path.resolve().parents[self.name.count("/")]
        path = top / f"{self.page(target)}.md"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        found = re.search(r"^# (.*)$", text, re.M)
        return found[1] if found else target


@dataclass(frozen=True)
class Directive:
    """A directive with what stands in it."""

    name: str
    argument: str
    options: dict[str, str]
    body: list[str]
    source: Source = field(repr=False)


def plain(text: str, source: Source) -> str:
    """The text in plain Markdown.

    >>> print(plain("A {term}`stride` of `2`.\\n\\n:::{note}\\nMind.\\n:::", Source(Path("p.md"), "p")))
    A stride of `2`.
    <BLANKLINE>
    > **Note**
    >
    > Mind.
    """
    return re.sub(r"\n{3,}", "\n\n", "\n".join(blocks(text.splitlines(), source))).strip()


def blocks(lines: list[str], source: Source) -> Iterator[str]:
    """The lines, with each fence turned into plain lines and the words between them too."""
    words: list[str] = []
    position = 0
    while position < len(lines):
        fence = FENCE.match(lines[position])
        if not fence:
            words.append(lines[position])
            position += 1
            continue
        yield from prose(words, source)
        words, end = [], closing(lines, position, fence["mark"])
        yield from block(fence, lines[position : end + 1], source)
        position = end + 1
    yield from prose(words, source)


def closing(lines: list[str], start: int, mark: str) -> int:
    """Where the fence that opens at `start` ends: at a longer or equal row of the same signs."""
    ends = re.compile(rf"^\s*{re.escape(mark[0])}{{{len(mark)},}}\s*$")
    return next((at for at in range(start + 1, len(lines)) if ends.match(lines[at])), len(lines) - 1)


def block(fence: re.Match[str], lines: list[str], source: Source) -> list[str]:
    """A fenced block: a directive turned, plain code as it is."""
    found = DIRECTIVE.match(fence["info"].strip())
    if not found:
        return lines if fence["mark"][0] != ":" else list(blocks(lines[1:-1], source))
    options, body = split_options([line.removeprefix(fence["space"]) for line in lines[1:-1]])
    directive = Directive(found["name"], found["argument"].strip(), options, body, source)
    made = WRITERS.get(directive.name, unknown)(directive)
    return ["", *(fence["space"] + line if line else "" for line in made), ""]


def split_options(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The options at the head of a directive, and the rest."""
    options = {}
    while lines and (found := OPTION.match(lines[0])):
        options[found["name"]] = found["value"].strip()
        lines = lines[1:]
    return options, lines


def prose(lines: list[str], source: Source) -> list[str]:
    """Words between fences: roles, links, labels."""
    kept = [NUMBERED.sub(r"\1", line) for line in lines if not LABEL.match(line)]
    text = ROLE.sub(lambda role: role_text(role, source), "\n".join(kept))
    return LINK.sub(lambda link: link_text(link, source), text).split("\n") if kept else []


def role_text(role: re.Match[str], source: Source) -> str:
    """What a role says in plain words."""
    if role["role"] in ("math", "eq"):
        return f"${role['text']}$"
    if role["role"] == "doc":
        target = role["target"] or role["text"]
        return source.link(role["text"] if role["target"] else source.title(target), target)
    return role["text"].lstrip("~!/")


def link_text(link: re.Match[str], source: Source) -> str:
    """A link: as it is if it leads elsewhere; only its words if it leads to a file beside the page."""
    if ELSEWHERE.match(link["target"]):
        return link[0]
    is_page = link["target"].startswith("#") or ".md" in link["target"]
    return source.link(link["text"], link["target"]) if is_page else link["text"]


def quotation(title: str, directive: Directive) -> list[str]:
    """A box as a quotation under a bold title."""
    inside = plain("\n".join(directive.body), directive.source).splitlines()
    return [f"> **{title}**", ">", *(f"> {line}".rstrip() for line in inside)]


def admonition(directive: Directive) -> list[str]:
    """A box with a title of its own."""
    (title,) = prose([directive.argument or "Note"], directive.source)
    return quotation(title, directive)


def named(directive: Directive) -> list[str]:
    """A note, a tip, a warning: the first line may stand beside the name."""
    body = [directive.argument, *directive.body] if directive.argument else directive.body
    return quotation(directive.name.capitalize(), Directive("", "", {}, body, directive.source))


def fold(directive: Directive) -> list[str]:
    """A folded answer: Jupyter folds <details> too."""
    inside = plain("\n".join(directive.body), directive.source).splitlines()
    return ["<details>", f"<summary>{directive.argument or 'More'}</summary>", "", *inside, "", "</details>"]


def included(directive: Directive) -> list[str]:
    """A file of the course, or one function of it, as a block of code."""
    path = directive.source.path.parent / directive.argument
    lines = path.read_text(encoding="utf-8").splitlines()
    if wanted := directive.options.get("pyobject"):
        _, first, last = ModuleAnalyzer.for_file(str(path), "").find_tags()[wanted]
        lines = lines[first - 1 : last]
    return ["```python", *"\n".join(lines).strip("\n").splitlines(), "```"]


def code(directive: Directive) -> list[str]:
    """A block of code that is not run."""
    return [f"```{directive.argument}", *directive.body, "```"]


def formula(directive: Directive) -> list[str]:
    """A displayed formula."""
    return ["$$", *directive.body, "$$"]


def card(directive: Directive) -> list[str]:
    """A card: its title in bold, which leads where the card leads."""
    target = directive.options.get("link", "")
    title = directive.source.link(directive.argument, target) if target else directive.argument
    return [f"**{title}**", "", *plain("\n".join(directive.body), directive.source).splitlines()]


def glossary(directive: Directive) -> list[str]:
    """Terms in bold, what they mean below."""
    terms = [f"**{line}**\n" if line and line == line.lstrip() else line.strip() for line in directive.body]
    return plain("\n".join(terms), directive.source).splitlines()


def nothing(directive: Directive) -> list[str]:
    """What means nothing outside the book."""
    return []


def unknown(directive: Directive) -> list[str]:
    """Any other directive: what stands in it."""
    return plain("\n".join(directive.body), directive.source).splitlines()


WRITERS: dict[str, Callable[[Directive], list[str]]] = {
    "admonition": admonition,
    **dict.fromkeys(
        ("note", "tip", "hint", "important", "warning", "caution", "attention", "seealso"), named
    ),
    "dropdown": fold,
    "literalinclude": included,
    **dict.fromkeys(("code-block", "code", "sourcecode"), code),
    "math": formula,
    **dict.fromkeys(("grid-item-card", "card"), card),
    "glossary": glossary,
    **dict.fromkeys(("index", "tableofcontents", "toctree", "figure", "image"), nothing),
}
