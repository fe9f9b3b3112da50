"""The secret seed of a course: cases that no student has seen, and the same ones when graded again."""

import os
import secrets
from pathlib import Path

NAME = "grader-seed"


def course_seed(course: Path) -> int:
    """Return the seed kept in the course folder; the first call makes it, readable by its owner only.

    Raises ValueError if the file holds something else than a number.
    """
    path = course / NAME
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(handle, "w") as file:
        file.write(f"{secrets.randbits(63)}\n")
    return _read(path)


def _read(path: Path) -> int:
    text = path.read_text().strip()
    if not text.isdecimal():
        raise ValueError(f"{path} must hold one whole number, got {text[:40]!r}; delete it to draw a new one")
    return int(text)
