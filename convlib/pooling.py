"""Average pooling: a convolution whose taps are all alike, so the sum goes axis by axis, tap by tap."""

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convlib.arguments import Amount, Array, Ints, check_not_empty, numbers, with_batch
from convlib.arguments import per_axis_ints as ints
from convlib.shapes import as_tuple, pool_output_size
from convlib.tensors import linear
from convlib.threads import block_bytes, run, thread_count
from convlib.tiles import shares

SLOW = 16  # an addition in memory, all taps of a cell together, for one multiply-add of a matrix product


def avg_pool1d(
    input: ArrayLike,
    kernel_size: Amount,
    stride: Amount | None = None,
    padding: Amount = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Any:
    """The mean of every window: input (N, C, L) or (C, L); stride is kernel_size unless given.

    Gives (N, C, pool_output_size(L, …)). Raises ValueError or TypeError for what torch refuses.
    Source: torch.nn.functional.avg_pool1d.

    >>> avg_pool1d([[1.0, 3.0, 5.0, 9.0]], 2)
    array([[2., 7.]])
    """
    return _avg_pool(1, input, kernel_size, stride, padding, ceil_mode, count_include_pad, None)


def avg_pool2d(
    input: ArrayLike,
    kernel_size: Amount,
    stride: Amount | None = None,
    padding: Amount = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Any:
    """The mean of every window: input (N, C, H, W) or (C, H, W); stride is kernel_size unless given.

    Gives (N, C, *pool_output_size((H, W), …)). Raises ValueError or TypeError for what torch refuses.
    Source: torch.nn.functional.avg_pool2d.

    >>> avg_pool2d([[[1.0, 3.0], [5.0, 9.0]]], (1, 2))
    array([[[2.],
            [7.]]])
    """
    options = (kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
    return _avg_pool(2, input, *options)


def avg_pool3d(
    input: ArrayLike,
    kernel_size: Amount,
    stride: Amount | None = None,
    padding: Amount = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Any:
    """The mean of every window: input (N, C, D, H, W) or (C, D, H, W).

    Gives (N, C, *pool_output_size((D, H, W), …)). Raises ValueError or TypeError for what torch refuses.
    Source: torch.nn.functional.avg_pool3d.

    >>> avg_pool3d([[[[1.0, 3.0]], [[5.0, 9.0]]]], (2, 1, 1))
    array([[[[3., 6.]]]])
    """
    options = (kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
    return _avg_pool(3, input, *options)


def _avg_pool(
    axes: int,
    input: ArrayLike,
    kernel_size: Amount,
    stride: Amount | None,
    padding: Amount,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor: int | None,
) -> Any:
    kernel = ints("kernel_size", kernel_size, axes)
    strides = kernel if stride is None else ints("stride", stride, axes)
    pads = ints("padding", padding, axes)
    _check_divisor(divisor)

    def found(size: Ints) -> Ints:
        return as_tuple(pool_output_size(size, kernel, strides, pads, ceil_mode))

    def divisors(size: Ints, rows: slice) -> Array:
        if divisor is not None:
            return np.asarray(divisor)
        first, *rest = map(_counts, size, found(size), kernel, strides, pads, (count_include_pad,) * axes)
        return reduce(np.multiply.outer, (first[rows], *rest))

    def forward(given: Array) -> Array:
        x, batched = _checked(given, axes)
        if axes == 3 and any(k > n for k, n in zip(kernel, x.shape[2:], strict=True)):  # torch: in 3-D only
            raise ValueError(f"kernel does not fit: kernel_size={kernel}, but the input has {x.shape[2:]}")
        size = found(x.shape[2:])

        def means(images: Array, rows: slice) -> Array:
            seen, shift = _seen(rows, kernel[0], strides[0], pads[0], images.shape[1])
            made = (rows.stop - rows.start, *size[1:])
            sums = _sums(_summable(images[:, seen]), kernel, strides, (shift, *pads[1:]), made)
            return _divided(sums, divisors(x.shape[2:], rows))

        y = _by_block(x, size, means)
        return y if batched else y[0]

    def adjoint(g: Array, shape: Ints) -> Array:
        size = shape[-axes:]
        images = g.reshape(-1, shape[-axes - 1], *found(size))

        def slopes(images: Array, rows: slice) -> Array:
            seen, shift = _seers(rows, kernel[0], strides[0], pads[0], images.shape[1])
            parts = _divided(_summable(images[:, seen]), divisors(size, seen))
            return _spread(parts, kernel, strides, (shift, *pads[1:]), (rows.stop - rows.start, *size[1:]))

        return _by_block(images, size, slopes).reshape(shape)

    return linear(forward, adjoint)(input)


def _check_divisor(divisor: int | None) -> None:
    if divisor is not None and ints("divisor_override", divisor, 1) == (0,):
        raise ValueError("divisor_override must not be 0, got 0")


def _checked(given: Array, axes: int) -> tuple[Array, bool]:
    x, batched = with_batch("input", numbers("input", given), axes)
    if x.dtype.kind != "f" and x.dtype != np.int64:
        raise TypeError(f"input must hold floats or int64, the dtypes that torch pools, got dtype {x.dtype}")
    check_not_empty("input", x)
    if not x.shape[1]:
        raise ValueError(f"input must have a channel, got shape {given.shape}")
    return x, batched


def _counts(n: int, found: int, k: int, s: int, p: int, include_pad: bool) -> Array:
    """How many cells each window has on one axis: those of the padded axis, or those of the input alone."""
    first = s * np.arange(found) - p
    if include_pad:
        return np.minimum(first + k, n + p) - first
    return np.minimum(first + k, n) - np.maximum(first, 0)


def _divided(sums: Array, by: Array) -> Array:
    """Floats as usual; integers towards zero, as C and torch divide."""
    if sums.dtype.kind == "f":
        return sums / by.astype(sums.dtype)
    return (sums - np.fmod(sums, by)) // by


def _summable(x: Array) -> Array:
    """Half floats are summed in float32."""
    return x.astype(np.float32) if x.dtype == np.float16 else x


def _seen(rows: slice, k: int, s: int, p: int, cells: int) -> tuple[slice, int]:
    """The cells of an axis that some windows see (window t those from s t - p on), and the p they have there.

    >>> _seen(slice(2, 4), k=3, s=2, p=1, cells=9)
    (slice(3, 8, None), 0)
    """
    first = s * rows.start - p
    start = min(max(0, first), cells)
    return slice(start, max(start, min(cells, s * (rows.stop - 1) - p + k))), start - first


def _seers(rows: slice, k: int, s: int, p: int, windows: int) -> tuple[slice, int]:
    """The windows that see some cells of an axis, and the p that they have there.

    >>> _seers(slice(2, 4), k=3, s=2, p=0, windows=9)
    (slice(0, 2, None), 2)
    """
    first = max(0, -((k - 1 - p - rows.start) // s))
    stop = max(first, min(windows, (rows.stop - 1 + p) // s + 1))
    return slice(first, stop), p + rows.start - s * first


@np.errstate(all="ignore")
def _by_block(x: Array, size: Ints, function: Callable[[Array, slice], Array]) -> Array:
    """Apply a function of (images, *spatial) and the output rows to make, to x (N, C, *spatial).

    A thread takes some images, or some rows of one. Workspace: what is left of a block after each axis.
    """
    images = x.reshape(-1, *x.shape[2:])
    y = np.empty((len(images), *size), x.dtype)
    whole = x.itemsize * max(prod(x.shape[2:]), prod(size))
    parts = min(size[0], -(-whole // block_bytes()))

    def task(block: slice, rows: slice) -> None:
        y[block, rows] = function(images[block], rows)

    step = max(1, block_bytes() // whole)
    blocks = product(shares(len(images), step, thread_count()), shares(size[0], -(-size[0] // parts)))
    run(task, blocks, work=SLOW * max(x.size, y.size))
    return y.reshape(*x.shape[:2], *size)


def _sums(x: Array, kernel: Ints, stride: Ints, padding: Ints, size: Ints) -> Array:
    """The sum over every window of x (images, *input), one axis after the other: (images, *size)."""
    for axis, (k, s, p, windows) in enumerate(zip(kernel, stride, padding, size, strict=True), 1):
        before = (slice(None),) * axis
        y = np.zeros((*x.shape[:axis], windows, *x.shape[axis + 1 :]), x.dtype)
        for at, seen in _taps(windows, x.shape[axis], k, s, p):
            y[*before, at] += x[*before, seen]
        x = y
    return x


def _spread(g: Array, kernel: Ints, stride: Ints, padding: Ints, size: Ints) -> Array:
    """The transpose of `_sums`: every window of g (images, *output) adds its value to all that it saw."""
    for axis, (k, s, p, cells) in enumerate(zip(kernel, stride, padding, size, strict=True), 1):
        before = (slice(None),) * axis
        x = np.zeros((*g.shape[:axis], cells, *g.shape[axis + 1 :]), g.dtype)
        for at, seen in _taps(g.shape[axis], cells, k, s, p):
            x[*before, seen] += g[*before, at]
        g = x
    return g


def _taps(windows: int, cells: int, k: int, s: int, p: int) -> Iterator[tuple[slice, slice]]:
    """Tap by tap: the windows whose tap meets a cell of the axis, and those cells, s t + tap - p."""
    for offset in range(-p, k - p):
        first = max(0, -(offset // s))
        stop = min(windows, (cells - 1 - offset) // s + 1)
        if first < stop:
            yield slice(first, stop), slice(s * first + offset, s * (stop - 1) + offset + 1, s)
