"""The frame of a page: its own layout and style sheets, and the list of all pages in its parts."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

HERE = Path(__file__).resolve().parent
FORMULA_STYLE = "vendor/katex/katex.css"
# Styles, scripts, icon fonts and translations of the theme and of MyST-NB, which no page asks for.
UNUSED = [
    "styles",
    "scripts",
    "vendor",
    "locales",
    "images",
    "*macros.html",
    "basic.css",
    "mystnb.*.css",
    "*.png",
]


@dataclass(frozen=True)
class Entry:
    """A page in the list of pages."""

    title: str
    link: str
    here: bool


@dataclass(frozen=True)
class Part:
    """A part of the book in the list of pages; open where the reader is."""

    name: str
    pages: list[Entry]
    open: bool


def parts(env: BuildEnvironment, pathto: Any, pagename: str) -> list[Part]:
    """The parts of the table of contents, as page `pagename` links to them."""
    site = env.app.config.external_site_map
    made = []
    for tree in site.root.subtrees:
        names = [str(item) for item in tree.items if str(item) in env.titles]
        pages = [Entry(title(env, name), pathto(name), name == pagename) for name in names]
        made.append(Part(tree.caption or "", pages, pagename in names))
    if made and pagename == site.root.docname:
        made[0] = Part(made[0].name, made[0].pages, True)
    return made


def title(env: BuildEnvironment, name: str) -> str:
    """The title of a page as plain text."""
    return env.titles[name].astext() if name in env.titles else ""


def part_of(env: BuildEnvironment, pagename: str) -> str:
    """The name of the part that a page belongs to, or nothing."""
    for tree in env.app.config.external_site_map.root.subtrees:
        if pagename in {str(item) for item in tree.items}:
            return tree.caption or ""
    return ""


def style_sheets(app: Sphinx, context: dict[str, Any]) -> list[str]:
    """What a page links to: the book's own style; those of formulas, cards, figures where there are some."""
    pathto, body = context["pathto"], context.get("body") or ""
    added = [str(getattr(sheet, "filename", sheet)) for sheet in context["css_files"]]
    names = [name for name in added if "sphinx-design" in name and 'class="sd-' in body]
    names += [FORMULA_STYLE] if 'class="katex' in body else []
    before, after = [[pathto(name, 1)] for name in ("_static/pygments.css", "_static/book.css")]
    return [*before, *(pathto(name, 1) for name in names), *context.get("figure_styles", []), *after]


def frame(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Give the layout what it asks for."""
    context["styles"] = style_sheets(app, context)
    context["parts"] = parts(app.env, context["pathto"], pagename)
    if "theme_extra_footer" not in context:
        context["theme_extra_footer"] = ""


def use_own_layout(app: Sphinx, config: Config) -> None:
    """Put the book's templates and files before the theme's."""
    config.templates_path = [str(HERE / "layout"), *config.templates_path]
    config.html_static_path = [str(HERE / "static"), *config.html_static_path]


def drop_unused(app: Sphinx, exception: Exception | None) -> None:
    """Delete what the theme brought and no page uses: the book is then a fifth of its size."""
    static = Path(app.outdir) / "_static"
    for path in [path for pattern in UNUSED for path in static.glob(pattern)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Late in each event, so that what the theme sets can be replaced."""
    app.connect("config-inited", use_own_layout, priority=900)
    app.connect("html-page-context", frame, priority=900)
    app.connect("build-finished", drop_unused, priority=900)
