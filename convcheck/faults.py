"""What went wrong while a student's function ran, in one sentence, with the student's own line."""

import linecache
import traceback

import convcheck
import convlib


class RaisedElsewhereError(Exception):
    """An exception raised in another process: its kind, its text, the line it came from."""

    def __init__(self, kind: str, text: str, line: str = "") -> None:
        super().__init__(text)
        self.kind, self.line = kind, line


def kind(error: BaseException) -> str:
    """The name of the exception's class, also where it was raised elsewhere or while Triton ran it."""
    if isinstance(error, RaisedElsewhereError):
        return error.kind
    inner = innermost(error)
    return "NotImplementedError" if isinstance(inner, NotImplementedError) else type(error).__name__


def innermost(error: BaseException) -> BaseException:
    """The exception that another one was raised from, down to the first."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def sentence(error: BaseException) -> str:
    """One sentence on an exception, short, with the line of the student's code that raised it.

    >>> sentence(TimeoutError("no answer within 2 s"))
    'Your function gave no answer within 2 s.'
    >>> sentence(RaisedElsewhereError("IndexError", "index 4 is out of bounds", "total += g[i - j]"))
    'Your function raised IndexError: index 4 is out of bounds. The line: total += g[i - j]'
    """
    text = str(error).strip().split("\n")[0][:300].rstrip(".")
    if kind(error) == "TimeoutError":
        return f"Your function gave {text or 'no answer in time'}."
    if kind(error) == "NotImplementedError":
        return "Your function stops at raise NotImplementedError: this part is not written yet."
    told = f"{kind(error)}: {text}." if text else f"{kind(error)}."
    line = own_line(error)
    return f"Your function raised {told}" + (f" The line: {line}" if line else "")


def own_line(error: BaseException) -> str:
    """The last line of the student's own code that the exception passed through; "" where none is known."""
    if isinstance(error, RaisedElsewhereError):
        return error.line.strip()
    steps = traceback.walk_tb(error.__traceback__)
    files = [(frame.f_code.co_filename, line) for frame, line in steps]
    lines = [linecache.getline(file, line).strip() for file, line in files if _is_own(file)]
    return next((line for line in reversed(lines) if line), "")


def _is_own(file: str) -> bool:
    ours = (*convcheck.__path__, *convlib.__path__)
    return not file.startswith(ours) and "site-packages" not in file
