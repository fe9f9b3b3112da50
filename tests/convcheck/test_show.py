"""How a verdict is shown: as text, as a page, and as the value of a notebook's cell."""

import html.parser
import json
import sys
import warnings
from types import SimpleNamespace

import numpy as np
import pytest

import convcheck.show
from convcheck import check, judge, task, tasks
from convcheck.page import as_html
from convcheck.text import as_text


def flipped(f, g):
    return np.convolve(f, g[::-1])


def one_channel(x, w, bias, *options):
    first = range(0, x.shape[1], w.shape[1])
    return task("ps05.conv2d").oracle(x[:, first], w[:, :1], bias, *options)


class Page(html.parser.HTMLParser):
    """Opens and closes tags in step, and keeps the text and the table cells by class."""

    def __init__(self, text):
        super().__init__()
        self.open, self.words, self.cells = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag == "td":
            self.cells.append((dict(attrs)["class"], ""))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)
        if "td" in self.open:
            kind, text = self.cells[-1]
            self.cells[-1] = (kind, text + data)


def test_the_text_has_the_case_and_the_sentence(capsys):
    assert check("ps01.convolve", flipped) == 1 / 14
    text = capsys.readouterr().out
    assert "Convolution turns the kernel round" in text
    for line in ("  f        [", "  g        [", "  expected [", "  yours    ["):
        assert line in text
    assert "The first difference is at [0]" in text


def test_the_value_is_the_score_and_prints_as_points(capsys):
    full, none = check("ps01.convolve", task("ps01.convolve").oracle), check("ps01.convolve", flipped)
    assert (full, none, repr(full), repr(none)) == (1.0, 1 / 14, "4", "0.29")
    assert full._repr_html_() == "4 of 4 points"
    assert check("ps01.by_hand", lambda: None)._repr_html_() == "0 of 1 point"


def test_the_page_marks_the_first_difference_by_more_than_colour():
    page = Page(as_html(judge("ps01.convolve", flipped)))
    assert not page.open
    marked = [text for kind, text in page.cells if "cc-mark" in kind]
    assert len(marked) == 2
    assert all(text.endswith(" first difference") for text in marked)
    names = [word for word in page.words if word in ("f", "g", "expected", "yours")]
    assert names == ["f", "g", "expected", "yours", "expected", "yours"]


def test_the_page_shows_what_met_what():
    page = Page(as_html(judge("ps01.convolve", flipped)))
    assert [kind.split()[0] for kind, text in page.cells if text.endswith(" met")] == [
        "cc-input",
        "cc-kernel",
    ]
    sums = [text for kind, text in page.cells if kind == "cc-sum"]
    assert sums == ["f[0]·g[0] = 1·1", "f[0]·g[1] = 1·10"]


def test_of_a_layer_only_what_meets_the_first_difference_is_drawn():
    verdict = judge("ps05.conv2d", one_channel)
    words = Page(as_html(verdict)).words
    n, o = verdict.example.index[:2]
    channels = verdict.example.arguments["x"].shape[1]
    assert [w for w in words if w.startswith("x[") and "·" not in w] == [
        f"x[{n}, {c}]" for c in range(channels)
    ]
    assert [w for w in words if w.startswith("w[")] == [f"w[{o}, {c}]" for c in range(channels)]
    assert [w for w in words if w.startswith("yours[")] == [f"yours[{n}, {o}]"]


@pytest.mark.parametrize("t", [t for t in tasks() if t.id != "ps10.train"], ids=lambda t: t.id)
def test_every_kind_of_verdict_can_be_shown(t):
    def crash(*args):
        raise ValueError("<b>&")

    for answer in (t.oracle, crash, lambda *a: None, lambda *a: 2 * t.oracle(*a), lambda *a: [[1]]):
        verdict = judge(t.id, answer)
        page = Page(as_html(verdict))
        assert not page.open
        assert verdict.message in "".join(page.words)
        assert verdict.message in as_text(verdict)


def test_the_case_as_code_gives_the_expected_answer():
    verdict = judge("ps05.padding", lambda x, w, stride, padding: x)
    code = Page(as_html(verdict)).words[-1]
    here = {"np": np, "correlate2d_padded": task("ps05.padding").oracle}
    assert np.array_equal(eval(code, here), verdict.example.expected)


def test_prints_and_warnings_of_the_student_do_not_flood_the_page(capsys):
    def chatty(f, g):
        print("looking at", f)
        print("trouble", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return flipped(f, g)

    check("ps01.convolve", chatty)
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("looking at") == out.count("trouble") == 1
    assert "For this case your function printed:" in out


def test_in_jupyter_the_page_is_displayed_once_and_nothing_printed(monkeypatch, capsys):
    shown = []
    monkeypatch.setattr(convcheck.show, "_in_kernel", lambda: True)
    display = SimpleNamespace(display=lambda data, raw: shown.append(data))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    check("ps01.convolve", flipped)
    assert capsys.readouterr().out == ""
    assert [set(data) for data in shown] == [{"text/html", "text/plain"}]
    assert json.dumps(shown)
