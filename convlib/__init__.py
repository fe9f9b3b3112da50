"""convlib: convolution as neural networks use it, small enough to rebuild by hand, on NumPy."""

from convlib.folding import fold, unfold
from convlib.functional import conv1d, conv2d, conv3d, conv_transpose1d, conv_transpose2d, conv_transpose3d
from convlib.gradients import (
    conv_bias_grad,
    conv_input_grad,
    conv_transpose_bias_grad,
    conv_transpose_input_grad,
    conv_transpose_weight_grad,
    conv_weight_grad,
)
from convlib.matrix import conv_matrix
from convlib.padding import pad
from convlib.pooling import avg_pool1d, avg_pool2d, avg_pool3d
from convlib.receptive import receptive_field
from convlib.shapes import (
    conv_output_size,
    conv_transpose_output_size,
    effective_kernel_size,
    same_padding,
)
from convlib.signal import convolve, correlate

__all__ = [
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_bias_grad",
    "conv_input_grad",
    "conv_matrix",
    "conv_output_size",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "conv_transpose_bias_grad",
    "conv_transpose_input_grad",
    "conv_transpose_output_size",
    "conv_transpose_weight_grad",
    "conv_weight_grad",
    "convolve",
    "correlate",
    "effective_kernel_size",
    "fold",
    "pad",
    "receptive_field",
    "same_padding",
    "unfold",
]
