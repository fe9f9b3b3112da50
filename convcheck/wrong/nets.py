"""Wrong ideas about a small net: its sizes, its stamps, its loss, its skip, its training."""

from typing import Any

import numpy as np

from convcheck import capstone
from convcheck.draw import Array
from convcheck.forms import UpLayer
from convcheck.ideas import Idea
from convcheck.sets.ps10 import cure
from convcheck.slopes import Slope
from convcheck.wrong.backwards import averaged, padding_kept, weight_grad_undilated
from convcheck.wrong.counts import always_one, shape_always_recovered
from convcheck.wrong.kernels import Conv
from convcheck.wrong.layers import (
    bias_ignored,
    channels_not_summed,
    filters_alike,
    first_image_only,
    weight_layout,
)
from convcheck.wrong.signals import flip
from convcheck.wrong.sizes import padding_ignored, stride_ignored
from convcheck.wrong.upwards import appends_zero, no_flip

NET, TRAIN, BOARD = "transposed/unet", "transposed/train-unet", "transposed/checkerboards"


@shape_always_recovered.shown_by("ps10.way_up")
def _nothing_needed(right: Any, size: int, depth: int) -> list[int]:
    return [0] * depth


@always_one.shown_by("ps10.way_up")
def _one_each(right: Any, size: int, depth: int) -> list[int]:
    return [1] * depth


way_down_order = Idea(
    "way-down-order",
    "You list the steps in the order of the way down. The way up begins with the deepest, so the list turns.",
    NET,
)


@way_down_order.shown_by("ps10.way_up")
def _from_the_top(right: Any, size: int, depth: int) -> list[int]:
    return list(right(size, depth))[::-1]


overlap = Idea(
    "overlap",
    "You take it that every cell is touched equally often. "
    "Unless the stride divides the kernel, stamps overlap on some cells and not on others; less at the ends.",
    BOARD,
)


@overlap.shown_by("ps10.coverage")
def _evenly(right: Any, n: int, k: int, stride: int) -> Array:
    return np.full(len(right(n, k, stride)), k / stride)


@overlap.shown_by("ps10.coverage")
def _evenly_rounded(right: Any, n: int, k: int, stride: int) -> Array:
    return np.full(len(right(n, k, stride)), -(-k // stride))


@overlap.shown_by("ps10.coverage")
def _once(right: Any, n: int, k: int, stride: int) -> Array:
    return np.ones(len(right(n, k, stride)))


@stride_ignored.shown_by("ps10.coverage")
def _side_by_side(right: Any, n: int, k: int, stride: int) -> Any:
    return right(n, k, 1)


zeros_between = Idea(
    "zeros-between",
    "You enlarge with zeros between the cells, as a transposed convolution does. "
    "The cure copies each cell, so that every place of the kernel meets a number.",
    BOARD,
)


@zeros_between.shown_by("ps10.cure")
def _stuffed(right: Any, x: Array, w: Array) -> Array:
    return cure(x, w, enlarge=lambda x: np.kron(x, [[1, 0], [0, 0]]))


tiled = Idea(
    "image-tiled",
    "You set the whole image down four times. Each single cell is to be copied, next to itself.",
    BOARD,
)


@tiled.shown_by("ps10.cure")
def _four_images(right: Any, x: Array, w: Array) -> Array:
    return cure(x, w, enlarge=lambda x: np.tile(x, (2, 2)))


one_axis_enlarged = Idea(
    "one-axis-enlarged",
    "You enlarge along one axis only. Both the rows and the columns are to be doubled.",
    BOARD,
)


@one_axis_enlarged.shown_by("ps10.cure")
def _rows_only(right: Any, x: Array, w: Array) -> Array:
    return cure(x, w, enlarge=lambda x: x.repeat(2, axis=0))


@one_axis_enlarged.shown_by("ps10.cure")
def _columns_only(right: Any, x: Array, w: Array) -> Array:
    return cure(x, w, enlarge=lambda x: x.repeat(2, axis=1))


@padding_ignored.shown_by("ps10.cure")
def _valid_only(right: Any, x: Array, w: Array) -> Array:
    return cure(x, w, same=False)


@flip.shown_by("ps10.cure")
def _kernel_turned(right: Any, x: Array, w: Array) -> Any:
    return right(x, w[::-1, ::-1])


loss_summed = Idea(
    "loss-summed",
    "You add the losses up where their mean is asked for. "
    "With a mean neither the loss nor its slope depends on how many cells there are.",
    TRAIN,
)


@loss_summed.shown_by("ps10.loss", "ps10.loss_slope")
def _not_divided(right: Any, logits: Array, targets: Array) -> Any:
    return right(logits, targets) * logits.size


@loss_summed.shown_by("ps10.gradients")
def _slopes_summed(right: Any, x: Array, targets: Array, theta: Array) -> Any:
    return right(x, targets, theta) * x.size


targets_forgotten = Idea(
    "targets-forgotten",
    "Your loss takes no notice of the targets. "
    "A high logit is right where the target is 1, and wrong where it is 0.",
    TRAIN,
)


@targets_forgotten.shown_by("ps10.loss", "ps10.loss_slope")
def _all_off(right: Any, logits: Array, targets: Array) -> Any:
    return right(logits, np.zeros_like(targets))


targets_swapped = Idea(
    "targets-swapped",
    "You have 0 and 1 the wrong way round. The probability of a 1 is the sigmoid of the logit.",
    TRAIN,
)


@targets_swapped.shown_by("ps10.loss", "ps10.loss_slope")
def _other_way_round(right: Any, logits: Array, targets: Array) -> Any:
    return right(logits, 1 - targets)


sigmoid_forgotten = Idea(
    "sigmoid-forgotten",
    "You compare the logit itself with the target. "
    "A logit is any number; its sigmoid is the probability that the target is compared with.",
    TRAIN,
)


@sigmoid_forgotten.shown_by("ps10.loss_slope")
def _logit_less_target(right: Any, logits: Array, targets: Array) -> Array:
    return (logits - targets) / logits.size


@sigmoid_forgotten.shown_by("ps10.gradients")
def _slope_of_squares(right: Any, x: Array, targets: Array, theta: Array) -> Array:
    return capstone.gradients(x, targets, theta, slope=lambda y, t: (y - t) / y.size)


LAYER = "ps10.layer"


@flip.shown_in(LAYER)
def _turned(conv: Conv, at: Any) -> Array:
    return conv(at.but(w=at.w[:, :, ::-1, ::-1]))


@stride_ignored.shown_in(LAYER)
def _every_window(conv: Conv, at: Any) -> Array:
    return conv(at.but(stride=1))


@padding_ignored.shown_in(LAYER)
def _no_frame(conv: Conv, at: Any) -> Array:
    return conv(at.but(padding=0))


@bias_ignored.shown_in(LAYER, "ps10.up")
def _no_bias(form: Conv, at: Any) -> Array:
    return form(at.but(bias=None))


@channels_not_summed.shown_in(LAYER)
def _first_channel(conv: Conv, at: Any) -> Array:
    return conv(at.but(x=at.x[:, :1], w=at.w[:, :1]))


@filters_alike.shown_in(LAYER)
def _first_filter(conv: Conv, at: Any) -> Array:
    return conv(at.but(w=np.repeat(at.w[:1], len(at.w), axis=0)))


@weight_layout.shown_in(LAYER)
def _input_channel_first(conv: Conv, at: Any) -> Array:
    return conv(at.but(w=at.w.swapaxes(0, 1)))


@first_image_only.shown_in(LAYER)
def _first_image(conv: Conv, at: Any) -> Array:
    return conv(at.but(x=np.repeat(at.x[:1], len(at.x), axis=0)))


@weight_grad_undilated.shown_in("ps10.back")
def _close_together(back: Any, at: Slope) -> Array:
    return _parts(back, at, 1, at.but(stride=1))


@stride_ignored.shown_in("ps10.back")
def _stamps_together(back: Any, at: Slope) -> Array:
    return _parts(back, at, 0, at.but(stride=1))


@padding_kept.shown_in("ps10.back")
def _frame_kept(back: Any, at: Slope) -> Array:
    return np.asarray(back(at.but(padding=0)))


@flip.shown_in("ps10.back")
def _forward_kernel(back: Any, at: Slope) -> Array:
    return _parts(back, at, 0, at.but(w=at.w[:, :, ::-1, ::-1]))


@averaged.shown_in("ps10.back")
def _mean_of_images(back: Any, at: Slope) -> Array:
    """The gradients of weight and bias, over the number of images."""
    found = np.array(back(at))
    found[at.x.size :] /= len(at.x)
    return found


def _parts(back: Any, at: Slope, part: int, wrong: Slope) -> Array:
    """The right gradients, and of one of them (input, weight) the wrong one."""
    found, other = np.array(back(at)), np.asarray(back(wrong))
    start, end = (0, at.x.size) if part == 0 else (at.x.size, at.x.size + at.w.size)
    found[start:end] = other[start:end]
    return found


@no_flip.shown_in("ps10.up")
def _stamp_turned(up: Any, at: UpLayer) -> Array:
    return np.asarray(up(at.but(w=at.w[:, :, ::-1, ::-1])))


@channels_not_summed.shown_in("ps10.up")
def _last_channel(up: Any, at: UpLayer) -> Array:
    return np.asarray(up(at.but(x=at.x[:, -1:], w=at.w[-1:])))


@appends_zero.shown_in("ps10.up")
def _without_bias_at_the_end(up: Any, at: UpLayer) -> Array:
    """Zeros after everything: the last row and column have no bias."""
    y = np.asarray(up(at.but(output_padding=0)))
    return np.pad(y, [(0, 0), (0, 0), *((0, more) for more in at.output_padding)])


skip_order = Idea(
    "skip-order",
    "You set the skip before what came up. The next weight expects what came up first, and then the skip.",
    NET,
)


@skip_order.shown_by("ps10.unet")
def _skip_first(right: Any, x: Array, theta: Array) -> Array:
    return capstone.layers(x, theta, merge=lambda up, kept: np.concatenate([kept, up], axis=1))[-1]


skip_missing = Idea(
    "skip-missing",
    "The skip brings nothing in your net. What was kept before the step down stands beside what comes up.",
    NET,
)


@skip_missing.shown_by("ps10.unet")
def _nothing_beside(right: Any, x: Array, theta: Array) -> Array:
    return capstone.layers(x, theta, merge=lambda up, kept: np.concatenate([up, 0 * kept], axis=1))[-1]


relu_missing = Idea(
    "relu-missing",
    "Your layers follow each other without a ReLU. "
    "Without it all of them together are one linear map, however many there are.",
    NET,
)


@relu_missing.shown_by("ps10.unet")
def _all_linear(right: Any, x: Array, theta: Array) -> Array:
    return capstone.layers(x, theta, relu=lambda x: x)[-1]


relu_last = Idea(
    "relu-on-logits",
    "You cut the logits off at 0. A logit below 0 says that the cell is background, so it has to stay.",
    NET,
)


@relu_last.shown_by("ps10.unet")
def _cut_at_the_end(right: Any, x: Array, theta: Array) -> Array:
    return np.maximum(right(x, theta), 0)


sigmoid_last = Idea(
    "probabilities-for-logits",
    "You give probabilities. The logits are asked for, before the sigmoid.",
    NET,
)


@sigmoid_last.shown_by("ps10.unet")
def _squashed(right: Any, x: Array, theta: Array) -> Array:
    return capstone.sigmoid(right(x, theta))


threshold = Idea(
    "threshold-only",
    "You mark what is bright. The bars are as bright as the discs, so no threshold can tell them apart: the "
    "net has to look at shapes.",
    TRAIN,
)


@threshold.shown_by("ps10.train")
def _bright(right: Any, images: Array, masks: Array, new_images: Array) -> Array:
    return new_images > 0.5
