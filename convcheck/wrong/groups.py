"""Wrong ideas about groups, as changes to a Layer."""

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Layer
from convcheck.ideas import Idea
from convcheck.wrong.kernels import WHOLE, Conv

GROUPED = ("ps05.groups", *WHOLE)

groups_interleaved = Idea(
    "groups-interleaved",
    "You deal the input channels out to the groups in turn. "
    "A group is a block of neighbours: with two groups, the first half of the channels is the first group.",
    "conv/groups",
)


@groups_interleaved.shown_in(*GROUPED)
def _dealt_out(conv: Conv, at: Layer) -> Array:
    channels = np.arange(at.x.shape[1]).reshape(-1, at.groups).T.ravel()
    return conv(at.but(x=at.x[:, channels]))


depthwise_order = Idea(
    "depthwise-order",
    "You deal the output channels out to the groups in turn. "
    "Outputs come in blocks too: the first O / groups of them belong to the first group of inputs.",
    "conv/depthwise",
)


@depthwise_order.shown_in(*GROUPED)
def _outputs_dealt_out(conv: Conv, at: Layer) -> Array:
    """Output o looks at group o modulo the number of groups, with its own kernel."""
    order = np.arange(len(at.w)).reshape(-1, at.groups).T.ravel()
    back = np.argsort(order)
    bias = None if at.bias is None else at.bias[order]
    return conv(at.but(w=at.w[order], bias=bias))[:, back]


groups_ignored = Idea(
    "groups-ignored",
    "All your output channels look at the same input channels, the first ones. "
    "Each group of outputs has a block of inputs of its own.",
    "conv/groups",
)


@groups_ignored.shown_in(*GROUPED)
def _first_block_for_all(conv: Conv, at: Layer) -> Array:
    return conv(at.but(x=at.x[:, : at.w.shape[1]], groups=1))


group_kernels_shared = Idea(
    "group-kernels-shared",
    "Every group of yours uses the kernels of the first. "
    "The weight holds O filters: group g has those from g * O / groups on.",
    "conv/groups",
)


@group_kernels_shared.shown_in(*GROUPED)
def _first_filters_for_all(conv: Conv, at: Layer) -> Array:
    first = at.w[: len(at.w) // at.groups]
    return conv(at.but(w=np.concatenate([first] * at.groups)))
