"""One submission: its cells are run in order, its functions are called, a worker that dies is replaced."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from autograder.limits import Limits
from autograder.process import NoAnswer, Worker, WorkerDied, WorkerUnavailable
from convcheck.faults import RaisedElsewhereError

MOST_DEATHS = 2


class BudgetSpent(TimeoutError):
    """The time for the whole submission is used up."""


@dataclass
class CellReport:
    """What happened when a cell was run."""

    printed: str = ""
    errors: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    fatal: bool = False
    """The worker did not survive the cell, so it is not run again."""


class Session:
    """The student's notebook as far as it has been run. Use as a context manager."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells: dict[str, str] = {}
        self.reports: dict[str, CellReport] = {}
        self.worker: Worker | None = None
        self.starts = 0
        self.ran: set[str] = set()
        self.deaths: Counter[str] = Counter()
        self.printed = ""
        """What the functions printed while they were called."""
        self.spent = 0.0
        """Seconds that the last call took inside the worker, without the way there and back."""
        self.unavailable: WorkerUnavailable | None = None
        self.end = time.monotonic() + limits.submission_seconds

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *exception: object) -> None:
        if self.worker:
            self.worker.close()

    def run(self, label: str, source: str) -> CellReport:
        """Run a cell. What it does wrong is in the report; nothing of the student's is raised."""
        self.cells[label] = source
        try:
            self._ready()
        except (BudgetSpent, WorkerDied) as error:
            self._fatal(label, error)
        return self.reports[label]

    def call(self, function: str, *arguments: Any, patience: float = 0.0) -> Any:
        """Call a function of the student as it stands after the cells that were run.

        A tensor among the arguments travels as an array, and arrives as a tensor. `patience` is how many
        seconds a call may take where that is more than the usual.

        Raises RaisedElsewhereError for what the function raised, TimeoutError if it takes too long.
        A function that ended its worker twice is not called again.
        """
        if self.deaths[function] >= MOST_DEATHS:
            raise RaisedElsewhereError(
                "EndOfProgram", f"not called: it had ended its program {MOST_DEATHS} times"
            )
        try:
            status, value, printed = self._ask(function, arguments, patience)
        except (NoAnswer, BudgetSpent) as error:
            raise TimeoutError(str(error)) from error
        except WorkerDied as error:
            self.deaths[function] += 1
            raise RaisedElsewhereError("EndOfProgram", str(error)) from error
        self.printed = (self.printed + printed)[: self.limits.printed]
        self.spent = self.worker.spent if self.worker else 0.0
        if status == "raised":
            raise RaisedElsewhereError(*value)
        return value

    def function(self, name: str, patience: float = 0.0) -> "RemoteFunction":
        """A function of the student, to be called like one of ours."""
        return RemoteFunction(self, name, patience)

    def _ask(self, function: str, arguments: tuple[Any, ...], patience: float) -> tuple[str, Any, str]:
        worker = self._ready()
        seconds = self._seconds(max(self.limits.call_seconds, patience))
        tensors = any(hasattr(argument, "detach") for argument in arguments)
        order = "call with tensors" if tensors else "call"
        return worker.ask(order, function, [_array(argument) for argument in arguments], seconds=seconds)

    def _ready(self) -> Worker:
        """Return a worker in which every cell so far has been run, except those that ended a worker."""
        while True:
            worker = self.worker if self.worker and self.worker.alive else self._start()
            left = [label for label in self.cells if label not in self.ran and not self._is_fatal(label)]
            if not left:
                return worker
            self._run(worker, left[0])

    def _start(self) -> Worker:
        self._seconds(0)
        if self.starts > self.limits.restarts:
            raise WorkerDied(
                f"the program that runs the notebook ended {self.starts} times and is not started again"
            )
        self.starts, self.ran = self.starts + 1, set()
        begin = time.monotonic()
        try:
            self.worker = Worker(self.limits)
        except WorkerUnavailable as error:
            self.unavailable = error
            raise
        self.end += time.monotonic() - begin  # a slow machine is not the student's fault
        return self.worker

    def _run(self, worker: Worker, label: str) -> None:
        try:
            seconds = self._seconds(self.limits.cell_seconds)
            self.reports[label] = _report(*worker.ask("run", label, self.cells[label], seconds=seconds))
            self.ran.add(label)
        except (NoAnswer, WorkerDied) as error:
            self._fatal(label, error)

    def _is_fatal(self, label: str) -> bool:
        return label in self.reports and self.reports[label].fatal

    def _fatal(self, label: str, error: Exception) -> None:
        self.reports[label] = CellReport(errors=[f"This cell was stopped: {error}."], fatal=True)

    def _seconds(self, wanted: float) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise BudgetSpent(
                f"no answer: the {self.limits.submission_seconds:g} s for the notebook were used up before"
            )
        return min(wanted, left)


@dataclass(frozen=True)
class RemoteFunction:
    """A student's function in a worker. `spent` is how long its last call took there."""

    session: Session
    name: str
    patience: float = 0.0

    def __call__(self, *arguments: Any) -> Any:
        """Call it; raises what Session.call raises."""
        return self.session.call(self.name, *arguments, patience=self.patience)

    @property
    def spent(self) -> float:
        """Seconds inside the worker."""
        return self.session.spent


def _array(argument: Any) -> Any:
    """A tensor as an array, all else as it is."""
    return argument.detach().cpu().numpy() if hasattr(argument, "detach") else argument


def _report(status: str, value: Any, printed: str) -> CellReport:
    match status, value:
        case "ok", ([*errors], [*skipped]):
            return CellReport(printed, _texts(errors), _texts(skipped))
    return CellReport(printed, [": ".join(_texts(list(value)))])


def _texts(values: list[Any]) -> list[str]:
    return [str(value) for value in values[:20]]
