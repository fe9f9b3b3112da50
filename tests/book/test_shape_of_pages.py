"""Every lesson has the same shape: its aims, questions with folded answers, something to build, sources."""

import re

import pytest

from convcheck import tasks
from tests.book.pages import PAGES, TOP

LESSONS = [name for name in PAGES if re.match(r"chapters/(mathematics|conv|transposed|fast)/", name)]
SECTIONS = ["Test yourself", "Build it", "Summary", "Where this comes from"]


def missing(page: str) -> list[str]:
    """What a lesson should have and this one has not."""
    parts = dict(re.findall(r"^## (.+?)\s*\n(.*?)(?=^## |\Z)", page, re.M | re.S))
    faults = [] if re.search(r"^:class: lesson$", page, re.M) else [":class: lesson"]
    faults += [f"## {title}" for title in SECTIONS if title not in parts]
    answers = len(re.findall(r"^:::\{dropdown\}", parts.get("Test yourself", ""), re.M))
    return faults + ([] if answers >= 2 else [f"two answers, found {answers}"])


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_its_parts(name):
    assert missing((TOP / f"{name}.md").read_text(encoding="utf-8")) == []


GOOD = """# Pad
:::{admonition} On this page
:class: lesson
:::
## Test yourself
:::{dropdown} Answer
:::
:::{dropdown} Answer
:::
## Build it
## Summary
## Where this comes from
"""


def test_a_whole_lesson_passes():
    assert missing(GOOD) == []


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (":class: lesson", ":class: lesson"),
        ("## Build it", "## Build it"),
        (":::{dropdown} Answer\n:::\n:::{dropdown}", "two answers, found 1"),
    ],
)
def test_a_lesson_without_a_part_would_be_found(part, fault):
    assert missing(GOOD.replace(part, ":::{dropdown}" if "dropdown" in part else "")) == [fault]


@pytest.mark.parametrize("task", tasks(), ids=lambda task: task.id)
def test_a_page_that_teaches_a_task_says_so(task):
    page = (TOP / "chapters" / f"{task.chapter}.md").read_text(encoding="utf-8")
    assert f"roblem set {int(task.problem_set[2:])}](" in page
