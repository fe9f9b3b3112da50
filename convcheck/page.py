"""A verdict as HTML: readable in a light and a dark page, without colour, and by a screen reader."""

from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np

from convcheck.book import with_links
from convcheck.compare import Array, at, told
from convcheck.style import STYLE
from convcheck.taps import Terms
from convcheck.task import task
from convcheck.text import call_line, expected, heard, how
from convcheck.verdict import Example, Verdict

MOST_GRIDS = 6
Cells = frozenset[tuple[int, ...]]
Shown = tuple[str, Array, str, tuple[int, ...] | None, Cells]
SIGNS = {"right": "✓", "wrong": "✗", "new": "○"}


def as_html(verdict: Verdict, said: str = "", here: bool = False) -> str:
    """The message, the smallest failing case as tables with the first difference marked, and the sentence."""
    the_task = task(verdict.task)
    state = "right" if verdict.score == 1 else "new" if verdict.message.startswith("Not started") else "wrong"
    title = f'<p class="cc-head"><span aria-hidden="true">{SIGNS[state]}</span> {escape(the_task.title)}</p>'
    body = f"{title}<p>{with_links(escape(verdict.message))}</p>"
    if verdict.example:
        told = verdict.example.fault in verdict.message
        body += _example(verdict.example, the_task.function, told)
    if said:
        body += f"<pre>{escape(heard(said, here))}</pre>"
    return (
        f'{STYLE}<section class="cc cc-{state}" aria-label="Check: {escape(the_task.title)}">{body}</section>'
    )


def _example(example: Example, function: str, told: bool) -> str:
    arrays = [row for row in _arrays(example) if np.ndim(row[1])]
    plain = {
        name: value for name, value in _values(example) if not np.ndim(value) or isinstance(value, tuple)
    }
    settings = ", ".join(f"{name} = {_value(value)}" for name, value in plain.items())
    title = "The smallest case that fails" if example.arguments else "Your answer"
    parts = [f'<p class="cc-case">{title}{": " + escape(settings) if settings else ""}</p>']
    parts.append(_rows(arrays) if all(a.ndim == 1 for _, a, *_ in arrays) else _grids(arrays, example.index))
    if not told:
        parts.append(f'<p class="cc-fault">{escape(example.fault)}</p>')
    parts.append(_sums(example))
    if example.arguments:
        parts.append(_try_it(example, function))
    return "".join(parts)


def _values(example: Example) -> Iterator[tuple[str, Any]]:
    """Everything there is to show, by name, in the order in which it is read."""
    yield from example.arguments.items()
    for name, value in (("expected", expected(example)), ("yours", example.received)):
        if value is not None:
            yield name, value


def _sums(example: Example) -> str:
    """Which products the marked entries are made of, expected and yours."""
    sums = (("expected", example.due), ("yours", example.yours))
    lines = [
        f'<tr><th scope="row">{name}</th><td class="cc-sum">{escape(how(terms))}</td></tr>'
        for name, terms in sums
        if terms is not None
    ]
    caption = "<caption>What met what at the first difference</caption>"
    return f'<table class="cc-sums">{caption}<tbody>{"".join(lines)}</tbody></table>' if lines else ""


def _met(terms: Terms | None, name: str) -> Cells:
    """The cells of an argument that belong into the marked entry."""
    if terms is None or name not in terms.names:
        return frozenset()
    side = terms.names.index(name)
    return frozenset(pair[side] for pair in terms.pairs)


def _arrays(example: Example) -> Iterator[Shown]:
    """Name, array, role, the place to mark, the cells that met: first comes the input, then the kernel."""
    roles = iter(["input", "kernel"])
    for name, value in _values(example):
        if not isinstance(value, np.ndarray):
            continue
        answer = name in ("expected", "yours")
        role = "output" if answer else next(roles, "plain")
        yield name, value, role, example.index if answer else None, _met(example.due, name)


def _rows(arrays: list[Shown]) -> str:
    """One table for arrays of one axis: a row each, so that expected and yours stand under each other."""
    if not arrays:
        return ""
    lines = "".join(f'<tr><th scope="row">{n}</th>{_cells(a, r, m, met)}</tr>' for n, a, r, m, met in arrays)
    return f"<table><tbody>{lines}</tbody></table>"


def _grids(arrays: list[Shown], index: tuple[int, ...] | None) -> str:
    """A table for every two-dimensional slice that has to do with the first difference."""
    grids = [grid for array in arrays for grid in _slices(*array, index)]
    return f'<div class="cc-grids">{"".join(grids)}</div>'


def _slices(
    name: str,
    array: Array,
    role: str,
    mark: tuple[int, ...] | None,
    met: Cells,
    index: tuple[int, ...] | None,
) -> list[str]:
    lead = [i for i in np.ndindex(array.shape[:-2]) if _concerned(i, role, index)]
    shown = [
        _grid(name + at(i).replace(" at ", ""), array[i], role, mark and mark[-2:], _within(met, i))
        for i in lead[:MOST_GRIDS]
    ]
    more = len(lead) - len(shown)
    return [*shown, f"<p>… and {more} more slices of {name}</p>"] if more else shown


def _concerned(slice_index: tuple[int, ...], role: str, index: tuple[int, ...] | None) -> bool:
    """For a difference at y[n, o, …]: image n, filter o, and that slice of the answers; else everything."""
    if index is None or len(slice_index) < 2 or len(index) != 4:
        return True
    n, o = index[:2]
    wanted = {"input": (n,), "kernel": (o,), "output": (n, o)}.get(role, ())
    return slice_index[: len(wanted)] == wanted


def _within(met: Cells, lead: tuple[int, ...]) -> Cells:
    """The cells of one slice, in its own two indices."""
    return frozenset(cell[len(lead) :] for cell in met if cell[: len(lead)] == lead)


def _grid(caption: str, array: Array, role: str, mark: tuple[int, ...] | None, met: Cells) -> str:
    rows = []
    for i, row in enumerate(np.atleast_2d(array)):
        here = frozenset(cell[-1:] for cell in met if cell[:-1] in ((), (i,)))
        rows.append(f"<tr>{_cells(row, role, _in_row(mark, i), here)}</tr>")
    body = "".join(rows)
    return f"<table><caption>{caption}</caption><tbody>{body}</tbody></table>"


def _in_row(mark: tuple[int, ...] | None, row: int) -> tuple[int, ...] | None:
    return mark[1:] if mark and len(mark) == 2 and mark[0] == row else None


def _cells(row: Array, role: str, mark: tuple[int, ...] | None, met: Cells) -> str:
    return "".join(_cell(value, role, mark == (j,), (j,) in met) for j, value in enumerate(row))


def _cell(value: Any, role: str, marked: bool, met: bool) -> str:
    if met:
        return f'<td class="cc-{role} cc-met">{told(value)}<span class="cc-aloud"> met</span></td>'
    if not marked:
        return f'<td class="cc-{role}">{told(value)}</td>'
    return f'<td class="cc-{role} cc-mark">{told(value)}<span class="cc-aloud"> first difference</span></td>'


def _value(value: Any) -> str:
    return told(value[()]) if isinstance(value, np.ndarray) else str(value)


def _try_it(example: Example, function: str) -> str:
    code = escape(call_line(function, example.arguments))
    return f"<details><summary>This case as code</summary><pre>{code}</pre></details>"
