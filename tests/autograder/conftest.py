"""Notebooks to grade: the released problem set, with whatever a test puts into its cells."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.rebuild import grade_id

RELEASED = Path(__file__).resolve().parents[2] / "exercises" / "ps01" / "ps01.ipynb"
RIGHT = {
    "by_hand": "def by_hand():\n    return [3, 31, 314, 142, 420, 200]",
    "table_row": (
        "def table_row(f, g, i):\n"
        "    return [f[j] * g[i - j] if 0 <= i - j < len(g) else 0 for j in range(len(f))]"
    ),
    "convolve": "def convolve(f, g):\n    return np.convolve(f, g)",
    "polynomial": "def multiply_polynomials(a, b):\n    return np.convolve(a, b)",
    "sampled": "def convolve_sampled(f, g, dx):\n    return np.convolve(f, g) * dx",
    "commute": (
        "def swapped_row(f, g, i):\n"
        "    return [g[k] * f[i - k] if 0 <= i - k < len(f) else 0 for k in range(len(g))]"
    ),
}


@pytest.fixture(scope="session")
def released() -> bytes:
    return RELEASED.read_bytes()


@pytest.fixture
def notebook(released) -> NotebookNode:
    """The released notebook, to be spoiled."""
    return nbformat.reads(released.decode(), as_version=4)


@pytest.fixture
def handed_in(released) -> Callable[..., bytes]:
    """A submission: the right answers, except for the tasks that are named."""

    def make(**answers: str) -> bytes:
        notebook = nbformat.reads(released.decode(), as_version=4)
        for name, source in (RIGHT | answers).items():
            find(notebook, f"answer-ps01-{name}").source = source
        return as_bytes(notebook)

    return make


def find(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if grade_id(cell) == name)


def as_bytes(notebook: NotebookNode) -> bytes:
    return nbformat.writes(notebook).encode()


@pytest.fixture(name="find")
def give_find():
    return find


@pytest.fixture(name="as_bytes")
def give_as_bytes():
    return as_bytes
