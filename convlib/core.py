"""One core for any number of axes: check the call, choose an algorithm, add the bias."""

import numpy as np
from numpy.typing import ArrayLike

from convlib import choice
from convlib.arguments import (
    Amount,
    Array,
    Ints,
    Placement,
    check_channels,
    check_mode,
    check_transposed_channels,
    operands,
    placement,
)
from convlib.arguments import per_axis_ints as ints
from convlib.exact import Work, restored, working
from convlib.shapes import as_tuple, conv_transpose_output_size


@np.errstate(all="ignore")  # infinities are answers too, as in torch
def conv(
    axes: int,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None,
    stride: Amount,
    padding: Amount | str,
    dilation: Amount,
    groups: int,
    padding_mode: str,
    exact: bool = False,
) -> Array:
    """Convolution over `axes` spatial axes, as conv1d … conv3d describe it; if `exact`, without spectra."""
    x, w, b, batched = operands(axes, input, weight, bias)
    at = placement(w.shape[2:], stride, padding, dilation, groups, padding_mode)
    check_channels(x.shape[1], w, at.groups, b)
    check_mode(at.mode, x.shape[2:], at.padding)
    at.output_size(x.shape[2:], w.shape[2:])  # refuses a kernel that does not fit
    work = working(x, w, b)
    y = choice.conv(work.input, work.weight, at, exact or work.exact)
    return _finish(y, work, batched)


@np.errstate(all="ignore")
def conv_transpose(
    axes: int,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None,
    stride: Amount,
    padding: Amount,
    output_padding: Amount,
    groups: int,
    dilation: Amount,
) -> Array:
    """Transposed convolution over `axes` spatial axes, as conv_transpose1d … conv_transpose3d describe it."""
    x, w, b, batched = operands(axes, input, weight, bias)
    at, size = transposed_placement(
        x.shape[2:], w.shape[2:], stride, padding, output_padding, groups, dilation
    )
    check_transposed_channels(x.shape[1], w, at.groups, b)
    work = working(x, w, b)
    y = choice.conv_transpose(work.input, work.weight, at, size, exact=work.exact)
    return _finish(y, work, batched)


def transposed_placement(
    input_size: Ints,
    kernel: Ints,
    stride: Amount,
    padding: Amount,
    output_padding: Amount,
    groups: int,
    dilation: Amount,
) -> tuple[Placement, Ints]:
    """The placement of the convolution that this one transposes, and the size of the output."""
    axes = len(kernel)
    at = placement(kernel, stride, ints("padding", padding, axes), dilation, groups)
    pads = tuple(before for before, _ in at.padding)
    extra = ints("output_padding", output_padding, axes)
    return at, as_tuple(conv_transpose_output_size(input_size, kernel, at.stride, pads, extra, at.dilation))


def _finish(y: Array, work: Work, batched: bool) -> Array:
    """Add the bias along the channel axis, take off the batch axis that the caller did not give."""
    if work.bias is not None:
        y += work.bias.reshape(-1, *(1,) * (y.ndim - 2))
    y = restored(y, work.dtype)
    return y if batched else y[0]
