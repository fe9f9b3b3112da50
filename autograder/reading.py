"""Reading a submitted file as a notebook, and saying in one sentence why that cannot be done."""

import json
import warnings

import nbformat
from nbformat import NotebookNode


class UnreadableNotebookError(ValueError):
    """The file is no notebook; the text says what it is instead, for the student and the instructor."""


def read(data: bytes) -> NotebookNode:
    """Return the notebook in these bytes, in format 4.

    Raises UnreadableNotebookError.

    >>> read(b"")
    Traceback (most recent call last):
    ...
    autograder.reading.UnreadableNotebookError: the file is empty
    """
    content = _content(data)
    if not isinstance(content, dict) or not ("cells" in content or "worksheets" in content):
        raise UnreadableNotebookError("the file is JSON, but no notebook: it has no cells")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cells without an id: old notebooks are welcome
            return nbformat.reads(json.dumps(content), as_version=4)
    except Exception as error:  # noqa: BLE001  nbformat raises whatever its code runs into
        raise UnreadableNotebookError(f"the cells are not those of a notebook: {error}"[:300]) from None


def _content(data: bytes) -> object:
    if not data.strip():
        raise UnreadableNotebookError("the file is empty")
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text)
    except UnicodeDecodeError:
        raise UnreadableNotebookError("the file is not text, so it is no notebook") from None
    except json.JSONDecodeError as error:
        raise UnreadableNotebookError(_why_not_json(text, error)) from None
    except RecursionError:
        raise UnreadableNotebookError("the file is nested too deeply to be a notebook") from None


def _why_not_json(text: str, error: json.JSONDecodeError) -> str:
    if not text.lstrip().startswith("{"):
        return "the file is not a notebook: it does not begin with {"
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
        return f"the file breaks off at line {error.lineno}: it was cut short when it was saved or sent"
    return f"the file is damaged at line {error.lineno}, column {error.colno}: {error.msg}"
