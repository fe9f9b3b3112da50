"""The kill matrix: every wrong idea fails and is named, on every task that it touches; right answers pass."""

from pathlib import Path

import numpy as np
import pytest

from convcheck import judge, task, tasks
from convcheck.ideas import Idea, idea, ideas
from convcheck.matrix import kill, kills
from tests.convcheck.sets import UNUSUAL

SEEDS = (0, 1, 2, 71, 2**40)
# Where an idea touches few of the cases, so that an answer which holds it still earns from 0.65 to 0.9.
FEW_CASES = {
    "index-wraps": {"ps01.commute"},
    "fft-wraps": {"ps02.modes"},
    "same-as-the-longer": {"ps02.modes"},
    "same-cuts-one-more": {"ps02.modes"},
    "same-keeps-the-head": {"ps02.convolve_nd", "ps02.correlate_nd"},
    "same-with-stride": {"ps03.same"},
    "output-padding-always-one": {"ps03.output_padding"},
    "bias-counted-wrong": {"ps03.parameters"},
    "mode-mix-up": {"ps04.source", "ps04.pad1d", "ps04.pad2d", "ps04.framed", "ps04.pad"},
    "reflect-repeats-edge": {"ps04.source", "ps04.pad1d", "ps04.pad2d", "ps04.framed", "ps04.pad"},
    "pad-too-large": {"ps04.legal", "ps04.pad1d", "ps04.pad2d", "ps04.framed", "ps04.pad"},
    "circular-too-strict": {"ps04.legal"},
    "one-side-checked": {"ps04.legal"},
    "sides-added": {"ps04.legal"},
    "ceil": {"ps05.dilation"},
    "dilation-swapped": {"ps05.conv2d", "ps08.unfold"},
    "effective-kernel": {"ps05.conv2d"},
    "groups-interleaved": {"ps05.conv2d", "ps05.nd"},
    "depthwise-order": {"ps05.conv2d", "ps05.nd"},
    "groups-ignored": {"ps05.conv2d"},
    "group-kernels-shared": {"ps05.conv2d"},
    "first-image-only": {"ps05.nd"},
    "output-padding-appends-zero": {"ps06.conv_transpose2d"},
    "convT-groups-interleaved": {"ps06.conv_transpose2d", "ps06.nd"},
    "uncovered-cells-lost": {"ps07.input_strided"},
    "dilation-ignored": {"ps08.unfold"},
    "avgpool-count": {"ps08.avg_pool"},
}
# Where the values decide with the seed whether one case more or less fails: small sizes, random targets.
BY_CHANCE = {
    "same-all-behind": {"ps03.same"},
    "receptive-field": {"ps03.receptive_field"},
    "shared-kernel-per-output": {"ps03.parameters", "ps03.multiply_adds"},
    "adjoint-sums": {"ps06.adjoint"},
    "loss-summed": {"ps10.loss"},
    "targets-forgotten": {"ps10.loss", "ps10.loss_slope"},
    "relu-on-logits": {"ps10.unet"},
}
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


@pytest.mark.parametrize(("idea_id", "task_id", "answer"), MATRIX)
def test_every_wrong_idea_fails_and_is_named_with_the_same_score_for_every_seed(idea_id, task_id, answer):
    verdict = judge(task_id, answer, 0)
    assert verdict.misconception == idea_id
    assert verdict.score < (0.9 if task_id in FEW_CASES.get(idea_id, ()) else 0.65)
    assert verdict.message.count(idea(idea_id).explanation) == 1
    rows = [kill(idea(idea_id), task(task_id), answer, seed) for seed in SEEDS]
    assert all(row.named for row in rows)
    failed = [verdict.total - verdict.passed, *(row.failed for row in rows)]
    assert max(failed) - min(failed) <= (task_id in BY_CHANCE.get(idea_id, ()))


@pytest.mark.parametrize(("idea_id", "task_ids"), FEW_CASES.items(), ids=FEW_CASES)
def test_an_idea_is_listed_as_touching_few_cases_only_where_it_does(idea_id, task_ids):
    for task_id in task_ids:
        answers = idea(idea_id).answers(task(task_id))
        assert max(judge(task_id, answer).score for answer in answers) >= 0.65, task_id


@pytest.mark.parametrize(("idea_id", "task_ids"), BY_CHANCE.items(), ids=BY_CHANCE)
def test_an_idea_is_listed_as_failing_by_chance_only_where_it_does(idea_id, task_ids):
    for task_id in task_ids:
        the_task = task(task_id)
        rows = [
            {kill(idea(idea_id), the_task, answer, seed).failed for seed in SEEDS}
            for answer in idea(idea_id).answers(the_task)
        ]
        assert any(len(failed) > 1 for failed in rows), task_id


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
