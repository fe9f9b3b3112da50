"""What stands beyond the edge: zeros, a mirror, the last value, or the other side."""

import numpy as np
from numpy.typing import ArrayLike

from convlib.arguments import Array

NUMPY_MODES = {
    "zeros": "constant",
    "constant": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}
Pairs = tuple[tuple[int, int], ...]


def pad(input: ArrayLike, pad: tuple[int, ...], mode: str = "constant") -> Array:
    """Pad the last axes; `pad` starts with the LAST axis: (left, right, top, bottom, …).

    Modes: 'constant' (also 'zeros'), 'reflect', 'replicate', 'circular'.
    Raises ValueError for an unknown mode, odd or negative amounts, or a pad wider than the mode allows.
    Source: torch.nn.functional.pad.

    >>> pad([1, 2, 3], (1, 2), "reflect")
    array([2, 1, 2, 3, 2, 1])
    """
    x = np.asarray(input)
    if len(pad) % 2 or len(pad) > 2 * x.ndim or min(pad, default=0) < 0:
        raise ValueError(
            f"pad must hold (before, after) for each of the last axes, none negative; got {pad} "
            f"for an input of shape {x.shape}"
        )
    pairs = tuple(zip(pad[::2], pad[1::2], strict=True))[::-1]
    return pad_axes(x, pairs, mode)


def pad_axes(x: Array, pairs: Pairs, mode: str) -> Array:
    """Pad the last len(pairs) axes, first axis first; x itself comes back when there is nothing to add."""
    if mode not in NUMPY_MODES:
        raise ValueError(f"mode must be one of {', '.join(NUMPY_MODES)}; got {mode!r}")
    for size, pair in zip(x.shape[x.ndim - len(pairs) :], pairs, strict=True):
        _check_reach(size, max(pair), mode)
    if not any(map(any, pairs)):
        return x
    still = ((0, 0),) * (x.ndim - len(pairs))
    return np.pad(x, still + pairs, mode=NUMPY_MODES[mode])  # type: ignore[call-overload]


def _check_reach(size: int, widest: int, mode: str) -> None:
    limits = {"reflect": size - 1, "circular": size}
    if widest > limits.get(mode, widest):
        raise ValueError(
            f"padding_mode {mode!r} can add at most {limits[mode]} on an axis of size {size}, got {widest}"
        )
