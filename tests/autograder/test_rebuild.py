"""A cell that was spoiled costs at most that cell, and what was odd is told in a sentence."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.reading import UnreadableNotebookError, read
from autograder.rebuild import ABSENT, grade_id, rebuild


@pytest.fixture
def source(released):
    return read(released)


@pytest.fixture
def student(handed_in):
    return read(handed_in())


def answer(rebuilt, find, name="convolve"):
    return find(rebuilt.notebook, f"answer-ps01-{name}").source


def test_a_plain_submission_gives_the_instructor_s_notebook_with_the_answers(student, source, find):
    rebuilt = rebuild(student, source)
    assert rebuilt.odd == []
    assert [cell.id for cell in rebuilt.notebook.cells] == [cell.id for cell in source.cells]
    assert "np.convolve" in answer(rebuilt, find)


def test_neither_notebook_is_changed(student, source):
    before = copy.deepcopy((student, source))
    rebuild(student, source)
    assert (student, source) == before


def test_a_deleted_check_comes_back(student, source, find):
    student.cells.remove(find(student, "check-ps01-convolve"))
    rebuilt = rebuild(student, source)
    assert find(rebuilt.notebook, "check-ps01-convolve").source == 'check("ps01.convolve", convolve)'
    assert rebuilt.odd == ["Cell check-ps01-convolve had been deleted; it was put back."]


def test_an_edited_check_is_the_original_again(student, source, find):
    find(student, "check-ps01-convolve").source = "1.0"
    rebuilt = rebuild(student, source)
    assert find(rebuilt.notebook, "check-ps01-convolve").source == 'check("ps01.convolve", convolve)'
    assert rebuilt.odd == ["Cell check-ps01-convolve had been changed; the original was used."]


def test_the_points_are_the_instructor_s(student, source, find):
    find(student, "check-ps01-convolve").metadata.nbgrader.points = 1000
    rebuilt = rebuild(student, source)
    assert find(rebuilt.notebook, "check-ps01-convolve").metadata.nbgrader.points == 4


def test_a_deleted_answer_never_becomes_the_instructor_s(student, source, find):
    staged = copy.deepcopy(source)
    find(staged, "answer-ps01-convolve").source = "def convolve(f, g):\n    return 'the secret answer'"
    student.cells.remove(find(student, "answer-ps01-convolve"))
    rebuilt = rebuild(student, staged)
    assert answer(rebuilt, find) == ABSENT
    assert "secret" not in str(rebuilt.notebook)
    assert rebuilt.odd == ["Cell answer-ps01-convolve was not in the file."]


@pytest.mark.parametrize(
    "spoil",
    [
        {},
        {"nbgrader": {}},
        {"nbgrader": None},
        {"nbgrader": {"grade_id": "renamed"}},
        {"nbgrader": {"grade_id": 7}},
    ],
)
def test_an_answer_without_its_id_is_found_by_what_it_defines(spoil, student, source, find):
    find(student, "answer-ps01-convolve").metadata = nbformat.from_dict(spoil)
    rebuilt = rebuild(student, source)
    assert "np.convolve" in answer(rebuilt, find)
    assert rebuilt.odd == [
        "Cell answer-ps01-convolve had lost its id; the cell that defines convolve was taken."
    ]


def test_of_two_answers_the_last_is_graded(student, source, find):
    second = copy.deepcopy(find(student, "answer-ps01-convolve"))
    second.source = "def convolve(f, g): return 2"
    student.cells.append(second)
    rebuilt = rebuild(student, source)
    assert answer(rebuilt, find) == second.source
    assert "Cell answer-ps01-convolve is there 2 times; the last one was graded." in rebuilt.odd


def test_an_answer_turned_into_text_is_code_again(student, source, find):
    find(student, "answer-ps01-convolve").cell_type = "raw"
    rebuilt = rebuild(student, source)
    assert find(rebuilt.notebook, "answer-ps01-convolve").cell_type == "code"
    assert "turned into a raw cell" in rebuilt.odd[0]


def test_moved_cells_are_in_their_old_order(student, source):
    student.cells.reverse()
    rebuilt = rebuild(student, source)
    assert [cell.id for cell in rebuilt.notebook.cells] == [cell.id for cell in source.cells]
    assert rebuilt.odd == ["Cells had been moved; they were graded in their original order."]


def test_added_code_stays_where_it_was_added(student, source, find):
    place = student.cells.index(find(student, "answer-ps01-convolve"))
    student.cells.insert(place, new_code_cell("def helper(): pass"))
    cells = rebuild(student, source).notebook.cells
    sources = [cell.source for cell in cells]
    assert sources.index("def helper(): pass") < cells.index(
        find(rebuild(student, source).notebook, "answer-ps01-convolve")
    )
    assert nbformat.validate(rebuild(student, source).notebook) is None


def test_an_added_cell_that_claims_to_be_graded_is_not(student, source):
    student.cells.append(
        new_code_cell("x", metadata={"nbgrader": {"grade": True, "points": 9, "grade_id": "mine"}})
    )
    cells = rebuild(student, source).notebook.cells
    assert "mine" not in [grade_id(cell) for cell in cells]


def test_outputs_of_the_student_are_gone(student, source, find):
    check = find(student, "check-ps01-convolve")
    check.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "4"}, execution_count=1)]
    assert all(not cell.get("outputs") for cell in rebuild(student, source).notebook.cells)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04\xff\xfe", "the file is not text"),
        (b"<html>", "does not begin with {"),
        (b'{"cells": [', "the file breaks off at line 1"),
        (b'{"cells": ["abc', "the file breaks off at line 1"),
        (b'{"cells": oops}', "the file is damaged at line 1, column 11"),
        (b"[1, 2]", "it has no cells"),
        (b'{"a": 1}', "it has no cells"),
        (b'{"cells": 5, "nbformat": 4}', "the cells are not those of a notebook"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_notebook_is_told_in_a_sentence(data, why):
    with pytest.raises(UnreadableNotebookError, match=why):
        read(data)


def test_a_notebook_is_read_whatever_its_byte_order_mark(released):
    assert read(b"\xef\xbb\xbf" + released) == read(released)
