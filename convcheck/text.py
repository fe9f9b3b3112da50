"""A verdict as text, for a terminal and for whoever reads without pictures."""

from typing import Any

import numpy as np

from convcheck.compare import Array, at
from convcheck.taps import Terms
from convcheck.task import task
from convcheck.verdict import Example, Verdict


def as_text(verdict: Verdict, said: str = "", here: bool = False) -> str:
    """The message, then the smallest failing case: each argument, the expected answer and yours.

    `said` is what the function printed: over all its calls, or only for the case that is shown (`here`).
    """
    the_task = task(verdict.task)
    parts = [f"{the_task.title}: {verdict.message}"]
    if verdict.example:
        parts += _example(verdict.example, the_task.function)
        parts += [] if verdict.example.fault in verdict.message else [f"  {verdict.example.fault}"]
        parts += [f"  {line}" for line in met(verdict.example)]
    if said:
        parts.append(heard(said, here))
    return "\n".join(parts)


def met(example: Example) -> list[str]:
    """What met what at the first difference, one line for the expected entry and one for the received one."""
    sums = {"expected": (example.due, example.expected), "yours": (example.yours, example.received)}
    return [
        f"{name}{at(example.index)}: {array[example.index]:.10g} = {how(terms)}"
        for name, (terms, array) in sums.items()
        if terms is not None and array is not None and example.index is not None
    ]


def how(terms: Terms, most: int = 9) -> str:
    """A sum in places and in numbers; in numbers alone where it is long, in words where it is empty."""
    if not terms.pairs:
        return f"{terms} (no cell met a tap)"
    if len(terms.pairs) > most:
        return f"a sum of {len(terms.pairs)} products"
    return f"{terms.places()} = {terms}" if len(terms.pairs) <= 4 else str(terms)


def heard(said: str, here: bool = False, most: int = 5) -> str:
    """What the function printed, the first lines only."""
    lines = said.rstrip("\n").split("\n")
    more = [f"… and {len(lines) - most} more lines"] if len(lines) > most else []
    shown = [f"    {line[:100]}" for line in [*lines[:most], *more]]
    calls = "For this case" if here else "Over all its calls"
    return "\n".join([f"{calls} your function printed:", *shown])


def call_line(function: str, arguments: dict[str, Any]) -> str:
    """The call as code that can be pasted into a cell.

    >>> call_line("convolve", {"f": np.array([1.0, 2.0]), "dx": 0.5})
    'convolve(np.array([1.0, 2.0]), 0.5)'
    """
    return f"{function}({', '.join(map(_literal, arguments.values()))})"


def _literal(value: Any) -> str:
    return f"np.array({value.tolist()})" if isinstance(value, np.ndarray) else repr(value)


def expected(example: Example) -> Any:
    """The expected array, or in words that a refusal is expected; None where neither may be told."""
    return f"a ValueError: {example.refusal}" if example.refusal else example.expected


def _example(example: Example, function: str) -> list[str]:
    answers = {"expected": expected(example), "yours": example.received}
    rows = [*example.arguments.items(), *((n, v) for n, v in answers.items() if v is not None)]
    call = f"{function}({', '.join(example.arguments)})"
    title = f"The smallest case that fails: {call}" if example.arguments else "Your answer:"
    return [title, *(_row(*row) for row in rows)]


def _row(name: str, value: Any) -> str:
    shown = _array(value) if isinstance(value, np.ndarray) else str(value)
    return f"  {name:<9}" + shown.replace("\n", "\n" + " " * 11)


def _array(value: Array) -> str:
    plain: Any = {"float_kind": lambda number: f"{number:.10g}"}
    return np.array2string(value, separator=", ", threshold=60, formatter=plain)
