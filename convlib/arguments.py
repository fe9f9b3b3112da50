"""What a call means: arguments as the user wrote them, made plain and checked."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlib.shapes import at_least, same_padding

Array = NDArray[Any]
Ints = tuple[int, ...]


def per_axis_ints(name: str, value: int | tuple[int, ...], axes: int) -> Ints:
    """One int per axis from an int or a tuple; TypeError or ValueError names the argument.

    >>> per_axis_ints("stride", 2, axes=2)
    (2, 2)
    """
    numbers = tuple(value) if isinstance(value, tuple | list) else (value,) * axes
    if len(numbers) != axes:
        raise ValueError(f"{name} must be one int or {axes} of them, got {value!r}")
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int | np.integer):
            raise TypeError(f"{name} must be made of ints, got {value!r}")
    return tuple(int(number) for number in numbers)


@dataclass(frozen=True)
class Placement:
    """Where the kernel's taps land: one entry per spatial axis; `padding` as pairs (before, after)."""

    stride: Ints
    padding: tuple[tuple[int, int], ...]
    dilation: Ints


def placement(kernel: Ints, stride: int | Ints, padding: int | Ints | str, dilation: int | Ints) -> Placement:
    """Read stride, padding and dilation of a convolution; ValueError for what torch refuses too."""
    axes = len(kernel)
    strides = per_axis_ints("stride", stride, axes)
    dilations = per_axis_ints("dilation", dilation, axes)
    at_least(1, stride=strides, dilation=dilations)
    return Placement(strides, _padding_pairs(kernel, strides, padding, dilations), dilations)


def _padding_pairs(
    kernel: Ints, stride: Ints, padding: int | Ints | str, dilation: Ints
) -> tuple[tuple[int, int], ...]:
    if padding == "valid":
        return ((0, 0),) * len(kernel)
    if padding == "same":
        if set(stride) != {1}:
            raise ValueError(f"padding='same' needs stride 1 on every axis, got stride={stride}")
        return tuple(same_padding(k, d) for k, d in zip(kernel, dilation, strict=True))
    if isinstance(padding, str):
        raise ValueError(f"padding must be 'valid', 'same' or ints, got {padding!r}")
    amounts = per_axis_ints("padding", padding, len(kernel))
    at_least(0, padding=amounts)
    return tuple((p, p) for p in amounts)


def operands(
    axes: int, input: ArrayLike, weight: ArrayLike, bias: ArrayLike | None
) -> tuple[Array, Array, Array | None, bool]:
    """Arrays with a batch axis, the result's dtype on both, and whether the caller gave a batch.

    `input` is (N, C, *spatial) or (C, *spatial), `weight` has two leading axes; ValueError otherwise.
    """
    x, w = np.asarray(input), np.asarray(weight)
    if w.ndim != axes + 2:
        raise ValueError(f"weight must have {axes + 2} axes, got shape {w.shape}")
    if x.ndim not in (axes + 1, axes + 2):
        raise ValueError(
            f"input must have {axes + 2} axes, or {axes + 1} without a batch, got shape {x.shape}"
        )
    dtype = np.result_type(x, w)
    batched = x.ndim == axes + 2
    x = x if batched else x[np.newaxis]
    return x.astype(dtype, copy=False), w.astype(dtype, copy=False), _optional(bias, dtype), batched


def _optional(bias: ArrayLike | None, dtype: np.dtype[Any]) -> Array | None:
    return None if bias is None else np.asarray(bias).astype(dtype, copy=False)


def check_channels(channels: int, weight: Array, groups: int, outputs: int, bias: Array | None) -> None:
    """Check a convolution's groups, channels and bias against its weight (O, C / groups, *kernel)."""
    check_groups(groups, in_channels=channels, out_channels=outputs)
    if weight.shape[1] * groups != channels:
        raise ValueError(
            f"input has {channels} channels, but weight of shape {weight.shape} with groups={groups} "
            f"takes {weight.shape[1] * groups}: weight is (out_channels, in_channels / groups, *kernel)"
        )
    check_bias(bias, outputs)


def check_groups(groups: int, **channels: int) -> None:
    """ValueError unless `groups` divides each of the named channel counts."""
    at_least(1, groups=groups)
    for name, count in channels.items():
        if count % groups:
            raise ValueError(f"groups must divide {name}: got groups={groups}, {name}={count}")


def check_bias(bias: Array | None, outputs: int) -> None:
    """ValueError unless `bias` is None or one number per output channel."""
    if bias is not None and bias.shape != (outputs,):
        raise ValueError(f"bias must have shape ({outputs},), one per output channel, got {bias.shape}")
