"""The JavaScript of the figures and convlib.shapes agree on every case of one table, errors included."""

import itertools
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from convlib import shapes
from convviz.bundle import FOLDER

TWIN = FOLDER / "arithmetic.mjs"
RUNNER = """
import {{ readFileSync }} from "node:fs";
import * as twin from {module};
const answer = (name, args) => {{
  try {{ return twin[name](...args); }} catch (error) {{ return `${{error.name}}: ${{error.message}}`; }}
}};
const table = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(table.map(([name, args]) => answer(name, args))));
"""


def remainder(i: int, k: int, s: int, p: int, d: int) -> int:
    """What the sizes leave over: the padded cells behind the end of the last window."""
    reach = shapes.effective_kernel_size(k, d) if p >= 0 and s >= 1 else 0
    return i + 2 * p - reach - (shapes.conv_output_size(i, k, s, p, d) - 1) * s


PYTHON: dict[str, Callable[..., int]] = {
    "effectiveKernelSize": shapes.effective_kernel_size,
    "convOutputSize": shapes.conv_output_size,
    "remainder": remainder,
    "convTransposeOutputSize": shapes.conv_transpose_output_size,
}
CONV = list(itertools.product(range(1, 10), range(5), range(4), range(-1, 4), range(4)))
TRANSPOSED = list(itertools.product(range(6), range(4), range(4), range(-1, 3), range(-1, 4), range(4)))
TABLE = [
    *(("effectiveKernelSize", case) for case in itertools.product(range(-1, 9), range(-1, 5))),
    *((name, case) for name in ("convOutputSize", "remainder") for case in CONV),
    *(("convTransposeOutputSize", case) for case in TRANSPOSED),
]


def in_python(name: str, arguments: tuple[int, ...]) -> int | str:
    try:
        return PYTHON[name](*arguments)
    except ValueError as error:
        return f"RangeError: {error}"


def in_node(module: Path) -> list[int | str]:
    node = shutil.which("node")
    assert node, "node is needed to run the JavaScript twin: install nodejs"
    script = RUNNER.format(module=json.dumps(module.as_uri()))
    command = [node, "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(TABLE), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def differences(module: Path) -> list[str]:
    """One line for every case in which a module and convlib do not give the same number or the same words."""
    pairs = ((case, in_python(*case), theirs) for case, theirs in zip(TABLE, in_node(module), strict=True))
    return [
        f"{name}{args}: Python {ours!r}, JavaScript {theirs!r}"
        for (name, args), ours, theirs in pairs
        if ours != theirs
    ]


def test_the_table_holds_sizes_and_every_error():
    answers = [in_python(*case) for case in TABLE]
    assert sum(isinstance(answer, int) for answer in answers) > 2000
    words = {str(answer).split("=")[0].split(":")[1] for answer in answers if isinstance(answer, str)}
    for rule in (
        " kernel does not fit",
        " nothing is left",
        " output_padding must be below max(stride, dilation) ",
    ):
        assert rule in words


def test_the_twin_agrees():
    assert differences(TWIN) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Math.floor(room", "Math.ceil(room"),
        ("dilation * (kernelSize - 1) + 1", "dilation * kernelSize"),
        ("inputSize + 2 * padding", "inputSize + padding"),
        ("outputPadding >= bound", "outputPadding > bound"),
        ("Math.max(stride, dilation)", "stride"),
        ("+ reach + outputPadding", "+ reach"),
        ("(inputSize - 1) * stride", "inputSize * stride"),
        ("kernel does not fit", "kernel is too long"),
        ("atLeast(1, { stride });", ""),
    ],
)
def test_a_wrong_twin_is_found(tmp_path: Path, right: str, wrong: str):
    text = TWIN.read_text(encoding="utf-8")
    assert right in text
    mutant = tmp_path / "arithmetic.mjs"
    mutant.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert differences(mutant)
