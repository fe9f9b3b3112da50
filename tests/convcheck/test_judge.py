"""The judge: whatever a function does, one verdict comes back that is true and can be read."""

import json
import subprocess
import sys
import time

import numpy as np
import pytest
import torch

from convcheck import Verdict, judge, task, tasks
from convcheck.faults import RaisedElsewhereError
from convcheck.trial import right

CONVOLVE = task("ps01.convolve").oracle


def untouched(*args):
    raise NotImplementedError


def told(answer):
    return judge("ps01.convolve", lambda f, g: answer).message


@pytest.mark.parametrize("t", tasks(), ids=lambda t: t.id)
def test_untouched_is_zero_and_said_so(t):
    verdict = judge(t.id, untouched)
    assert (verdict.score, verdict.misconception, verdict.example) == (0.0, None, None)
    assert verdict.message.startswith("Not started")


def refusals(t):
    """The share of the cases that are to be refused: the oracle refuses them, whatever is done to answers."""
    cases = t.cases(0)
    return sum(bool(right(t, case).refusal) for case in cases) / len(cases)


@pytest.mark.parametrize("t", [t for t in tasks() if not t.accept], ids=lambda t: t.id)
def test_right_answers_take_under_a_third_of_a_second_and_wrong_ones_under_one(t):
    began = time.perf_counter()
    assert judge(t.id, t.oracle).score == 1
    middle = time.perf_counter()
    assert judge(t.id, lambda *args: np.array(t.oracle(*args)) + 1).score <= refusals(t)
    assert middle - began < 0.3
    assert time.perf_counter() - middle < 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "returned None"),
        ("1 4 10", "returned a str"),
        ({1: 2}, "returned a dict"),
        (CONVOLVE, "returned a function"),
        ((n for n in (1, 2)), "not made of numbers"),
        ([1, None], "list with None in it"),
        ([torch.tensor(1.0), torch.tensor(4.0)], "yours 2, expected 3"),
        ([[1, 2], [3]], "rows have different lengths"),
        ([1, float("nan")], "nan at [1], which is not a finite number"),
        ([1j, 2], "complex numbers"),
        (3.0, "number of axes is wrong: yours has shape (), expected (2,)"),
        ([1, 2], "shape is wrong in axis 0: yours 2, expected 3"),
        (np.array([1, 2, 3], dtype=object), "first difference is at [1]"),
        (torch.ones(3, requires_grad=True), "first difference is at [1]"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_an_answer_is_told_in_a_sentence(answer, sentence):
    assert sentence in told(answer)


def test_the_smallest_failing_case_is_shown():
    def wrong_when_long(f, g):
        return CONVOLVE(f, g) * (1 if len(f) + len(g) < 8 else 2)

    example = judge("ps01.convolve", wrong_when_long).example
    assert sum(len(a) for a in example.arguments.values()) == 8
    assert np.array_equal(example.received, 2 * example.expected)
    assert example.index == (0,)


def test_an_exception_is_shown_with_the_students_own_line():
    def crash(f, g):
        return np.dot(f, np.ones(77))

    message = judge("ps01.convolve", crash).message
    assert "raised ValueError" in message
    assert "The line: return np.dot(f, np.ones(77))" in message
    assert len(message) < 300


def test_endless_recursion_is_a_failing_case():
    def again(f, g):
        return again(f, g)

    assert "RecursionError" in judge("ps01.convolve", again).message


def test_an_exception_from_another_process_is_told_the_same_way():
    def remote(f, g):
        raise RaisedElsewhereError("IndexError", "index 3 is out of bounds", "    total += g[i]\n")

    message = judge("ps01.convolve", remote).message
    assert message.endswith("raised IndexError: index 3 is out of bounds. The line: total += g[i]")


def test_not_written_elsewhere_is_not_started():
    def remote(f, g):
        raise RaisedElsewhereError("NotImplementedError", "")

    assert judge("ps01.convolve", remote).message.startswith("Not started")


def test_after_two_time_outs_nothing_more_is_called():
    calls = []

    def slow(f, g):
        calls.append(len(f))
        raise TimeoutError("no answer within 2 s")

    verdict = judge("ps01.convolve", slow)
    assert (len(calls), verdict.score) == (2, 0.0)
    assert "gave no answer within 2 s" in verdict.message


def test_inputs_changed_in_place_do_not_spoil_later_cases_and_are_told():
    cases = task("ps01.convolve").cases(0)

    def spoils(f, g):
        answer = CONVOLVE(f, g)
        f[:] = 0
        return answer

    verdict = judge("ps01.convolve", spoils)
    assert verdict.score == 1
    assert "changes its argument f in place" in verdict.message
    assert all(case.arguments["f"].any() for case in cases)
    assert "in place" not in judge("ps01.convolve", CONVOLVE).message


def test_an_output_array_shared_between_calls_is_judged_as_it_was_returned():
    kept = np.zeros(40)

    def shared(f, g):
        kept[: len(f) + len(g) - 1] = CONVOLVE(f, g)
        return kept[: len(f) + len(g) - 1]

    assert judge("ps01.convolve", shared).score == 1


def test_integers_where_fractions_are_due_fail():
    assert judge("ps01.convolve", lambda f, g: CONVOLVE(f, g).astype(int)).score < 1


def test_the_task_whose_answer_is_the_question_does_not_reveal_it():
    verdict = judge("ps01.by_hand", lambda: [3, 31, 314, 142, 420, 201])
    assert verdict.example.expected is None
    assert "expected 200" not in verdict.message
    assert "200" not in json.dumps(verdict.to_json()).replace("420, 201", "")


def test_a_verdict_is_json_whatever_came_back():
    for answer in (lambda f, g: [np.inf], lambda f, g: np.float32(1), lambda f, g: None, CONVOLVE):
        record = judge("ps01.convolve", answer).to_json()
        assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert {"passed", "total", "score", "misconception", "example", "message"} <= set(record)


def test_unknown_tasks_and_things_that_are_not_functions_are_refused():
    with pytest.raises(ValueError, match=r"no task is called 'ps01.convole'; .* 'ps01.convolve'"):
        judge("ps01.convole", CONVOLVE)
    with pytest.raises(TypeError, match="judges a function, got int: 5"):
        judge("ps01.convolve", 5)


def test_convcheck_works_where_torch_is_not_installed():
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "import convcheck\n"
        "for t in convcheck.tasks():\n"
        "    assert t.tensors or t.id == 'ps10.train' or convcheck.judge(t.id, t.oracle).score == 1, t.id\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_score_is_the_share_of_the_cases():
    assert Verdict("ps01.convolve", 3, 4, "").score == 0.75
