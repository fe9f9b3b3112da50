"""Every page of the built book, in a real browser: wide and narrow, light and dark."""

import pytest

from tests.book.axe import COLOURS, TAGS, violations
from tests.book.pages import EXTRA, PAGES

SIZES = {"desk": (1280, 800), "phone": (360, 740)}
WIDTH = "document.documentElement.scrollWidth"
UNFOLD = "document.querySelectorAll('main details').forEach(fold => { fold.open = true; })"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [*PAGES, *EXTRA])
def test_a_page_has_no_fault_fits_and_keeps_nobody_out(name, size, book, serve, visit):
    width, height = SIZES[size]
    seen = visit(
        f"{serve(book)}/{name}.html", viewport={"width": width, "height": height}, color_scheme="light"
    )
    assert seen.page.evaluate(WIDTH) <= width
    seen.page.evaluate(UNFOLD)
    assert seen.page.evaluate(WIDTH) <= width
    assert violations(seen.page) == []
    seen.page.emulate_media(color_scheme="dark")
    assert violations(seen.page, COLOURS) == []
    assert seen.faults == []
    assert seen.requests


FROM_A_FOLDER = ["index", *[name for name in PAGES if "/" in name][::12]]


@pytest.mark.parametrize("name", FROM_A_FOLDER)
def test_a_page_also_works_from_a_folder_without_a_server(name, book, visit):
    seen = visit((book / f"{name}.html").as_uri())
    assert [fault for fault in seen.faults if not fault.startswith("elsewhere: file:")] == []
    for tag in seen.page.evaluate(
        "[...document.querySelectorAll('main *')].map(e => e.localName).filter(n => n.startsWith('conv-'))"
    ):
        assert seen.page.evaluate(f"!!customElements.get('{tag}')")


def test_the_colours_can_be_chosen_and_are_kept(book, serve, visit):
    seen = visit(f"{serve(book)}/index.html", color_scheme="light")
    theme = "document.documentElement.dataset.theme"
    assert seen.page.evaluate(theme) == "light"
    button = seen.page.get_by_role("button", name="Colours")
    button.click()
    button.click()
    assert seen.page.evaluate(theme) == "dark"
    seen.page.reload()
    assert seen.page.evaluate(theme) == "dark"


def test_on_a_phone_the_list_of_pages_opens_and_closes_by_keyboard(book, serve, visit):
    page = visit(f"{serve(book)}/index.html", viewport={"width": 360, "height": 740}).page
    pages = page.get_by_role("navigation", name="Pages of the book")
    assert not pages.is_visible()
    page.get_by_role("button", name="Pages of the book").press("Enter")
    assert pages.is_visible()
    page.keyboard.press("Escape")
    assert not pages.is_visible()
    assert page.evaluate("document.activeElement.id") == "book-menu"


def test_search_finds_a_word_of_the_book(book, serve, visit):
    seen = visit(f"{serve(book)}/search.html?q=stride")
    seen.page.wait_for_selector("ul.search li a")
    assert violations(seen.page) == []
    assert seen.faults == []


BAD_PAGE = """<!DOCTYPE html><title>bad</title><script>console.error('oops'); undefinedFunction()</script>
<img src="missing.png"><img src="https://elsewhere.invalid/x.png"><div style="width: 500px">wide</div>"""


def test_a_bad_page_would_be_caught(tmp_path, serve, visit):
    (tmp_path / "bad.html").write_text(BAD_PAGE)
    seen = visit(f"{serve(tmp_path)}/bad.html", viewport={"width": 360, "height": 740})
    faults = " ".join(seen.faults)
    for fault in ("console: oops", "undefinedFunction", "404: ", "elsewhere: https://elsewhere.invalid"):
        assert fault in faults
    assert seen.page.evaluate(WIDTH) > 360
    found = {violation.split(":")[0] for violation in violations(seen.page)}
    assert {"image-alt", "html-has-lang"} <= found


def test_faint_words_would_be_caught_in_the_dark_only(tmp_path, serve, visit):
    faint = "@media (prefers-color-scheme: dark) { p { color: #222; background: #000 } }"
    text = f"<!DOCTYPE html><html lang=en><title>t</title><style>{faint}</style><p>words</p>"
    (tmp_path / "faint.html").write_text(text)
    page = visit(f"{serve(tmp_path)}/faint.html", color_scheme="light").page
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    for rules in (TAGS, COLOURS):
        assert [violation.split(":")[0] for violation in violations(page, rules)] == ["color-contrast"]
