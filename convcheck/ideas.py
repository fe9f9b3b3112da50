"""Wrong ideas about convolution: an id, an explanation, the page that cures it, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from convcheck.task import Function, Task


@dataclass(frozen=True)
class Idea:
    """A wrong idea. `shown` holds, for each task, the wrong references in the family's general form."""

    id: str
    explanation: str
    chapter: str
    shown: dict[str, list[Function]] = field(default_factory=dict)

    def shown_in(self, *task_ids: str) -> Callable[[Function], Function]:
        """A decorator: the function answers these tasks as someone with this idea would."""

        def keep(wrong: Function) -> Function:
            for task_id in task_ids:
                self.shown.setdefault(task_id, []).append(wrong)
            return wrong

        return keep

    def answers(self, task: Task) -> list[Function]:
        """The wrong references with the task's own signature; empty where the task cannot show the idea."""
        return [task.lift(wrong) for wrong in self.shown.get(task.id, [])]


@cache
def ideas() -> tuple[Idea, ...]:
    """Every wrong idea that some task can show."""
    from convcheck import wrong_1d, wrong_2d, wrong_layers, wrong_sizes, wrong_sums

    modules = (wrong_1d, wrong_sums, wrong_sizes, wrong_2d, wrong_layers)
    found = [item for module in modules for item in vars(module).values()]
    return tuple({item.id: item for item in found if isinstance(item, Idea)}.values())


def idea(id: str) -> Idea:
    """The idea with this id. Raises ValueError where there is none.

    >>> idea("flip").chapter
    'mathematics/flip'
    """
    for known in ideas():
        if known.id == id:
            return known
    raise ValueError(f"no wrong idea is called {id!r}")
