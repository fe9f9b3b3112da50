"""The kill matrix: every wrong idea fails and is named, on every task that it touches; right answers pass."""

from pathlib import Path

import numpy as np
import pytest

from convcheck import judge, task, tasks
from convcheck.ideas import Idea, idea, ideas
from convcheck.matrix import kill, kills
from tests.convcheck.sets import UNUSUAL

SEEDS = (0, 71, 2**40)
MATRIX = [
    pytest.param(the_idea.id, t.id, answer, id=f"{the_idea.id}-{t.id}-{n}")
    for the_idea in ideas()
    if not the_idea.slip
    for t in tasks()
    for n, answer in enumerate(the_idea.answers(t))
]
RIGHT = [
    pytest.param(t, a, id=f"{t}-{a.__name__}-{n}") for t, bank in UNUSUAL.items() for n, a in enumerate(bank)
]


def of_chance(t):
    """How many cases more or less may fail with another seed: small sizes and random targets may agree."""
    return 1 if t.problem_set in ("ps03", "ps10") else 0


@pytest.mark.parametrize(("idea_id", "task_id", "answer"), MATRIX)
def test_every_wrong_idea_fails_and_is_named_with_the_same_score_for_every_seed(idea_id, task_id, answer):
    verdict = judge(task_id, answer, 0)
    assert verdict.misconception == idea_id
    assert verdict.score < 0.9
    assert verdict.message.count(idea(idea_id).explanation) == 1
    rows = [kill(idea(idea_id), task(task_id), answer, seed) for seed in SEEDS]
    assert all(row.named for row in rows)
    failed = [verdict.total - verdict.passed, *(row.failed for row in rows)]
    assert max(failed) - min(failed) <= of_chance(task(task_id))


def test_a_task_that_cannot_tell_two_ideas_apart_names_none(monkeypatch):
    twin = Idea("twin", "The same again. Under another name.", "discrete", shown=idea("flip").shown)
    monkeypatch.setattr("convcheck.diagnosis.ideas", lambda: (*ideas(), twin))
    verdict = judge("ps01.convolve", lambda f, g: np.convolve(f, g[::-1]))
    assert verdict.misconception is None
    assert "first difference is at [0]" in verdict.message


@pytest.mark.parametrize(("task_id", "answer"), RIGHT)
def test_right_but_unusual_answers_pass(task_id, answer):
    for seed in SEEDS:
        verdict = judge(task_id, answer, seed)
        assert (verdict.score, verdict.misconception, verdict.example) == (1.0, None, None), verdict.message


def test_every_task_has_unusual_answers_and_wrong_ideas():
    assert set(UNUSUAL) == {t.id for t in tasks()}
    assert all(any(i.answers(t) for i in ideas()) for t in tasks())


def test_every_idea_has_two_sentences_and_a_chapter_that_exists():
    chapters = Path(__file__).parents[2] / "chapters"
    for the_idea in ideas():
        assert the_idea.explanation.count(". ") == 1, the_idea.id
        assert (chapters / f"{the_idea.chapter}.md").exists()


def test_a_mistake_that_no_idea_explains_is_described_not_guessed():
    verdict = judge("ps01.convolve", lambda f, g: np.convolve(f, g) + np.eye(1, len(f) + len(g) - 1)[0])
    assert verdict.misconception is None
    assert "first difference is at [0]" in verdict.message


def test_a_right_answer_spoilt_in_one_case_is_not_named_after_an_idea():
    def often_flipped(f, g):
        return np.convolve(f, g[::-1]) if len(f) != 9 else np.convolve(f, g)

    verdict = judge("ps01.convolve", often_flipped)
    assert verdict.passed >= 1
    assert verdict.misconception is None


def test_crashes_alone_never_name_an_idea():
    def crash(*args):
        raise ValueError("operands could not be broadcast together")

    for t in tasks():
        assert judge(t.id, crash).misconception is None


# As students would write them, without a look at the references.


def loop_flip(f, g):
    out = []
    for i in range(len(f) + len(g) - 1):
        total = 0
        for k in range(len(g)):
            j = i - (len(g) - 1) + k
            if 0 <= j < len(f):
                total += f[j] * g[k]
        out.append(total)
    return out


def loop_wraps(f, g):
    out = []
    for i in range(len(f) + len(g) - 1):
        total = 0
        for j in range(len(f)):
            try:
                total += f[j] * g[i - j]
            except IndexError:
                continue
        out.append(total)
    return out


def stride_forgotten_in_slice(x, w, stride):
    h = (x.shape[0] - w.shape[0]) // stride[0] + 1
    v = (x.shape[1] - w.shape[1]) // stride[1] + 1
    return [[(x[i : i + len(w), j : j + len(w[0])] * w).sum() for j in range(v)] for i in range(h)]


def pads_top_left(x, w, stride, padding):
    big = np.zeros((x.shape[0] + padding[0], x.shape[1] + padding[1]))
    big[padding[0] :, padding[1] :] = x
    rows = range(0, big.shape[0] - w.shape[0] + 1, stride[0])
    columns = range(0, big.shape[1] - w.shape[1] + 1, stride[1])
    return np.array(
        [[np.sum(big[i : i + w.shape[0], j : j + w.shape[1]] * w) for j in columns] for i in rows]
    )


def overwrites_channels(x, w):
    x, stride, padding = x[None], (1, 1), (0, 0)
    x = np.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    h = (x.shape[2] - w.shape[2]) // stride[0] + 1
    v = (x.shape[3] - w.shape[3]) // stride[1] + 1
    y = np.zeros((x.shape[0], w.shape[0], h, v))
    for n, o, c, i, j in np.ndindex(x.shape[0], w.shape[0], x.shape[1], h, v):
        a, b = i * stride[0], j * stride[1]
        y[n, o, i, j] = np.sum(x[n, c, a : a + w.shape[2], b : b + w.shape[3]] * w[o, c])
    return y[0]


def adds_bias_to_columns(x, w, bias, *options):
    y = UNUSUAL["ps05.conv2d"][0](x, w, None, *options)
    return y if bias is None else y + bias


@pytest.mark.parametrize(
    ("task_id", "answer", "idea_id"),
    [
        ("ps01.convolve", loop_flip, "flip"),
        ("ps01.convolve", loop_wraps, "index-wraps"),
        ("ps01.sampled", lambda f, g, dx: np.convolve(f, g), "forgotten-dx"),
        ("ps05.output_size", lambda i, k, s, p: int(np.ceil((i - k + 2 * p) / s + 1)), "ceil"),
        ("ps05.stride", stride_forgotten_in_slice, "stride-ignored"),
        ("ps05.padding", pads_top_left, "padding-one-side"),
        ("ps05.channels", overwrites_channels, "channels-not-summed"),
        ("ps05.conv2d", adds_bias_to_columns, "bias-last-axis"),
    ],
)
def test_slips_in_another_style_are_named(task_id, answer, idea_id):
    assert judge(task_id, answer).misconception == idea_id


def test_the_matrix_has_an_entry_for_each_wrong_answer_and_would_show_a_hole():
    t = task("ps01.convolve")
    row = list(kills(t))
    assert len(row) == sum(len(i.answers(t)) for i in ideas() if not i.slip)
    right = kill(idea("flip"), t, t.oracle)
    assert (right.failed, right.named) == (0, False)
    other = kill(idea("flip"), t, idea("elementwise").answers(t)[0])
    assert other.failed
    assert not other.named
