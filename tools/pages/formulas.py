"""Formulas are set by KaTeX when the book is built: pages carry HTML and MathML, and no script for them."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

HERE = Path(__file__).resolve().parent
KATEX = HERE.parents[1] / "node_modules" / "katex" / "dist" / "katex.js"
# The TeX source inside the MathML would be read out, searched and sent a second time.
SOURCE = re.compile(r"<annotation .*?</annotation>", re.S)
LOGGER = logging.getLogger(__name__)


class FormulaError(ValueError):
    """A formula that KaTeX cannot set; the message is KaTeX's."""


@dataclass
class Setter:
    """One node process that sets formula after formula: starting it costs more than a hundred formulas."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls) -> "Setter":
        """Start node on katex.mjs; FileNotFoundError without node or without KaTeX."""
        if not KATEX.exists():
            raise FileNotFoundError(f"{KATEX} is missing: run `npm ci`")
        command = ["node", str(HERE / "katex.mjs"), str(KATEX)]
        pipe = subprocess.PIPE
        return cls(subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8"))

    def html(self, tex: str, display: bool) -> str:
        """The formula as HTML; FormulaError if KaTeX refuses it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise FormulaError(answer["error"])
        return SOURCE.sub("", answer["html"])


@cache
def setter(process: int) -> Setter:
    """The setter of this process; Sphinx writes pages in several processes, which must not share a pipe."""
    return Setter.start()


@cache
def formula(tex: str, display: bool, process: int) -> str:
    """The formula's HTML, set once a process."""
    return setter(process).html(tex, display)


def set_formula(translator: HTML5Translator, node: nodes.Element, display: bool) -> str:
    """The HTML of a math node; a warning, which fails the book, where KaTeX refuses."""
    try:
        return formula(node.astext().strip(), display, os.getpid())
    except FormulaError as error:
        LOGGER.warning("%s", error, location=node, type="formula")
        return f"<code>{escape(node.astext())}</code>"


def visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    """An inline formula."""
    translator.body.append(f'<span class="math">{set_formula(translator, node, False)}</span>')
    raise nodes.SkipNode


def visit_math_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """A displayed formula, with its number if it has one."""
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    translator.body.append(set_formula(translator, node, True))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Make this the renderer of formulas."""
    app.add_html_math_renderer("katex", (visit_math, None), (visit_math_block, None))
    app.config.html_math_renderer = "katex"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
