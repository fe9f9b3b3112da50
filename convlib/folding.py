"""Windows as columns, and back: `unfold` lays them out, `fold` adds them up, each the other's transpose."""

from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convlib.arguments import Amount, Array, Ints, Placement, check_not_empty, numbers, placement, with_batch
from convlib.arguments import per_axis_ints as ints
from convlib.im2col import windows
from convlib.padding import pad_axes
from convlib.shapes import at_least
from convlib.tensors import linear
from convlib.tiles import Tile


def unfold(
    input: ArrayLike, kernel_size: Amount, dilation: Amount = 1, padding: Amount = 0, stride: Amount = 1
) -> Any:
    """Every window as a column: input (N, C, H, W) or (C, H, W); gives (N, C * R * S, windows).

    A convolution is then one product: weight.reshape(O, -1) @ unfold(input, …).
    Raises ValueError or TypeError for what torch refuses. Source: torch.nn.functional.unfold.

    >>> unfold([[[1, 2, 3], [4, 5, 6]]], (2, 2))
    array([[1, 2],
           [2, 3],
           [4, 5],
           [5, 6]])
    """
    kernel, at = _read(kernel_size, dilation, padding, stride)
    return linear(lambda x: _unfold(x, kernel, at), lambda g, shape: _fold(g, shape[-2:], kernel, at))(input)


def fold(
    input: ArrayLike,
    output_size: Amount,
    kernel_size: Amount,
    dilation: Amount = 1,
    padding: Amount = 0,
    stride: Amount = 1,
) -> Any:
    """Add columns up where their windows lay: input (N, C * R * S, windows) or without N; gives (N, C, H, W).

    Raises ValueError or TypeError for what torch refuses. Source: torch.nn.functional.fold.

    >>> fold([[1, 2], [2, 3], [4, 5], [5, 6]], (2, 3), (2, 2))
    array([[[ 1,  4,  3],
            [ 4, 10,  6]]])
    """
    kernel, at = _read(kernel_size, dilation, padding, stride)
    size = ints("output_size", output_size, 2)
    at_least(1, output_size=size)
    return linear(lambda x: _fold(x, size, kernel, at), lambda g, _: _unfold(g, kernel, at))(input)


def _read(kernel_size: Amount, dilation: Amount, padding: Amount, stride: Amount) -> tuple[Ints, Placement]:
    kernel = ints("kernel_size", kernel_size, 2)
    at_least(1, kernel_size=kernel)
    return kernel, placement(kernel, stride, ints("padding", padding, 2), dilation)


def _unfold(given: Array, kernel: Ints, at: Placement) -> Array:
    x, batched = with_batch("input", numbers("input", given), 2)
    check_not_empty("input", x)
    if not x.shape[1]:
        raise ValueError(f"input must have a channel, got shape {given.shape}")
    at.output_size(x.shape[2:], kernel)
    seen = windows(pad_axes(x, at.padding, "zeros"), kernel, at.stride, at.dilation)
    y = seen.copy().reshape(len(x), x.shape[1] * prod(kernel), prod(seen.shape[4:]))
    return y if batched else y[0]


def _fold(given: Array, size: Ints, kernel: Ints, at: Placement) -> Array:
    x, batched = with_batch("input", numbers("input", given), 1)
    found = at.output_size(size, kernel)
    _check_columns(x, size, kernel, found)
    stamps = x.reshape(len(x), x.shape[1] // prod(kernel), *kernel, *found)
    padded = [n + before + after for n, (before, after) in zip(size, at.padding, strict=True)]
    y = np.zeros((*stamps.shape[:2], *padded), x.dtype)
    for k in np.ndindex(*kernel):
        y[:, :, *_landing(k, at, found)] += stamps[:, :, *k]
    inside = [slice(before, before + n) for n, (before, _) in zip(size, at.padding, strict=True)]
    y = y[:, :, *inside].copy()
    return y if batched else y[0]


def _landing(tap: Ints, at: Placement, found: Ints) -> Tile:
    """The cells of the padded input that one tap of all windows meets: s t + d k."""
    axes = zip(tap, at.dilation, at.stride, found, strict=True)
    return tuple(slice(d * k, d * k + s * m, s) for k, d, s, m in axes)


def _check_columns(x: Array, size: Ints, kernel: Ints, found: Ints) -> None:
    if not x.shape[1] or x.shape[1] % prod(kernel):
        raise ValueError(
            f"input must have channels * {prod(kernel)} rows, one per tap of kernel_size={kernel}, "
            f"got {x.shape[1]} rows"
        )
    if x.shape[2] != prod(found):
        raise ValueError(
            f"input must have {prod(found)} columns, one for each of the {found} windows "
            f"of output_size={size}, got {x.shape[2]}"
        )
