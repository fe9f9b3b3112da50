"""Mends a page's HTML before it goes out: wide tables may scroll, no style or script is said twice.

Every picture carries the same style, so that it can stand alone. The book needs it once, as a file that the
browser keeps. A figure's script is the same for all figures of its kind, and one is enough on a page.
"""

import hashlib
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

# A script may hold a style in its text: that one is not the page's.
STYLE = re.compile(r"<script\b.*?</script>|<style>(?P<text>.*?)</style>", re.S)
SCRIPT = re.compile(r'<script type="module">.*?</script>', re.S)
# MyST-NB's name for every fold, which hides from those who hear a page the words that others see.
WRONG_NAME = ' aria-label="Toggle hidden content"'
TABLE = re.compile(r"<table\b.*?</table>", re.S)


def once(pattern: re.Pattern[str], html: str) -> str:
    """The HTML with each distinct match only at its first place.

    >>> once(SCRIPT, '<script type="module">1</script> and <script type="module">1</script>')
    '<script type="module">1</script> and '
    """
    seen: set[str] = set()

    def first(match: re.Match[str]) -> str:
        if match[0] in seen:
            return ""
        seen.add(match[0])
        return match[0]

    return pattern.sub(first, html)


def without_styles(html: str) -> tuple[str, list[str]]:
    """The HTML without its style elements, and their distinct texts in order.

    >>> without_styles("<svg><style>a {}</style></svg><svg><style>a {}</style></svg>")
    ('<svg></svg><svg></svg>', ['a {}'])
    >>> without_styles("<script>'<style>a {}</style>'</script>")
    ("<script>'<style>a {}</style>'</script>", [])
    """
    found = [match["text"] for match in STYLE.finditer(html) if match["text"]]
    return STYLE.sub(lambda m: "" if m["text"] is not None else m[0], html), list(dict.fromkeys(found))


def kept_style(text: str, static: Path) -> str:
    """Write the style as a file that is named after what is in it, and give the name."""
    name = f"figures-{hashlib.sha256(text.encode()).hexdigest()[:12]}.css"
    static.mkdir(parents=True, exist_ok=True)
    (static / name).write_text(text, encoding="utf-8")
    return name


def mend(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Mend the page's body; the layout links to the styles that were taken out of it."""
    body, styles = without_styles(context.get("body") or "")
    body = once(SCRIPT, body).replace(WRONG_NAME, "")
    context["body"] = TABLE.sub(r'<div class="table-wrap">\g<0></div>', body)
    names = [kept_style(text, Path(app.outdir) / "_static") for text in styles]
    context["figure_styles"] = [context["pathto"](f"_static/{name}", 1) for name in names]


def setup(app: Sphinx) -> None:
    """Before the frame asks which styles the page needs."""
    app.connect("html-page-context", mend, priority=800)
