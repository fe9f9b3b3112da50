"""Wrong ideas about conventions: who turns the kernel, which part of the full answer a mode keeps."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.ideas import Idea
from convcheck.wrong.kernels import flip_one_axis, kernel_transposed, result_transposed
from convcheck.wrong.signals import fft_wraps, flip, same_numpy

Convolve = Callable[[Array, Array, str], Array]

IN_A_ROW = ("ps02.correlate", "ps02.convolve")
MODED = ("ps02.modes", "ps02.convolve_nd", "ps02.correlate_nd")


@flip.shown_in(*IN_A_ROW, "ps02.image", *MODED)
def _turned_or_not(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    return convolve(f, np.flip(g), mode)


@flip.shown_in("ps02.kernel")
def _left_alone(turn: Any, g: Array) -> Array:
    return g


@flip_one_axis.shown_in("ps02.kernel")
def _left_right(turn: Any, g: Array) -> Array:
    return np.asarray(turn(g)[::-1])


@flip_one_axis.shown_in("ps02.kernel")
def _up_down(turn: Any, g: Array) -> Array:
    return np.asarray(turn(g)[:, ::-1])


@kernel_transposed.shown_in("ps02.kernel")
def _rows_as_columns(turn: Any, g: Array) -> Array:
    return np.asarray(turn(g)).T


@flip_one_axis.shown_in("ps02.image")
def _mirrored_left_right(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    return convolve(f, g[:, ::-1], mode)


@flip_one_axis.shown_in("ps02.image", "ps02.convolve_nd", "ps02.correlate_nd")
def _mirrored_first_axis(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    return convolve(f, g[::-1] if g.ndim > 1 else g, mode)


@flip_one_axis.shown_in("ps02.convolve_nd", "ps02.correlate_nd")
def _not_the_first_axis(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    return convolve(f, np.flip(g)[::-1] if g.ndim > 1 else g, mode)


@kernel_transposed.shown_in("ps02.image")
def _kernel_on_its_side(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    return convolve(f, g.T, mode)


@result_transposed.shown_in("ps02.image")
def _answer_on_its_side(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    return convolve(f, g, mode).T


full_for_all = Idea(
    "full-for-all",
    "You give every overlap, whatever is asked for. "
    "'same' keeps the middle, as long as f, and 'valid' only the places where g lies wholly on f.",
    "mathematics/three-modes",
)


@full_for_all.shown_in(*IN_A_ROW, *MODED, "ps02.image")
def _every_overlap(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    return convolve(f, g, "full")


valid_for_all = Idea(
    "valid-for-all",
    "You give only the places where g lies wholly on f. "
    "'full' begins and ends where a single number overlaps, and 'same' is as long as f.",
    "mathematics/three-modes",
)


@valid_for_all.shown_in(*MODED)
def _inside_only(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    return convolve(f, g, "valid")


same_head = Idea(
    "same-keeps-the-head",
    "Your 'same' keeps the beginning of the full answer. "
    "It is the middle that is kept: as much is cut off in front as behind, or one less where that is odd.",
    "mathematics/three-modes",
)


@same_head.shown_in(*MODED)
def _beginning(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    if mode != "same":
        return convolve(f, g, mode)
    return np.asarray(convolve(f, g, "full")[tuple(slice(0, n) for n in f.shape)])


same_longer = Idea(
    "same-as-the-longer",
    "Your 'same' is as long as the longer of the two, as in NumPy. "
    "Here, as in SciPy, it is as long as the first, whichever is longer.",
    "mathematics/three-modes",
)


@same_longer.shown_in("ps02.modes")
def _longer(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    if mode != "same" or len(f) >= len(g):
        return convolve(f, g, mode)
    start = (len(f) - 1) // 2
    return convolve(f, g, "full")[start : start + len(g)]


same_one_late = Idea(
    "same-cuts-one-more",
    "With an even kernel your 'same' begins one place too late. "
    "Of the k - 1 places to be cut off, (k - 1) // 2 go in front, the odd one behind.",
    "mathematics/three-modes",
)


@same_one_late.shown_in(*MODED)
def _odd_one_in_front(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    if mode != "same":
        return convolve(f, g, mode)
    starts = [k // 2 for k in g.shape]
    kept = tuple(slice(a, a + n) for a, n in zip(starts, f.shape, strict=True))
    return np.asarray(convolve(f, g, "full")[kept])


@fft_wraps.shown_in("ps02.modes")
def _round_in_a_circle(convolve: Convolve, f: Array, g: Array, mode: str) -> Array:
    """A product of spectra as long as the longer one: right where nothing wraps."""
    full = convolve(f, g, "full")
    n = max(len(f), len(g))
    circle = full[:n] + np.append(full[n:], np.zeros(2 * n - len(full)))
    return circle if mode == "full" else convolve(f, g, mode)


same_left = Idea(
    "same-left",
    "You put the odd zero of 'same' on the left. "
    "torch pads (k - 1) // 2 cells in front and k // 2 behind, so an even kernel has one more on the right.",
    "conv/same",
)


@same_left.shown_in("ps02.torch_same")
def _one_more_in_front(same: Any, x: Array, w: Array) -> Array:
    return np.asarray(same(x, w, len(w) // 2))


@same_numpy.shown_in("ps02.torch_same")
def _turned_and_centred(same: Any, x: Array, w: Array) -> Array:
    return np.asarray(same(x, w[::-1], len(w) // 2))


@flip.shown_in("ps02.torch_same")
def _turned(same: Any, x: Array, w: Array) -> Array:
    return np.asarray(same(x, w[::-1]))


all_behind = Idea(
    "same-all-behind",
    "You put all the zeros of 'same' on one side. torch shares them out, half in front and half behind.",
    "conv/same",
)


@all_behind.shown_in("ps02.torch_same")
def _behind(same: Any, x: Array, w: Array) -> Array:
    return np.asarray(same(x, w, 0))


@all_behind.shown_in("ps02.torch_same")
def _in_front(same: Any, x: Array, w: Array) -> Array:
    return np.asarray(same(x, w, len(w) - 1))


symmetric_blindness = Idea(
    "symmetric-kernel-blindness",
    "You would test with a symmetric kernel. "
    "Turned, mirrored or transposed it is the same, so the most common mistakes pass the test.",
    "mathematics/flip",
)


@symmetric_blindness.shown_by("ps02.telling")
def _ones(right: Any, rows: int, columns: int) -> Array:
    return np.ones((rows, columns))


@symmetric_blindness.shown_by("ps02.telling")
def _zeros(right: Any, rows: int, columns: int) -> Array:
    return np.zeros((rows, columns))


@symmetric_blindness.shown_by("ps02.telling")
def _blur(right: Any, rows: int, columns: int) -> Array:
    """The kernel that averages."""
    return np.full((rows, columns), 1 / (rows * columns))


@symmetric_blindness.shown_by("ps02.telling")
def _bell(right: Any, rows: int, columns: int) -> Array:
    """The outer product of two symmetric rows."""
    row, column = (np.minimum(np.arange(n), np.arange(n)[::-1]) + 1.0 for n in (columns, rows))
    return np.outer(column, row)
