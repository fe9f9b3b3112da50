"""What a task may ask for beyond an array: a refusal, any good answer, haste, tensors."""

import sys
import time

import numpy as np
import pytest
import torch

from convcheck import Case, Task, judge
from convcheck.tensors import as_tensors


@pytest.fixture
def made(monkeypatch):
    """Make a task, and have the judge find it."""

    def make(cases, answer, **fields):
        names = {"draw": lambda rng: cases, "reference": answer, "lift": lambda form: form}
        the_task = Task("psxx.made", "Made", "f(x)", 1, **names, chapter="conv/stride", **fields)
        monkeypatch.setattr(sys.modules[judge.__module__], "task", lambda id: the_task)
        return the_task.id

    return make


def even_only(x):
    if x % 2:
        raise ValueError(f"{x} is odd")
    return x // 2


NUMBERS = [Case({"x": x}) for x in (2, 3, 4, 6)]


def test_what_must_be_refused_is_right_when_it_is_refused(made):
    assert judge(made(NUMBERS, even_only), even_only).score == 1


def test_an_answer_where_a_refusal_is_due_is_told_with_the_reason(made):
    verdict = judge(made(NUMBERS, even_only), lambda x: x // 2)
    assert (verdict.passed, verdict.example.refusal) == (3, "3 is odd")
    assert "must be refused with a ValueError: 3 is odd." in verdict.message


def test_another_exception_is_no_refusal(made):
    def crash(x):
        return even_only(x) if x % 2 == 0 else [][0]

    assert "Here a ValueError is expected that says why" in judge(made(NUMBERS, even_only), crash).message


def test_refusing_everything_scores_the_refusals_only_and_a_stub_nothing(made):
    def refuse(x):
        raise ValueError("no")

    def stub(x):
        raise NotImplementedError

    name = made(NUMBERS, even_only)
    assert judge(name, refuse).passed == 1
    assert (judge(name, stub).passed, judge(name, stub).message[:11]) == (0, "Not started")


def is_a_divisor(case, received):
    return "" if case.arguments["x"] % received == 0 else f"{received} does not divide it."


def test_any_good_answer_is_accepted(made):
    name = made(NUMBERS, lambda x: x, accept=is_a_divisor)
    assert judge(name, lambda x: 1).score == judge(name, lambda x: x).score == 1
    verdict = judge(name, lambda x: 2)
    assert (verdict.passed, "2 does not divide it." in verdict.message) == (3, True)


def test_a_right_answer_that_is_too_slow_has_half_and_is_told_both_times(made):
    def slow(x):
        time.sleep(0.06)
        return x.sum()

    name = made([Case({"x": np.arange(n)}) for n in (3, 4, 5, 6)], lambda x: x.sum(), haste=10.0)
    verdict = judge(name, slow)
    assert (verdict.score, verdict.misconception) == (0.5, None)
    assert "Right, but too slow: the largest case takes 6" in verdict.message
    assert "10 times what a solution without loops" in verdict.message
    assert judge(name, lambda x: x.sum()).score == 1


def test_one_slow_run_among_fast_ones_is_not_held_against_anybody(made):
    seen = []

    def once_slow(x):
        seen.append(len(x))
        if seen.count(6) == 1 and len(x) == 6:
            time.sleep(0.06)
        return x.sum()

    name = made([Case({"x": np.arange(n)}) for n in (5, 6)], lambda x: x.sum(), haste=10.0)
    assert judge(name, once_slow).score == 1


def test_a_task_on_tensors_hands_tensors_over_and_takes_them_back(made):
    kinds = []

    def doubled(x):
        kinds.append(type(x))
        return 2 * x

    name = made([Case({"x": np.arange(3.0)})], lambda x: 2 * x, tensors=True)
    assert judge(name, doubled).score == 1
    assert set(kinds) == {torch.Tensor}


def test_without_torch_a_task_on_tensors_says_so(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImportError, match="torch is not installed: pip install torch"):
        as_tensors((np.ones(2),))
