"""Wrong ideas about dilation, as changes to a Layer or a Slope."""

from collections.abc import Callable
from typing import Any

from convcheck.draw import Array
from convcheck.ideas import Idea

dilation_ignored = Idea(
    "dilation-ignored",
    "The dilation does nothing in your answer. "
    "With dilation d, neighbouring taps of the kernel meet cells that lie d apart.",
    "conv/dilation",
)


@dilation_ignored.shown_in("ps07.input", "ps07.weight", "ps07.up_input", "ps07.up_weight")
def _no_gaps(form: Callable[[Any], Array], at: Any) -> Array:
    return form(at.but(dilation=1))
