"""check in a real kernel: what lands under the cell, and what stock nbgrader reads from it."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

from tools import exercises

FLIPPED = "def convolve(f, g):\n    return np.convolve(f, g[::-1])"


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    """The released first set, run with one flipped answer and the rest untouched, by grade_id."""
    staged = tmp_path_factory.mktemp("run")
    notebook = nbformat.read(exercises.EXERCISES / "ps01" / "ps01.ipynb", as_version=4)
    found = {cell.id: cell for cell in notebook.cells}
    found["answer-ps01-convolve"].source = FLIPPED
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(staged)}}).execute()
    return found


def test_the_page_then_the_points_and_nothing_else(cells):
    page, points = cells["check-ps01-convolve"].outputs
    assert (page.output_type, points.output_type) == ("display_data", "execute_result")
    assert "Convolution turns the kernel round" in page.data["text/html"]
    assert points.data == {"text/plain": "0.29", "text/html": "0.29 of 4 points"}


def test_nbgrader_reads_the_points_from_the_cell(cells):
    assert determine_grade(cells["check-ps01-convolve"]) == (0.29, 4)
    assert determine_grade(cells["check-ps01-table_row"]) == (0, 2)
