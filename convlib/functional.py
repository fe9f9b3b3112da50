"""The functions that a user calls: names, order and meaning of torch.nn.functional, for NumPy arrays."""

from numpy.typing import ArrayLike

from convlib import stamps, windows
from convlib.arguments import Array, check_bias, check_channels, check_groups, operands, placement
from convlib.arguments import per_axis_ints as ints
from convlib.padding import pad_axes
from convlib.shapes import as_tuple, conv_transpose_output_size

Amount = int | tuple[int, ...]


def conv1d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Amount = 1,
    padding: Amount | str = 0,
    dilation: Amount = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> Array:
    """1-D cross-correlation: input (N, C, L) or (C, L), weight (O, C / groups, K), bias (O,).

    Gives (N, O, conv_output_size(L, K, …)). Raises ValueError for what torch refuses.
    Source: torch.nn.functional.conv1d.

    >>> conv1d([[1, 2, 3, 4]], [[[1, 10, 100]]])
    array([[321, 432]])
    """
    return _conv(1, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv2d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Amount = 1,
    padding: Amount | str = 0,
    dilation: Amount = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> Array:
    """2-D cross-correlation: input (N, C, H, W) or (C, H, W), weight (O, C / groups, R, S), bias (O,).

    Gives (N, O, *conv_output_size((H, W), (R, S), …)). Raises ValueError for what torch refuses.
    Source: torch.nn.functional.conv2d.

    >>> conv2d([[[0, 1, 2], [3, 4, 5]]], [[[[1, 10], [100, 1000]]]])
    array([[[4310, 5421]]])
    """
    return _conv(2, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv_transpose1d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Amount = 1,
    padding: Amount = 0,
    output_padding: Amount = 0,
    groups: int = 1,
    dilation: Amount = 1,
) -> Array:
    """The transpose of conv1d as a linear map: input (N, C, L) or (C, L), weight (C, O / groups, K).

    Gives (N, O, conv_transpose_output_size(L, K, …)). Raises ValueError for what torch refuses.
    Source: torch.nn.functional.conv_transpose1d.

    >>> conv_transpose1d([[1, 2]], [[[1, 10, 100]]], stride=2)
    array([[  1,  10, 102,  20, 200]])
    """
    return _conv_transpose(1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Amount = 1,
    padding: Amount = 0,
    output_padding: Amount = 0,
    groups: int = 1,
    dilation: Amount = 1,
) -> Array:
    """The transpose of conv2d as a linear map: input (N, C, H, W) or (C, H, W), weight (C, O / groups, R, S).

    Gives (N, O, *conv_transpose_output_size((H, W), (R, S), …)). Raises ValueError for what torch refuses.
    Source: torch.nn.functional.conv_transpose2d.

    >>> conv_transpose2d([[[1, 2]]], [[[[1, 10], [100, 1000]]]])
    array([[[   1,   12,   20],
            [ 100, 1200, 2000]]])
    """
    return _conv_transpose(2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def _conv(
    axes: int,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None,
    stride: Amount,
    padding: Amount | str,
    dilation: Amount,
    groups: int,
    padding_mode: str,
) -> Array:
    x, w, b, batched = operands(axes, input, weight, bias)
    check_channels(x.shape[1], w, groups, len(w), b)
    at = placement(w.shape[2:], stride, padding, dilation)
    padded = pad_axes(x, at.padding, padding_mode)
    return _finish(windows.conv(padded, w, at.stride, at.dilation, groups), b, batched)


def _conv_transpose(
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
    x, w, b, batched = operands(axes, input, weight, bias)
    _check_transposed(x, w, groups, b)
    s, d, p = ints("stride", stride, axes), ints("dilation", dilation, axes), ints("padding", padding, axes)
    extra = ints("output_padding", output_padding, axes)
    size = as_tuple(conv_transpose_output_size(x.shape[2:], w.shape[2:], s, p, extra, d))
    whole = as_tuple(conv_transpose_output_size(x.shape[2:], w.shape[2:], s, 0, extra, d))
    y = stamps.conv_transpose(x, w, whole, s, d, groups)
    crop = tuple(slice(a, a + n) for a, n in zip(p, size, strict=True))
    return _finish(y[:, :, *crop], b, batched)


def _check_transposed(x: Array, w: Array, groups: int, bias: Array | None) -> None:
    if x.shape[1] != w.shape[0]:
        raise ValueError(
            f"input has {x.shape[1]} channels, but weight of shape {w.shape} takes {w.shape[0]}: "
            "a transposed weight is (in_channels, out_channels / groups, *kernel)"
        )
    check_groups(groups, in_channels=x.shape[1])
    check_bias(bias, w.shape[1] * groups)


def _finish(y: Array, bias: Array | None, batched: bool) -> Array:
    """Add the bias along the channel axis, and take off the batch axis that the caller did not give."""
    y = y if bias is None else y + bias.reshape(-1, *(1,) * (y.ndim - 2))
    return y if batched else y[0]
