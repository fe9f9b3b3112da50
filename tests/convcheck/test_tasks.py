"""The cases: nothing symmetric, nothing square, every remainder met; the oracles held against torch."""

import numpy as np
import pytest

from convcheck import judge, task, tasks
from convcheck.compare import as_array
from convcheck.draw import inputs, kernel
from convcheck.sets.ps05 import SIZES
from tests.convcheck.sets import POINTS, TORCH

ARRAYS = {"f", "g", "a", "b", "x", "w"}


def test_the_tasks_and_their_points():
    assert {t.id: t.points for t in tasks()} == POINTS
    assert all(t.id.startswith(t.problem_set) and t.function in t.signature for t in tasks())


# Spectra, exponentials and a whole network: exact only up to rounding. Everything else is a sum of integers.
ROUNDED = {"ps08.fft", "ps10.loss", "ps10.loss_slope", "ps10.unet", "ps10.gradients"}


@pytest.mark.parametrize("task_id", TORCH)
@pytest.mark.parametrize("seed", range(4))
def test_the_oracles_agree_with_torch(task_id, seed):
    for case in task(task_id).cases(seed):
        ours, theirs = (said(function, case) for function in (task(task_id).oracle, TORCH[task_id]))
        if task_id in ROUNDED:
            np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-9)
        else:
            assert np.array_equal(ours, theirs)


def test_the_answer_by_hand_is_what_paper_gives():
    assert task("ps01.by_hand").oracle().tolist() == [3, 31, 314, 142, 420, 200]


def said(function, case):
    """The array that a function gives for a case; a refusal counts as the answer "refused"."""
    try:
        return as_array(function(*case.args))
    except ValueError:
        return np.array("refused")


@pytest.mark.parametrize("t", tasks(), ids=lambda t: t.id)
def test_settings_never_change_values_do_and_the_smallest_comes_first(t):
    first, again, other = t.cases(0), t.cases(0), t.cases(1)
    assert repr(first) == repr(again)
    assert len(first) == len(other)
    assert not first[0].arguments or t.accept or repr(first) != repr(other)
    sizes = [case.size for case in first]
    assert sizes == sorted(sizes)
    assert sorted(map(setting, first)) == sorted(map(setting, other))


SETTINGS = {"stride", "padding", "dilation", "groups", "output_padding"}


def setting(case):
    """What of a case never changes: shapes, words, pairs, and the numbers that are settings of a layer."""
    return str([fixed(name, value) for name, value in case.arguments.items()])


def fixed(name, value):
    if isinstance(value, np.ndarray):
        return value.shape
    return "a number" if isinstance(value, int | float) and name not in SETTINGS else value


@pytest.mark.parametrize("t", tasks(), ids=lambda t: t.id)
def test_no_array_is_symmetric_in_any_way_that_hides_a_slip(t):
    for case in t.cases(5):
        for name, value in case.arguments.items():
            if name in ARRAYS and isinstance(value, np.ndarray) and value.shape[-1] > 1:
                assert not np.array_equal(value, value[..., ::-1])
            if name == "w" and value.ndim > 1 and value.shape[-2] > 1:
                assert not np.array_equal(value, value[..., ::-1, :])
                assert not np.array_equal(value, value.swapaxes(-1, -2))


@pytest.mark.parametrize("name", ["kernel", "stride", "padding", "conv2d"])
def test_images_are_never_square_and_outputs_never_as_many_as_columns(name):
    for case in task(f"ps05.{name}").cases(3):
        x, w = case.arguments["x"], case.arguments["w"]
        assert x.shape[-1] != x.shape[-2]
        assert w.ndim == 2 or w.shape[0] != x.shape[-1]


def test_every_remainder_of_the_size_formula_is_met():
    assert {(s, r) for s, p, r, _ in SIZES} == {(s, r) for s in (1, 2, 3, 4) for r in range(s)}
    for case in task("ps05.output_size").cases(9):
        a = case.arguments
        assert (a["i"] + 2 * a["padding"] - a["k"]) >= 0
        assert a["i"] >= 1
    for name in ("stride", "padding"):
        met = {(s, r) for case in task(f"ps05.{name}").cases(0) for s, r in remainders(case)}
        assert met >= {(s, r) for s in (1, 2, 3) for r in range(s)}


def remainders(case):
    x, w, stride, *rest = case.arguments.values()
    padding = rest[0] if rest else (0, 0)
    for n, k, s, p in zip(x.shape, w.shape, stride, padding, strict=True):
        yield s, (n + 2 * p - k) % s


def test_the_digits_of_an_answer_tell_which_tap_met_which_input():
    rng = np.random.default_rng(0)
    x, w = inputs(rng, "digits", 4), kernel(rng, "digits", 3)
    (first, _) = task("ps05.kernel").oracle(x[None], w[None])[0]
    assert [int(f"{first:.0f}"[-1 - int(np.log10(tap))]) for tap in w] == x[:3].tolist()


def test_an_answer_remembered_from_the_public_cases_fails_on_others():
    t = task("ps01.convolve")
    known = {repr(case.args): t.oracle(*case.args) for case in t.cases(0)}
    assert judge(t.id, lambda *args: known[repr(args)], 0).score == 1
    assert judge(t.id, lambda *args: known[repr(args)], 1).score == 0
