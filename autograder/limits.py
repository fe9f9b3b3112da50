"""What one submission may use up."""

from dataclasses import dataclass, replace

from convcheck import Task

TORCH_MEMORY = 4 << 30


@dataclass(frozen=True)
class Limits:
    """Time in seconds of the clock, sizes in bytes."""

    call_seconds: float = 2.0
    """For one call of a student's function."""
    cell_seconds: float = 3.0
    """For running one cell."""
    submission_seconds: float = 20.0
    """For everything in one notebook. A task that comes later is told that the time was spent."""
    memory: int = 1 << 30
    """Address space of the worker."""
    file_size: int = 1 << 20
    """Largest file that the worker may write, in a folder that is thrown away."""
    answer: int = 16 << 20
    """Largest value that a function may return."""
    printed: int = 4_000
    """Characters of output kept for one cell."""
    restarts: int = 12
    """How often a worker that died is started again."""
    torch: bool = False
    """Whether the worker has torch and Triton's interpreter, and the room that they need."""

    def for_tasks(self, tasks: list[Task]) -> "Limits":
        """The same limits, with torch and more time where a task asks for them."""
        more = sum(max(0.0, task.seconds - self.call_seconds) for task in tasks)
        torch = any(task.tensors for task in tasks)
        memory = max(self.memory, TORCH_MEMORY) if torch else self.memory
        return replace(self, submission_seconds=self.submission_seconds + more, torch=torch, memory=memory)
