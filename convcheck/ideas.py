"""Wrong ideas about convolution: an id, an explanation, the page that cures it, and what it answers."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from convcheck import wrong
from convcheck.task import Function, Task


@dataclass(frozen=True)
class Mutation:
    """A wrong idea at work: `change(right, *args)` answers as someone with the idea would.

    `right` is the function that would have been right, or one that another idea has already spoilt: so two
    ideas can be at work at once. An inner mutation changes the general form of the task's family, an outer
    one the function with the task's own signature.
    """

    change: Function
    outer: bool = False


@dataclass(frozen=True)
class Idea:
    """A wrong idea. `shown` holds its mutations for each task that can show it.

    A `slip` is no idea about convolution but a mishap of programming; it is named only where no idea is.
    """

    id: str
    explanation: str
    chapter: str
    slip: bool = False
    shown: dict[str, list[Mutation]] = field(default_factory=dict)
    anywhere: list[Mutation] = field(default_factory=list)

    def shown_in(self, *task_ids: str) -> Callable[[Function], Function]:
        """A decorator: the function changes the general form of these tasks as the idea would."""
        return self._keep(task_ids, outer=False)

    def shown_by(self, *task_ids: str) -> Callable[[Function], Function]:
        """A decorator: the function changes the task's own function, signature and all, as the idea would."""
        return self._keep(task_ids, outer=True)

    def _keep(self, task_ids: Sequence[str], outer: bool) -> Callable[[Function], Function]:
        def keep(change: Function) -> Function:
            for task_id in task_ids:
                self.shown.setdefault(task_id, []).append(Mutation(change, outer))
            return change

        return keep

    def shown_anywhere(self, change: Function) -> Function:
        """A decorator: the function changes the answer of any task, and raises ValueError where it cannot."""
        self.anywhere.append(Mutation(change, outer=True))
        return change

    def mutations(self, task: Task) -> list[Mutation]:
        """The idea at work in this task; empty where the task cannot show the idea.

        Where more than one answer is good there is no right one for a slip to change.
        """
        return self.shown.get(task.id, []) + ([] if task.accept else self.anywhere)

    def answers(self, task: Task) -> list[Function]:
        """The wrong functions with the task's own signature."""
        return [mutated(task, [mutation]) for mutation in self.mutations(task)]


def mutated(task: Task, mutations: Sequence[Mutation]) -> Function:
    """The task's right answer, spoilt by each mutation in turn."""
    form = task.reference
    for mutation in mutations:
        if not mutation.outer:
            form = partial(mutation.change, form)
    answer = task.lift(form)
    for mutation in mutations:
        if mutation.outer:
            answer = partial(mutation.change, answer)
    return partial(_with_arrays, answer) if task.tensors else answer


def _with_arrays(answer: Function, *args: Any) -> Any:
    """Mutations are written for arrays; where the judge hands tensors over, their numbers are taken."""
    return answer(*(arg.detach().cpu().numpy() if hasattr(arg, "detach") else arg for arg in args))


@cache
def ideas() -> tuple[Idea, ...]:
    """Every wrong idea that some task can show."""
    names = sorted(module.name for module in pkgutil.iter_modules(wrong.__path__))
    modules = [importlib.import_module(f"{wrong.__name__}.{name}") for name in names]
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
