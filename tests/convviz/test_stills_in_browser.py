"""The still pictures in a real browser, as wide as a phone: nothing sticks out, and all text can be read."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

import convviz

from .samples import PICTURES

SMALLEST = 8.5
GALLERY = convviz.images([np.eye(8), np.eye(9), np.eye(16)], titles=["a", "b", "c"])
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stills</title>
<meta name="viewport" content="width=device-width"></head>
<body style="margin: 0; padding: 0 16px">{}</body></html>"""
SIZES = """(figure) => [...figure.querySelectorAll("svg text")].map((text) =>
  [text.textContent, parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a])"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page that is 360 px wide."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    yield page
    page.close()


@pytest.mark.parametrize("name", PICTURES)
def test_a_phone_shows_it_whole_or_lets_it_scroll_and_all_text_is_large_enough(phone, name):
    phone.set_content(PAGE.format(PICTURES[name]()._repr_html_()))
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert small(phone) == []


def small(page):
    """The texts that are shown too small."""
    shown = page.locator("figure").evaluate(SIZES)
    return [(text, size) for text, size in shown if size < SMALLEST]


def test_small_text_would_be_seen(phone):
    picture = PICTURES["curves"]()
    phone.set_content(PAGE.format(picture._repr_html_().replace("min-width:", "max-width:200px;a:")))
    assert small(phone)


@pytest.mark.parametrize(("width", "rows"), [(360, 2), (900, 1)])
def test_a_gallery_wraps(phone, width, rows):
    phone.set_viewport_size({"width": width, "height": 800})
    phone.set_content(PAGE.format(GALLERY._repr_html_()))
    feet = {
        round(box.bounding_box()["y"] + box.bounding_box()["height"]) for box in phone.locator("svg").all()
    }
    assert len(feet) == rows
    assert phone.evaluate("document.documentElement.scrollWidth") == width
    assert small(phone) == []
