"""The smallest failing case: small, still failing, still showing what was named, and found in time."""

import time

import numpy as np
import pytest

from convcheck import Case, judge, task, tasks
from convcheck.axes import letters, without
from convcheck.ideas import idea, ideas
from convcheck.trial import run


def test_a_layer_is_cut_down_to_what_shows_the_idea():
    example = judge("ps05.conv2d", idea("flip").answers(task("ps05.conv2d"))[0]).example
    x, w = example.arguments["x"], example.arguments["w"]
    assert x.shape[:2] == (1, 1)
    assert w.shape[:2] == (1, 1)
    assert x.size <= 4
    assert w.ravel().tolist() == [10.0**n for n in range(w.size)]


def test_settings_that_do_not_matter_are_set_to_their_least():
    answer = idea("kernel-transposed").answers(task("ps05.padding"))[0]
    arguments = judge("ps05.padding", answer).example.arguments
    assert (arguments["stride"], arguments["padding"]) == ((1, 1), (0, 0))
    kept = judge("ps05.padding", idea("padding-ignored").answers(task("ps05.padding"))[0]).example.arguments
    assert max(kept["padding"]) == 1


@pytest.mark.parametrize("t", tasks(), ids=lambda t: t.id)
def test_the_smallest_case_is_no_larger_than_the_first_that_fails_and_fails(t):
    for known in ideas():
        for answer in known.mutations(t) and known.answers(t)[:1]:
            if known.slip:
                continue
            example = judge(t.id, answer).example
            trials = run(t, answer, t.cases(0))
            first = next(trial for trial in trials if trial.kind == "Wrong")
            assert Case(example.arguments).size <= first.case.size
            assert repr(judge(t.id, answer).example) == repr(example)


def test_a_slow_function_is_not_asked_for_long():
    def slow(f, g):
        time.sleep(0.05)
        return f

    began = time.perf_counter()
    judge("ps01.convolve", slow)
    assert time.perf_counter() - began < 14 * 0.05 + 1


def test_a_shared_letter_is_shortened_in_every_array_that_has_it():
    t = task("ps05.conv2d")
    x, w = np.arange(24.0).reshape(1, 2, 3, 4), np.arange(8.0).reshape(2, 2, 1, 2)
    case = Case(
        {
            "x": x,
            "w": w,
            "bias": np.array([5.0, 6]),
            "stride": (1, 1),
            "padding": (0, 0),
            "dilation": (1, 1),
            "groups": 1,
        }
    )
    assert letters(t, case)["C"] == 2
    fewer = without(t, case, "C", slice(0, 1)).arguments
    assert (fewer["x"].shape, fewer["w"].shape) == ((1, 1, 3, 4), (2, 1, 1, 2))
    assert fewer["x"].tolist() == x[:, 1:].tolist()
    single = without(t, case, "O", slice(1, 2)).arguments
    assert (single["w"].shape, single["bias"].tolist()) == ((1, 2, 1, 2), [5.0])
