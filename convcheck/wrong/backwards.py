"""Wrong ideas about gradients, as changes to a Slope or to a sum of gradients."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Layer
from convcheck.ideas import Idea
from convcheck.slopes import Slope
from convcheck.wrong.layers import bias_last_axis, first_image_only
from convcheck.wrong.signals import flip
from convcheck.wrong.sizes import padding_ignored, stride_ignored

Back = Callable[[Any], Array]

PAGE = "transposed/backward"
TO_INPUT = ("ps07.input_1d", "ps07.input_strided", "ps07.input")
TO_WEIGHT = ("ps07.weight_1d", "ps07.weight_strided", "ps07.weight", "ps07.up_weight")


@flip.shown_in(*TO_INPUT, "ps07.up_input")
def _kernel_turned(back: Back, at: Layer) -> Array:
    return back(at.but(w=np.flip(at.w, tuple(range(2, at.w.ndim)))))


@flip.shown_in("ps07.weight_1d", "ps07.weight_strided", "ps07.weight")
def _gradient_turned(back: Back, at: Slope) -> Array:
    return back(at.but(g=np.flip(at.g, tuple(range(2, at.g.ndim)))))


@flip.shown_in("ps07.up_weight")
def _input_turned(back: Back, at: Slope) -> Array:
    return back(at.but(g=np.flip(at.g, tuple(range(2, at.g.ndim)))))


only_valid = Idea(
    "gradient-only-valid",
    "You let the kernel meet g only where it lies wholly inside, so the ends of x get nothing. "
    "Every entry of g sends something to each cell its window saw, and the ends of x were seen too.",
    PAGE,
)


@only_valid.shown_in("ps07.input_1d")
def _inside_only(back: Back, at: Slope) -> Array:
    k = at.w.shape[-1]
    return back(at)[..., k - 1 : max(k, at.x.shape[-1] - k + 1)]


@only_valid.shown_in("ps07.input_1d")
def _middle_only(back: Back, at: Slope) -> Array:
    m = at.g.shape[-1]
    start = (at.w.shape[-1] - 1) // 2
    return back(at)[..., start : start + m]


weight_grad_undilated = Idea(
    "weight-grad-undilated",
    "You slide g over x as if its entries were neighbours. "
    "With stride s they belong to windows s cells apart, so in the weight's gradient the stride spreads g.",
    PAGE,
)


@weight_grad_undilated.shown_in("ps07.weight_strided", "ps07.weight", "ps07.up_weight")
def _close_together(back: Back, at: Slope) -> Array:
    return back(at.but(stride=1))


weight_grad_stepped = Idea(
    "weight-grad-stepped",
    "You move g by the stride from tap to tap. "
    "The next tap met the cells that lie one further on, whatever the stride is; the stride spreads g.",
    PAGE,
)


@weight_grad_stepped.shown_in("ps07.weight_strided")
def _steps_as_forward(back: Back, at: Slope) -> Array:
    """What sliding with a step would give, as many taps as there are places for them."""
    return back(at.but(stride=1, dilation=at.stride))


@stride_ignored.shown_in("ps07.input_strided", "ps07.input")
def _stamps_side_by_side(back: Back, at: Slope) -> Array:
    return back(at.but(stride=1))


@stride_ignored.shown_in("ps07.up_input")
def _every_place(back: Back, at: Layer) -> Array:
    return back(at.but(stride=1))


padding_kept = Idea(
    "padding-kept",
    "You forget that the padding stood in front. "
    "The first cells that were stamped, or met, are zeros of the frame, not cells of x.",
    PAGE,
)


@padding_kept.shown_in("ps07.input_strided", "ps07.input", "ps07.weight_strided", "ps07.weight")
def _no_frame(back: Back, at: Slope) -> Array:
    return back(at.but(padding=0))


@padding_ignored.shown_in("ps07.up_input")
def _no_padding(back: Back, at: Layer) -> Array:
    return back(at.but(padding=0))


@padding_kept.shown_in("ps07.up_weight")
def _no_frame_above(back: Back, at: Slope) -> Array:
    return back(at.but(padding=0))


uncovered_lost = Idea(
    "uncovered-cells-lost",
    "Your gradient ends where the last window ends. "
    "The cells that no window reached are part of x as well: their gradient is 0, and it has to be there.",
    PAGE,
)


@uncovered_lost.shown_in("ps07.input_strided", "ps07.input")
def _ends_with_the_windows(back: Back, at: Slope) -> Array:
    settings = zip(at.g.shape[2:], at.w.shape[2:], at.stride, at.padding, at.dilation, strict=True)
    reached = [s * (m - 1) + d * (k - 1) + 1 - p for m, k, s, p, d in settings]
    ends: list[Any] = [slice(0, n) for n in reached]
    return np.asarray(back(at)[(..., *ends)])


channels_exchanged = Idea(
    "gradient-layout",
    "Your gradient has its first two axes exchanged. "
    "A gradient has the shape of what it belongs to, and the weight's begins with the output channel.",
    PAGE,
)


@channels_exchanged.shown_in("ps07.weight")
def _input_channel_first(back: Back, at: Slope) -> Array:
    return back(at).swapaxes(0, 1)


@channels_exchanged.shown_in("ps07.up_weight")
def _output_channel_first(back: Back, at: Slope) -> Array:
    return back(at).swapaxes(0, 1)


averaged = Idea(
    "gradient-averaged",
    "You average over the images of the batch. "
    "The loss adds the images up, so each sends its share in full; an average is the loss's own affair.",
    PAGE,
)


@averaged.shown_in("ps07.weight", "ps07.up_weight")
def _over_the_batch(back: Back, at: Slope) -> Array:
    return back(at) / len(at.x)


@averaged.shown_in("ps07.bias")
def _mean_over_images(back: Back, g: Array) -> Array:
    return back(g) / len(g)


@averaged.shown_in("ps07.bias")
def _mean_over_all(back: Back, g: Array) -> Array:
    return back(g) * g.shape[1] / g.size


@first_image_only.shown_in("ps07.weight", "ps07.up_weight")
def _first_image(back: Back, at: Slope) -> Array:
    return back(at.but(x=at.x[:1], g=at.g[:1]))


@first_image_only.shown_in("ps07.bias")
def _first_of_g(back: Back, g: Array) -> Array:
    return back(g[:1])


batch_kept = Idea(
    "batch-kept",
    "You keep the images apart. There is one bias for all images, so its gradient adds them up.",
    PAGE,
)


@batch_kept.shown_in("ps07.bias")
def _image_by_image(back: Back, g: Array) -> Array:
    return np.array([back(image[None]) for image in g])


@bias_last_axis.shown_in("ps07.bias")
def _all_but_the_last_axis(back: Back, g: Array) -> Array:
    return back(g.swapaxes(1, -1))


cells_kept = Idea(
    "cells-kept",
    "You add up the images only, and a number is left for every cell. "
    "The bias came to every cell of its channel, so the cells are added up as well.",
    PAGE,
)


@cells_kept.shown_in("ps07.bias")
def _batch_only(back: Back, g: Array) -> Array:
    return g.sum(axis=0)


one_sided = Idea(
    "one-sided-difference",
    "You wiggle each tap to one side only. "
    "The mean of a step up and a step down has no error of the first order, so take L(w + h) - L(w - h).",
    PAGE,
)


def _curvature(x: Array, w: Array) -> Array:
    """The second derivative along each tap: the sum of squares of the cells that it met."""
    m = len(x) - len(w) + 1
    return np.correlate(x**2, np.ones(m), "valid")


@one_sided.shown_by("ps07.numeric")
def _up_only(right: Any, x: Array, w: Array, h: float) -> Array:
    return np.asarray(right(x, w, h) + h / 2 * _curvature(x, w))


@one_sided.shown_by("ps07.numeric")
def _down_only(right: Any, x: Array, w: Array, h: float) -> Array:
    return np.asarray(right(x, w, h) - h / 2 * _curvature(x, w))


not_divided = Idea(
    "difference-not-divided",
    "You do not divide by the whole width of the step. "
    "From w - h to w + h it is 2h wide, and a slope is height over width.",
    PAGE,
)


@not_divided.shown_by("ps07.numeric")
def _by_nothing(right: Any, x: Array, w: Array, h: float) -> Array:
    return np.asarray(2 * h * right(x, w, h))


@not_divided.shown_by("ps07.numeric")
def _times_width(right: Any, x: Array, w: Array, h: float) -> Array:
    return np.asarray(right(x, w, h) * h)


twice = Idea(
    "slope-twice",
    "Your slopes are twice as steep as they should be. Either you divide by h, though from w - h to w + h it "
    "is 2h, or the half in front of the sum of squares is missing.",
    PAGE,
)


@twice.shown_by("ps07.numeric")
def _twice(right: Any, x: Array, w: Array, h: float) -> Array:
    return np.asarray(right(x, w, h) * 2)
