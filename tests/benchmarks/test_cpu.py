"""The benchmark measures what it says: right shapes, real times, and an error that shows a wrong answer."""

import pytest
import torch

import convlib
from benchmarks import cpu, layers
from benchmarks.layers import LAYERS, Layer

SMALL = Layer("small", (2, 4, 9, 8), 6, (3, 2), stride=2, padding=1, groups=2)
UP = Layer("small, transposed", (2, 4, 5, 4), 6, (2, 2), stride=2, transposed=True)


@pytest.mark.parametrize("layer", [SMALL, UP], ids=lambda layer: layer.name)
def test_a_row_of_the_table(layer, monkeypatch):
    monkeypatch.setattr(cpu, "LAYERS", [layer])
    monkeypatch.setattr(cpu, "measure_apart", lambda number: number)
    row = cpu.measure(0, rounds=1)
    assert row["ratio"] == pytest.approx(row["torch_ms"] / row["ours_ms"])
    assert row["ours_ms"] > 0
    assert row["error"] <= 1


def test_a_wrong_answer_shows_in_the_error(monkeypatch):
    monkeypatch.setattr(convlib, "conv2d", lambda x, w, **options: right(x, w, **options) * 1.001)
    assert cpu.error(SMALL) > 1


right = convlib.conv2d


def test_the_layers_are_the_ones_asked_for():
    assert len(LAYERS) >= 16
    assert len({layer.name for layer in LAYERS}) == len(LAYERS)
    assert {len(layer.kernel) for layer in LAYERS} == {1, 2, 3}
    assert any(layer.transposed for layer in LAYERS)
    assert any(layer.groups == layer.input[1] for layer in LAYERS)


def test_operands_are_the_same_each_time():
    first, second = SMALL.operands(), SMALL.operands()
    assert all((a == b).all() for a, b in zip(first, second, strict=True))
    assert first[0].dtype == layers.np.float32
    assert torch.from_numpy(first[1]).shape == SMALL.weight
