"""A finished picture: SVG that carries its own style, its words, and its way onto a page."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

SMALLEST_SCALE = 0.7
PHONE_WIDTH = 320


@dataclass(frozen=True, repr=False)
class Picture:
    """An SVG picture with a title and a description that says in words and numbers what it shows.

    A screen reader gets title and description; the drawing itself is hidden from it.
    It holds no ids, so that any number of pictures, also twice the same one, can share a page.
    """

    title: str
    description: str
    width: int
    height: int
    body: str

    @property
    def svg(self) -> str:
        """The whole picture as one self-contained <svg> element."""
        size = f"max-width:{self.width}px;min-width:{self._least_width()}px"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="cv-svg" role="img" style="{size}" '
            f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}">'
            f"<title>{escape(self.title)}</title><desc>{escape(self.description)}</desc>"
            f"<style>{style()}</style>{self.body}</svg>"
        )

    def _repr_html_(self) -> str:
        """What Jupyter and the book show; a picture too wide for a phone scrolls, also by keyboard."""
        scrolls = ' tabindex="0"' if self._least_width() > PHONE_WIDTH else ""
        return f'<figure class="cv"{scrolls}>{self.svg}</figure>'

    def __repr__(self) -> str:
        return f"{self.title}. {self.description}"

    def _least_width(self) -> int:
        """The width below which the smallest text could no longer be read."""
        return min(self.width, max(PHONE_WIDTH - 40, round(SMALLEST_SCALE * self.width)))


@cache
def style() -> str:
    """The text of style.css without comments and needless white space."""
    text = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", text).strip()
