"""True sentences about answers that no idea explains: why a shape is what it is, how numbers relate."""

from typing import Any

import numpy as np

from convcheck.compare import Array, same
from convcheck.forms import Layer, conv
from convcheck.task import Case, Task
from convcheck.trial import Trial


def because(task: Task, trial: Trial) -> str:
    """Why the expected answer is as long as it is along the first axis that differs; "" if that is not known.

    The formula of the size, with the numbers of the case in it.
    """
    layer = _layer(task, trial.case)
    if layer is None or trial.received is None or trial.expected is None:
        return ""
    yours, expected = trial.received.shape, trial.expected.shape
    if len(yours) != len(expected) or yours == expected:
        return ""
    axis = next(a for a, (m, n) in enumerate(zip(yours, expected, strict=True)) if m != n)
    spatial = axis - len(expected) + layer.axes
    return _formula(layer, spatial) if spatial >= 0 else ""


def _layer(task: Task, case: Case) -> Layer | None:
    """The layer that the task's arguments mean; None where the task is none."""
    met: list[Layer] = []

    def keep(at: Any) -> Any:
        met.append(at)
        return task.reference(at)

    try:
        task.lift(keep)(*case.args)
    except (ValueError, TypeError, IndexError):
        return None
    return met[0] if met and isinstance(met[0], Layer) and task.reference is conv else None


def _formula(at: Layer, axis: int) -> str:
    i, k = at.x.shape[2 + axis], at.w.shape[2 + axis]
    s, p, d = at.stride[axis], at.padding[axis], at.dilation[axis]
    span = f"{d} * ({k} - 1) - 1" if d > 1 else f"{k}"
    room = f"{i} + 2 * {p} - {span}" if p else f"{i} - {span}"
    size = (i + 2 * p - d * (k - 1) - 1) // s + 1
    return f"because ({room}) // {s} + 1 = {size}" if s > 1 else f"because {room} + 1 = {size}"


def relation(trials: list[Trial]) -> str:
    """How the wrong arrays relate to the expected ones, all in one way; "" if in no way that is known."""
    wrong = [t for t in trials if t.kind == "Wrong" and t.expected is not None and t.received is not None]
    pairs = [(t.received, t.expected) for t in wrong if t.received is not None and t.expected is not None]
    if len(pairs) < 2:
        return ""
    if factor := _factor(pairs):
        return f"Every number of yours is {factor:.10g} times what is expected."
    if shift := _shift(pairs):
        more = "greater" if shift > 0 else "less"
        return f"Every number of yours is {abs(shift):.10g} {more} than what is expected."
    if all(_same_numbers(a, b) for a, b in pairs):
        return "Your numbers are the right ones, in another order."
    if all(_same_apart_from_signs(a, b) for a, b in pairs):
        return "Your numbers are the right ones apart from their signs."
    return ""


def _factor(pairs: list[tuple[Array, Array]]) -> float:
    """The one number, not 1, that all answers are a multiple by; else 0."""
    factors = {round(float(a.ravel()[j] / b.ravel()[j]), 9) for a, b in pairs for j in _largest(a, b)}
    factor = factors.pop() if len(factors) == 1 else 0.0
    return (
        factor if factor != 1 and all(a.shape == b.shape and same(a, factor * b) for a, b in pairs) else 0.0
    )


def _largest(a: Array, b: Array) -> list[int]:
    """The place of the largest expected number, if the shapes agree and it is not 0; else none."""
    return [int(np.abs(b).argmax())] if a.shape == b.shape and b.size and np.abs(b).max() > 0 else []


def _shift(pairs: list[tuple[Array, Array]]) -> float:
    if any(a.shape != b.shape or not b.size for a, b in pairs):
        return 0.0
    shift = float((pairs[0][0] - pairs[0][1]).ravel()[0])
    return shift if all(same(a, b + shift) for a, b in pairs) else 0.0


def _same_numbers(a: Array, b: Array) -> bool:
    return a.size == b.size and same(np.sort(a, axis=None), np.sort(b, axis=None))


def _same_apart_from_signs(a: Array, b: Array) -> bool:
    return a.shape == b.shape and same(np.abs(a), np.abs(b))
