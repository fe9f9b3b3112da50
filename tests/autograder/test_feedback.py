"""The feedback page: the score and message of each task are there, nothing of the student's is HTML."""

import re

import nbformat
import pytest

from autograder.feedback import FeedbackPage
from autograder.grade import is_own, judge_notebook, label_of, task_of
from autograder.magics import skip
from autograder.plugin import write_report, write_verdict
from autograder.reading import read
from autograder.rebuild import is_check, rebuild

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def page(handed_in, released):
    """Make the page of a submission as the two commands do, the gradebook left out."""

    def make(**answers: str) -> str:
        rebuilt = rebuild(read(handed_in(**answers)), read(released))
        notebook = rebuilt.notebook
        result = judge_notebook(notebook, 1)
        for place, cell in enumerate(notebook.cells):
            if is_check(cell):
                verdict = result["tasks"][task_of(cell).id]
                write_verdict(cell, verdict, place)
                cell.metadata.nbgrader.score = verdict["earned"]
            elif is_own(cell):
                write_report(cell, result["cells"][label_of(cell, place)])
        notebook.metadata["autograder"] = {"odd": [f"odd {EVIL}"]}
        total = sum(verdict["earned"] for verdict in result["tasks"].values())
        facts = {"student": EVIL, "score": total, "max_score": 11, "late_penalty": 0.5}
        return FeedbackPage().from_notebook_node(nbformat.from_dict(notebook), {"nbgrader": facts})[0]

    return make


def test_score_and_message_of_each_task_are_there(page):
    html = page(convolve="def convolve(f, g):\n    return np.correlate(f, g, 'full')", sampled="x = 1")
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "5.29 of 11 points" in text
    assert "The whole convolution 0.29 of 4 partly right" in text
    assert "13 of 14 cases fail" in text
    assert "no points yet" in text
    assert "Right: all 15 cases pass." in text
    assert "0.5 points were taken off because it came late." in text


def test_nothing_of_the_student_is_html(page):
    html = page(
        by_hand=f"# {EVIL}\nprint({EVIL!r})\nraise ValueError({EVIL!r})",
        convolve=f"def convolve(f, g):\n    print({EVIL!r})\n    raise ValueError({EVIL!r})",
        sampled=f"%{EVIL}\ndef convolve_sampled(f, g, dx):\n    return '{EVIL}'",
        polynomial=f"e = type({EVIL!r}, (Exception,), {{}})\ndef multiply_polynomials(a, b):\n    raise e",
    )
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_the_page_asks_nobody(page):
    assert not re.search(r"""(src|href)=["']?(https?:)?//|url\(|@import""", page())


@pytest.mark.parametrize(
    ("source", "python", "skipped"),
    [
        ("x = 5 % 3", "x = 5 % 3", []),
        ("y = (7\n  % 4)", "y = (7\n  % 4)", []),
        ("if 1:\n    %time f()", "if 1:\n    pass", ["%time f()"]),
        ("!ls\n# why?\nx?", "pass\n# why?\npass", ["!ls", "x?"]),
        ("%%bash\nrm -rf /", "pass", ["%%bash and the lines below it"]),
        ("%%time\nx = 1", "pass\nx = 1", ["%%time"]),
        ("def broken(:", "def broken(:", []),
        ("", "", []),
        ("%%\nx = 1", "pass", ["%% and the lines below it"]),
    ],
)
def test_what_is_not_python_is_left_out(source, python, skipped):
    assert skip(source) == (python, skipped)
