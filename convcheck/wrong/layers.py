"""Wrong ideas about padding, channels and bias, as changes to a Layer."""

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Layer
from convcheck.ideas import Idea
from convcheck.task import Function
from convcheck.wrong.kernels import FILTERS, PADDED, SPACE, WHOLE, Conv, pad_zeros
from convcheck.wrong.sizes import padding_ignored, padding_one_side

padding_hw_swapped = Idea(
    "padding-hw-swapped",
    "You read the padding as (columns, rows). "
    "torch's pairs follow the axes of the array: first the rows, then the columns.",
    "conv/padding",
)


@padding_hw_swapped.shown_in(*PADDED)
def _columns_first(conv: Conv, at: Layer) -> Array:
    return conv(at.but(padding=at.padding[::-1]))


padding_one_number = Idea(
    "padding-one-number",
    "You use one of the two paddings for both axes. "
    "The first number is for the rows, the second for the columns.",
    "conv/padding",
)


@padding_one_number.shown_in(*PADDED)
def _row_padding_only(conv: Conv, at: Layer) -> Array:
    return conv(at.but(padding=at.padding[0]))


@padding_one_number.shown_in(*PADDED)
def _column_padding_only(conv: Conv, at: Layer) -> Array:
    return conv(at.but(padding=at.padding[1]))


@padding_ignored.shown_in(*PADDED, SPACE)
def _no_padding(conv: Conv, at: Layer) -> Array:
    return conv(at.but(padding=0))


@padding_one_side.shown_in(*PADDED, SPACE)
def _before_only(conv: Conv, at: Layer) -> Array:
    return conv(at.but(x=pad_zeros(at.x, at.padding, (0,) * at.axes), padding=0))


@padding_one_side.shown_in(*PADDED, SPACE)
def _after_only(conv: Conv, at: Layer) -> Array:
    return conv(at.but(x=pad_zeros(at.x, (0,) * at.axes, at.padding), padding=0))


mode_mix_up = Idea(
    "mode-mix-up",
    "You take one padding mode for another. Beyond the edge, zeros puts 0, 'replicate' the edge cell again, "
    "'reflect' the cells inside it backwards, 'circular' those of the other end.",
    "conv/padding-mode",
)


@mode_mix_up.shown_in(*PADDED)
def _replicated(conv: Conv, at: Layer) -> Array:
    frame = [(0, 0), (0, 0), *((p, p) for p in at.padding)]
    return conv(at.but(x=np.pad(at.x, frame, "edge"), padding=0))


channels_not_summed = Idea(
    "channels-not-summed",
    "The input channels are not added up in your answer. "
    "An output channel is the sum, over all input channels, of each channel met by its own kernel.",
    "conv/channels",
)


def _one_channel(at: Layer, c: int) -> Layer:
    """Of each group only one channel, with its kernels."""
    first = range(0, at.x.shape[1], at.w.shape[1])
    own = [start + c % at.w.shape[1] for start in first]
    return at.but(x=at.x[:, own], w=at.w[:, [c]])


@channels_not_summed.shown_in("ps05.channels", *WHOLE)
def _last_channel(conv: Conv, at: Layer) -> Array:
    return conv(_one_channel(at, -1))


@channels_not_summed.shown_in("ps05.channels", *WHOLE)
def _first_channel(conv: Conv, at: Layer) -> Array:
    return conv(_one_channel(at, 0))


@channels_not_summed.shown_in("ps05.channels", *WHOLE)
def _channels_apart(conv: Conv, at: Layer) -> Array:
    """An axis of input channels is still there: (N, O, C, rows, columns)."""
    apart = [conv(_one_channel(at, c)) for c in range(at.w.shape[1])]
    return np.stack(apart, axis=2)


shared_kernel = Idea(
    "shared-kernel-per-output",
    "You use one 2-D kernel for all input channels. "
    "The weight has a slice for every pair of output and input channel: w[o, c] meets x[n, c].",
    "conv/channels",
)


@shared_kernel.shown_in("ps05.channels", *WHOLE)
def _first_slice(conv: Conv, at: Layer) -> Array:
    parts = [part.sum(axis=1, keepdims=True) for part in np.split(at.x, at.groups, axis=1)]
    return conv(at.but(x=np.concatenate(parts, axis=1), w=at.w[:, :1]))


filters_alike = Idea(
    "filters-alike",
    "All output channels of your answer come from the first filter. Output channel o uses w[o] alone.",
    "conv/channels",
)


@filters_alike.shown_in(*FILTERS, *WHOLE)
def _first_filter(conv: Conv, at: Layer) -> Array:
    firsts = [np.repeat(part[:1], len(part), axis=0) for part in np.split(at.w, at.groups)]
    return conv(at.but(w=np.concatenate(firsts)))


first_image_only = Idea(
    "first-image-only",
    "Every entry of the batch in your answer is made from the first image. "
    "Output y[n] comes from x[n] alone.",
    "conv/channels",
)


@first_image_only.shown_in(*WHOLE)
def _first_image(conv: Conv, at: Layer) -> Array:
    return conv(at.but(x=np.repeat(at.x[:1], len(at.x), axis=0)))


weight_layout = Idea(
    "weight-layout",
    "You read the weight as (C, O, R, S), input channel first. "
    "For conv2d the output channel comes first: w[o, c].",
    "conv/channels",
)


@weight_layout.shown_in("ps05.channels", *WHOLE)
def _input_channel_first(conv: Conv, at: Layer) -> Array:
    return conv(at.but(w=at.w.swapaxes(0, 1)))


bias_last_axis = Idea(
    "bias-last-axis",
    "NumPy lines the bias up with the last axis, the columns of the output. "
    "There is one bias for each output channel, so give it the shape (O, 1, 1) before you add it.",
    "conv/bias",
)


@bias_last_axis.shown_in(*WHOLE)
def _per_column(conv: Conv, at: Layer) -> Array:
    return conv(at.but(bias=None)) + (0 if at.bias is None else at.bias)


bias_ignored = Idea(
    "bias-ignored",
    "The bias is missing from your answer. "
    "After the sum over channels and taps, bias[o] is added to every entry of output channel o.",
    "conv/bias",
)


@bias_ignored.shown_in(*WHOLE)
def _no_bias(conv: Conv, at: Layer) -> Array:
    return conv(at.but(bias=None))


bias_per_channel = Idea(
    "bias-per-channel",
    "You add the bias once for every input channel. "
    "It belongs outside that sum: bias[o] is added once to each entry of output channel o.",
    "conv/bias",
)


@bias_per_channel.shown_in(*WHOLE)
def _bias_in_the_sum(conv: Conv, at: Layer) -> Array:
    return conv(at.but(bias=None if at.bias is None else at.bias * at.w.shape[1]))


@bias_last_axis.shown_by("ps05.bias")
def _along_the_columns(right: Function, y: Array, bias: Array | None) -> Array:
    return y if bias is None else y + bias


@bias_ignored.shown_by("ps05.bias")
def _nothing_added(right: Function, y: Array, bias: Array | None) -> Array:
    return y


bias_first_channel = Idea(
    "bias-first-channel",
    "You add the first bias to every channel. Channel o has a bias of its own, bias[o].",
    "conv/bias",
)


@bias_first_channel.shown_by("ps05.bias")
def _first_for_all(right: Function, y: Array, bias: Array | None) -> Array:
    return y if bias is None else y + bias[0]


@bias_first_channel.shown_in(*WHOLE)
def _first_bias_for_all(conv: Conv, at: Layer) -> Array:
    return conv(at.but(bias=None if at.bias is None else np.full_like(at.bias, at.bias[0])))
