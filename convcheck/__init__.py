"""convcheck: what a task asks, whether an answer is right, and which wrong idea a wrong answer shows."""

from convcheck.judge import judge
from convcheck.show import check
from convcheck.task import Case, Task, task, tasks
from convcheck.verdict import Example, Verdict

__all__ = ["Case", "Example", "Task", "Verdict", "check", "judge", "task", "tasks"]
