"""A student's whole library, checked: `python -m convcheck report myconv.py`.

Every task of every set, then a table: which parameter works in which direction. An entry of the table comes
from running the student's whole functions where only that parameter leaves its default.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

import convlib
from convcheck.compare import as_array, same
from convcheck.judge import judge
from convcheck.task import tasks

DIRECTIONS = ("conv", "conv_transpose", "to the input", "to the weight", "to the bias")
FRAME = (1, 2, 2, 0)  # left, right, top, bottom
Probe = tuple[Callable[[], Any], Callable[[], Any]]
PARAMETERS: dict[str, dict[str, Any]] = {
    "kernel": {},
    "stride": {"stride": (2, 3)},
    "padding": {"padding": (1, 2)},
    "dilation": {"dilation": (2, 3)},
    "groups": {"groups": 2},
    "bias": {"bias": True},
    "padding_mode": {"padding_mode": "reflect"},
    "output_padding": {"stride": (2, 3), "output_padding": (1, 2)},
    "one axis": {"axes": 1},
    "three axes": {"axes": 3},
}


class NoModuleError(Exception):
    """The module cannot be imported; the text says why, in a sentence."""


@dataclass(frozen=True)
class Line:
    """One task: what the student's function earns, and the wrong ideas that it shows."""

    task: str
    function: str
    points: float
    earned: float
    told: str


def load(path: Path) -> ModuleType:
    """Import the module from its file. Raises NoModuleError."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise NoModuleError(f"there is no Python file {path}; `python -m convcheck collect` makes one")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise NoModuleError(f"{path} cannot be imported: {type(error).__name__}: {error}") from error
    return module


def lines(module: ModuleType) -> list[Line]:
    """Every task, judged with the module's functions."""
    return [_line(module, task) for task in tasks()]


def _line(module: ModuleType, task: Any) -> Line:
    function = getattr(module, task.function, None)
    if not callable(function):
        return Line(task.id, task.function, task.points, 0, "not in the module")
    try:
        verdict = judge(task.id, function)
    except ImportError as error:
        return Line(task.id, task.function, task.points, 0, f"not checked: {error}")
    told = "" if verdict.score == 1 else " + ".join(verdict.misconceptions) or verdict.message.split(". ")[0]
    return Line(task.id, task.function, task.points, round(verdict.score * task.points, 2), told)


def table(module: ModuleType) -> dict[str, dict[str, str]]:
    """For each parameter and direction: "✓" it works, "✗" it does not, "·" there is no such parameter."""
    return {name: _row(module, changed) for name, changed in PARAMETERS.items()}


def _row(module: ModuleType, changed: dict[str, Any]) -> dict[str, str]:
    found = dict.fromkeys(DIRECTIONS, "·")
    for direction, (yours, ours) in _probes(module, changed).items():
        found[direction] = "✓" if _agree(yours, ours) else "✗"
    return found


def _agree(yours: Callable[[], Any], ours: Callable[[], Any]) -> bool:
    expected = as_array(ours())
    try:
        return same(as_array(yours()), expected)
    except Exception:  # noqa: BLE001  whatever the student's function raises, it does not work
        return False


@dataclass(frozen=True)
class Setting:
    """The options of a layer, and how many axes it works on."""

    axes: int = 2
    stride: Any = (1, 1)
    padding: Any = (0, 0)
    dilation: Any = (1, 1)
    groups: int = 1
    output_padding: Any = (0, 0)
    bias: bool = False
    padding_mode: str = ""

    def down(self) -> tuple[Any, ...]:
        """The options in the order of a convolution."""
        return (*map(self._fit, (self.stride, self.padding, self.dilation)), self.groups)

    def up(self) -> tuple[Any, ...]:
        """The options in the order of a transposed convolution."""
        stride, padding, dilation, groups = self.down()
        return stride, padding, self._fit(self.output_padding), groups, dilation

    def _fit(self, pair: tuple[int, int]) -> tuple[int, ...]:
        return (*pair, pair[0])[: self.axes]


def _probes(module: ModuleType, changed: dict[str, Any]) -> dict[str, Probe]:
    """For each direction that has the parameter: the student's call, and the same call of convlib."""
    at, rng = Setting(**changed), np.random.default_rng(7)
    down, up, ask = at.down(), at.up(), _asker(module)
    taps = (2, 3, 2)[: at.axes]
    x, w = _numbers(rng, 2, 4, *(9, 11, 8)[: at.axes]), _numbers(rng, 6, 4 // at.groups, *taps)
    small, v = _numbers(rng, 2, 4, *(4, 5, 3)[: at.axes]), _numbers(rng, 4, 6 // at.groups, *taps)
    bias = _numbers(rng, 6) if at.bias else None
    conv = (convlib.conv1d, convlib.conv2d, convlib.conv3d)[at.axes - 1]
    up_conv = (convlib.conv_transpose1d, convlib.conv_transpose2d, convlib.conv_transpose3d)[at.axes - 1]
    g = _numbers(rng, *conv(x, w, None, *down).shape)
    if at.padding_mode:
        return {"conv": _framed(module, at.padding_mode, x, w, lambda framed: conv(framed, w), down)}
    probes: dict[str, Probe] = {
        "conv": (ask("conv_nd", x, w, bias, *down), lambda: conv(x, w, bias, *down)),
        "conv_transpose": (
            ask("conv_transpose_nd", small, v, bias, *up),
            lambda: up_conv(small, v, bias, *up),
        ),
        "to the input": (
            ask("conv_input_grad", x.shape, w, g, *down),
            lambda: convlib.conv_input_grad(x.shape, w, g, *down),
        ),
        "to the weight": (
            ask("conv_weight_grad", x, w.shape, g, *down),
            lambda: convlib.conv_weight_grad(x, w.shape, g, *down),
        ),
        "to the bias": (ask("conv_bias_grad", g), lambda: convlib.conv_bias_grad(g)),
    }
    return {name: probe for name, probe in probes.items() if _has(name, changed)}


def _framed(module: ModuleType, mode: str, x: Any, w: Any, conv: Callable[[Any], Any], down: Any) -> Probe:
    """A padding mode is at work where the student's pad and the student's convolution are used together."""

    def yours() -> Any:
        return module.conv_nd(np.asarray(module.pad(x.copy(), FRAME, mode)), w, None, *down)

    return yours, lambda: conv(convlib.pad(x, FRAME, mode))


def _has(direction: str, changed: dict[str, Any]) -> bool:
    if "output_padding" in changed:
        return direction == "conv_transpose"
    if direction == "to the bias":
        return not changed or "bias" in changed or "axes" in changed
    return "bias" not in changed or direction in ("conv", "conv_transpose")


def _asker(module: ModuleType) -> Callable[..., Callable[[], Any]]:
    def ask(name: str, *arguments: Any) -> Callable[[], Any]:
        copies = [a.copy() if isinstance(a, np.ndarray) else a for a in arguments]
        return lambda: getattr(module, name)(*copies)

    return ask


def _numbers(rng: np.random.Generator, *shape: int) -> Any:
    return rng.integers(-9, 10, shape).astype(float)


def as_text(found: list[Line], works: dict[str, dict[str, str]]) -> str:
    """The tasks, the points, and the table."""
    width = max(len(line.function) for line in found)
    rows = [
        f"{line.task:<22} {line.function:<{width}}  {line.earned:>5g} of {line.points:g}"
        + (f"   {line.told}" if line.told else "")
        for line in found
    ]
    earned, points = sum(line.earned for line in found), sum(line.points for line in found)
    head = f"{'':<16}" + "  ".join(DIRECTIONS)
    cells = [
        f"{name:<16}" + "  ".join(row[d].center(len(d)) for d in DIRECTIONS) for name, row in works.items()
    ]
    return "\n".join([*rows, f"\n{earned:g} of {points:g} points\n", head, *cells])
