"""What one submission may use up."""

from dataclasses import dataclass


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
