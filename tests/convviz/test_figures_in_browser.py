"""The figures in a real browser, from a file: by mouse and by keyboard, small, dark, and quiet."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import convviz

SLIDE = convviz.slide([1, 2, 3, 4], [1, 2, 3])
SIZES = convviz.sizes(6, 3, stride=2)
SCATTER = convviz.scatter([1, 2], [1, 10, 100], stride=2, padding=1, output_padding=1)
LONG = convviz.slide(range(1, 13), [999, *range(2, 13)])
WIDE = convviz.scatter(range(12), range(12), stride=5, dilation=3)
ALL = [SLIDE, SIZES, SCATTER, LONG, WIDE, convviz.sizes(16, 3, padding=4), SLIDE]
PAGE = """<!doctype html><html lang="en" data-theme="{theme}"><head>
<meta charset="utf-8"><title>Figures</title><meta name="viewport" content="width=device-width"></head>
<body>{body}</body></html>"""
PAPER = """() => { const root = document.querySelector("conv-slide").shadowRoot;
  return getComputedStyle(root.querySelector(".card")).backgroundColor; }"""
OVERHANGING = """() => [...document.querySelectorAll("[data-lm-suppress-shortcuts]")].filter((figure) => {
  const card = figure.shadowRoot.querySelector(".card").getBoundingClientRect();
  return [...figure.shadowRoot.querySelectorAll(".card *:not(rect, path, g, text)")]
    .some((node) => node.getBoundingClientRect().right > card.right); }).length"""


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens figures as a page on file://; at the end nothing may have been complained of or asked for."""
    faults: list[str] = []
    contexts = []

    def open_page(*figures: convviz.interactive.Interactive, theme: str = "light", **options: object) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        body = "".join(figure._repr_html_() for figure in figures)
        file = tmp_path / "page.html"
        file.write_text(PAGE.format(theme=theme, body=body), encoding="utf-8")
        page.on("request", lambda request: request.url == file.as_uri() or faults.append(request.url))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def step_on(figure: Locator, times: int = 1) -> None:
    for _ in range(times):
        figure.get_by_role("button", name="One step on").click()


def test_slide_steps_and_says_each_step_in_words(show):
    figure = show(SLIDE).locator("conv-slide")
    said = figure.locator(".said[aria-live=polite]")
    expect(said).to_have_text("Output 0: 1×1 = 1")
    step_on(figure, 2)
    expect(said).to_have_text("Output 2: 1×3 + 2×2 + 3×1 = 10")
    step_on(figure, 9)
    expect(said).to_have_text("Output 5: 4×3 = 12")
    expect(figure.get_by_text("so far")).to_have_text("f ∗ g so far: 1, 4, 10, 16, 17, 12")
    figure.get_by_role("button", name="Back to the start").click()
    expect(figure.get_by_text("so far")).to_have_text("f ∗ g so far: 1")


def test_slide_draws_the_row_of_the_table(show):
    figure = show(SLIDE, reduced_motion="reduce").locator("conv-slide")
    step_on(figure, 2)
    assert figure.locator(".cell.input text").all_text_contents() == ["1", "2", "3", "4"]
    kernel = figure.locator(".cell.kernel")
    order = sorted(kernel.all(), key=lambda cell: cell.bounding_box()["x"])
    assert [cell.text_content() for cell in order] == ["3", "2", "1"]
    assert figure.locator(".cell.product text").all_text_contents() == ["3", "4", "3"]
    assert figure.locator(".cell.output text").all_text_contents() == ["1", "4", "10"]
    g0 = kernel.first.locator("rect").bounding_box()["x"]
    f2 = figure.locator(".cell.input").nth(2).locator("rect").bounding_box()["x"]
    assert abs(g0 - f2) < 2, "g's first number stands under f_i"


def test_typing_gives_new_numbers_and_wrong_text_loses_nothing(show):
    figure = show(SLIDE).locator("conv-slide")
    field = figure.get_by_label("f =")
    field.fill("2 0.5, -1")
    step_on(figure)
    expect(figure.locator(".said")).to_have_text("Output 1: 2×2 + 0.5×1 = 4.5")
    for text, words in {
        "2 x": "f must be made of numbers, got 'x'",
        " ": "f must not be empty: give 1 to 12 numbers",
        "1 " * 13: "f must have at most 12 numbers here, got 13",
        "1e3": "f must be made of numbers, got '1e3'",
        "1000": "f must stay between −999 and 999 here, got 1000",
    }.items():
        field.fill(text)
        expect(figure.locator("#f-error")).to_have_text(words)
        expect(field).to_have_value(text)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(figure.locator(".said")).to_have_text("Output 1: 2×2 + 0.5×1 = 4.5")
    field.fill("1")
    expect(figure.locator("#f-error")).to_be_hidden()
    expect(figure.locator(".said")).to_have_text("Output 1: 1×2 = 2")


def test_keys_step_and_play_but_not_while_typing(show):
    page = show(SLIDE)
    figure = page.locator("conv-slide")
    figure.locator(".stage").focus()
    for key in ["ArrowRight", "ArrowRight", "ArrowLeft"]:
        page.keyboard.press(key)
    expect(figure.locator(".said")).to_contain_text("Output 1:")
    page.keyboard.press(" ")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press(" ")
    expect(figure.get_by_role("button", name="Play")).to_be_visible()
    figure.get_by_label("f =").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(" 5")
    expect(figure.locator(".said")).to_contain_text("Output 1:")
    expect(figure.get_by_label("f =")).to_have_value("1, 2, 3, 4 5")


def test_keys_do_not_reach_the_page(show):
    """Sphinx turns pages and Jupyter changes cells on keys; the figure keeps its own to itself."""
    page = show(SLIDE)
    page.evaluate("window.keys = []; document.addEventListener('keydown', (e) => window.keys.push(e.key))")
    page.locator("conv-slide .stage").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("x")
    assert page.evaluate("window.keys") == []
    expect(page.locator("conv-slide")).to_have_attribute("data-lm-suppress-shortcuts", "true")


def test_play_walks_to_the_end_and_stops_and_never_starts_by_itself(show):
    page = show(convviz.slide([1, 2], [1]))
    figure = page.locator("conv-slide")
    page.wait_for_timeout(1600)
    expect(figure.locator(".said")).to_contain_text("Output 0:")
    figure.get_by_role("button", name="Play").click()
    expect(figure.locator(".said")).to_contain_text("Output 1:")
    expect(figure.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize(("motion", "tweens"), [("reduce", 0), ("no-preference", 1)])
def test_reduced_motion_steps_without_tweening(show, motion, tweens):
    page = show(SLIDE, reduced_motion=motion)
    count = """() => { const root = document.querySelector("conv-slide").shadowRoot;
      root.querySelector("[aria-label='One step on']").click();
      return root.querySelector(".moving").getAnimations().length; }"""
    assert page.evaluate(count) == tweens
    expect(page.locator("conv-slide .said")).to_contain_text("Output 1:")


def test_sizes_shows_the_formula_the_remainder_and_the_torch_line(show):
    figure = show(SIZES).locator("conv-sizes")
    expect(figure.locator(".formula")).to_contain_text("= ⌊(6 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1")
    expect(figure.locator(".formula")).to_contain_text("= ⌊3 / 2⌋ + 1 = 2, remainder 1")
    expect(figure.locator("text.over")).to_have_text("left over")
    expect(figure.locator("code")).to_have_text("torch.nn.Conv1d(1, 1, kernel_size=3, stride=2)")
    assert figure.locator(".cell.kernel").count() == 2 * 3
    figure.get_by_label("input size i").fill("7")
    expect(figure.locator("text.over")).to_have_count(0)
    expect(figure.locator(".said")).to_have_text("3 windows, so 3 outputs. Nothing is left over.")


def test_sizes_answers_a_kernel_that_does_not_fit_in_convlibs_words(show):
    figure = show(SIZES).locator("conv-sizes")
    figure.get_by_label("dilation d").fill("3")
    expect(figure.locator("p.error")).to_have_text(
        "kernel does not fit: it spans 7 cells, d(k - 1) + 1, but the padded input has only 6"
    )
    expect(figure.locator("svg .cell.error")).to_have_count(1)
    figure.get_by_label("dilation d").fill("1")
    expect(figure.locator("p.error")).to_be_hidden()
    expect(figure.locator(".formula")).to_be_visible()


def test_sizes_names_cells_that_a_long_stride_skips(show):
    figure = show(convviz.sizes(7, 2, stride=4)).locator("conv-sizes")
    words = "2 windows, so 2 outputs. 1 cell left over at the right. 2 cells skipped: no tap reads them."
    expect(figure.locator(".said")).to_have_text(words)


def test_scatter_stamps_adds_and_crops(show):
    figure = show(SCATTER).locator("conv-scatter")
    assert figure.locator("svg .cell.kernel").all_text_contents() == ["1", "10", "100"]
    step_on(figure)
    expect(figure.locator(".said")).to_have_text(
        "Input 1 stamps from place 2·1 = 2 on: 2×1 = 2, 2×10 = 20, 2×100 = 200, added at 2, 3, 4."
    )
    expect(figure.get_by_text("Output complete")).to_have_text("Output complete: 10, 102, 20, 200")
    expect(figure.locator(".formula")).to_contain_text("= (2 − 1)·2 − 2·1 + 1·(3 − 1) + 1 + 1 = 4")
    expect(figure.locator(".stage .hatched")).to_have_count(1)
    expect(figure.locator(".stage .extra text")).to_have_text("200")
    expect(figure.locator("code")).to_have_text(
        "torch.nn.ConvTranspose1d(1, 1, kernel_size=3, stride=2, padding=1, output_padding=1)"
    )


def test_scatter_answers_broken_rules_in_convlibs_words(show):
    figure = show(SCATTER).locator("conv-scatter")
    error = figure.locator(".error:not([id])")
    figure.get_by_label("output_padding").fill("2")
    expect(error).to_have_text("output_padding must be below max(stride, dilation) = 2, got 2")
    expect(figure.locator(".stage .cell.kernel")).to_have_count(3)
    figure.get_by_label("dilation d").fill("3")
    expect(error).to_be_hidden()
    for dial, number in {"dilation d": "1", "output_padding": "0", "stride s": "1", "padding p": "3"}.items():
        figure.get_by_label(dial, exact=False).fill(number)
    expect(error).to_have_text("nothing is left: padding=3 on both sides crops an output of 4 cells to -2")


def test_nothing_runs_over_at_360_pixels(show):
    page = show(*ALL, viewport={"width": 360, "height": 740})
    for figure in page.locator("conv-slide, conv-scatter").all():
        step_on(figure, 7)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate(OVERHANGING) == 0


def test_controls_are_large_named_and_show_focus(show):
    page = show(SLIDE, SIZES, SCATTER, viewport={"width": 360, "height": 740})
    for control in page.locator("button, input").all():
        box = control.bounding_box()
        least = 44 if control.evaluate("node => node.matches('button, [type=text]')") else 24
        assert box["height"] >= least
        assert box["width"] >= least
        assert control.evaluate(
            "node => node.getAttribute('aria-label') || node.labels?.[0] || node.textContent"
        )
    page.keyboard.press("Tab")
    focused = page.evaluate("getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineWidth")
    assert focused == "3px"


def test_dark_follows_the_books_theme(show):
    def brightest(**options: str) -> int:
        return max(map(int, re.findall(r"\d+", show(SLIDE, **options).evaluate(PAPER))))

    assert brightest() == 255
    assert brightest(theme="dark") < 48
    assert brightest(theme="light", color_scheme="dark") == 255


def test_without_scripts_the_still_picture_is_there(show):
    page = show(*ALL[:3], java_script_enabled=False)
    expect(page.locator("svg.cv-svg").first).to_be_visible()
    assert page.locator("svg.cv-svg:visible").count() == 3
    assert page.locator("button").count() == 0


def test_with_scripts_the_figure_takes_the_pictures_place_and_two_of_a_kind_share_a_page(show):
    page = show(SLIDE, SLIDE)
    expect(page.locator("svg.cv-svg").first).to_be_hidden()
    first, second = page.locator("conv-slide").all()
    step_on(second, 3)
    expect(first.locator(".said")).to_contain_text("Output 0:")
    expect(second.locator(".said")).to_contain_text("Output 3:")


def test_a_figure_that_is_moved_keeps_its_numbers_and_stops_playing(show):
    page = show(SLIDE)
    figure = page.locator("conv-slide")
    figure.get_by_label("f =").fill("7")
    figure.get_by_role("button", name="Play").click()
    page.evaluate("document.body.prepend(document.querySelector('conv-slide'))")
    expect(figure.get_by_label("f =")).to_have_value("7")
    expect(figure.get_by_role("button", name="Play")).to_be_visible()


def test_a_fault_in_a_figure_would_be_seen(browser):
    """The watch of this file works: a figure whose script fails leaves the still picture and an error."""
    page = browser.new_page()
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.set_content(SLIDE._repr_html_().replace('define("conv-slide"', 'undefine("conv-slide"'))
    expect(page.locator("svg.cv-svg").first).to_be_visible()
    assert len(errors) == 1
    page.close()
