"""Links, ids and cards of all pages of the built book, read from their HTML."""

import pytest
from PIL import Image

from tests.book.pages import EXTRA, PAGES, Html, broken_links, built


@pytest.fixture(scope="module")
def pages(book):
    return built(book)


def test_the_book_holds_the_pages_of_its_table_of_contents_and_no_others(pages, book):
    names = {str(path.relative_to(book.resolve()).with_suffix("")) for path in pages}
    assert names == {*PAGES, *EXTRA}


def test_every_link_leads_to_a_file_and_to_a_place_in_it(pages):
    assert broken_links(pages) == []


@pytest.mark.parametrize("what", ["title", "description", "og:title", "og:description", "og:image"])
def test_every_page_says_what_it_is_and_no_two_say_the_same(what, pages):
    said = [html.card().get(what) for html in pages.values()]
    assert all(said)
    assert len(set(said)) == len(said)


def test_every_card_has_its_picture(pages):
    for path, html in pages.items():
        card = html.card()
        assert card["twitter:card"] == "summary_large_image"
        assert card["og:type"] in ("website", "article")
        with Image.open(path.parent / card["og:image"]) as picture:
            assert picture.size == (1200, 630)


def misnamed_folds(html):
    """The folds whose name, as it is read out, does not hold the words that one sees."""
    folds = html.soup.select("summary[aria-label]")
    return [fold.get_text() for fold in folds if fold.get_text().strip() not in fold["aria-label"]]


def test_a_fold_is_called_what_it_says(pages):
    assert [name for html in pages.values() for name in misnamed_folds(html)] == []


def test_a_misnamed_fold_would_be_found(tmp_path):
    (tmp_path / "bad.html").write_text("<details><summary aria-label='Toggle'>Answer</summary></details>")
    assert misnamed_folds(Html(tmp_path / "bad.html")) == ["Answer"]


def test_the_index_knows_the_words_of_the_glossary(book):
    terms = Html(book / "chapters/appendix/glossary.html").soup.select("dl.glossary dt")
    indexed = Html(book / "genindex.html").soup.select("ul.book-index a")
    assert len(terms) > 20
    assert {term.find(string=True).strip() for term in terms} <= {link.get_text() for link in indexed}


BAD = """<title>t</title><p id=a><p id=a><a href="none.html">x</a><a href="#b">x</a><a href="#a">x</a>
<a href="good.html#c">x</a><a href="good.html#d">x</a><a href="https://elsewhere.invalid">x</a>"""


def test_broken_links_and_doubled_ids_would_be_found(tmp_path):
    (tmp_path / "bad.html").write_text(BAD)
    (tmp_path / "good.html").write_text("<p id=c>")
    assert broken_links(built(tmp_path)) == [
        "bad.html: none.html is no file",
        "bad.html: #b is no place",
        "bad.html: good.html#d is no place",
        "bad.html: two ids a",
    ]


def test_a_page_that_does_not_say_what_it_is_would_be_found(tmp_path):
    (tmp_path / "bare.html").write_text("<p>words")
    (html,) = built(tmp_path).values()
    assert html.card() == {"title": ""}
