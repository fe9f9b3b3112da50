"""Every page of the built book, in a real browser."""

import pytest

PAGES = [
    "index",
    "chapters/discrete-convolution",
    "chapters/stride-and-padding",
    "chapters/transposed",
    "chapters/problem-sets",
]
NOT_CHAPTERS = {"genindex", "search"}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
FIGURES = {
    "index": "conv-slide",
    "chapters/discrete-convolution": "conv-slide",
    "chapters/stride-and-padding": "conv-sizes",
    "chapters/transposed": "conv-scatter",
}


def test_the_list_of_pages_is_whole(book):
    built = {str(page.relative_to(book).with_suffix("")) for page in book.rglob("*.html")}
    assert {name for name in built if not name.startswith("_")} == {*PAGES, *NOT_CHAPTERS}


@pytest.mark.parametrize("name", [*PAGES, *sorted(NOT_CHAPTERS)])
def test_a_page_opens_without_a_fault_and_asks_nobody_else(name, book, serve, visit):
    seen = visit(f"{serve(book)}/{name}.html")
    assert seen.faults == []
    assert seen.page.title()
    assert seen.requests


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_a_phone(name, scheme, book, serve, visit):
    seen = visit(f"{serve(book)}/{name}.html", color_scheme=scheme, **PHONE)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert seen.faults == []


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"index", "chapters/problem-sets"}))
def test_formulas_are_set_by_the_books_own_mathjax(name, book, serve, visit):
    seen = visit(f"{serve(book)}/{name}.html")
    seen.page.wait_for_selector("mjx-container")
    assert any("/vendor/mathjax/" in url for url in seen.requests)
    assert seen.page.locator("mjx-merror").count() == 0


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_also_works_from_a_folder_without_a_server(name, book, visit):
    seen = visit((book / f"{name}.html").as_uri())
    assert [fault for fault in seen.faults if not fault.startswith("elsewhere: file:")] == []
    assert seen.page.evaluate(f"!!customElements.get('{FIGURES[name]}')")


def test_search_finds_a_word_of_the_book(book, serve, visit):
    seen = visit(f"{serve(book)}/search.html?q=stride")
    seen.page.wait_for_selector("ul.search li a")
    assert seen.faults == []


def test_links_between_pages_lead_somewhere(book, serve, visit):
    base = serve(book)
    for name in PAGES:
        page = visit(f"{base}/{name}.html").page
        hrefs = page.eval_on_selector_all("main a[href], nav a[href]", "links => links.map(a => a.href)")
        for href in {h for h in hrefs if h.startswith(base)}:
            path, _, anchor = href.partition("#")
            target = book / (path[len(base) + 1 :] or "index.html")
            assert target.exists(), f"{name} links to {href}"
            if anchor and target.suffix == ".html":
                assert f'id="{anchor}"' in target.read_text(), f"{name} links to {href}"


BAD_PAGE = """<title>bad</title><script>console.error('oops'); undefinedFunction()</script>
<img src="missing.png"><img src="https://elsewhere.invalid/x.png">"""


def test_a_bad_page_would_be_caught(tmp_path, serve, visit):
    (tmp_path / "bad.html").write_text(BAD_PAGE)
    faults = " ".join(visit(f"{serve(tmp_path)}/bad.html").faults)
    for fault in ("console: oops", "undefinedFunction", "404: ", "elsewhere: https://elsewhere.invalid"):
        assert fault in faults
