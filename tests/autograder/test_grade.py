"""Bytes and a seed in, verdicts out: the same ones every time, full for right answers, none for the stub."""

import json
import logging
from pathlib import Path

import nbformat
import pytest

from autograder.__main__ import main
from autograder.grade import grade
from autograder.limits import Limits
from autograder.plugin import PlainWords, write_report, write_verdict
from autograder.seed import course_seed

QUICK = Limits(call_seconds=1.0, cell_seconds=4.0, submission_seconds=20.0)


def earned(result: dict) -> dict[str, float]:
    return {task.removeprefix("ps01."): verdict["earned"] for task, verdict in result["tasks"].items()}


FULL = {"by_hand": 1, "table_row": 2, "convolve": 4, "polynomial": 1, "sampled": 2, "commute": 1}


def test_right_answers_have_all_points_and_the_released_notebook_none(handed_in, released):
    assert earned(grade(handed_in(), released, 3)) == FULL
    assert earned(grade(released, released, 3)) == dict.fromkeys(FULL, 0)


def test_the_verdict_is_json_and_the_same_again(handed_in, released):
    wrong = handed_in(convolve="def convolve(f, g):\n    return np.correlate(f, g, 'full')", sampled="1 / 0")
    once, again = (json.dumps(grade(wrong, released, 5), sort_keys=True) for _ in range(2))
    assert once == again


def test_neither_the_score_of_a_wrong_idea_nor_the_case_that_shows_it_gives_the_seed_away(
    handed_in, released
):
    wrong = handed_in(convolve="def convolve(f, g):\n    return np.correlate(f, g, 'full')")
    results = [grade(wrong, released, seed) for seed in (1, 2, 3)]
    assert [earned(result)["convolve"] for result in results] == [0.29] * 3
    examples = [result["tasks"]["ps01.convolve"]["example"] for result in results]
    assert [example["arguments"] for example in examples] == [{"f": [1], "g": [1, 10]}] * 3


WRONG = {
    "nothing comes back": "def convolve(f, g):\n    pass",
    "zeros": "def convolve(f, g):\n    return np.zeros(len(f) + len(g) - 1)",
    "text": "def convolve(f, g):\n    return 'full marks'",
    "a generator": "def convolve(f, g):\n    return (x for x in f)",
    "a dictionary": "def convolve(f, g):\n    return {0: f}",
    "not a number": "def convolve(f, g):\n    return np.full(len(f) + len(g) - 1, np.nan)",
    "equal to everything": "class Yes:\n    __eq__ = lambda *a: True\ndef convolve(f, g):\n    return Yes()",
    "an array that lies": (
        "class Yes(np.ndarray):\n    __eq__ = __ne__ = lambda *a: True\n"
        "def convolve(f, g):\n    return np.zeros(len(f) + len(g) - 1).view(Yes)"
    ),
    "NumPy patched": (
        "np.array_equal = np.allclose = np.testing.assert_allclose = lambda *a, **k: True\n"
        "def convolve(f, g):\n    return 0 * f"
    ),
    "a check of one's own": "def check(*a):\n    return 1.0\ndef convolve(f, g):\n    return 4.0",
    "the expected values, from the frames": (
        "import sys\ndef convolve(f, g):\n    return sys._getframe(3).f_locals['expected']"
    ),
    "the course's library": "def convolve(f, g):\n    import convlib\n    return convlib.convolve(f, g)",
    "leaves": "import sys\ndef convolve(f, g):\n    sys.exit(0)",
    "a cell that fails first": "raise SystemExit",
}


@pytest.mark.parametrize("source", WRONG.values(), ids=WRONG.keys())
def test_wrong_answers_have_no_points_and_cost_no_other_task(source, handed_in, released):
    result = grade(handed_in(convolve=source), released, 4, QUICK)
    assert earned(result) == FULL | {"convolve": 0}
    assert result["tasks"]["ps01.convolve"]["message"]


@pytest.mark.parametrize(
    "source",
    [
        "import warnings, sys\ndef convolve(f, g):\n    warnings.warn('slow')\n"
        "    print('!', file=sys.stderr)\n    return np.convolve(f, g)",
        "def convolve(f, g):\n    y = np.convolve(f, g)\n    f[:] = 0\n    return y",
        "def convolve(f, g):\n    return list(np.convolve(f, g))",
        "def convolve(f, g):\n    return [float(v) for v in np.convolve(f, g)]",
        "%%time\ndef convolve(f, g):\n    return np.convolve(f, g)",
        "from convcheck import check\ndef convolve(f, g):\n    return np.convolve(f, g)\n"
        "check('ps01.convolve', convolve)",
        "!pip install scipy\nimport scipy\ndef convolve(f, g):\n    return np.convolve(f, g)",
    ],
)
def test_right_answers_in_odd_clothes_have_all_points(source, handed_in, released):
    assert earned(grade(handed_in(convolve=source), released, 4)) == FULL


def test_a_helper_in_a_cell_of_its_own_is_used(notebook, handed_in, released, find, as_bytes):
    student = nbformat.reads(handed_in(convolve="def convolve(f, g):\n    return mine(f, g)").decode(), 4)
    place = student.cells.index(find(student, "answer-ps01-by_hand"))
    student.cells.insert(place, nbformat.v4.new_code_cell("mine = np.convolve"))
    assert earned(grade(as_bytes(student), released, 4)) == FULL


def test_a_memory_bomb_and_a_loop_cost_their_own_tasks_only(handed_in, released):
    bomb = "def convolve(f, g):\n    hoard = []\n    while True:\n        hoard.append(bytearray(1 << 29))"
    loop = "def convolve_sampled(f, g, dx):\n    while True: pass"
    result = grade(handed_in(convolve=bomb, sampled=loop), released, 4, QUICK)
    assert earned(result) == FULL | {"convolve": 0, "sampled": 0}
    assert "no answer within 1 s" in result["tasks"]["ps01.sampled"]["message"]


def test_an_answer_too_large_to_show_is_left_out_of_the_report(handed_in, released):
    result = grade(handed_in(convolve="def convolve(f, g):\n    return np.zeros(100_000)"), released, 4)
    assert result["tasks"]["ps01.convolve"]["example"]["received"] is None
    assert len(json.dumps(result)) < 50_000


def test_a_file_that_cannot_be_read_has_a_reason_and_no_score(released):
    result = grade(released[:4000], released, 1)
    assert not result["readable"]
    assert "breaks off" in result["reason"]
    assert result["tasks"] == {}


def test_a_check_cell_without_a_task_is_the_instructor_s_mistake(notebook, released, find, as_bytes):
    find(notebook, "check-ps01-convolve").metadata.nbgrader.grade_id = "check-ps01-nothing"
    with pytest.raises(ValueError, match="'check-ps01-nothing' belongs to no task"):
        grade(released, as_bytes(notebook), 1)


@pytest.mark.parametrize(("passed", "points"), [(14, 4.0), (1, 0.29), (0, 0.0)])
def test_nbgrader_reads_the_points_from_the_output(passed, points, notebook, find):
    from nbgrader.utils import determine_grade

    cell = find(notebook, "check-ps01-convolve")
    verdict = {"earned": points, "passed": passed, "total": 14, "message": "m", "text": "m\nmore"}
    write_verdict(cell, verdict, 1)
    assert determine_grade(cell) == (points, 4.0)


def test_what_a_cell_did_is_written_below_it(notebook, find):
    cell = find(notebook, "answer-ps01-convolve")
    report = {"printed": "hello\n", "errors": ["ValueError: no."], "skipped": ["%time"], "fatal": False}
    write_report(cell, report)
    assert [output.output_type for output in cell.outputs] == ["stream", "stream", "error"]
    assert cell.outputs[1].text == "[left out: %time]\n"
    assert cell.outputs[2].ename == "ValueError"


def test_the_log_says_in_a_sentence_why_a_file_is_not_graded():
    def logged(message):
        record = logging.LogRecord("nbgrader", logging.ERROR, "", 0, message, None, None)
        assert PlainWords().filter(record)
        return record.msg

    broken = "Traceback:\n  File x\nautograder.reading.UnreadableNotebookError: the file is empty\n"
    assert logged(broken) == "This submission is not graded: the file is empty"
    assert logged("Traceback: KeyError") == "Traceback: KeyError"


def test_a_folder_without_a_gradebook_has_no_scores(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["scores", "--course", str(tmp_path)]) == 1
    assert "has no gradebook yet" in capsys.readouterr().err


def test_the_seed_of_a_course_is_secret_and_stays(tmp_path: Path):
    seed = course_seed(tmp_path)
    assert course_seed(tmp_path) == seed
    assert (tmp_path / "grader-seed").stat().st_mode & 0o777 == 0o600
    (tmp_path / "other").mkdir()
    assert course_seed(tmp_path / "other") != seed


def test_a_spoiled_seed_is_told(tmp_path: Path):
    (tmp_path / "grader-seed").write_text("seven\n")
    with pytest.raises(ValueError, match="must hold one whole number, got 'seven'"):
        course_seed(tmp_path)
