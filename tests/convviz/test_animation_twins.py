"""The JavaScript of the animations gives convlib's numbers and the areas of convviz.areas."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from convviz.areas import area, stops
from convviz.bundle import FOLDER

from .animations import ALL_FIFTEEN, HARDER, guide
from .test_areas import BOX, RAMP, STEPS, ZIGZAG

RUNNER = """
import { readFileSync } from "node:fs";
globalThis.customElements = { get: () => true };
const folder = process.argv[1];
const load = (name) => import(`${folder}/${name}.mjs`);
const [{ planOf: play }, { planOf: transposed }] = [await load("play"), await load("play-transposed")];
const { listOf, rowsOf, sumOf } = await load("windows");
const areas = await load("areas");
const { value } = await load("overlap");
const read = (text, key) => (key === "x" || key === "w" ? rowsOf(text) : listOf(text));
const outputs = ([name, given]) => {
  const setting = Object.fromEntries(Object.entries(given).map(([key, text]) => [key, read(text, key)]));
  const plan = (name === "play" ? play : transposed)(setting);
  return [plan.size, Array.from({ length: plan.size[0] * plan.size[1] }, (_, n) => sumOf(plan, n))];
};
const { figures, pairs, spans } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify({
  figures: figures.map(outputs), spans: spans.map((span) => areas.stops(...span)),
  areas: pairs.map(([f, g, xs]) => xs.map((x) => areas.area(f, g, x))),
  values: [0.5625, 1 / 3, -1e-17, 0.1 + 0.2].map(value),
}));
"""
FIGURES = [guide(name) for name in ALL_FIFTEEN] + list(HARDER.values())
XS = np.linspace(-3, 5, 41).round(3).tolist()
PAIRS = [(f, g, XS) for f, g in [(BOX, BOX), (RAMP, STEPS), (ZIGZAG, STEPS), (STEPS, ZIGZAG)]]
SPANS = [(-0.5, 2.5), (0, 1.23), (-3, 7.7), (0, 9999)]


def in_node(folder: Path) -> dict:
    node = shutil.which("node")
    assert node, "node is needed to run the JavaScript twins: install nodejs"
    given = {"figures": [[f.name, dict(f.attributes)] for f, _ in FIGURES], "pairs": PAIRS, "spans": SPANS}
    command = [node, "--input-type=module", "--eval", RUNNER, folder.as_uri()]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def differences(folder: Path) -> list[str]:
    """One line for every figure and every pair of functions for which the two do not agree."""
    theirs, found = in_node(folder), []
    for (figure, y), (size, sums) in zip(FIGURES, theirs["figures"], strict=True):
        if tuple(size) != y.shape or not np.allclose(np.array(sums, dtype=float), y.ravel()):
            found.append(f"{figure!r}: {y.ravel()} and {sums}")
    for (f, g, xs), areas in zip(PAIRS, theirs["areas"], strict=True):
        if not np.allclose([area(f, g, x) for x in xs], areas, atol=1e-12):
            found.append(f"{f}, {g}")
    for span, xs in zip(SPANS, theirs["spans"], strict=True):
        if xs != stops(*span):
            found.append(f"span {span}")
    return found


def test_the_twins_agree():
    assert differences(FOLDER) == []


def test_a_rounded_area_is_not_called_equal():
    assert in_node(FOLDER)["values"] == ["= 0.5625", "≈ 0.3333", "= 0", "= 0.3"]


@pytest.mark.parametrize(
    ("module", "right", "wrong"),
    [
        ("play", "x[r - top]", "x[r]"),
        ("play", "[c - left]", "[c - right]"),
        ("play", "stride[axis], 0", "1, 0"),
        ("play-transposed", "[...w].reverse().map", "w.map"),
        ("play-transposed", "[...row].reverse()", "row"),
        ("play-transposed", "at % stride", "n % stride"),
        ("play-transposed", "start: Math.max(0, -border)", "start: 0"),
        ("play-transposed", "dilation * (k - 1) - padding", "k - 1 - padding"),
        ("play-transposed", "border + outputPadding", "border"),
        ("windows", "t * dilation[axis]", "t"),
        ("windows", "n * stride[axis]", "n"),
        ("windows", "start[axis] +", "0 +"),
        ("areas", "4 * middle", "2 * middle"),
        ("areas", "x - other[1]", "x + other[0]"),
        ("areas", "along(other, x - t)", "along(other, t)"),
        ("areas", ".filter(({ a, b }) => a < b)", ""),
        ("areas", "/ 250)", "/ 100)"),
    ],
)
def test_a_wrong_twin_is_found(tmp_path: Path, module: str, right: str, wrong: str):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "figures"))
    file = folder / f"{module}.mjs"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    try:
        found = differences(folder)
    except AssertionError as stopped:
        found = [str(stopped)]
    assert found
