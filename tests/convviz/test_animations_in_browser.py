"""The animations in a real browser: by mouse, keys and dragging, small, quiet, all fifteen."""

import numpy as np
import pytest
from playwright.sync_api import expect

import convviz

from .animations import ALL_FIFTEEN, HARDER, guide, kernel, numbers, played
from .test_figures_in_browser import OVERHANGING, PAPER, show, step_on

assert show
PLAY = played(np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]), np.array([[1.0, 10], [100, 1000]]))[0]
TURNED, TURNED_Y = guide("padding_strides_odd_transposed")
OVERLAP = convviz.overlap([(0, 1), (1, 1)], [(0, 1), (1, 1)], span=(-0.5, 2.5))
JUMPS = convviz.overlap([(0, 1), (2, 0)], [(0, 2), (1, 2), (1, -1), (2, -1)])
BIG = played(numbers(16, 16), kernel(3, 3), padding=1)[0]
WINDOW = """(figure) => { const box = figure.shadowRoot.querySelector(".window").getBoundingClientRect();
  return [box.x, box.y, box.width, box.height].map(Math.round); }"""
MOVING = """(figure) => { const root = figure.shadowRoot;
  root.querySelector("[aria-label='One step on']").click();
  return root.querySelector(".moving").getAnimations().length; }"""


def read(figure):
    """The numbers in the cells of the output."""
    texts = figure.locator(".cell.output text").all_text_contents()
    return [float(text.replace("−", "-")) for text in texts]


def test_play_steps_row_by_row_and_says_position_and_sum(show):
    figure = show(PLAY).locator("conv-play")
    said = figure.locator(".said[aria-live=polite]")
    expect(said).to_have_text("Output row 0, column 0: 5421")
    expect(figure.locator(".sum div")).to_have_text(["= 1×1 + 2×10", "+ 4×100 + 5×1000", "= 5421"])
    step_on(figure, 2)
    expect(said).to_have_text("Output row 1, column 0: 8754")
    expect(figure.locator(".cell.output text")).to_have_text(["5421", "6532", "8754"])
    assert figure.locator(".cell.input.on").all_text_contents() == ["4", "5", "7", "8"]
    figure.get_by_role("button", name="One step back").click()
    expect(said).to_have_text("Output row 0, column 1: 6532")
    expect(figure.locator(".cell.output")).to_have_count(2)
    figure.get_by_role("button", name="Back to the start").click()
    expect(figure.locator(".cell.output.mark")).to_have_text("5421")


@pytest.mark.parametrize("name", [*ALL_FIFTEEN, *HARDER])
def test_every_animation_ends_with_convlibs_numbers(show, name):
    figure, y = HARDER[name] if name in HARDER else guide(name)
    node = show(figure, reduced_motion="reduce").locator(f"conv-{figure.name}")
    node.get_by_role("slider").fill(str(y.size - 1))
    assert read(node) == pytest.approx(y.ravel(), rel=1e-4)
    row, column = y.shape[0] - 1, y.shape[1] - 1
    expect(node.locator(".said")).to_contain_text(f"Output row {row}, column {column}: ")


def test_the_kernel_lies_on_the_cells_that_it_reads(show):
    """Also with a stride, a border, and gaps: the outline goes round the cells that are marked as read."""
    for figure, _ in (HARDER["pairs"], HARDER["transposed, cropped"], HARDER["left over"], guide("dilation")):
        node = show(figure, reduced_motion="reduce").locator(f"conv-{figure.name}")
        step_on(node, 3)
        x, y, width, height = node.evaluate(WINDOW)
        boxes = [cell.bounding_box() for cell in node.locator(".cell.on:not(.output)").all()]
        assert len(boxes) == len(node.locator(".tap").all())
        assert abs(min(box["x"] for box in boxes) - x) < 4
        assert abs(min(box["y"] for box in boxes) - y) < 4
        assert abs(max(box["x"] + box["width"] for box in boxes) - x - width) < 4
        assert abs(max(box["y"] + box["height"] for box in boxes) - y - height) < 4


def test_cells_of_every_kind_can_be_told_apart(show):
    figure = show(TURNED).locator("conv-play-transposed")
    assert figure.locator(".stage .cell.input").count() == 9
    assert figure.locator(".stage .cell.stretch").count() == 16
    assert figure.locator(".stage .cell.extra").count() == 15
    assert figure.locator(".stage .cell.padding:not(.extra)").count() == 7 * 7 - 25
    expect(figure.locator(".legend > span")).to_have_text(
        ["input", "zero between inputs (stride − 1)", "zero padding (d(k − 1) − p)", "output_padding"],
        use_inner_text=True,
    )
    assert figure.locator(".cell.kernel text").all_text_contents() == list("987654321")


def test_cells_that_no_window_reads_are_marked_and_named(show):
    figure = show(HARDER["left over"][0]).locator("conv-play")
    assert figure.locator(".stage .cell.left").count() == 18
    expect(figure.locator(".legend")).to_have_text(" read by no window")
    assert show(guide("padding_strides")[0]).locator(".cell.left").count() == 0


def test_an_output_can_be_clicked(show):
    figure = show(PLAY).locator("conv-play")
    figure.locator(".out").nth(2).click()
    expect(figure.locator(".said")).to_have_text("Output row 1, column 0: 8754")


@pytest.mark.parametrize("figure", [PLAY, OVERLAP], ids=["play", "overlap"])
def test_play_and_pause_and_nothing_starts_by_itself(show, figure):
    page = show(figure)
    node = page.locator(f"conv-{figure.name}")
    said = node.locator(".said")
    first = said.text_content()
    page.wait_for_timeout(1300)
    expect(said).to_have_text(first)
    node.get_by_role("button", name="Play").click()
    expect(said).not_to_have_text(first)
    expect(said).to_have_attribute("aria-live", "off")
    node.get_by_role("button", name="Pause").click()
    expect(said).to_have_attribute("aria-live", "polite")
    paused = said.text_content()
    page.wait_for_timeout(1300)
    expect(said).to_have_text(paused)


def test_play_stops_at_the_end_and_begins_again(show):
    figure = show(PLAY).locator("conv-play")
    figure.get_by_role("slider").fill("2")
    figure.get_by_role("button", name="Play").click()
    expect(figure.locator(".said")).to_contain_text("row 1, column 1")
    expect(figure.get_by_role("button", name="Play")).to_be_visible()
    expect(figure.locator(".said")).to_have_attribute("aria-live", "polite")
    figure.get_by_role("button", name="Play").click()
    expect(figure.locator(".said")).to_contain_text("row 0, column 0")


@pytest.mark.parametrize(("figure", "second"), [(PLAY, "column 1: 6532"), (OVERLAP, "x = −0.4,")])
def test_keys_step_and_play(show, figure, second):
    page = show(figure)
    node = page.locator(f"conv-{figure.name}")
    node.locator(".stage").focus()
    for key in ["ArrowRight", "ArrowRight", "ArrowLeft"]:
        page.keyboard.press(key)
    expect(node.locator(".said")).to_contain_text(second)
    page.keyboard.press(" ")
    expect(node.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press(" ")
    expect(node.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize(("motion", "glides"), [("reduce", 0), ("no-preference", 1)])
def test_a_step_glides_unless_less_motion_is_asked_for(show, motion, glides):
    assert show(PLAY, reduced_motion=motion).locator("conv-play").evaluate(MOVING) == glides


def test_the_kernel_does_not_glide_across_the_page_to_the_next_row(show):
    figure = show(PLAY).locator("conv-play")
    step_on(figure)
    assert figure.evaluate(MOVING) == 0


@pytest.mark.parametrize("figure", [PLAY, OVERLAP], ids=["play", "overlap"])
def test_with_less_motion_there_are_only_steps(show, figure):
    page = show(figure, reduced_motion="reduce")
    node = page.locator(f"conv-{figure.name}")
    expect(node.locator("button.play")).to_be_hidden()
    first = node.locator(".said").text_content()
    node.locator(".stage").focus()
    page.keyboard.press(" ")
    expect(node.locator(".said")).not_to_have_text(first)
    stepped = node.locator(".said").text_content()
    page.wait_for_timeout(1300)
    expect(node.locator(".said")).to_have_text(stepped)
    page.emulate_media(reduced_motion="no-preference")
    expect(node.locator("button.play")).to_be_visible()


def test_overlap_says_x_and_the_area_and_draws_the_curve_so_far(show):
    figure = show(OVERLAP).locator("conv-overlap")
    slider = figure.get_by_role("slider")
    for x, text in {0: "= 0", 0.74: "= 0.74", 1: "= 1", 1.5: "= 0.5"}.items():
        slider.fill(str(round((x + 0.5) / 0.02)))
        expect(figure.locator(".said")).to_have_text(f"x = {x}, area {text}")
        expect(slider).to_have_attribute("aria-valuetext", str(x))
    dot, curve = (figure.locator(part).bounding_box() for part in (".dot", ".stage .line.y"))
    middle = dot["x"] + dot["width"] / 2
    assert abs(curve["x"] + curve["width"] - middle) < 3
    area = figure.locator(".stage .area").bounding_box()
    f, g = (figure.locator(f".stage .line.{name}").bounding_box() for name in "fg")
    assert abs(area["x"] - g["x"]) < 3
    assert abs(area["x"] + area["width"] - f["x"] - f["width"]) < 3
    assert abs(area["width"] - f["width"] / 2) < 5


def test_overlap_follows_the_pointer(show):
    page = show(JUMPS)
    figure = page.locator("conv-overlap")
    box = figure.locator(".stage > svg").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    moved = figure.locator(".said").text_content()
    page.mouse.up()
    page.mouse.move(box["x"] + 50, box["y"] + 60)
    expect(figure.locator(".said")).to_have_text(moved)
    dot = figure.locator(".dot").bounding_box()
    assert abs(dot["x"] + dot["width"] / 2 - box["x"] - box["width"] / 2) < 4


def test_two_of_a_kind_share_a_page(show):
    page = show(PLAY, TURNED, OVERLAP, PLAY, TURNED, OVERLAP)
    for name in ("play", "play-transposed", "overlap"):
        first, second = page.locator(f"conv-{name}").all()
        before = first.locator(".said").text_content()
        step_on(second, 3)
        expect(first.locator(".said")).to_have_text(before)
        expect(second.locator(".said")).not_to_have_text(before)
        expect(first.locator("svg.cv-svg")).to_be_hidden()


def test_nothing_runs_over_at_360_pixels_and_numbers_stay_readable(show):
    figures = [guide(name)[0] for name in ("full_padding_no_strides", "padding_strides_odd_transposed")]
    page = show(*figures, BIG, HARDER["fractions"][0], OVERLAP, JUMPS, viewport={"width": 360, "height": 740})
    for figure in page.locator("[data-lm-suppress-shortcuts]").all():
        step_on(figure, 3)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert (
        page.locator("conv-play").first.locator(".stage").evaluate("(s) => s.scrollWidth - s.clientWidth")
        == 0
    )
    sizes = page.locator("conv-play, conv-play-transposed").locator(".cell rect").all()
    assert min(box.bounding_box()["width"] for box in sizes[:: len(sizes) // 60]) >= 19
    small = """() => [...document.querySelectorAll("[data-lm-suppress-shortcuts]")].flatMap((figure) =>
      [...figure.shadowRoot.querySelectorAll("text")]
      .filter((t) => parseFloat(getComputedStyle(t).fontSize) < 6.5).map((t) => t.textContent))"""
    assert page.evaluate(small) == []


def test_wide_grids_scroll_inside_the_figure_and_follow_the_kernel(show):
    page = show(BIG, viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    figure = page.locator("conv-play")
    stage = figure.locator(".stage")
    assert stage.evaluate("(stage) => stage.scrollWidth > stage.clientWidth + 40")
    for n in (15, 16):
        figure.get_by_role("slider").fill(str(n))
        x, _, width, _ = figure.evaluate(WINDOW)
        assert x >= 0
        assert x + width <= 360


def test_nothing_but_the_grids_hangs_over_at_360_pixels(show):
    page = show(PLAY, TURNED, OVERLAP, viewport={"width": 360, "height": 740})
    assert page.evaluate(OVERHANGING) == 0


def test_controls_are_large_and_named(show):
    page = show(PLAY, TURNED, OVERLAP, viewport={"width": 360, "height": 740})
    for control in page.locator("button, input").all():
        box = control.bounding_box()
        least = 44 if control.evaluate("node => node.matches('button')") else 24
        assert box["height"] >= least
        assert box["width"] >= least
        assert control.evaluate(
            "node => node.getAttribute('aria-label') || node.labels?.[0] || node.textContent"
        )


def test_dark_and_forced_colours(show):
    dark = show(PLAY, theme="dark").evaluate(PAPER.replace("conv-slide", "conv-play"))
    assert max(int(part) for part in dark.removeprefix("rgb(").removesuffix(")").split(",")) < 48
    page = show(PLAY, TURNED, OVERLAP, forced_colors="active")
    fills = page.locator("conv-play .stage svg").evaluate(
        "(svg) => [...new Set([...svg.querySelectorAll('.cell rect')].map((r) => getComputedStyle(r).fill))]"
    )
    assert len(fills) >= 4


def test_without_scripts_the_still_picture_is_there(show):
    page = show(PLAY, TURNED, OVERLAP, java_script_enabled=False)
    assert page.locator("svg.cv-svg:visible").count() == 3
    assert page.locator("button").count() == 0


def test_a_figure_that_is_moved_stops_playing(show):
    page = show(PLAY)
    page.locator("conv-play").get_by_role("button", name="Play").click()
    page.evaluate("document.body.prepend(document.querySelector('conv-play'))")
    expect(page.locator("conv-play").get_by_role("button", name="Play")).to_be_visible()


def test_wrong_numbers_on_the_screen_would_be_seen(browser):
    """The check of the outputs is a real one: a figure that sums without the weights fails it."""
    page = browser.new_page()
    page.set_content(PLAY._repr_html_().replace("sum + value * weight", "sum + value"))
    page.locator("conv-play").get_by_role("slider").fill("3")
    shown = read(page.locator("conv-play"))
    page.close()
    assert shown == [12, 16, 24, 28]
