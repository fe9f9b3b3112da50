"""The pages of the book, from its table of contents, and what their HTML says."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from sphinx_external_toc.parsing import parse_toc_yaml

TOP = Path(__file__).parents[2]
PAGES = list(parse_toc_yaml(TOP / "_toc.yml"))
EXTRA = ["genindex", "search"]
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src"}
SITE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.I)


@dataclass
class Html:
    """A built page."""

    path: Path

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.path.read_text(encoding="utf-8"), "html.parser")

    @cached_property
    def ids(self) -> list[str]:
        return [tag["id"] for tag in self.soup.find_all(id=True)]

    def links(self) -> list[str]:
        """Every address on the page that names a file of the book or a place in it."""
        found = [
            tag[name] for kind, name in LINKS.items() for tag in self.soup.find_all(kind) if tag.get(name)
        ]
        return [link for link in found if not SITE.match(link)]

    def card(self) -> dict[str, str]:
        """The title, the description, and what stands in the page's head for those who show links."""
        named = {
            tag.get("property") or tag.get("name"): tag.get("content") for tag in self.soup.find_all("meta")
        }
        title = self.soup.title.get_text() if self.soup.title else ""
        return {"title": title, **{key: value for key, value in named.items() if key and value}}


def broken_links(pages: dict[Path, Html]) -> list[str]:
    """Each link that leads to no file, or to a place that its page does not have; and each doubled id."""
    faults = []
    for path, html in pages.items():
        for link in html.links():
            where = urlsplit(link)
            target = (path.parent / unquote(where.path)).resolve() if where.path else path
            if not target.is_file():
                faults.append(f"{path.name}: {link} is no file")
            elif where.fragment and target.suffix == ".html":
                known = pages.get(target) or Html(target)
                if unquote(where.fragment) not in known.ids:
                    faults.append(f"{path.name}: {link} is no place")
        faults += [f"{path.name}: two ids {name}" for name in set(html.ids) if html.ids.count(name) > 1]
    return faults


def built(book: Path) -> dict[Path, Html]:
    """Every page of a built book."""
    paths = [path for path in book.rglob("*.html") if not path.relative_to(book).parts[0].startswith("_")]
    return {path.resolve(): Html(path.resolve()) for path in sorted(paths)}
