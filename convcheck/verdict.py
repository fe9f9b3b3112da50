"""What the judge says: counts, the wrong idea if there is one, and the smallest failing case."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from convcheck.compare import Array
from convcheck.taps import Terms


@dataclass(frozen=True)
class Example:
    """A failing case. `received` is None where no array came back; `fault` says in a sentence what is wrong.

    `expected` is None for a task that must not give its answer away; `index` is the first place that
    differs, None where the shapes do. `refusal` says why the arguments must be refused, "" where they need
    not be. `due` and `yours` are the sums of which the expected entry there and the received one are made.
    """

    arguments: dict[str, Any]
    expected: Array | None
    received: Array | None
    fault: str
    index: tuple[int, ...] | None = None
    refusal: str = ""
    due: Terms | None = None
    yours: Terms | None = None

    def with_terms(self, due: Terms | None, yours: Terms | None) -> "Example":
        """The same example, with what met what."""
        return replace(self, due=due, yours=yours)


@dataclass(frozen=True)
class Verdict:
    """The judgement of one function on one task.

    `misconception` is the id of the wrong idea that explains all its answers; two ids, joined by "+", where
    two ideas at once do; None where none does.

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

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The ids of the wrong ideas, none, one or two."""
        return tuple(self.misconception.split("+")) if self.misconception else ()

    def to_json(self) -> dict[str, Any]:
        """The verdict as numbers, strings, lists and None only, for the autograder to keep."""
        fields = {name: getattr(self, name) for name in ("task", "passed", "total", "score")}
        told = {"misconception": self.misconception, "message": self.message}
        example = None if self.example is None else _told(self.example)
        return {**fields, **told, "example": example}


def _told(example: Example) -> dict[str, Any]:
    """An example as plain values; its sums as the pairs of places that met."""
    fields = {name: _plain(value) for name, value in vars(example).items() if name not in ("due", "yours")}
    sums = {name: getattr(example, name) for name in ("due", "yours")}
    return {**fields, **{name: terms and _plain(terms.pairs) for name, terms in sums.items()}}


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
