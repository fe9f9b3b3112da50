"""The layers on CPU tensors: torch's autograd calls convlib's own gradients, and no memory is copied.

Imported only when a tensor is met, so `import convlib` does without torch.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.autograd.function import once_differentiable

from convlib import core, gradients
from convlib.arguments import Amount, Array
from convlib.tensors import Adjoint, Forward

FLOATS = {torch.bfloat16, torch.float16, torch.float32, torch.float64, torch.complex64, torch.complex128}
SIGNED = {torch.int8, torch.int16, torch.int32, torch.int64}
UNSIGNED = {torch.uint8, torch.uint16, torch.uint32, torch.uint64}


@dataclass(frozen=True)
class Conv:
    """One convolution: the way forward and the ways back, side by side."""

    axes: int
    stride: Amount
    padding: Amount | str
    dilation: Amount
    groups: int
    padding_mode: str

    def forward(self, x: Array, w: Array, b: Array | None) -> Array:
        """The output for arrays."""
        options: Any = (*self._options, self.padding_mode)
        return core.conv(self.axes, x, w, b, *options)

    def input_grad(self, size: tuple[int, ...], w: Array, g: Array) -> Array:
        """What the gradient of the output passes back to the input."""
        return gradients.conv_input_grad(size, w, g, *self._options, padding_mode=self.padding_mode)

    def weight_grad(self, x: Array, size: tuple[int, ...], g: Array) -> Array:
        """What the gradient of the output passes back to the weight."""
        return gradients.conv_weight_grad(x, size, g, *self._options, padding_mode=self.padding_mode)

    @property
    def _options(self) -> tuple[Any, ...]:
        return self.stride, self.padding, self.dilation, self.groups


@dataclass(frozen=True)
class ConvTranspose:
    """One transposed convolution: the way forward and the ways back, side by side."""

    axes: int
    stride: Amount
    padding: Amount
    output_padding: Amount
    groups: int
    dilation: Amount

    def forward(self, x: Array, w: Array, b: Array | None) -> Array:
        """The output for arrays."""
        return core.conv_transpose(self.axes, x, w, b, *self._options)

    def input_grad(self, size: tuple[int, ...], w: Array, g: Array) -> Array:
        """What the gradient of the output passes back to the input."""
        return gradients.conv_transpose_input_grad(w, g, *self._options)

    def weight_grad(self, x: Array, size: tuple[int, ...], g: Array) -> Array:
        """What the gradient of the output passes back to the weight."""
        return gradients.conv_transpose_weight_grad(x, size, g, *self._options)

    @property
    def _options(self) -> tuple[Any, ...]:
        return self.stride, self.padding, self.output_padding, self.groups, self.dilation


def conv(axes: int, input: Any, weight: Any, bias: Any, *options: Any) -> torch.Tensor:
    """convlib.core.conv for CPU tensors of one dtype; TypeError for any others."""
    return _layer(Conv(axes, *options), input, weight, bias)


def conv_transpose(axes: int, input: Any, weight: Any, bias: Any, *options: Any) -> torch.Tensor:
    """convlib.core.conv_transpose for CPU tensors of one dtype; TypeError for any others."""
    return _layer(ConvTranspose(axes, *options), input, weight, bias)


def linear(x: torch.Tensor, forward: Forward, adjoint: Adjoint) -> torch.Tensor:
    """forward(x) for a linear function; `adjoint` takes the output's gradient and the shape of x."""
    _check_tensors(input=x)
    return _Linear.apply(x, forward, adjoint)


def _layer(layer: Conv | ConvTranspose, input: Any, weight: Any, bias: Any) -> torch.Tensor:
    _check_tensors(input=input, weight=weight, **({} if bias is None else {"bias": bias}))
    return _Layer.apply(input, weight, bias, layer)


class _Layer(torch.autograd.Function):
    """A layer that is linear in its input and in its weight; keeps only what the gradients asked for need."""

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor, weight: torch.Tensor, bias: Any, layer: Any) -> torch.Tensor:
        for_input, for_weight = ctx.needs_input_grad[:2]
        ctx.save_for_backward(input if for_weight else None, weight if for_input else None)
        ctx.layer, ctx.dtype = layer, input.dtype
        ctx.input_size, ctx.weight_size = tuple(input.shape), tuple(weight.shape)
        y = layer.forward(_array(input), _array(weight), None if bias is None else _array(bias))
        return _tensor(y, input.dtype)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad_output: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        x, w = ctx.saved_tensors
        g, layer = _array(grad_output), ctx.layer
        for_input, for_weight, for_bias, _ = ctx.needs_input_grad
        batched = len(ctx.input_size) == layer.axes + 2
        grads = (
            layer.input_grad(ctx.input_size, _array(w), g) if for_input else None,
            layer.weight_grad(_array(x), ctx.weight_size, g) if for_weight else None,
            gradients.conv_bias_grad(g, batched=batched) if for_bias else None,
        )
        return (*(None if grad is None else _tensor(grad, ctx.dtype) for grad in grads), None)


class _Linear(torch.autograd.Function):
    """A linear function of one array."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, forward: Forward, adjoint: Adjoint) -> torch.Tensor:
        ctx.adjoint, ctx.size, ctx.dtype = adjoint, tuple(x.shape), x.dtype
        return _own(forward, _array(x), dtype=x.dtype)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad_output: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        return _own(ctx.adjoint, _array(grad_output), ctx.size, dtype=ctx.dtype), None, None


def _own(function: Any, array: Array, *others: Any, dtype: torch.dtype) -> torch.Tensor:
    """function(array) as a tensor with memory of its own: autograd may add to a gradient in place."""
    y = function(array, *others)
    return _tensor(y.copy() if np.may_share_memory(y, array) else y, dtype)


def _array(tensor: torch.Tensor) -> Array:
    """The array that shares the tensor's memory; bfloat16, which NumPy does not know, as float32."""
    plain = tensor.detach().resolve_conj().resolve_neg()
    return (plain.float() if plain.dtype == torch.bfloat16 else plain).numpy()


def _tensor(array: Array, dtype: torch.dtype) -> torch.Tensor:
    return torch.from_numpy(array).to(dtype)


def _check_tensors(**operands: Any) -> None:
    """TypeError unless all operands are dense CPU tensors of numbers, and of one dtype."""
    for name, value in operands.items():
        if not isinstance(value, torch.Tensor):
            raise TypeError(
                f"{name} must be a torch.Tensor, as another operand is, got {type(value).__name__}"
            )
        _check_tensor(name, value)
    if len({value.dtype for value in operands.values()}) > 1:
        received = ", ".join(f"{name} {value.dtype}" for name, value in operands.items())
        raise TypeError(f"all tensors of one call must have one dtype, got {received}")


def _check_tensor(name: str, tensor: torch.Tensor) -> None:
    if tensor.device.type != "cpu":
        raise TypeError(
            f"{name} must be on the CPU, the GPU path (convlib.gpu) is not there yet: "
            f"got a tensor on {tensor.device}"
        )
    if tensor.layout != torch.strided:
        raise TypeError(f"{name} must be dense (torch.strided), got a tensor of layout {tensor.layout}")
    if tensor.dtype not in FLOATS | SIGNED | UNSIGNED:
        raise TypeError(f"{name} must hold ints, floats or complex numbers, got dtype {tensor.dtype}")
