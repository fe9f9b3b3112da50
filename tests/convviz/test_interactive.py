"""The Python face of the figures: the element, the still picture in it, one script, and what is refused."""

import gzip
import re
from html.parser import HTMLParser

import pytest

import convviz
from convviz.bundle import FOLDER, bundle, in_order
from convviz.picture import style

MODULES = sorted(path.name for path in FOLDER.glob("*.mjs"))
FIGURES = ["overlap.mjs", "play-transposed.mjs", "play.mjs", "scatter.mjs", "sizes.mjs", "slide.mjs"]
EXAMPLES = [
    convviz.slide([1, 2, 3, 4], [1, 2, 3]),
    convviz.sizes(6, 3, stride=2),
    convviz.scatter([1, 2], [1, 10, 100], stride=2, padding=1, output_padding=1),
    convviz.play([[1, 2]], [[1, 10]], [[21]]),
    convviz.play_transposed([[1, 2]], [[1, 10]], [[1, 12, 20]]),
    convviz.overlap([(0, 1), (1, 1)], [(0, 1), (1, 1)]),
]


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("figure", EXAMPLES, ids=lambda figure: figure.name)
def test_a_figure_is_an_element_with_a_still_picture_and_one_inline_script(figure):
    page = figure._repr_html_()
    tags = Tags(page).seen
    assert tags[0] == (f"conv-{figure.name}", dict(figure.attributes))
    assert figure.still.svg in page.split(f"</conv-{figure.name}>")[0]
    assert [attrs for tag, attrs in tags if tag == "script"] == [{"type": "module"}]
    assert page.count("</script") == 1


def test_attributes_carry_what_was_given():
    figure = convviz.scatter([1, -0.5], [2], stride=3, output_padding=2)
    assert figure.attributes == {
        "x": "1, -0.5", "w": "2", "stride": "3", "padding": "0", "output_padding": "2", "dilation": "1",
    }  # fmt: skip


def test_the_still_picture_of_scatter_shows_torchs_numbers():
    assert "10, 102, 20, 200" in EXAMPLES[2].still.description


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: convviz.slide([], [1]), "f must have 1 non-empty axes"),
        (lambda: convviz.slide(range(13), [1]), "f must have at most 12 numbers here, got 13"),
        (lambda: convviz.slide([1], [1000]), "g must stay between -999 and 999 here, got [1000]"),
        (lambda: convviz.slide(["a"], [1]), "f must be made of real numbers"),
        (lambda: convviz.slide([1, float("nan")], [1]), "f must be finite"),
        (lambda: convviz.sizes(3, 5), "kernel does not fit: it spans 5 cells, d(k - 1) + 1, but the padded"),
        (lambda: convviz.sizes(41, 5), "n + 2 * padding must be at most 40 here, got 41"),
        (lambda: convviz.scatter([1], [1], output_padding=1), "output_padding must be below max"),
        (lambda: convviz.scatter([1], [1, 2], padding=1), "nothing is left: padding=1"),
        (lambda: convviz.scatter([1], [1], stride=0), "stride must be at least 1, got 0"),
        (lambda: convviz.scatter([1], [1], stride=1.5), "stride must be an int, got 1.5"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_and_loads_nothing_from_outside(module):
    text = (FOLDER / module).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    assert max(map(len, text.splitlines())) <= 120
    for other in re.findall(r"""(?:from|import\()\s*["']([^"']+)""", text):
        assert other.startswith("./"), other
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert "</" not in text


@pytest.mark.parametrize("module", FIGURES)
def test_a_bundle_has_every_module_once_and_no_import(module):
    script = bundle(module)
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)
    assert in_order(module)[-1] == module
    assert len(set(in_order(module))) == len(in_order(module))
    names = re.findall(r"^(?:const|let|function|class) (\w+)", script, re.MULTILINE)
    assert len(set(names)) == len(names), "two modules use one name at their top level"


@pytest.mark.parametrize("module", FIGURES)
def test_a_bundle_is_small_and_without_comments(module):
    """The whole script of a figure, and a page has one for every figure on it."""
    assert len(gzip.compress(bundle(module).encode())) <= 10 * 1024
    assert not re.search(r"^\s*(//|/\*)", bundle(module), re.MULTILINE)


@pytest.mark.parametrize("module", ["look.mjs", "sheet.mjs", "overlap.mjs"])
def test_the_look_takes_its_colours_from_the_style_sheet(module):
    look = (FOLDER / module).read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--cv-[\w-]+)\)", look))
    assert used
    assert used <= set(re.findall(r"(--cv-[\w-]+):", style()))
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(", look)


def test_every_module_belongs_to_a_figure():
    assert {name for figure in FIGURES for name in in_order(figure)} == set(MODULES)
