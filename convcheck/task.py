"""What a task is: its name and points, its cases, and the oracle that knows the right answer."""

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from convcheck import sets

Function = Callable[..., Any]
Axes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """One call: the arguments by name, in the order in which the function takes them.

    `hidden` is what the judge knows of the case and the function is not told.
    """

    arguments: dict[str, Any]
    hidden: dict[str, Any] = field(default_factory=dict)

    @property
    def args(self) -> tuple[Any, ...]:
        """The arguments as `function(*case.args)` takes them: fresh copies, so a call cannot spoil another.

        >>> Case({"f": np.array([1, 2]), "dx": 0.5}).args
        (array([1, 2]), 0.5)
        """
        return tuple(np.array(a) if isinstance(a, np.ndarray) else a for a in self.arguments.values())

    @property
    def size(self) -> tuple[int, int]:
        """How much there is to look at: the numbers in all arrays, then how large the plain numbers are."""
        values = [a for a in self.arguments.values() if a is not None]
        arrays = [a.size for a in values if isinstance(a, np.ndarray)]
        return sum(arrays), sum(_magnitude(a) for a in values if not isinstance(a, np.ndarray))


def _magnitude(value: Any) -> int:
    """The sum of a number, a pair, or a list of them; a word counts nothing."""
    if isinstance(value, list | tuple):
        return sum(map(_magnitude, value))
    return 0 if isinstance(value, str) else int(abs(value))


@dataclass(frozen=True)
class Task:
    """A task of a problem set. `draw(rng)` gives its cases; their settings never change, their values do.

    `lift` gives a function of the family's general form this task's signature: the oracle is the lifted
    reference, a wrong idea's answer the lifted wrong reference. Where the oracle raises ValueError, so must
    the student's function.
    """

    id: str
    title: str
    signature: str
    points: int
    draw: Callable[[np.random.Generator], list[Case]]
    reference: Function
    lift: Callable[[Function], Function]
    reveals: bool = True
    """False where showing the expected answer would give the task away."""
    chapter: str = field(kw_only=True)
    """The page of the book that teaches it."""
    axes: Axes = field(kw_only=True, default_factory=dict)
    """The letters of each array's axes, such as {"x": ("N", "C", "H", "W")}: equal letters, equal lengths.
    "GC" is an axis of G times C entries, where G is the argument `groups`. For making a case smaller."""
    rebuilds: tuple[str, ...] = field(kw_only=True, default=())
    """The public functions of convlib that the task rebuilds."""
    tensors: bool = field(kw_only=True, default=False)
    """Whether the function takes torch tensors in place of arrays."""
    seconds: float = field(kw_only=True, default=0.0)
    """The longest time for one call, where it is more than a grader usually allows."""
    accept: Callable[[Case, Any], str] | None = field(kw_only=True, default=None)
    """In place of a comparison with the oracle: "" for a good answer, else a sentence on what is wrong."""
    haste: float = field(kw_only=True, default=0.0)
    """Where not 0: on the largest case the function may take so many times as long as the reference."""

    @property
    def problem_set(self) -> str:
        """The problem set that the task belongs to: `"ps05"` for `"ps05.stride"`."""
        return self.id.split(".")[0]

    @property
    def function(self) -> str:
        """The name of the function that the student writes."""
        return self.signature.split("(")[0]

    @property
    def oracle(self) -> Function:
        """The right answer, for the arguments of a case."""
        return self.lift(self.reference)

    def cases(self, seed: int = 0) -> list[Case]:
        """The cases for a seed, smallest first; seed 0 is public."""
        seeds = [seed, *self.id.encode()]
        return sorted(self.draw(np.random.default_rng(seeds)), key=lambda case: case.size)


@cache
def _registry() -> dict[str, Task]:
    names = sorted(module.name for module in pkgutil.iter_modules(sets.__path__))
    modules = [importlib.import_module(f"{sets.__name__}.{name}") for name in names]
    return {task.id: task for module in modules for task in getattr(module, "TASKS", [])}


def tasks() -> list[Task]:
    """Every task, in the order of the course.

    >>> [t.id for t in tasks()][:2]
    ['ps01.by_hand', 'ps01.table_row']
    """
    return list(_registry().values())


def task(id: str) -> Task:
    """The task with this id. Raises ValueError, with the nearest id, where there is none.

    >>> task("ps05.stride").points
    3
    """
    if id in _registry():
        return _registry()[id]
    near = difflib.get_close_matches(str(id), _registry(), n=1, cutoff=0)
    raise ValueError(f"no task is called {id!r}; the nearest name is {near[0]!r}")
