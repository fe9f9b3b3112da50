"""The card of a page: what a link to it shows elsewhere, in words and in a picture made with the book.

The site's address is `html.baseurl` in _config.yml, or BOOK_URL in the environment; without either the links
in a card are relative, which most readers of cards take.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image, ImageDraw, ImageFont
from sphinx.application import Sphinx

from tools.pages.frame import part_of, title

FONTS = Path(__file__).resolve().parents[2] / "node_modules" / "@fontsource" / "inter" / "files"
SIZE = (1200, 630)
PAPER, INK, QUIET = "#ffffff", "#1f2933", "#52606d"
CELL, KERNEL, LINE = "#d7eaf8", "#e69f00", "#0072b2"
MARGIN, STEP, COLUMNS, ROWS = 80, 62, 17, 2
TITLE_SIZES, TITLE_LINES = (76, 66, 56, 48), 3


@dataclass(frozen=True)
class Card:
    """What stands in a page's head for those who show links."""

    title: str
    description: str
    picture: str
    address: str
    type: str
    alt: str


@cache
def font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Inter, the Latin part."""
    return ImageFont.truetype(FONTS / f"inter-latin-{weight}-normal.woff2", size)


def drawing(part: str, heading: str, place: float) -> Image.Image:
    """The card: part, title, and a row of cells where the kernel stands as far on as the page in the book."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 10), fill=LINE)
    pen.text((MARGIN, 66), part, LINE, font(34, 600))
    lines, size = fitted(heading)
    pen.multiline_text((MARGIN, 128), "\n".join(lines), INK, font(size, 700), spacing=18)
    cells(pen, round(place * (COLUMNS - 2)))
    pen.text((MARGIN, 572), "Convolution by Hand", QUIET, font(28, 600), anchor="ls")
    return image


def cells(pen: ImageDraw.ImageDraw, at: int) -> None:
    """Two rows of input cells, and over them the kernel of two by two cells, `at` steps from the left."""
    for row in range(ROWS):
        for column in range(COLUMNS):
            x, y = MARGIN + STEP * column, 398 + STEP * row
            under = column in (at, at + 1)
            pen.rounded_rectangle((x, y, x + STEP - 10, y + STEP - 10), 10, fill=KERNEL if under else CELL)


def fitted(heading: str) -> tuple[list[str], int]:
    """The title broken into lines, in the largest size in which it fits."""
    for size in TITLE_SIZES:
        lines = broken(heading, font(size, 700), SIZE[0] - 2 * MARGIN)
        if len(lines) * (size + 18) <= 250 and len(lines) <= TITLE_LINES:
            break
    return lines, size


def broken(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in lines no wider than `width`."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def site_address(app: Sphinx) -> str:
    """Where the book will be, with a slash at its end; nothing if nobody has said."""
    address = os.environ.get("BOOK_URL") or app.config.html_baseurl
    return f"{address.rstrip('/')}/" if address else ""


def card(app: Sphinx, pagename: str, doctree: nodes.document | None, pathto: Any) -> Card:
    """The card of a page."""
    site, book = site_address(app), app.config.html_title
    heading = {"genindex": "Index", "search": "Search"}.get(pagename) or title(app.env, pagename) or pagename
    picture = f"_social/{pagename}.png"
    return Card(
        title=heading if heading == book else f"{heading} | {book}",
        description=description(doctree) or f"{heading}: a page of the course {book}.",
        picture=site + picture if site else pathto(picture, 1),
        address=f"{site}{pagename}.html" if site else "",
        type="website" if heading == book else "article",
        alt=f"{heading}. Below it a kernel slides along two rows of cells.",
    )


def description(doctree: nodes.document | None) -> str:
    """What the page's front matter says in `myst: html_meta: description`."""
    for node in doctree.findall(nodes.meta) if doctree else ():
        if node.get("name") == "description":
            return str(node["content"])
    return ""


def place(app: Sphinx, pagename: str) -> float:
    """How far on in the book a page is, from 0 to 1."""
    names = [name for name in app.config.external_site_map if name in app.env.titles]
    return names.index(pagename) / max(1, len(names) - 1) if pagename in names else 1.0


def add_card(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Draw the picture, and give the layout the card."""
    made = context["card"] = card(app, pagename, doctree, context["pathto"])
    target = Path(app.outdir) / "_social" / f"{pagename}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    heading = made.title.removesuffix(f" | {app.config.html_title}")
    drawing(part_of(app.env, pagename), heading, place(app, pagename)).save(target)


def setup(app: Sphinx) -> None:
    """After the page's own context is there."""
    app.connect("html-page-context", add_card)
