"""The measurements that the book draws: of the layers that it names, on a machine that it names."""

import json
from dataclasses import asdict
from math import prod
from pathlib import Path

import pytest

from benchmarks.layers import LAYERS, Layer
from convlib.shapes import conv_output_size, conv_transpose_output_size

DATA = Path(__file__).parents[2] / "benchmarks" / "data"
FILES = ["cpu.json", "cudnn-h100.json"]


def read(name: str) -> dict:
    return json.loads((DATA / name).read_text())


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_where_its_numbers_come_from(name):
    data = read(name)
    assert all(data[key] for key in ("machine", "versions", "peaks", "command", "rows"))


def test_the_cpu_file_has_every_layer_of_the_benchmark():
    known = json.loads(json.dumps([asdict(layer) for layer in LAYERS]))
    rows = read("cpu.json")["rows"]
    assert [row["settings"] for row in rows] == known
    for row in rows:
        assert row["ratio"] == pytest.approx(row["torch_ms"] / row["ours_ms"])


def layer_of(settings: dict) -> Layer:
    return Layer(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()})


def floor_us(layer: Layer, peaks: dict) -> float:
    """The least time of a layer in half precision: its operations, or each of its numbers moved once."""
    size = layer.input[2:]
    if layer.transposed:
        kept, out = size, conv_transpose_output_size(size, layer.kernel, layer.stride, layer.padding)
    else:
        out = kept = conv_output_size(size, layer.kernel, layer.stride, layer.padding, layer.dilation)
    places = layer.input[0] * prod(kept)
    moved = prod(layer.input) + prod(layer.weight) + layer.input[0] * layer.outputs * prod(out)
    operations = 2 * places * prod(layer.weight)
    return max(operations / peaks["tflop_per_s"], 2 * moved / peaks["tbyte_per_s"]) / 1e6


def check_floors(data: dict) -> None:
    for row in data["rows"]:
        assert row["floor_us"] == pytest.approx(floor_us(layer_of(row["settings"]), data["peaks"]), abs=0.06)
        times = [row[key] for key in ("nchw_us", "nhwc_us", "draft_us") if row[key]]
        assert min(times) > row["floor_us"]


def test_the_floors_of_the_gpu_file_follow_from_its_layers():
    check_floors(read("cudnn-h100.json"))


def test_a_wrong_floor_is_caught():
    data = read("cudnn-h100.json")
    data["rows"][3]["floor_us"] += 0.2
    with pytest.raises(AssertionError):
        check_floors(data)


def test_the_trials_are_of_layers_that_are_there():
    data = read("cudnn-h100.json")
    assert {trial["layer"] for trial in data["trials"]} <= {row["layer"] for row in data["rows"]}
