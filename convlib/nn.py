"""torch.nn's convolution layers, run by convlib: same constructors, same parameters, same `state_dict`.

`import convlib.nn` brings in torch, so `import convlib` leaves it out. Layers of either kind load each
other's parameters, and train alike; tensors live on the CPU.
"""

from typing import Any

import torch
from torch import nn

from convlib import autograd


class Conv1d(nn.Conv1d):
    """Convolution of (N, C, L) or (C, L); arguments, initial parameters and errors of torch.nn.Conv1d.

    Raises ValueError for shapes that do not fit, TypeError for dtypes that differ.

    >>> layer = Conv1d(1, 1, 3, bias=False)
    >>> layer.load_state_dict({"weight": torch.tensor([[[1.0, 10.0, 100.0]]])})
    <All keys matched successfully>
    >>> layer(torch.tensor([[1.0, 2.0, 3.0, 4.0]])).tolist()
    [[321.0, 432.0]]
    """

    def _conv_forward(
        self, input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None
    ) -> torch.Tensor:
        return _conv(self, input, weight, bias)


class Conv2d(nn.Conv2d):
    """Convolution of (N, C, H, W) or (C, H, W), as torch.nn.Conv2d.

    >>> Conv2d(3, 8, (3, 5), padding="same", padding_mode="reflect")(torch.zeros(2, 3, 10, 12)).shape
    torch.Size([2, 8, 10, 12])
    """

    def _conv_forward(
        self, input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None
    ) -> torch.Tensor:
        return _conv(self, input, weight, bias)


class Conv3d(nn.Conv3d):
    """Convolution of (N, C, D, H, W) or (C, D, H, W), as torch.nn.Conv3d.

    >>> Conv3d(2, 4, 3, stride=(1, 2, 2), groups=2)(torch.zeros(2, 5, 6, 7)).shape
    torch.Size([4, 3, 2, 3])
    """

    def _conv_forward(
        self, input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None
    ) -> torch.Tensor:
        return _conv(self, input, weight, bias)


class ConvTranspose1d(nn.ConvTranspose1d):
    """Transposed convolution of (N, C, L) or (C, L), as torch.nn.ConvTranspose1d.

    `output_size` asks for one of the lengths that a strided convolution brings to the same L.

    >>> layer = ConvTranspose1d(1, 1, 3, stride=2)
    >>> [layer(torch.zeros(1, 4), output_size=[n]).shape[-1] for n in (9, 10)]
    [9, 10]
    """

    def forward(self, input: torch.Tensor, output_size: list[int] | None = None) -> torch.Tensor:
        """The output, of the spatial size `output_size` where it is given; ValueError if it cannot be had."""
        return _conv_transpose(self, input, output_size)


class ConvTranspose2d(nn.ConvTranspose2d):
    """Transposed convolution of (N, C, H, W) or (C, H, W), as torch.nn.ConvTranspose2d.

    >>> ConvTranspose2d(4, 2, 3, stride=2, padding=1, output_padding=1)(torch.zeros(1, 4, 5, 6)).shape
    torch.Size([1, 2, 10, 12])
    """

    def forward(self, input: torch.Tensor, output_size: list[int] | None = None) -> torch.Tensor:
        """The output, of the spatial size `output_size` where it is given; ValueError if it cannot be had."""
        return _conv_transpose(self, input, output_size)


class ConvTranspose3d(nn.ConvTranspose3d):
    """Transposed convolution of (N, C, D, H, W) or (C, D, H, W), as torch.nn.ConvTranspose3d.

    >>> ConvTranspose3d(1, 1, 2, stride=2)(torch.zeros(1, 1, 2, 3, 4)).shape
    torch.Size([1, 1, 4, 6, 8])
    """

    def forward(self, input: torch.Tensor, output_size: list[int] | None = None) -> torch.Tensor:
        """The output, of the spatial size `output_size` where it is given; ValueError if it cannot be had."""
        return _conv_transpose(self, input, output_size)


def _conv(layer: Any, input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
    options = (layer.stride, layer.padding, layer.dilation, layer.groups, layer.padding_mode)
    return autograd.conv(len(layer.kernel_size), input, weight, bias, *options)


def _conv_transpose(layer: Any, input: torch.Tensor, output_size: list[int] | None) -> torch.Tensor:
    axes = len(layer.kernel_size)
    extra = layer.output_padding
    if output_size is not None:
        place = (layer.stride, layer.padding, layer.kernel_size, axes, layer.dilation)
        extra = tuple(layer._output_padding(input, output_size, *place))
    options = (layer.stride, layer.padding, extra, layer.groups, layer.dilation)
    return autograd.conv_transpose(axes, input, layer.weight, layer.bias, *options)
