"""The book on paper, three pages of it."""

import pytest
from pypdf import PdfReader

from tests.book.pages import TOP
from tools.print import bind, in_order, number, printed

PAGES = ["index", "chapters/conv/padding", "chapters/conv/stride"]


@pytest.fixture(scope="module")
def paper(book, serve, browser, tmp_path_factory):
    address = serve(book)
    names = [(part, name) for part, name in in_order(TOP / "_toc.yml") if name in PAGES]
    bound = bind(list(printed(browser, address, names)), address)
    number(browser, bound)
    path = tmp_path_factory.mktemp("print") / "book.pdf"
    bound.write(path)
    return PdfReader(path)


def words(paper: PdfReader) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())


def links(paper: PdfReader) -> list[dict]:
    found = [link.get_object() for sheet in paper.pages for link in sheet.get("/Annots", [])]
    return [link["/A"] for link in found if "/A" in link]


def test_the_pages_follow_each_other_under_their_parts(paper):
    index, part, pages = paper.outline
    assert (index.title, part.title) == ("Convolution by Hand", "Conv, parameter by parameter")
    starts = [paper.get_destination_page_number(page) for page in (index, *pages)]
    assert starts[0] == 0
    assert len(pages) == 2
    assert starts == sorted(set(starts))


def test_every_sheet_has_its_number(paper):
    assert len(paper.pages) > 5
    for position, sheet in enumerate(paper.pages, start=1):
        assert str(position) in sheet.extract_text().split()[-3:]


def test_answers_are_open_and_no_frame_is_printed(paper):
    text = words(paper)
    assert "Answer" in text
    for word in ("Search this book", "Skip to the text", "Copy"):
        assert word not in text
    source = (TOP / "chapters/conv/stride.md").read_text(encoding="utf-8")
    answer = source.split(":::{dropdown} Answer\n")[1].split("$")[0].split("`")[0].split("\n")[0].strip()
    assert answer[:20]
    assert " ".join(answer.split()[:4]) in text


def test_links_between_pages_lead_to_sheets_and_no_link_leads_to_this_machine(paper):
    found = links(paper)
    assert any(link["/S"] == "/GoTo" for link in found)
    assert not [link for link in found if "127.0.0.1" in str(link.get("/URI", ""))]
