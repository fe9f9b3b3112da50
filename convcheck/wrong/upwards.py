"""Wrong ideas about the transposed convolution, as changes to an UpLayer; and about its matrix."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Ints, Layer, UpLayer
from convcheck.ideas import Idea
from convcheck.slopes import Slope
from convcheck.wrong.backwards import padding_kept
from convcheck.wrong.dilation import dilation_as_zeros, dilation_ignored
from convcheck.wrong.layers import bias_ignored, bias_last_axis, channels_not_summed
from convcheck.wrong.signals import flip
from convcheck.wrong.sizes import padding_ignored, padding_one_side, stride_ignored

Up = Callable[[Any], Array]

WHOLE = ("ps06.conv_transpose2d", "ps06.nd")
CHANNELED = ("ps06.channels", *WHOLE)
RESIZED = ("ps06.output_padding", *WHOLE)
CROPPED = ("ps06.padding", *RESIZED)
STEPPED = ("ps06.stride", *CROPPED)
STAMPED = ("ps06.stamp", *STEPPED, "ps06.channels")


def turned(w: Array) -> Array:
    """The kernel turned round along all its axes."""
    return np.flip(w, tuple(range(2, w.ndim)))


@flip.shown_in("ps06.matrix")
def _rows_turned(conv: Up, at: Layer) -> Array:
    return conv(at.but(w=turned(at.w)))


@stride_ignored.shown_in("ps06.matrix", "ps06.back")
def _every_row(conv: Up, at: Layer) -> Array:
    return conv(at.but(stride=1))


@padding_ignored.shown_in("ps06.matrix")
def _no_frame(conv: Up, at: Layer) -> Array:
    return conv(at.but(padding=0))


@padding_kept.shown_in("ps06.back")
def _frame_kept(back: Up, at: Slope) -> Array:
    return back(at.but(padding=0))


@dilation_ignored.shown_in("ps06.matrix")
def _taps_together(conv: Up, at: Layer) -> Array:
    return conv(at.but(dilation=1))


convt_dilation_ignored = Idea(
    "convT-dilation-ignored",
    "The dilation does nothing on your way up. "
    "A dilated kernel is stamped with its gaps: neighbouring taps land d cells apart.",
    "transposed/groups-and-dilation",
)


@convt_dilation_ignored.shown_in(*WHOLE)
def _stamps_without_gaps(up: Up, at: UpLayer) -> Array:
    return up(at.but(dilation=1))


@convt_dilation_ignored.shown_in(*WHOLE)
def _stamps_without_gaps_and_no_refusal(up: Up, at: UpLayer) -> Array:
    """output_padding is added on the right, whatever the rule says about it."""
    up(at)
    y = up(at.but(dilation=1, output_padding=0))
    return np.pad(y, [(0, 0), (0, 0), *((0, more) for more in at.output_padding)])


@dilation_as_zeros.shown_in(*WHOLE)
def _one_zero_more(up: Up, at: UpLayer) -> Array:
    return up(at.but(dilation=tuple(d + 1 for d in at.dilation)))


@dilation_as_zeros.shown_in(*WHOLE)
def _one_zero_more_if_any(up: Up, at: UpLayer) -> Array:
    return up(at.but(dilation=tuple(d + (d > 1) for d in at.dilation)))


matrix_transposed = Idea(
    "matrix-transposed",
    "Your matrix is the transpose of what is asked for. "
    "It turns n inputs into m outputs, so it has m rows and n columns.",
    "transposed/matrix",
)


@matrix_transposed.shown_by("ps06.matrix")
def _columns_as_rows(right: Any, *args: Any) -> Array:
    return np.asarray(right(*args)).T


convt_inverts = Idea(
    "convT-inverts",
    "You undo the convolution, as an inverse would. "
    "The transpose brings back the shape, and spreads each output over the cells that made it; no more.",
    "transposed/not-an-inverse",
)


@convt_inverts.shown_by("ps06.back")
def _least_squares(right: Any, y: Array, w: Array, n: int, stride: int, padding: int) -> Array:
    columns = np.array([right(unit, w, n, stride, padding) for unit in np.eye(len(y))])
    return np.linalg.lstsq(columns, y, rcond=None)[0]


no_flip = Idea(
    "convT-no-flip",
    "You let the kernel slide over the padded input as it stands. "
    "A stamp that begins at its cell reaches forward, so to read one output the kernel has to be turned.",
    "transposed/stretched-input",
)


@no_flip.shown_in(*STAMPED, "ps06.back")
def _as_it_stands(up: Up, at: Any) -> Array:
    return up(at.but(w=turned(at.w)))


@stride_ignored.shown_in(*STEPPED)
def _side_by_side(up: Up, at: UpLayer) -> Array:
    return up(at.but(stride=1, output_padding=0))


s_zeros = Idea(
    "convT-s-zeros",
    "You put s zeros between neighbouring inputs. With stride s the stamps begin s cells apart: s - 1 zeros.",
    "transposed/stretched-input",
)


@s_zeros.shown_in(*STEPPED)
def _one_too_many(up: Up, at: UpLayer) -> Array:
    return up(at.but(stride=tuple(s + 1 for s in at.stride)))


@s_zeros.shown_in(*STEPPED)
def _one_too_many_if_any(up: Up, at: UpLayer) -> Array:
    return up(at.but(stride=tuple(s + (s > 1) for s in at.stride)))


trailing_zeros = Idea(
    "convT-trailing-zeros",
    "You put zeros after the last input too. "
    "They stand between inputs only, so the output ends with a stamp.",
    "transposed/stretched-input",
)


@trailing_zeros.shown_in("ps06.stride", "ps06.padding")
def _zeros_at_the_end(up: Up, at: UpLayer) -> Array:
    """Cells that no stamp reaches, before what is cut off is cut off."""
    whole = up(at.but(padding=0))
    longer = np.pad(whole, [(0, 0), (0, 0), *((0, s - 1) for s in at.stride)])
    return _cut(longer, at.padding, at.padding)


padding_adds = Idea(
    "convT-padding-adds",
    "Your padding makes the output longer. "
    "It undoes the padding of the way down, so it cuts p cells off each end.",
    "transposed/padding-crops",
)


@padding_adds.shown_in(*CROPPED)
def _zeros_round_the_result(up: Up, at: UpLayer) -> Array:
    y = up(at.but(padding=0))
    return np.pad(y, [(0, 0), (0, 0), *((p, p) for p in at.padding)])


@padding_ignored.shown_in(*CROPPED)
def _nothing_cut(up: Up, at: UpLayer) -> Array:
    return up(at.but(padding=0))


def _cut(y: Array, before: Ints, after: Ints) -> Array:
    ends = zip(before, after, y.shape[2:], strict=True)
    kept: list[Any] = [slice(a, n - b) for a, b, n in ends]
    return np.asarray(y[(..., *kept)])


@padding_one_side.shown_in(*CROPPED)
def _front_cut(up: Up, at: UpLayer) -> Array:
    return _cut(up(at.but(padding=0)), at.padding, (0,) * at.axes)


@padding_one_side.shown_in(*CROPPED)
def _back_cut(up: Up, at: UpLayer) -> Array:
    return _cut(up(at.but(padding=0)), (0,) * at.axes, at.padding)


appends_zero = Idea(
    "output-padding-appends-zero",
    "You append zeros for output_padding. It cuts less off on the right, so what was stamped there stays.",
    "transposed/output-padding",
)


@appends_zero.shown_in(*RESIZED)
def _zeros_appended(up: Up, at: UpLayer) -> Array:
    up(at)  # what is refused stays refused
    y = up(at.but(output_padding=0))
    return np.pad(y, [(0, 0), (0, 0), *((0, more) for more in at.output_padding)])


more_left = Idea(
    "output-padding-left",
    "You give the extra cells of output_padding on the left. "
    "torch cuts less off on the right, and only there.",
    "transposed/output-padding",
)


@more_left.shown_in(*RESIZED)
def _less_cut_in_front(up: Up, at: UpLayer) -> Array:
    up(at)
    whole = up(at.but(padding=0, output_padding=0))
    amounts = list(zip(at.output_padding, at.padding, strict=True))
    longer = np.pad(whole, [(0, 0), (0, 0), *((max(0, more - p), 0) for more, p in amounts)])
    before = tuple(max(0, p - more) for more, p in amounts)
    return _cut(longer, before, at.padding)


output_padding_ignored = Idea(
    "output-padding-ignored",
    "The output_padding does nothing in your answer. It makes the output so many cells longer, on the right.",
    "transposed/output-padding",
)


@output_padding_ignored.shown_in(*RESIZED)
def _no_more(up: Up, at: UpLayer) -> Array:
    up(at)
    return up(at.but(output_padding=0))


@output_padding_ignored.shown_in(*RESIZED)
def _no_more_and_no_refusal(up: Up, at: UpLayer) -> Array:
    return up(at.but(output_padding=0))


output_padding_twice = Idea(
    "output-padding-both-sides",
    "You give the extra cells of output_padding on both sides. They come once, on the right.",
    "transposed/output-padding",
)


@output_padding_twice.shown_in("ps06.output_padding")
def _less_cut_on_both(up: Up, at: UpLayer) -> Array:
    up(at)
    (more,), (p,) = at.output_padding, at.padding
    whole = np.pad(up(at.but(padding=0, output_padding=0)), [(0, 0), (0, 0), (more, more)])
    return whole[..., p : whole.shape[-1] - p]


layout = Idea(
    "convT-layout",
    "You read the weight with the output channel first. "
    "A transposed convolution has the layout of the layer that it undoes: (C, O / groups, ...), input first.",
    "transposed/transpose",
)


@layout.shown_in("ps06.channels")
def _output_first(up: Up, at: UpLayer) -> Array:
    return up(at.but(w=at.w.swapaxes(0, 1)))


@channels_not_summed.shown_in(*CHANNELED)
def _last_channel(up: Up, at: UpLayer) -> Array:
    """The stamps of one channel of each group overwrite those of the others."""
    own = len(at.w) // at.groups
    last = [own * (g + 1) - 1 for g in range(at.groups)]
    return up(at.but(x=at.x[:, last], w=at.w[last]))


@channels_not_summed.shown_in(*CHANNELED)
def _first_channel(up: Up, at: UpLayer) -> Array:
    own = len(at.w) // at.groups
    first = [own * g for g in range(at.groups)]
    return up(at.but(x=at.x[:, first], w=at.w[first]))


@bias_ignored.shown_in(*CHANNELED)
def _no_bias(up: Up, at: UpLayer) -> Array:
    return up(at.but(bias=None))


@bias_last_axis.shown_in(*CHANNELED)
def _bias_per_column(up: Up, at: UpLayer) -> Array:
    return up(at.but(bias=None)) + (0 if at.bias is None else at.bias)


stamps_overwrite = Idea(
    "stamps-overwrite",
    "Where two stamps overlap, the later one wipes out the earlier. Overlapping stamps are added up.",
    "transposed/transpose",
)


@stamps_overwrite.shown_in("ps06.stamp", "ps06.stride", "ps06.padding", "ps06.output_padding")
def _later_wins(up: Up, at: UpLayer) -> Array:
    y = up(at.but(x=0 * at.x, padding=0, output_padding=0))
    size = up(at).shape[-1]
    for i, value in enumerate(at.x[0, 0]):
        start = i * at.stride[0]
        y[0, 0, start : start + at.w.shape[-1]] = value * at.w[0, 0]
    p = at.padding[0]
    longer = np.pad(y, [(0, 0), (0, 0), (0, max(0, p + size - y.shape[-1]))])
    return longer[..., p : p + size]


norms = Idea(
    "adjoint-norms",
    "You compare the lengths of the vectors. "
    "The test takes mixed products: C x with y on one side, x with B y on the other.",
    "transposed/transpose",
)


@norms.shown_by("ps06.adjoint")
def _squares(right: Any, x: Array, cx: Array, y: Array, by: Array) -> Any:
    return np.sum(cx * cx) - np.sum(by * by)


@norms.shown_by("ps06.adjoint")
def _own_squares(right: Any, x: Array, cx: Array, y: Array, by: Array) -> Any:
    return np.sum(x * x) - np.sum(y * y)


sums = Idea(
    "adjoint-sums",
    "You compare plain sums. An inner product multiplies entry by entry first, and then adds up.",
    "transposed/transpose",
)


@sums.shown_by("ps06.adjoint")
def _plain_sums(right: Any, x: Array, cx: Array, y: Array, by: Array) -> Any:
    return np.sum(cx) - np.sum(by)


@sums.shown_by("ps06.adjoint")
def _product_of_sums(right: Any, x: Array, cx: Array, y: Array, by: Array) -> Any:
    return np.sum(cx) * np.sum(y) - np.sum(x) * np.sum(by)


dealt = Idea(
    "convT-groups-interleaved",
    "You deal the channels out to the groups in turn. "
    "Groups are blocks of neighbours on the way up as well, of inputs and of outputs.",
    "transposed/groups-and-dilation",
)


@dealt.shown_in(*WHOLE)
def _inputs_dealt(up: Up, at: UpLayer) -> Array:
    order = np.arange(at.x.shape[1]).reshape(-1, at.groups).T.ravel()
    return up(at.but(x=at.x[:, order]))


@dealt.shown_in(*WHOLE)
def _outputs_dealt(up: Up, at: UpLayer) -> Array:
    outputs = at.w.shape[1] * at.groups
    order = np.arange(outputs).reshape(at.groups, -1).T.ravel()
    bias = None if at.bias is None else at.bias[np.argsort(order)]
    return up(at.but(bias=bias))[:, order]
