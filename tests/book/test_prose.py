"""No number on a page without code beside it."""

from pathlib import Path

import pytest

from tests.book.prose import unproved_numbers

TOP = Path(__file__).parents[2]
PAGES = [TOP / "index.md", *sorted((TOP / "chapters").rglob("*.md"))]

PAGE = """# Add

The sum of 2 and 3 is 5, $2 + 3 = 5$, see [page 7](other.md) and arXiv 1603.07285.

```{code-cell} ipython3
:tags: [remove-cell]
assert 2 + 3 == 5
```

## Again

Nothing here.
"""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_every_number_in_prose_stands_in_code_beside_it(page):
    assert unproved_numbers(page.read_text()) == []


def test_a_proved_page_passes():
    assert unproved_numbers(PAGE.replace("page 7", "a page")) == []


def test_a_number_that_the_code_contradicts_is_found():
    assert unproved_numbers(PAGE.replace("is 5,", "is 6,")) == [("Add", "6"), ("Add", "7")]


def test_proof_in_another_section_does_not_count():
    assert unproved_numbers(PAGE.replace("Nothing here.", "Still 5.")) == [("Add", "7"), ("Again", "5")]
