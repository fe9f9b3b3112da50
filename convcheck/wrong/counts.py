"""Wrong ideas about sizes and counts, as changes to the functions of problem set 3."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.ideas import Idea
from convcheck.wrong.conventions import all_behind, same_left
from convcheck.wrong.dilation import dilation_as_zeros, dilation_ignored, effective_kernel
from convcheck.wrong.layers import shared_kernel
from convcheck.wrong.sizes import (
    ceil,
    first_window_forgotten,
    kernel_ignored,
    not_rounded,
    one_before_division,
    padding_ignored,
    padding_one_side,
    stride_ignored,
)
from convcheck.wrong.upwards import convt_dilation_ignored, output_padding_ignored, padding_adds, s_zeros

Count = Callable[..., Any]
Pair = tuple[int, int]

SIZE, UP = "ps03.size", "ps03.transposed_size"


@effective_kernel.shown_by("ps03.effective_kernel")
def _k_times_d(right: Count, k: int, d: int) -> Any:
    return k * d


@dilation_as_zeros.shown_by("ps03.effective_kernel")
def _d_zeros(right: Count, k: int, d: int) -> Any:
    return right(k, d + 1)


@dilation_as_zeros.shown_by("ps03.effective_kernel")
def _d_zeros_if_any(right: Count, k: int, d: int) -> Any:
    """Who knows that a plain kernel has dilation 1 spares it, and goes on counting zeros from 2."""
    return right(k, d + (d > 1))


@dilation_ignored.shown_by("ps03.effective_kernel")
def _k_alone(right: Count, k: int, d: int) -> Any:
    return right(k, 1)


gaps_only = Idea(
    "gaps-only",
    "You count the gaps and forget the first tap. "
    "From the first of k taps to the last there are k - 1 steps of d, and the last tap is a cell, too.",
    "conv/dilation",
)


@gaps_only.shown_by("ps03.effective_kernel")
def _steps_only(right: Count, k: int, d: int) -> Any:
    return right(k, d) - 1


@ceil.shown_by(SIZE)
def _rounded_up(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i + s - 1, k, s, p, d)


@not_rounded.shown_by(SIZE)
def _fraction(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return (right(i, k, 1, p, d) - 1) / s + 1


@padding_one_side.shown_by(SIZE)
def _padded_once(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i + p, k, s, 0, d)


@padding_ignored.shown_by(SIZE)
def _not_padded(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, 0, d)


@stride_ignored.shown_by(SIZE)
def _steps_of_one(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, 1, p, d)


@first_window_forgotten.shown_by(SIZE)
def _steps_counted(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, d) - 1


@one_before_division.shown_by(SIZE)
def _added_too_early(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i + 1, k, s, p, d) - 1


@kernel_ignored.shown_by(SIZE)
def _no_kernel(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i + d * (k - 1) + 1, k, s, p, d)


@dilation_ignored.shown_by(SIZE)
def _no_gaps(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, 1)


@effective_kernel.shown_by(SIZE)
def _spans_too_much(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i - d + 1, k, s, p, d)


@dilation_as_zeros.shown_by(SIZE)
def _gaps_too_wide(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, d + 1)


@dilation_as_zeros.shown_by(SIZE)
def _gaps_too_wide_if_any(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, d + (d > 1))


@same_left.shown_by("ps03.same")
def _odd_one_left(right: Count, k: int, d: int, s: int) -> Any:
    return tuple(right(k, d, s))[::-1]


@all_behind.shown_by("ps03.same")
def _all_right(right: Count, k: int, d: int, s: int) -> Any:
    return 0, sum(right(k, d, s))


same_with_stride = Idea(
    "same-with-stride",
    "You accept 'same' with a stride above 1. "
    "No padding then keeps the length, so torch refuses, and so should you, with a ValueError.",
    "conv/same",
)


@same_with_stride.shown_by("ps03.same")
def _as_if_there_were_none(right: Count, k: int, d: int, s: int) -> Any:
    return right(k, d, 1)


@same_with_stride.shown_by("ps03.same")
def _shared_out(right: Count, k: int, d: int, s: int) -> Any:
    """What TensorFlow's rule would need for an input that is a multiple of the stride."""
    total = max(sum(right(k, d, 1)) + 1 - s, 0)
    return total // 2, total - total // 2


@dilation_ignored.shown_by("ps03.same")
def _plain_kernel(right: Count, k: int, d: int, s: int) -> Any:
    return right(k, 1, s)


@effective_kernel.shown_by("ps03.same")
def _for_k_times_d(right: Count, k: int, d: int, s: int) -> Any:
    right(k, d, s)
    return (k * d - 1) // 2, k * d // 2


same_half_kernel = Idea(
    "same-half-kernel",
    "You put k // 2 zeros on each side. That keeps the length of an odd kernel only: an even one needs "
    "k - 1 zeros in all, so the two sides differ.",
    "conv/same",
)


@same_half_kernel.shown_by("ps03.same")
def _half_on_each_side(right: Count, k: int, d: int, s: int) -> Any:
    longer = max(right(k, d, s))
    return longer, longer


weight_shape_groups = Idea(
    "weight-shape-groups",
    "You give every filter all input channels. "
    "With groups a filter sees only its own block: the second number is in_channels / groups.",
    "conv/groups",
)


@weight_shape_groups.shown_by("ps03.weight_shape")
def _all_channels(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int) -> Any:
    right(c_in, c_out, kernel, groups)
    return right(c_in, c_out, kernel, 1)


@weight_shape_groups.shown_by("ps03.parameters")
def _counted_for_all(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, bias: bool) -> Any:
    return right(c_in, c_out, kernel, 1, bias)


@weight_shape_groups.shown_by("ps03.multiply_adds")
def _work_for_all(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, output: Pair) -> Any:
    return right(c_in, c_out, kernel, 1, output)


outputs_divided = Idea(
    "outputs-divided",
    "You divide the output channels by the groups. "
    "There is a filter for every output channel; only what a filter sees is divided.",
    "conv/groups",
)


@outputs_divided.shown_by("ps03.weight_shape")
def _fewer_filters(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int) -> Any:
    o, c, *taps = right(c_in, c_out, kernel, groups)
    return (o // groups, c, *taps)


@outputs_divided.shown_by("ps03.weight_shape")
def _fewer_filters_of_all_channels(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int) -> Any:
    o, c, *taps = right(c_in, c_out, kernel, groups)
    return (o // groups, c * groups, *taps)


input_first = Idea(
    "weight-input-first",
    "You put the input channels first, as in a transposed convolution. "
    "The weight of a convolution begins with the output channels.",
    "conv/channels",
)


@input_first.shown_by("ps03.weight_shape")
def _input_channels_first(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int) -> Any:
    o, c, *taps = right(c_in, c_out, kernel, groups)
    return (c, o, *taps)


@shared_kernel.shown_by("ps03.weight_shape")
def _no_channel_axis(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int) -> Any:
    o, _, *taps = right(c_in, c_out, kernel, groups)
    return (o, *taps)


indivisible_groups = Idea(
    "groups-must-divide",
    "You accept groups that do not divide the channels. "
    "Each group needs as many channels as the next, of inputs and of outputs, so refuse with a ValueError.",
    "conv/groups",
)


@indivisible_groups.shown_by("ps03.weight_shape")
def _rounded_down(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int) -> Any:
    return (c_out, c_in // groups, *kernel)


@padding_adds.shown_by(UP)
def _longer(right: Count, i: int, k: int, s: int, p: int, more: int, d: int) -> Any:
    return right(i, k, s, 0, more, d) + 2 * p


@padding_ignored.shown_by(UP)
def _no_crop(right: Count, i: int, k: int, s: int, p: int, more: int, d: int) -> Any:
    return right(i, k, s, 0, more, d)


@padding_one_side.shown_by(UP)
def _cropped_once(right: Count, i: int, k: int, s: int, p: int, more: int, d: int) -> Any:
    return right(i, k, s, 0, more, d) - p


@s_zeros.shown_by(UP)
def _one_zero_too_many(right: Count, i: int, k: int, s: int, p: int, more: int, d: int) -> Any:
    return right(i, k, s, p, more, d) + i - 1


@output_padding_ignored.shown_by(UP)
def _nothing_more(right: Count, i: int, k: int, s: int, p: int, more: int, d: int) -> Any:
    right(i, k, s, p, more, d)
    return right(i, k, s, p, 0, d)


@convt_dilation_ignored.shown_by(UP)
def _stamps_without_gaps(right: Count, i: int, k: int, s: int, p: int, more: int, d: int) -> Any:
    right(i, k, s, p, more, d)
    return right(i, k, s, p, 0, 1) + more


stride_times_input = Idea(
    "stride-times-input",
    "You multiply the stride by the number of inputs. "
    "From the first stamp to the last there are i - 1 steps.",
    "transposed/sizes",
)


@stride_times_input.shown_by(UP)
def _i_steps(right: Count, i: int, k: int, s: int, p: int, more: int, d: int) -> Any:
    return right(i, k, s, p, more, d) + s


output_padding_rule = Idea(
    "output-padding-rule",
    "You hold output_padding to the wrong limit. "
    "torch asks that it be below the stride or the dilation, whichever is larger, and refuses all else.",
    "transposed/output-padding",
)


@output_padding_rule.shown_by(UP)
def _never_refused(right: Count, i: int, k: int, s: int, p: int, more: int, d: int) -> Any:
    return right(i, k, s, p, 0, d) + more


shape_always_recovered = Idea(
    "shape-always-recovered",
    "You take it that one size comes back. Several sizes went down to the same one, and each of them is "
    "reached with an output_padding of its own.",
    "transposed/output-padding",
)


@shape_always_recovered.shown_by("ps03.reachable")
def _only_the_first(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, d)[:1]


@shape_always_recovered.shown_by("ps03.output_padding")
def _none_needed(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return 0


too_few_sizes = Idea(
    "stride-minus-one-sizes",
    "You list one size too few. output_padding runs from 0 up to the limit less one, and 0 counts as well.",
    "transposed/output-padding",
)


@too_few_sizes.shown_by("ps03.reachable")
def _without_the_last(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, d)[:-1]


@too_few_sizes.shown_by("ps03.reachable")
def _without_the_first(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, d)[1:]


@output_padding_rule.shown_by("ps03.reachable")
def _as_many_as_the_stride(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, d)[:s]


always_one = Idea(
    "output-padding-always-one",
    "You always add one cell. That is right for a stride of 2 and an odd remainder, and by chance elsewhere.",
    "transposed/output-padding",
)


@always_one.shown_by("ps03.output_padding")
def _one(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return 1


@always_one.shown_by("ps03.output_padding")
def _one_less_than_the_stride(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return s - 1


remainder_of_input = Idea(
    "remainder-of-input",
    "You take the remainder of the wrong number. What is left over after the last window is the remainder of "
    "i + 2p - d(k - 1) - 1: padding, kernel and dilation all move the last window.",
    "transposed/output-padding",
)


@remainder_of_input.shown_by("ps03.output_padding")
def _of_the_input(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return i % s


@remainder_of_input.shown_by("ps03.output_padding")
def _of_the_padded_input(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return (i + 2 * p) % s


@dilation_ignored.shown_by("ps03.output_padding")
def _remainder_without_dilation(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, p, 1)


@padding_ignored.shown_by("ps03.output_padding")
def _remainder_without_padding(right: Count, i: int, k: int, s: int, p: int, d: int) -> Any:
    return right(i, k, s, 0, d)


field_added = Idea(
    "receptive-field",
    "You add the kernels up. Each layer adds only its k - 1 further cells, and each of them is as many input "
    "cells wide as the strides before it have made it.",
    "conv/receptive-field",
)


@field_added.shown_by("ps03.receptive_field")
def _kernels_added(right: Count, layers: Any) -> Any:
    return int(sum(d * (k - 1) + 1 for k, _, d in layers))


@field_added.shown_by("ps03.receptive_field")
def _plain_kernels_added(right: Count, layers: Any) -> Any:
    return int(sum(k for k, _, _ in layers))


@dilation_ignored.shown_by("ps03.receptive_field")
def _field_without_gaps(right: Count, layers: Any) -> Any:
    return right(np.array([(k, s, 1) for k, s, _ in layers]))


@stride_ignored.shown_by("ps03.receptive_field")
def _field_without_strides(right: Count, layers: Any) -> Any:
    return right(np.array([(k, 1, d) for k, _, d in layers]))


own_stride = Idea(
    "own-stride-counts",
    "You let a layer's own stride widen its own kernel. "
    "A stride moves the windows of this layer, so it is felt from the next layer on.",
    "conv/receptive-field",
)


@own_stride.shown_by("ps03.receptive_field")
def _stride_too_early(right: Count, layers: Any) -> Any:
    field, step = 1, 1
    for k, s, d in layers:
        step *= s
        field += d * (k - 1) * step
    return int(field)


no_bias_counted = Idea(
    "bias-not-counted",
    "You count the weights and leave the biases out. There is one bias for every output channel.",
    "conv/cost",
)


@no_bias_counted.shown_by("ps03.parameters")
def _weights_only(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, bias: bool) -> Any:
    return right(c_in, c_out, kernel, groups, False)


bias_per_input = Idea(
    "bias-counted-wrong",
    "You count the wrong number of biases. There is one for every output channel, and none if bias is False.",
    "conv/cost",
)


@bias_per_input.shown_by("ps03.parameters")
def _one_in_all(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, bias: bool) -> Any:
    return right(c_in, c_out, kernel, groups, False) + bias


@bias_per_input.shown_by("ps03.parameters")
def _one_an_input(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, bias: bool) -> Any:
    return right(c_in, c_out, kernel, groups, False) + bias * c_in


@bias_per_input.shown_by("ps03.parameters")
def _always(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, bias: bool) -> Any:
    return right(c_in, c_out, kernel, groups, True)


@shared_kernel.shown_by("ps03.parameters")
def _one_kernel_an_output(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, bias: bool) -> Any:
    return right(1, c_out, kernel, 1, bias)


weights_once = Idea(
    "work-is-weights",
    "You count each weight once. Every weight is used at every place of the output, once a window.",
    "conv/cost",
)


@weights_once.shown_by("ps03.multiply_adds")
def _number_of_weights(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, output: Pair) -> Any:
    return right(c_in, c_out, kernel, groups, (1, 1))


@shared_kernel.shown_by("ps03.multiply_adds")
def _work_of_one_channel(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, output: Pair) -> Any:
    return right(groups, c_out, kernel, groups, output)


outputs_forgotten = Idea(
    "work-of-one-filter",
    "You count the work of one filter. Every output channel has a filter of its own, and each does its work.",
    "conv/cost",
)


@outputs_forgotten.shown_by("ps03.multiply_adds")
def _one_filter(right: Count, c_in: int, c_out: int, kernel: Pair, groups: int, output: Pair) -> Any:
    return right(c_in, c_out, kernel, groups, output) // c_out
