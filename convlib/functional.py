"""The functions that a user calls: torch.nn.functional's, for arrays and tensors."""

from typing import Any

from numpy.typing import ArrayLike

from convlib import core
from convlib.arguments import Amount
from convlib.tensors import any_tensor


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
) -> Any:
    """1-D cross-correlation: input (N, C, L) or (C, L), weight (O, C / groups, K), bias (O,).

    Gives (N, O, conv_output_size(L, K, …)). Raises ValueError or TypeError for what torch refuses.
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
) -> Any:
    """2-D cross-correlation: input (N, C, H, W) or (C, H, W), weight (O, C / groups, R, S), bias (O,).

    Gives (N, O, *conv_output_size((H, W), (R, S), …)). Raises ValueError or TypeError for what torch refuses.
    Source: torch.nn.functional.conv2d.

    >>> conv2d([[[0, 1, 2], [3, 4, 5]]], [[[[1, 10], [100, 1000]]]])
    array([[[4310, 5421]]])
    """
    return _conv(2, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv3d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Amount = 1,
    padding: Amount | str = 0,
    dilation: Amount = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> Any:
    """3-D cross-correlation: input (N, C, D, H, W) or (C, D, H, W), weight (O, C / groups, *kernel).

    Gives (N, O, *conv_output_size((D, H, W), kernel, …)).
    Raises ValueError or TypeError for what torch refuses.
    Source: torch.nn.functional.conv3d.

    >>> conv3d([[[[1, 2]], [[3, 4]]]], [[[[[1]], [[10]]]]])
    array([[[[31, 42]]]])
    """
    return _conv(3, input, weight, bias, stride, padding, dilation, groups, padding_mode)


def conv_transpose1d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Amount = 1,
    padding: Amount = 0,
    output_padding: Amount = 0,
    groups: int = 1,
    dilation: Amount = 1,
) -> Any:
    """The transpose of conv1d as a linear map: input (N, C, L) or (C, L), weight (C, O / groups, K).

    Gives (N, O, conv_transpose_output_size(L, K, …)). Raises ValueError or TypeError for what torch refuses.
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
) -> Any:
    """The transpose of conv2d as a linear map: input (N, C, H, W) or (C, H, W), weight (C, O / groups, R, S).

    Gives (N, O, *conv_transpose_output_size((H, W), (R, S), …)).
    Raises ValueError or TypeError for what torch refuses.
    Source: torch.nn.functional.conv_transpose2d.

    >>> conv_transpose2d([[[1, 2]]], [[[[1, 10], [100, 1000]]]])
    array([[[   1,   12,   20],
            [ 100, 1200, 2000]]])
    """
    return _conv_transpose(2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose3d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Amount = 1,
    padding: Amount = 0,
    output_padding: Amount = 0,
    groups: int = 1,
    dilation: Amount = 1,
) -> Any:
    """The transpose of conv3d: input (N, C, D, H, W) or (C, D, H, W), weight (C, O / groups, *kernel).

    Gives (N, O, *conv_transpose_output_size((D, H, W), kernel, …)).
    Raises ValueError or TypeError for what torch refuses.
    Source: torch.nn.functional.conv_transpose3d.

    >>> conv_transpose3d([[[[1, 2]]]], [[[[[1, 10]], [[100, 1000]]]]])
    array([[[[   1,   12,   20]],
    <BLANKLINE>
            [[ 100, 1200, 2000]]]])
    """
    return _conv_transpose(3, input, weight, bias, stride, padding, output_padding, groups, dilation)


def _conv(axes: int, input: Any, weight: Any, bias: Any, *options: Any) -> Any:
    if any_tensor(input, weight, bias):
        from convlib import autograd

        return autograd.conv(axes, input, weight, bias, *options)
    return core.conv(axes, input, weight, bias, *options)


def _conv_transpose(axes: int, input: Any, weight: Any, bias: Any, *options: Any) -> Any:
    if any_tensor(input, weight, bias):
        from convlib import autograd

        return autograd.conv_transpose(axes, input, weight, bias, *options)
    return core.conv_transpose(axes, input, weight, bias, *options)
