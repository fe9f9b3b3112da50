"""What a call means: arguments as the user wrote them, made plain and checked."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlib.shapes import as_tuple, at_least, effective_kernel_size, same_padding, windows_that_fit

Array = NDArray[Any]
Ints = tuple[int, ...]
Pairs = tuple[tuple[int, int], ...]
Amount = int | tuple[int, ...]

MODES = ("zeros", "constant", "reflect", "replicate", "circular")


def per_axis_ints(name: str, value: Amount, axes: int) -> Ints:
    """One int per axis from an int or a tuple; TypeError or ValueError names the argument.

    >>> per_axis_ints("stride", 2, axes=2)
    (2, 2)
    """
    numbers = tuple(value) if isinstance(value, tuple | list) else (value,)
    numbers = numbers * axes if len(numbers) == 1 else numbers
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
    padding: Pairs
    dilation: Ints
    groups: int = 1
    mode: str = "zeros"

    def output_size(self, input_size: Ints, kernel: Ints) -> Ints:
        """Spatial sizes of the convolution's output; ValueError if the kernel does not fit."""
        padded = tuple(n + a + b for n, (a, b) in zip(input_size, self.padding, strict=True))
        return as_tuple(windows_that_fit(padded, kernel, self.stride, self.dilation))

    def without_padding(self) -> "Placement":
        """The same taps on an input that is padded already."""
        return replace(self, padding=((0, 0),) * len(self.stride), mode="zeros")


@lru_cache
def reach(kernel: Ints, dilation: Ints) -> Ints:
    """What a kernel spans on each axis, first tap to last. Remembered, since every block of work asks.

    >>> reach((3, 1), (2, 2))
    (5, 1)
    """
    return as_tuple(effective_kernel_size(kernel, dilation))


def placement(
    kernel: Ints,
    stride: Amount,
    padding: Amount | str,
    dilation: Amount,
    groups: int = 1,
    mode: str = "zeros",
) -> Placement:
    """Read stride, padding and dilation of a convolution; ValueError for what torch refuses too."""
    axes = len(kernel)
    strides = per_axis_ints("stride", stride, axes)
    dilations = per_axis_ints("dilation", dilation, axes)
    at_least(1, stride=strides, dilation=dilations)
    (count,) = per_axis_ints("groups", groups, 1)
    at_least(1, groups=count)
    return Placement(strides, _padding_pairs(kernel, strides, padding, dilations), dilations, count, mode)


def _padding_pairs(kernel: Ints, stride: Ints, padding: Amount | str, dilation: Ints) -> Pairs:
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


def check_mode(mode: str, size: Ints, pairs: Pairs) -> None:
    """ValueError for an unknown padding mode, or amounts that it cannot give on axes of these sizes."""
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}; got {mode!r}")
    for n, pair in zip(size, pairs, strict=True):
        left = n + sum(min(p, 0) for p in pair)
        limits = {"reflect": n - 1, "circular": left, "replicate": max(pair) if n else 0}
        if max(pair) > limits.get(mode, max(pair)):
            raise ValueError(
                f"padding_mode {mode!r} can add at most {limits[mode]} on an axis of size {n}, "
                f"got {max(pair)}"
            )
        sources = mode in ("reflect", "replicate") and pair != (0, 0)  # torch wants a cell left, only here
        if (sources and n + sum(pair) < 1) or (not sources and left < 0):
            raise ValueError(f"pad {pair} cuts off more than the {n} cells of the axis allow")


def operands(
    axes: int, input: ArrayLike, weight: ArrayLike, bias: ArrayLike | None
) -> tuple[Array, Array, Array | None, bool]:
    """Arrays with a batch axis, one dtype for all, and whether the caller gave a batch.

    `input` is (N, C, *spatial) or (C, *spatial), `weight` has two leading axes; ValueError otherwise.
    TypeError for what is not made of numbers.
    """
    x, w = numbers("input", input), numbers("weight", weight)
    b = None if bias is None else numbers("bias", bias)
    check_weight(w, axes)
    x, batched = with_batch("input", x, axes)
    check_not_empty("input", x)
    dtype = np.result_type(*(a for a in (x, w, b) if a is not None))
    return (
        x.astype(dtype, copy=False),
        w.astype(dtype, copy=False),
        None if b is None else b.astype(dtype, copy=False),
        batched,
    )


def numbers(name: str, value: ArrayLike) -> Array:
    """An array of ints, floats or complex numbers, in this machine's order of bytes.

    TypeError for anything else, bool included.
    """
    array = np.asarray(value)
    if array.dtype.kind not in "iufc":
        raise TypeError(f"{name} must hold ints, floats or complex numbers, got dtype {array.dtype}")
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def check_weight(w: Array, axes: int) -> None:
    """ValueError unless w is (outer, inner, *kernel) with at least one channel each and one tap."""
    if w.ndim != axes + 2:
        raise ValueError(f"weight must have {axes + 2} axes, got shape {w.shape}")
    if 0 in w.shape:
        raise ValueError(f"weight must have a channel and a tap on every axis, got shape {w.shape}")


def with_batch(name: str, x: Array, axes: int) -> tuple[Array, bool]:
    """x as (N, C, *spatial), and whether it was so; ValueError if it is neither that nor (C, *spatial)."""
    if x.ndim not in (axes + 1, axes + 2):
        raise ValueError(
            f"{name} must have {axes + 2} axes, or {axes + 1} without a batch, got shape {x.shape}"
        )
    batched = x.ndim == axes + 2
    return (x if batched else x[np.newaxis]), batched


def check_not_empty(name: str, x: Array) -> None:
    """ValueError if a spatial axis of x (N, C, *spatial) has no cell: only the batch may be empty."""
    if 0 in x.shape[2:]:
        raise ValueError(f"{name} must have a cell on every spatial axis, got shape {x.shape}")


def check_channels(channels: int, weight: Array, groups: int, bias: Array | None) -> None:
    """Check a convolution's groups, channels and bias against its weight (O, C / groups, *kernel)."""
    outputs = len(weight)
    check_groups(groups, in_channels=channels, out_channels=outputs)
    if weight.shape[1] * groups != channels:
        raise ValueError(
            f"input has {channels} channels, but weight of shape {weight.shape} with groups={groups} "
            f"takes {weight.shape[1] * groups}: weight is (out_channels, in_channels / groups, *kernel)"
        )
    check_bias(bias, outputs)


def check_transposed_channels(channels: int, weight: Array, groups: int, bias: Array | None) -> None:
    """The same for a transposed convolution, whose weight is (C, O / groups, *kernel)."""
    if channels != len(weight):
        raise ValueError(
            f"input has {channels} channels, but weight of shape {weight.shape} takes {len(weight)}: "
            "a transposed weight is (in_channels, out_channels / groups, *kernel)"
        )
    check_groups(groups, in_channels=channels)
    check_bias(bias, weight.shape[1] * groups)


def check_groups(groups: int, **channels: int) -> None:
    """ValueError unless `groups` divides each of the named channel counts."""
    for name, count in channels.items():
        if count % groups:
            raise ValueError(f"groups must divide {name}: got groups={groups}, {name}={count}")


def check_bias(bias: Array | None, outputs: int) -> None:
    """ValueError unless `bias` is None or one number per output channel."""
    if bias is not None and bias.shape != (outputs,):
        raise ValueError(f"bias must have shape ({outputs},), one per output channel, got {bias.shape}")
