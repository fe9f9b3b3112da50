"""Wrong ideas about dilation, as changes to a Layer or a Slope."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convcheck.draw import Array
from convcheck.forms import Layer
from convcheck.ideas import Idea
from convcheck.wrong.kernels import DILATED, SPACE, Conv, framed

dilation_ignored = Idea(
    "dilation-ignored",
    "The dilation does nothing in your answer. "
    "With dilation d, neighbouring taps of the kernel meet cells that lie d apart.",
    "conv/dilation",
)


@dilation_ignored.shown_in("ps07.input", "ps07.weight", "ps07.up_input", "ps07.up_weight", *DILATED, SPACE)
def _no_gaps(form: Callable[[Any], Array], at: Any) -> Array:
    return form(at.but(dilation=1))


dilation_as_zeros = Idea(
    "dilation-as-zeros",
    "You put d zeros between neighbouring taps. Dilation d means d - 1 of them: the taps lie d cells apart.",
    "conv/dilation",
)


@dilation_as_zeros.shown_in(*DILATED, SPACE)
def _one_zero_more(conv: Conv, at: Layer) -> Array:
    return conv(at.but(dilation=tuple(d + 1 for d in at.dilation)))


@dilation_as_zeros.shown_in(*DILATED, SPACE)
def _one_zero_more_if_any(conv: Conv, at: Layer) -> Array:
    return conv(at.but(dilation=tuple(d + (d > 1) for d in at.dilation)))


effective_kernel = Idea(
    "effective-kernel",
    "You take k times d for the length of a dilated kernel. "
    "Between k taps there are k - 1 gaps, so it spans d(k - 1) + 1 cells.",
    "conv/dilation",
)


@effective_kernel.shown_in(*DILATED)
def _windows_too_long(conv: Conv, at: Layer) -> Array:
    settings = zip(at.x.shape[2:], at.padding, at.w.shape[2:], at.dilation, at.stride, strict=True)
    sizes = [max(0, (n + 2 * p - k * d) // s + 1) for n, p, k, d, s in settings]
    ends = tuple(slice(0, size) for size in sizes)
    return np.asarray(conv(at)[(slice(None), slice(None), *ends)])


dilation_swapped = Idea(
    "dilation-swapped",
    "You read the dilation as (columns, rows). "
    "torch's pairs follow the axes of the array: first the rows, then the columns.",
    "conv/dilation",
)


@dilation_swapped.shown_in(*DILATED)
def _columns_first(conv: Conv, at: Layer) -> Array:
    return conv(at.but(dilation=at.dilation[::-1]))


dilation_thins_input = Idea(
    "dilation-thins-input",
    "You take every d-th cell of the input and let the kernel slide over what is left. "
    "Only within a window do the taps skip cells; the windows still start at every cell.",
    "conv/dilation",
)


@dilation_thins_input.shown_in(*DILATED)
def _every_dth_cell(conv: Conv, at: Layer) -> Array:
    thin = framed(at).x[:, :, :: at.dilation[0], :: at.dilation[1]]
    return conv(at.but(x=thin, padding=0, dilation=1))
