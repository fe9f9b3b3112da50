"""Wrong ideas in one dimension, as changes to a full convolution or to a row of its table."""

from collections.abc import Callable

import numpy as np

from convcheck.draw import Array
from convcheck.ideas import Idea

Convolve = Callable[[Array, Array], Array]
Row = Callable[[Array, Array, int], Array]

ROW, SAMPLED = "ps01.table_row", "ps01.sampled"
ROWS = (ROW, "ps01.commute")
WHOLE = ("ps01.by_hand", "ps01.convolve", "ps01.polynomial", SAMPLED)


def middle(full: Array, length: int) -> Array:
    """The middle of a full convolution, as NumPy's and SciPy's modes 'same' cut it out.

    >>> middle(np.array([1, 12, 23, 34, 40]), 4)
    array([ 1, 12, 23, 34])
    """
    start = (len(full) - length) // 2
    return full[start : start + length]


flip = Idea(
    "flip",
    "Convolution turns the kernel round before it slides; correlation, which torch calls convolution, "
    "does not. Your answers are those of the other one.",
    "mathematics/flip",
)


@flip.shown_in(*WHOLE)
def _not_turned(convolve: Convolve, f: Array, g: Array) -> Array:
    return convolve(f, g[::-1])


@flip.shown_in(*WHOLE)
def _not_turned_from_the_far_end(convolve: Convolve, f: Array, g: Array) -> Array:
    return convolve(f[::-1], g)


@flip.shown_in(*ROWS)
def _row_not_turned(row: Row, f: Array, g: Array, i: int) -> Array:
    return row(f, g[::-1], i)


@flip.shown_in(*ROWS)
def _row_reaches_right(row: Row, f: Array, g: Array, i: int) -> Array:
    return np.array([f[j] * g[j - i] if 0 <= j - i < len(g) else 0.0 for j in range(len(f))])


same_numpy = Idea(
    "same-numpy",
    "Your answer is what NumPy's mode 'same' gives: the kernel turned, and the middle of all overlaps. "
    "The full convolution has every overlap, and what torch calls 'same' turns nothing.",
    "mathematics/three-modes",
)


@same_numpy.shown_in(*WHOLE)
def _same(convolve: Convolve, f: Array, g: Array) -> Array:
    return middle(convolve(f, g), max(len(f), len(g)))


@same_numpy.shown_in(*WHOLE)
def _same_as_f(convolve: Convolve, f: Array, g: Array) -> Array:
    return middle(convolve(f, g), len(f))


valid_for_full = Idea(
    "valid-for-full",
    "You keep only the positions where one input lies wholly inside the other, as NumPy's mode 'valid' does. "
    "The full convolution begins earlier and ends later, at the first and the last overlap.",
    "mathematics/three-modes",
)


@valid_for_full.shown_in(*WHOLE)
def _valid(convolve: Convolve, f: Array, g: Array) -> Array:
    shorter = min(len(f), len(g))
    return convolve(f, g)[shorter - 1 : max(len(f), len(g))]


tail_missing = Idea(
    "tail-missing",
    "You stop when the index leaves f, so the answer is only as long as f. "
    "The last entries, where g still reaches back into f, are missing.",
    "mathematics/discrete",
)


@tail_missing.shown_in(*WHOLE)
def _as_long_as_f(convolve: Convolve, f: Array, g: Array) -> Array:
    return convolve(f, g)[: len(f)]


one_too_short = Idea(
    "one-too-short",
    "Your answer lacks its last entry, where the last of f meets the last of g. "
    "Two inputs of m and n numbers overlap in m + n - 1 positions.",
    "mathematics/discrete",
)


@one_too_short.shown_in("ps01.convolve", "ps01.polynomial", SAMPLED)
def _last_lost(convolve: Convolve, f: Array, g: Array) -> Array:
    return convolve(f, g)[:-1]


one_too_long = Idea(
    "one-too-long",
    "Your answer has a zero too many at its end: it has m + n entries. "
    "Two inputs of m and n numbers overlap in m + n - 1 positions.",
    "mathematics/discrete",
)


@one_too_long.shown_in("ps01.convolve", "ps01.polynomial", SAMPLED)
def _zero_after(convolve: Convolve, f: Array, g: Array) -> Array:
    return np.append(convolve(f, g), 0.0)


index_wraps = Idea(
    "index-wraps",
    "In your sum the index i - j becomes negative, and Python then counts from the end of g. "
    "Where i - j lies outside g, nothing is to be added.",
    "mathematics/circular",
)


@index_wraps.shown_in(*ROWS)
def _wrapped(row: Row, f: Array, g: Array, i: int) -> Array:
    """f_j g[i - j] with Python's negative indices let in."""
    return row(f, g, i) + row(f, g, i + len(g))


@index_wraps.shown_in(*ROWS)
def _unchecked(_: Row, f: Array, g: Array, i: int) -> Array:
    """No look at the index at all; one beyond the end of g raises IndexError."""
    return np.array([f[j] * g[i - j] for j in range(len(f))])


@index_wraps.shown_in("ps01.convolve", "ps01.polynomial", SAMPLED)
def _sum_wrapped(convolve: Convolve, f: Array, g: Array) -> Array:
    full = convolve(f, g)
    return full + np.append(full[len(g) :], np.zeros(len(g)))


fft_wraps = Idea(
    "fft-wraps",
    "Your tail is added onto the head: the convolution goes round in a circle. "
    "A product of FFTs does so unless both inputs are first lengthened with zeros to len(f) + len(g) - 1.",
    "mathematics/circular",
)


@fft_wraps.shown_in("ps01.convolve", "ps01.polynomial", SAMPLED)
def _circular(convolve: Convolve, f: Array, g: Array) -> Array:
    n, full = max(len(f), len(g)), convolve(f, g)
    return full[:n] + np.append(full[n:], np.zeros(2 * n - len(full)))


elementwise = Idea(
    "elementwise",
    "You multiply entries of the same index only. "
    "In a convolution every entry of one input meets every entry of the other, and the indices add.",
    "mathematics/discrete",
)


@elementwise.shown_in("ps01.convolve", "ps01.polynomial", SAMPLED)
def _same_index(_: Convolve, f: Array, g: Array) -> Array:
    n = min(len(f), len(g))
    return f[:n] * g[:n]


highest_first = Idea(
    "highest-first",
    "Your coefficients come out with the highest power first. "
    "Here entry i belongs to the power i, so the constant term comes first.",
    "mathematics/polynomials",
)


@highest_first.shown_in("ps01.polynomial")
def _turned(convolve: Convolve, f: Array, g: Array) -> Array:
    return convolve(f, g)[::-1]


zeros_trimmed = Idea(
    "zeros-trimmed",
    "Zeros at the start of your answer are dropped, as np.polymul does, which takes the highest power first. "
    "Here the first entry is the constant term, and a zero in it has to stay.",
    "mathematics/polynomials",
)


@zeros_trimmed.shown_in("ps01.polynomial")
def _polymul(convolve: Convolve, f: Array, g: Array) -> Array:
    return np.trim_zeros(convolve(f, g), "f")


roles_kept = Idea(
    "roles-kept",
    "You still give one product for each entry of f. "
    "Here the roles are exchanged: g is what stands still, so there is one product for each entry of g.",
    "mathematics/discrete",
)


@roles_kept.shown_by("ps01.commute")
def _as_before(right: Row, f: Array, g: Array, i: int) -> Array:
    return right(g, f, i)


order_reversed = Idea(
    "products-reversed",
    "Your products stand in the order of f. Entry k of the row belongs to g_k, so read it along g.",
    "mathematics/discrete",
)


@order_reversed.shown_by("ps01.commute")
def _in_the_order_of_f(right: Row, f: Array, g: Array, i: int) -> Array:
    return np.asarray(right(f, g, i))[::-1]
