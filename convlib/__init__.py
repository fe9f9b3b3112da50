"""convlib: convolution as neural networks use it, small enough to rebuild by hand, on NumPy."""

from convlib.functional import conv1d, conv2d, conv_transpose1d, conv_transpose2d
from convlib.matrix import conv_matrix
from convlib.padding import pad
from convlib.shapes import (
    conv_output_size,
    conv_transpose_output_size,
    effective_kernel_size,
    same_padding,
)
from convlib.signal import convolve, correlate

__all__ = [
    "conv1d",
    "conv2d",
    "conv_matrix",
    "conv_output_size",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose_output_size",
    "convolve",
    "correlate",
    "effective_kernel_size",
    "pad",
    "same_padding",
]
