"""The problem sets, one module each: the tasks, their cases and points, in a list `TASKS`."""
