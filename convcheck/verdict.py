"""What the judge says: counts, the wrong idea if there is one, and the smallest failing case."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from convcheck.compare import Array


@dataclass(frozen=True)
class Example:
    """A failing case. `received` is None where no array came back; `fault` says in a sentence what is wrong.

    `expected` is None for a task that must not give its answer away; `index` is the first place that
    differs, None where the shapes do.
    """

    arguments: dict[str, Any]
    expected: Array | None
    received: Array | None
    fault: str
    index: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Verdict:
    """The judgement of one function on one task.

    >>> Verdict("ps01.convolve", 3, 4, "…").score
    0.75
    """

    task: str
    passed: int
    total: int
    message: str
    misconception: str | None = None
    example: Example | None = None

    @property
    def score(self) -> float:
        """The share of the cases that pass, from 0 to 1."""
        return self.passed / self.total

    def to_json(self) -> dict[str, Any]:
        """The verdict as numbers, strings, lists and None only, for the autograder to keep."""
        fields = {name: getattr(self, name) for name in ("task", "passed", "total", "score")}
        told = {"misconception": self.misconception, "message": self.message}
        example = None if self.example is None else _plain(vars(self.example))
        return {**fields, **told, "example": example}


def _plain(value: Any) -> Any:
    """Arrays and tuples as lists, NumPy numbers as Python's; NaN and infinity as strings."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    return str(value) if isinstance(value, float) and not np.isfinite(value) else value
