"""Wrong ideas about padding modes, as changes to a function that pads: x, (before, after) by axis, mode."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.ideas import Idea
from convcheck.wrong.layers import mode_mix_up
from convcheck.wrong.sizes import padding_ignored, padding_one_side

Pad = Callable[[Array, Any, str], Array]

PADS = ("ps04.pad1d", "ps04.pad2d", "ps04.framed", "ps04.pad")
MODES = "conv/padding-mode"

reflect_repeats_edge = Idea(
    "reflect-repeats-edge",
    "Your mirror stands behind the last cell, so that cell comes twice, as in NumPy's mode 'symmetric'. "
    "In 'reflect' the mirror stands in the middle of the last cell: beside 1, 2, 3 comes 2.",
    MODES,
)


@reflect_repeats_edge.shown_in(*PADS)
def _symmetric(pad: Pad, x: Array, pairs: Any, mode: str) -> Array:
    padded = pad(x, pairs, mode)
    if mode != "reflect":
        return padded
    return np.pad(x, [(0, 0)] * (x.ndim - len(pairs)) + list(pairs), "symmetric")


@reflect_repeats_edge.shown_in("ps04.source")
def _symmetric_cell(source: Any, n: int, place: int, mode: str) -> int:
    if mode != "reflect" or 0 <= place < n:
        return int(source(n, place, mode))
    return -1 - place if place < 0 else 2 * n - 1 - place


def _mixed(taken: str, instead: str) -> Callable[..., Array]:
    """One mode taken for another, where the other can pad so much at all."""

    def change(pad: Pad, x: Array, pairs: Any, mode: str) -> Array:
        pad(x, pairs, mode)  # what is refused stays refused
        return pad(x, pairs, instead if mode == taken else mode)

    return change


MIXED = [
    ("reflect", "replicate"),
    ("reflect", "circular"),
    ("replicate", "constant"),
    ("circular", "replicate"),
    ("circular", "constant"),
    ("reflect", "constant"),
    ("constant", "replicate"),
]
for taken, instead in MIXED:
    mode_mix_up.shown_in(*PADS)(_mixed(taken, instead))


@mode_mix_up.shown_in("ps04.source")
def _edge_for_mirror(source: Any, n: int, place: int, mode: str) -> int:
    return int(source(n, place, "replicate" if mode == "reflect" else mode))


@mode_mix_up.shown_in("ps04.source")
def _mirror_for_circle(source: Any, n: int, place: int, mode: str) -> int:
    return int(source(n, place, {"reflect": "circular", "circular": "reflect"}.get(mode, mode)))


pad_too_large = Idea(
    "pad-too-large",
    "You pad by more than the mode can give. "
    "'reflect' has n - 1 cells to give on each side, 'circular' has n; beyond that torch refuses.",
    MODES,
)


@pad_too_large.shown_in(*PADS)
def _always(pad: Pad, x: Array, pairs: Any, mode: str) -> Array:
    """NumPy goes on and on: back and forth between two mirrors, round and round the circle."""
    names = {"constant": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    try:
        return pad(x, pairs, mode)
    except ValueError:
        return np.pad(x, [(0, 0)] * (x.ndim - len(pairs)) + list(pairs), names[mode])  # type: ignore[call-overload]


@pad_too_large.shown_in("ps04.legal")
def _anything(legal: Any, n: int, before: int, after: int, mode: str) -> bool:
    return True


@pad_too_large.shown_in("ps04.legal")
def _reflect_n(legal: Any, n: int, before: int, after: int, mode: str) -> bool:
    """The end cell counted among those that a mirror gives."""
    return bool(legal(n, before, after, "circular" if mode == "reflect" else mode))


circular_too_strict = Idea(
    "circular-too-strict",
    "You hold 'circular' to the rule of 'reflect'. "
    "Going round gives all n cells, and the mirror only n - 1, for the end cell is not repeated.",
    MODES,
)


@circular_too_strict.shown_in("ps04.legal")
def _circular_below_n(legal: Any, n: int, before: int, after: int, mode: str) -> bool:
    return bool(legal(n, before, after, "reflect" if mode == "circular" else mode))


one_side_checked = Idea(
    "one-side-checked",
    "You look at the amount on one side only. Each side has to be allowed by itself, before and after.",
    MODES,
)


@one_side_checked.shown_in("ps04.legal")
def _before_only(legal: Any, n: int, before: int, after: int, mode: str) -> bool:
    return bool(legal(n, before, 0, mode))


@one_side_checked.shown_in("ps04.legal")
def _after_only(legal: Any, n: int, before: int, after: int, mode: str) -> bool:
    return bool(legal(n, 0, after, mode))


sides_added = Idea(
    "sides-added",
    "You add the two sides up before you compare. Each side takes its cells anew, so each is compared alone.",
    MODES,
)


@sides_added.shown_in("ps04.legal")
def _both_together(legal: Any, n: int, before: int, after: int, mode: str) -> bool:
    return bool(legal(n, before + after, 0, mode))


sides_swapped = Idea(
    "sides-swapped",
    "You put the cells for the front at the back, and those for the back at the front. "
    "The first number of each pair is for the side where the index is 0.",
    "conv/padding",
)


@sides_swapped.shown_in("ps04.pad1d", "ps04.pad2d", "ps04.pad")
def _after_first(pad: Pad, x: Array, pairs: Any, mode: str) -> Array:
    return pad(x, tuple(pair[::-1] for pair in pairs), mode)


pad_order = Idea(
    "pad-order",
    "You give the first two amounts to the first axis, the rows. "
    "torch's list begins with the last axis: left and right come before top and bottom.",
    "conv/padding",
)


@pad_order.shown_in("ps04.pad2d")
def _rows_first(pad: Pad, x: Array, pairs: Any, mode: str) -> Array:
    return pad(x, pairs[::-1], mode)


@pad_order.shown_by("ps04.pad")
def _first_axes_first(right: Any, x: Array, amounts: Any, mode: str) -> Any:
    """The amounts begin with the first of all axes; those that are left out stand at the end."""
    missing = 2 * x.ndim - len(amounts)
    in_order = [*amounts, *([0] * missing)]
    pairs = list(zip(in_order[0::2], in_order[1::2], strict=True))
    return right(x, tuple(n for pair in reversed(pairs) for n in pair), mode)


@padding_one_side.shown_in("ps04.framed")
def _front_only(pad: Pad, x: Array, pairs: Any, mode: str) -> Array:
    return pad(x, tuple((before, 0) for before, _ in pairs), mode)


@padding_one_side.shown_in("ps04.framed")
def _back_only(pad: Pad, x: Array, pairs: Any, mode: str) -> Array:
    return pad(x, tuple((0, after) for _, after in pairs), mode)


@padding_ignored.shown_in("ps04.framed")
def _no_frame(pad: Pad, x: Array, pairs: Any, mode: str) -> Array:
    pad(x, pairs, mode)
    return x
