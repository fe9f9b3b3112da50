"""Mistakes in real Triton kernels: the problem set's own solutions, each with one line made wrong."""

import pytest

from convcheck import judge, task
from tests.cells import names_of
from tools.exercises import SOLUTIONS, notebook

PLACES = "tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)"
COLUMNS = " & (j >= 0) & (j < W)"
# task, what stands in the solution, what stands there instead, the idea that is named (None: told, not named)
MISTAKES = [
    ("ps09.axpy", PLACES, "tl.program_id(0) + tl.arange(0, BLOCK)", "first-block-only"),
    ("ps09.axpy", PLACES, "tl.arange(0, BLOCK)", "first-block-only"),
    ("ps09.axpy", "tl.store(out + i, total, mask=here)", "tl.store(out + i, total)", None),
    ("ps09.row", PLACES, "tl.arange(0, BLOCK)", "first-block-only"),
    ("ps09.row", "x + i + k", "x + i + K - 1 - k", "flip"),
    ("ps09.strided", PLACES, "tl.program_id(0) + tl.arange(0, BLOCK)", "first-block-only"),
    ("ps09.strided", "inside = (cell >= 0) & (cell < n)", "inside = cell < n", None),
    ("ps09.strided", "inside = (cell >= 0) & (cell < n)", "inside = cell >= 0", None),
    ("ps09.strided", "inside = (cell >= 0) & (cell < n)", "inside = i < m", None),
    ("ps09.strided", "i * stride - padding", "i - padding", "stride-ignored"),
    ("ps09.strided", "tl.store(y + i, total, mask=i < m)", "tl.store(y + i, total)", None),
    ("ps09.depthwise", COLUMNS, "", "row-wraps"),
    ("ps09.depthwise", "x + channel * H * W", "x", "first-plane-for-all"),
    ("ps09.depthwise", "w + (channel * R + r) * S + s", "w + r * S + s", "first-kernel-for-all"),
    ("ps09.conv2d", COLUMNS, "", "row-wraps"),
    ("ps09.conv2d", "p * down - up, q * right - side", "p * right - up, q * down - side", "stride-swapped"),
    ("ps09.conv2d", "p * down - up, q * right - side", "p - up, q - side", "stride-ignored"),
    ("ps09.conv2d", "total += tl.dot(", "total = tl.dot(", "last-block-of-taps"),
    ("ps09.conv2d", "range(0, K, BLOCK)", "range(0, BLOCK, BLOCK)", "first-block-of-taps"),
    ("ps09.conv2d", "if HAS_BIAS:", "if K < 0:", "bias-ignored"),
]


def function(task_id, old="", new=""):
    """The launcher of the task, its kernel with one piece of code put in the place of another."""
    asked = task(task_id).function

    def change(source):
        if not old or f"def {asked}(" not in source:
            return source
        assert old in source, old
        return source.replace(old, new)

    cells = notebook((SOLUTIONS / "ps09.md").read_text(encoding="utf-8")).cells
    return names_of(cells, f"{task_id} with {new} for {old}", change)[asked]


@pytest.mark.parametrize(("task_id", "old", "new", "idea"), MISTAKES)
def test_a_mistake_in_a_kernel_is_seen_and_named_where_it_can_be(task_id, old, new, idea):
    verdict = judge(task_id, function(task_id, old, new))
    assert verdict.score < 1, verdict.message
    assert verdict.misconception == idea, verdict.message


@pytest.mark.parametrize("task_id", sorted({mistake[0] for mistake in MISTAKES}))
def test_the_same_kernel_without_the_mistake_is_right(task_id):
    assert judge(task_id, function(task_id)).score == 1
