"""Two wrong ideas at once, slips, what is kept between calls: named where they explain all, else not."""

from itertools import permutations

import numpy as np
import pytest

from convcheck import judge, task, tasks
from convcheck.diagnosis import explains
from convcheck.ideas import Idea, idea, ideas, mutated
from convcheck.trial import run

CONVOLVE = task("ps01.convolve").oracle
LAYER = task("ps05.conv2d")
PAIRS = [
    ("ps05.conv2d", "flip", "bias-last-axis"),
    ("ps05.conv2d", "channels-not-summed", "padding-one-side"),
    ("ps05.stride", "kernel-transposed", "stride-swapped"),
    ("ps05.padding", "flip", "padding-ignored"),
    ("ps01.sampled", "flip", "forgotten-dx"),
]


@pytest.mark.parametrize(("task_id", "one", "other"), PAIRS)
def test_two_ideas_at_once_are_both_named_and_both_told(task_id, one, other):
    first, second = (idea(name).mutations(task(task_id))[0] for name in (one, other))
    verdict = judge(task_id, mutated(task(task_id), [first, second]))
    assert set(verdict.misconceptions) == {one, other}
    assert all(idea(name).explanation in verdict.message for name in (one, other))
    assert "Two things at once. (1) " in verdict.message
    assert verdict.message.count("pages to read again") == len({idea(n).chapter for n in (one, other)}) - 1


def test_the_example_of_two_ideas_takes_both_to_explain():
    pair = [idea(name).mutations(LAYER)[0] for name in ("flip", "bias-last-axis")]
    example = judge(LAYER.id, mutated(LAYER, pair)).example
    assert example.arguments["bias"] is not None
    assert example.arguments["w"].shape[-2:] != (1, 1)


@pytest.mark.parametrize("t", tasks(), ids=lambda t: t.id)
def test_a_slip_is_named_unless_an_idea_says_the_same(t):
    for slip in (known for known in ideas() if known.slip):
        for n, answer in enumerate(slip.answers(t)):
            verdict = judge(t.id, answer)
            if verdict.score == 1 or _raises(t, answer):
                continue
            if verdict.misconception != slip.id:
                assert verdict.misconception, (slip.id, n)
                assert _says_the_same(t, verdict, answer), (slip.id, n)


def _raises(t, answer):
    return any(trial.received is None for trial in run(t, answer, t.cases(0)))


def _says_the_same(t, verdict, answer):
    trials = run(t, answer, t.cases(0))
    mutations = [idea(name).mutations(t) for name in verdict.misconceptions]
    if len(mutations) == 1:
        return any(explains(mutated(t, [m]), t, trials) for m in mutations[0])
    return any(
        explains(mutated(t, order), t, trials)
        for a in mutations[0]
        for b in mutations[1]
        for order in permutations((a, b))
    )


@pytest.mark.parametrize(
    ("slip", "answer"),
    [
        ("kept-in-integers", lambda x, w: np.array(task("ps05.kernel").oracle(x, w)).astype(int)),
        ("right-edge-left-out", lambda x, w: task("ps05.kernel").oracle(x, w) * _but_last(x, w)),
        ("axis-too-many", lambda x, w: [task("ps05.kernel").oracle(x, w)]),
        ("axis-lost", lambda x, w: list(task("ps05.kernel").oracle(x, w).flat)),
        ("sign-turned", lambda x, w: -task("ps05.kernel").oracle(x, w)),
    ],
)
def test_slips_in_a_students_own_words(slip, answer):
    assert judge("ps05.kernel", answer).misconception == slip


def _but_last(x, w):
    mask = np.ones((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1))
    mask[:, -1] = 0
    return mask


def test_what_is_kept_between_calls_is_told_and_no_idea_named():
    kept = np.zeros(40)

    def adds_up(f, g):
        size = len(f) + len(g) - 1
        kept[:size] += CONVOLVE(f, g)
        return kept[:size]

    verdict = judge("ps01.convolve", adds_up)
    assert "gives two different answers" in verdict.message
    assert verdict.misconception is None
    flipped = judge("ps01.convolve", lambda f, g: adds_up(f, g[::-1]))
    assert (flipped.misconception, flipped.misconceptions) == (None, ())
    assert "two different answers" not in judge("ps01.convolve", lambda f, g: f).message


def test_how_the_numbers_relate_is_told_where_no_idea_is():
    def told(change):
        return judge("ps01.convolve", lambda f, g: change(CONVOLVE(f, g))).message

    assert "Every number of yours is 3 times what is expected." in told(lambda y: 3 * y)
    assert "Every number of yours is 7 greater than" in told(lambda y: y + 7)
    assert "the right ones, in another order" in told(lambda y: np.roll(y, 1))
    assert "apart from their signs" in told(lambda y: y * (-1) ** np.arange(len(y)))
    other = told(lambda y: y + np.arange(len(y)) ** 2 + 1)
    assert "Every" not in other
    assert "order" not in other


def test_why_a_shape_is_expected_is_told_with_its_numbers():
    def too_long(x, w, stride):
        y = task("ps05.stride").oracle(x, w, stride)
        return np.pad(y, ((0, 0), (2, 1)))

    verdict = judge("ps05.stride", too_long)
    shape = verdict.example.expected.shape
    assert f"expected {shape[1]}, because" in verdict.message
    formula = verdict.message.split("because ")[1].split(" = ")[0]
    assert eval(formula) == shape[1]


def test_of_several_pairs_that_explain_the_same_only_what_they_share_is_named(monkeypatch):
    flip, bias = (idea(name) for name in ("flip", "bias-last-axis"))
    answer = mutated(LAYER, [known.mutations(LAYER)[0] for known in (flip, bias)])
    twin = Idea("twin", "The same again. Under another name.", bias.chapter, shown=bias.shown)
    monkeypatch.setattr("convcheck.diagnosis.ideas", lambda: (*ideas(), twin))
    verdict = judge(LAYER.id, answer)
    assert verdict.misconceptions == ("flip",)
    assert flip.explanation in verdict.message
    assert "Something else is wrong as well." in verdict.message
    assert bias.explanation not in verdict.message


def test_what_nothing_explains_is_named_after_nothing():
    verdict = judge("ps01.convolve", lambda f, g: np.zeros(len(f) + len(g) - 1))
    assert verdict.misconception is None
