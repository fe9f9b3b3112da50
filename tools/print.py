"""Make one PDF of the whole built book: _build/print/convolution-by-hand.pdf

    python -m tools.print [page ...]       the whole book, or only these pages of it

Chromium prints page after page: answers open, colours light, figures still, for their scripts do not run.
Then they are bound and numbered: parts and pages stand in the outline, links between pages lead to sheets.
"""

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject
from sphinx_external_toc.parsing import parse_toc_yaml

from tools.weigh import BOOK, BROWSERS, serving

TARGET = Path("_build/print/convolution-by-hand.pdf")
OPEN = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
NUMBERS = """<style>@page { size: A4; margin: 18mm 16mm 20mm;
  @bottom-center { content: counter(page); font: 9pt sans-serif; color: #52606d; } }
i { display: block; } i + i { break-before: page; }</style>"""


@dataclass(frozen=True)
class Printed:
    """A page of the book on paper."""

    name: str
    part: str
    title: str
    pdf: bytes


def in_order(toc: Path) -> Iterator[tuple[str, str]]:
    """(part, page) as the table of contents has them."""
    root = parse_toc_yaml(toc).root
    yield "", root.docname
    for part in root.subtrees:
        yield from ((part.caption or "", str(name)) for name in part.items)


def sheet(page: Page, address: str, name: str, part: str) -> Printed:
    """Print a page."""
    page.goto(f"{address}/{name}.html", wait_until="networkidle")
    page.evaluate(OPEN)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    return Printed(name, part, page.title().split(" | ")[0], pdf)


def printed(browser: Browser, address: str, names: list[tuple[str, str]]) -> Iterator[Printed]:
    """Print the pages one after the other."""
    context = browser.new_context(java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    for part, name in names:
        yield sheet(page, address, name, part)
        print(f"  {name}", flush=True)
    context.close()


def number(browser: Browser, book: PdfWriter) -> None:
    """Lay empty numbered sheets over the book's: no page knows how many sheets came before it."""
    page = browser.new_page()
    page.set_content(NUMBERS + "<i>&nbsp;</i>" * len(book.pages))
    numbers = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet, numbered in zip(book.pages, numbers.pages, strict=True):
        sheet.merge_page(numbered)
        sheet.compress_content_streams()
    page.close()


def bind(pages: list[Printed], address: str) -> PdfWriter:
    """One book of all pages, with an outline and links that lead from sheet to sheet."""
    writer, starts = PdfWriter(), dict[str, int]()
    parts: dict[str, Any] = {}
    for page in pages:
        starts[page.name] = len(writer.pages)
        writer.append(BytesIO(page.pdf), import_outline=False)
        if page.part and page.part not in parts:
            parts[page.part] = writer.add_outline_item(title=page.part, page_number=starts[page.name])
        writer.add_outline_item(title=page.title, page_number=starts[page.name], parent=parts.get(page.part))
    for each in writer.pages:
        lead_inside(each, writer, address, starts)
    writer.add_metadata({"/Title": "Convolution by Hand", "/Author": "the authors of Convolution by Hand"})
    return writer


def lead_inside(sheet: Any, writer: PdfWriter, address: str, starts: dict[str, int]) -> None:
    """Turn the sheet's links to pages of the book into links to sheets; drop those to its other files."""
    kept = ArrayObject()
    for reference in sheet.get("/Annots", ArrayObject()):
        link = reference.get_object()
        target = str(link.get("/A", {}).get("/URI", ""))
        if target.startswith(address):
            name = unquote(urlsplit(target).path).strip("/").removesuffix(".html")
            if name not in starts:
                continue
            link[NameObject("/A")] = leading_to(writer.pages[starts[name]])
        kept.append(reference)
    sheet[NameObject("/Annots")] = kept


def leading_to(sheet: Any) -> DictionaryObject:
    """What a link does that leads to a sheet."""
    place = ArrayObject([sheet.indirect_reference, NameObject("/Fit")])
    return DictionaryObject({NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): place})


def main() -> None:
    """Print the book."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="*", help="names of pages; all of them by default")
    parser.add_argument("--book", type=Path, default=BOOK)
    parser.add_argument("--toc", type=Path, default=Path("_toc.yml"))
    parser.add_argument("--target", type=Path, default=TARGET)
    asked = parser.parse_args()
    names = [(part, name) for part, name in in_order(asked.toc) if not asked.pages or name in asked.pages]
    executable = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with serving(asked.book) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        book = bind(list(printed(browser, address, names)), address)
        number(browser, book)
        browser.close()
    asked.target.parent.mkdir(parents=True, exist_ok=True)
    book.write(asked.target)
    print(f"{asked.target}: {len(book.pages)} sheets, {asked.target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
