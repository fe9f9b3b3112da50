"""Wrong answers as students write them, not as the references are written: whom does the judge name?

Each is marked with the one wrong idea behind it, or the two:

    @thinks("ps05.stride", "stride-ignored")
    def one_step_at_a_time(x, w, stride): ...

`python -m tests.convcheck.students` measures how often the judge names what is behind an answer.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from convcheck import Verdict, judge

Answer = Callable[..., Any]


@dataclass(frozen=True)
class Wrong:
    """A wrong answer to a task, and the ideas behind it."""

    task_id: str
    ideas: frozenset[str]
    answer: Answer

    @property
    def blind(self) -> bool:
        """Whether its author had seen only the exercises and the list of ideas, not the references."""
        return not self.answer.__module__.endswith("by_author")

    @property
    def name(self) -> str:
        """Where to find it."""
        return f"{self.task_id}-{self.answer.__name__}"

    def verdict(self, seed: int = 0) -> Verdict:
        """What the judge says of it."""
        return judge(self.task_id, self.answer, seed)


BANK: list[Wrong] = []


def thinks(task_id: str, *ideas: str) -> Callable[[Answer], Answer]:
    """A decorator: the function answers the task wrongly, because of these ideas."""

    def keep(answer: Answer) -> Answer:
        BANK.append(Wrong(task_id, frozenset(ideas), answer))
        return answer

    return keep


def bank() -> list[Wrong]:
    """All of them, set by set."""
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("ps"):
            importlib.import_module(f"{__name__}.{module.name}")
    return BANK
