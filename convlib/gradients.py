"""Gradients of convolution: a convolution is linear in its input and in its weight, so each is a transpose.

Complex gradients are torch's: the other factor comes in conjugated, so that <C x, y> = <x, gradient>.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convlib import arguments, choice
from convlib.arguments import Amount, Array, Ints, Placement, numbers, placement
from convlib.arguments import per_axis_ints as ints
from convlib.core import transposed_placement
from convlib.exact import Work, restored, working
from convlib.padding import SOURCES, pad_adjoint
from convlib.weight_gradient import weight_grad


@np.errstate(all="ignore")
def conv_input_grad(
    input_size: Ints,
    weight: ArrayLike,
    grad_output: ArrayLike,
    stride: Amount = 1,
    padding: Amount | str = 0,
    dilation: Amount = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> Array:
    """What conv1d … conv3d pass back to their input, in its shape `input_size`.

    input_size (N, C, *spatial) or (C, *spatial), weight (O, C / groups, *kernel), grad_output as the output.
    Raises ValueError or TypeError for what the convolution refuses, and for a grad_output of another shape.
    Source: torch.nn.grad.conv2d_input.

    >>> conv_input_grad((1, 4), [[[1, 10, 100]]], [[1, 2]])
    array([[  1,  12, 120, 200]])
    """
    w, g = _numbers(weight=weight, grad_output=grad_output)
    at = placement(w.shape[2:], stride, padding, dilation, groups, padding_mode)
    g, batched = _output_grad(g, _conv_shape(tuple(input_size), w.shape, at), w.ndim)
    size = tuple(input_size)[-len(at.stride) :]
    copies = np.prod([1 + a + b for a, b in at.padding]) if at.mode in SOURCES else 1  # of one input cell
    work = working(g, _conj(w), terms=w.size * int(copies))
    return _finish(_input_grad(work, at, size), work.dtype, batched)


@np.errstate(all="ignore")
def conv_weight_grad(
    input: ArrayLike,
    weight_size: Ints,
    grad_output: ArrayLike,
    stride: Amount = 1,
    padding: Amount | str = 0,
    dilation: Amount = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
) -> Array:
    """What conv1d … conv3d pass back to their weight, in the shape `weight_size`: (O, C / groups, *kernel).

    input (N, C, *spatial) or (C, *spatial), grad_output in the shape of the output.
    Raises ValueError or TypeError for what the convolution refuses, and for a grad_output of another shape.
    Source: torch.nn.grad.conv2d_weight.

    >>> conv_weight_grad([[1, 2, 3, 4]], (1, 1, 3), [[1, 10]])
    array([[[21, 32, 43]]])
    """
    x, g = _numbers(input=input, grad_output=grad_output)
    kernel = tuple(weight_size)[2:]
    at = placement(kernel, stride, padding, dilation, groups, padding_mode)
    g, batched = _output_grad(g, _conv_shape(x.shape, tuple(weight_size), at), len(weight_size))
    work = working(x if batched else x[np.newaxis], g, terms=g.size)
    return _finish(weight_grad(_conj(work.input), work.weight, kernel, at), work.dtype)


@np.errstate(all="ignore")
def conv_bias_grad(grad_output: ArrayLike, *, batched: bool = True) -> Array:
    """What a convolution passes back to its bias: grad_output (N, O, *spatial) added up, channel by channel.

    `batched=False` says that grad_output is (O, *spatial). Gives (O,).
    Raises ValueError if there is no spatial axis, TypeError for what is not made of numbers.
    Source: torch.autograd.grad of torch.nn.functional.conv2d.

    >>> conv_bias_grad([[1, 2], [3, 4]], batched=False)
    array([3, 7])
    """
    g = numbers("grad_output", grad_output)
    if g.ndim < 2 + batched:
        raise ValueError(f"grad_output must have {2 + batched} axes or more, got shape {g.shape}")
    others = tuple(axis for axis in range(g.ndim) if axis != int(batched))
    return g.sum(others, np.float32 if g.dtype == np.float16 else g.dtype).astype(g.dtype, copy=False)


@np.errstate(all="ignore")
def conv_transpose_input_grad(
    weight: ArrayLike,
    grad_output: ArrayLike,
    stride: Amount = 1,
    padding: Amount = 0,
    output_padding: Amount = 0,
    groups: int = 1,
    dilation: Amount = 1,
) -> Array:
    """What conv_transpose1d … 3d pass back to their input: the convolution of grad_output with the weight.

    weight (C, O / groups, *kernel), grad_output (N, O, *output) or (O, *output).
    Gives (N, C, *input) or (C, *input). Raises ValueError if no input has an output of that shape.
    Source: torch.autograd.grad of torch.nn.functional.conv_transpose2d.

    >>> conv_transpose_input_grad([[[1, 10, 100]]], [[1, 2, 3, 4, 5]], stride=2)
    array([[321, 543]])
    """
    w, g = _numbers(weight=weight, grad_output=grad_output)
    arguments.check_weight(w, max(1, w.ndim - 2))
    arguments.with_batch("grad_output", g, w.ndim - 2)
    options = (stride, padding, output_padding, groups, dilation)
    at, size = _transposed_input(g.shape[-(w.ndim - 2) :], w.shape[2:], *options)
    batch = g.shape[: g.ndim - w.ndim + 1]
    expected = _transposed_shape((*batch, len(w), *size), w.shape, *options)[1]
    g, batched = _output_grad(g, expected, w.ndim)
    work = working(g, _conj(w))
    y = choice.conv(work.input, work.weight, at, exact=work.exact)
    inside = tuple(
        slice(0, n) for n in size
    )  # output_padding >= stride leaves room for windows past the input
    return _finish(y[:, :, *inside], work.dtype, batched)


@np.errstate(all="ignore")
def conv_transpose_weight_grad(
    input: ArrayLike,
    weight_size: Ints,
    grad_output: ArrayLike,
    stride: Amount = 1,
    padding: Amount = 0,
    output_padding: Amount = 0,
    groups: int = 1,
    dilation: Amount = 1,
) -> Array:
    """What conv_transpose1d … 3d pass back to their weight: conv_weight_grad with the two arrays swapped.

    input (N, C, *input) or (C, *input); gives the shape `weight_size`, (C, O / groups, *kernel).
    Raises ValueError or TypeError for what the layer refuses, and for a grad_output of another shape.
    Source: torch.autograd.grad of torch.nn.functional.conv_transpose2d.

    >>> conv_transpose_weight_grad([[1, 10]], (1, 1, 3), [[1, 2, 3, 4, 5]], stride=2)
    array([[[31, 42, 53]]])
    """
    x, g = _numbers(input=input, grad_output=grad_output)
    options = (stride, padding, output_padding, groups, dilation)
    at, expected = _transposed_shape(x.shape, tuple(weight_size), *options)
    g, batched = _output_grad(g, expected, len(weight_size))
    work = working(g, x if batched else x[np.newaxis], terms=x.size)
    return _finish(weight_grad(work.input, _conj(work.weight), tuple(weight_size)[2:], at), work.dtype)


@np.errstate(all="ignore")
def conv_transpose_bias_grad(grad_output: ArrayLike, *, batched: bool = True) -> Array:
    """What a transposed convolution passes back to its bias; the same sum as `conv_bias_grad`.

    Source: torch.autograd.grad of torch.nn.functional.conv_transpose2d.

    >>> conv_transpose_bias_grad([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    array([14, 22])
    """
    return conv_bias_grad(grad_output, batched=batched)


def _input_grad(work: Work, at: Placement, size: Ints) -> Array:
    """Stamp the kernels back; padding is undone by its own transpose, for zeros a crop."""
    if at.mode not in SOURCES:
        return choice.conv_transpose(work.input, work.weight, at, size, work.exact)
    padded = tuple(n + a + b for n, (a, b) in zip(size, at.padding, strict=True))
    whole = choice.conv_transpose(work.input, work.weight, at.without_padding(), padded, work.exact)
    return pad_adjoint(whole, size, at.padding, at.mode)


def _numbers(**operands: ArrayLike) -> list[Array]:
    """The named operands as arrays of one dtype."""
    arrays = [numbers(name, value) for name, value in operands.items()]
    dtype = np.result_type(*arrays)
    return [array.astype(dtype, copy=False) for array in arrays]


def _conv_shape(input_size: Ints, weight_size: Ints, at: Placement) -> Ints:
    """The shape of a convolution's output; ValueError if these shapes do not make one."""
    x, w, batched = _stand_ins(input_size, weight_size)
    arguments.check_channels(x.shape[1], w, at.groups, None)
    arguments.check_mode(at.mode, x.shape[2:], at.padding)
    shape = (len(x), len(w), *at.output_size(x.shape[2:], w.shape[2:]))
    return shape if batched else shape[1:]


def _transposed_shape(input_size: Ints, weight_size: Ints, *options: Any) -> tuple[Placement, Ints]:
    """The placement that a transposed convolution transposes, and the shape of its output; or ValueError."""
    x, w, batched = _stand_ins(input_size, weight_size)
    at, size = transposed_placement(x.shape[2:], w.shape[2:], *options)
    arguments.check_transposed_channels(x.shape[1], w, at.groups, None)
    shape = (len(x), w.shape[1] * at.groups, *size)
    return at, shape if batched else shape[1:]


def _stand_ins(input_size: Ints, weight_size: Ints) -> tuple[Array, Array, bool]:
    """Arrays of the shapes of input and weight that take no memory, checked, and whether there is a batch."""
    x, w = (np.broadcast_to(np.int8(0), size) for size in (input_size, weight_size))
    arguments.check_weight(w, max(1, w.ndim - 2))
    x, batched = arguments.with_batch("input", x, w.ndim - 2)
    arguments.check_not_empty("input", x)
    return x, w, batched


def _transposed_input(
    output: Ints,
    kernel: Ints,
    stride: Amount,
    padding: Amount,
    output_padding: Amount,
    groups: int,
    dilation: Amount,
) -> tuple[Placement, Ints]:
    """The placement, and the input size that a transposed convolution of this output size has."""
    amounts, extra = (
        ints("padding", padding, len(kernel)),
        ints("output_padding", output_padding, len(kernel)),
    )
    at = placement(kernel, stride, amounts, dilation, groups)
    cut = replace(at, padding=tuple((p, p - e) for p, e in zip(amounts, extra, strict=True)))
    return at, cut.output_size(output, kernel)


def _output_grad(g: Array, expected: Ints, axes: int) -> tuple[Array, bool]:
    """g with a batch axis, and whether it had one; ValueError unless it has the shape of the output."""
    if g.shape != expected:
        raise ValueError(f"grad_output must have the shape of the output, {expected}, got {g.shape}")
    batched = len(expected) == axes
    return (g if batched else g[np.newaxis]), batched


def _conj(array: Array) -> Array:
    return array.conj() if np.iscomplexobj(array) else array


def _finish(y: Array, dtype: Any, batched: bool = True) -> Array:
    return restored(y if batched else y[0], dtype)
