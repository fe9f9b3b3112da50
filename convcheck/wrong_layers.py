"""Wrong ideas about padding, channels and bias, as functions of conv2d's general form (see wrong_2d)."""

from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.ideas import Idea
from convcheck.wrong_2d import LAYER, PADDED, Pair, pad_zeros
from convcheck.wrong_sizes import padding_ignored, padding_one_side
from convlib import conv2d, pad

padding_hw_swapped = Idea(
    "padding-hw-swapped",
    "You read the padding as (columns, rows). "
    "torch's pairs follow the axes of the array: first the rows, then the columns.",
    "conv/padding",
)


@padding_hw_swapped.shown_in(*PADDED)
def _columns_first(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, stride, padding[::-1])


padding_one_number = Idea(
    "padding-one-number",
    "You use one of the two paddings for both axes. "
    "The first number is for the rows, the second for the columns.",
    "conv/padding",
)


@padding_one_number.shown_in(*PADDED)
def _row_padding_only(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, stride, (padding[0], padding[0]))


@padding_one_number.shown_in(*PADDED)
def _column_padding_only(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, stride, (padding[1], padding[1]))


@padding_ignored.shown_in(*PADDED)
def _no_padding(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, bias, stride)


@padding_one_side.shown_in(*PADDED)
def _before_only(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(pad_zeros(x, padding, (0, 0)), w, bias, stride)


@padding_one_side.shown_in(*PADDED)
def _after_only(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(pad_zeros(x, (0, 0), padding), w, bias, stride)


padding_repeats_edge = Idea(
    "mode-mix-up",
    "You pad with copies of the edge, as NumPy's mode 'edge' and torch's 'replicate' do. "
    "This task pads with zeros.",
    "conv/padding-mode",
)


@padding_repeats_edge.shown_in(*PADDED)
def _replicated(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    rows, columns = padding
    return conv2d(pad(x, (columns, columns, rows, rows), "replicate"), w, bias, stride)


channels_not_summed = Idea(
    "channels-not-summed",
    "The input channels are not added up in your answer. "
    "An output channel is the sum, over all input channels, of each channel met by its own kernel.",
    "conv/channels",
)


@channels_not_summed.shown_in(LAYER)
def _last_channel(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x[:, -1:], w[:, -1:], bias, stride, padding)


@channels_not_summed.shown_in(LAYER)
def _first_channel(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x[:, :1], w[:, :1], bias, stride, padding)


@channels_not_summed.shown_in(LAYER)
def _channels_apart(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    """An axis of input channels is still there: (N, O, C, rows, columns)."""
    apart = [conv2d(x[:, c : c + 1], w[:, c : c + 1], bias, stride, padding) for c in range(x.shape[1])]
    return np.stack(apart, axis=2)


shared_kernel = Idea(
    "shared-kernel-per-output",
    "You use one 2-D kernel for all input channels. "
    "The weight has a slice for every pair of output and input channel: w[o, c] meets x[n, c].",
    "conv/channels",
)


@shared_kernel.shown_in(LAYER)
def _first_slice(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x.sum(axis=1, keepdims=True), w[:, :1], bias, stride, padding)


filters_alike = Idea(
    "filters-alike",
    "All output channels of your answer come from the first filter. Output channel o uses w[o] alone.",
    "conv/channels",
)


@filters_alike.shown_in(LAYER)
def _first_filter(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, np.repeat(w[:1], len(w), axis=0), bias, stride, padding)


first_image_only = Idea(
    "first-image-only",
    "Every entry of the batch in your answer is made from the first image. "
    "Output y[n] comes from x[n] alone.",
    "conv/channels",
)


@first_image_only.shown_in(LAYER)
def _first_image(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(np.repeat(x[:1], len(x), axis=0), w, bias, stride, padding)


weight_layout = Idea(
    "weight-layout",
    "You read the weight as (C, O, R, S), input channel first. "
    "For conv2d the output channel comes first: w[o, c].",
    "conv/channels",
)


@weight_layout.shown_in(LAYER)
def _input_channel_first(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w.swapaxes(0, 1), bias, stride, padding)


bias_last_axis = Idea(
    "bias-last-axis",
    "NumPy lines the bias up with the last axis, the columns of the output. "
    "There is one bias for each output channel, so give it the shape (O, 1, 1) before you add it.",
    "conv/bias",
)


@bias_last_axis.shown_in(LAYER)
def _per_column(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, None, stride, padding) + (0 if bias is None else bias)


bias_ignored = Idea(
    "bias-ignored",
    "The bias is missing from your answer. "
    "After the sum over channels and taps, bias[o] is added to every entry of output channel o.",
    "conv/bias",
)


@bias_ignored.shown_in(LAYER)
def _no_bias(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, None, stride, padding)


bias_per_channel = Idea(
    "bias-per-channel",
    "You add the bias once for every input channel. "
    "It belongs outside that sum: bias[o] is added once to each entry of output channel o.",
    "conv/bias",
)


@bias_per_channel.shown_in(LAYER)
def _bias_in_the_sum(x: Array, w: Array, bias: Any, stride: Pair, padding: Pair) -> Array:
    return conv2d(x, w, None if bias is None else bias * x.shape[1], stride, padding)
