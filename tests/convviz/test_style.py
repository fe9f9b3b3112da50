"""The colours of style.css: readable by WCAG 2 AA, in the light and in the dark."""

import re
from pathlib import Path

import pytest

import convviz

STYLE = (Path(convviz.__file__).parent / "style.css").read_text()
BLOCKS = [dict(re.findall(r"--cv-([\w-]+): (#\w{6})", block)) for block in re.findall(r"\{([^{}]*)\}", STYLE)]
LIGHT, DARK, DARK_BY_SYSTEM = [block for block in BLOCKS if block]
THEMES = {"light": LIGHT, "dark": DARK}

TEXT = [
    *((ink, "paper") for ink in ("ink", "quiet", "faint", "error-ink")),
    *(("input-ink", fill) for fill in ("input", "input-strong")),
    *(("output-ink", fill) for fill in ("output", "output-strong")),
    ("kernel-ink", "kernel"),
    ("padding-ink", "padding"),
    ("padding-ink", "hatch"),
    ("error-ink", "error"),
    *(("value-ink", f"value-{level}") for level in range(1, 6)),
]
LINES = [f"{role}-line" for role in ("input", "kernel", "output", "padding", "error")] + ["mark", "quiet"]


def luminance(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "fill"), TEXT)
def test_text_can_be_read(theme, ink, fill):
    assert contrast(THEMES[theme][ink], THEMES[theme][fill]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("line", LINES)
def test_outlines_can_be_seen(theme, line):
    assert contrast(THEMES[theme][line], THEMES[theme]["paper"]) >= 3


def test_the_measure_itself():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_bad_pair_would_be_seen():
    assert contrast("#56b4e9", LIGHT["paper"]) < 3
    assert contrast(LIGHT["input-line"], DARK["input"]) < 4.5


def test_both_ways_into_the_dark_lead_to_the_same_colours():
    assert DARK == DARK_BY_SYSTEM
    assert DARK.keys() == LIGHT.keys()


def test_every_colour_that_is_used_is_defined():
    assert set(re.findall(r"var\(--cv-([\w-]+)\)", STYLE)) <= LIGHT.keys()


def test_every_role_of_a_cell_has_its_style():
    for role in ("input", "kernel", "output", "padding", "lost", "empty", "mark"):
        assert f"rect.cv-{role} {{" in STYLE
