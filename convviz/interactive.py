"""The figures to play with: a custom element, the still picture in it, and the script that moves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import ArrayLike

from convlib.shapes import conv_transpose_output_size
from convviz.bundle import bundle
from convviz.numbers import Values, values, whole
from convviz.picture import Picture
from convviz.stamps import Sheet, stamps
from convviz.tables import sliding_table
from convviz.windows import windows

MOST_NUMBERS = 12
LARGEST = 999
MOST_CELLS = 40


@dataclass(frozen=True, repr=False)
class Interactive:
    """A figure to play with. Where scripts do not run, the still picture inside it is what one sees.

    It needs no kernel, no server and no network, and any number of figures can share a page.
    """

    name: str
    attributes: Mapping[str, str]
    still: Picture

    def _repr_html_(self) -> str:
        """What Jupyter and the book show: the element, the still picture in it, and the script."""
        attributes = "".join(f' {key}="{escape(text)}"' for key, text in self.attributes.items())
        return (
            f"<conv-{self.name}{attributes}>{self.still._repr_html_()}</conv-{self.name}>"
            f'<script type="module">\n{bundle(f"{self.name}.mjs")}</script>'
        )

    def __repr__(self) -> str:
        return f"{self.name}: {self.still!r}"


def slide(f: ArrayLike, g: ArrayLike) -> Interactive:
    """Convolution by hand: f stays, g is reversed and moves one to the right at every step.

    Raises ValueError unless f and g are 1 to 12 numbers between -999 and 999.

    >>> slide([1, 2, 3, 4], [1, 2, 3]).attributes
    {'f': '1, 2, 3, 4', 'g': '1, 2, 3'}
    """
    f, g = _numbers("f", f), _numbers("g", g)
    return Interactive("slide", {"f": _text(f), "g": _text(g)}, sliding_table(f, g))


def sizes(n: int = 7, k: int = 3, *, stride: int = 1, padding: int = 0, dilation: int = 1) -> Interactive:
    """The size formula: windows of k taps over n cells, and the cells on the right that are left over.

    Raises ValueError if the kernel does not fit, or if there are more than 40 cells with the padding.

    >>> sizes(6, 3, stride=2).still.title
    '2 windows of 3 taps over 6 cells, 1 cell left over'
    """
    padding = whole("padding", padding, 0)
    still = windows(n, k, stride=stride, padding=padding, dilation=dilation)
    if n + 2 * padding > MOST_CELLS:
        raise ValueError(f"n + 2 * padding must be at most {MOST_CELLS} here, got {n + 2 * padding}")
    given = {"n": n, "k": k, "stride": stride, "padding": padding, "dilation": dilation}
    return Interactive("sizes", {key: str(number) for key, number in given.items()}, still)


def scatter(
    x: ArrayLike,
    w: ArrayLike,
    *,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> Interactive:
    """Transposed convolution as stamping: each x_i * w lands `stride` cells further on; columns add up.

    Raises ValueError unless x and w are 1 to 12 numbers between -999 and 999, or if a size rule is broken.

    >>> scatter([1, 2], [1, 10, 100], stride=2).still.title
    'Transposed convolution, 2 stamps of 3 values'
    """
    x, w = _numbers("x", x), _numbers("w", w)
    given = {"stride": stride, "padding": padding, "output_padding": output_padding, "dilation": dilation}
    given = {name: whole(name, number, 0) for name, number in given.items()}
    attributes = {"x": _text(x), "w": _text(w)} | {key: str(number) for key, number in given.items()}
    return Interactive("scatter", attributes, stamps(x, w, _stamped(x, w, **given), **given))


def _stamped(x: Values, w: Values, stride: int, padding: int, output_padding: int, dilation: int) -> Values:
    """The sums of the columns that remain: what the still picture shows below its stamps."""
    conv_transpose_output_size(len(x), len(w), stride, padding, output_padding, dilation)
    sheet = Sheet(x, w, stride, dilation, (padding, padding), output_padding)
    return sheet.sums()[sheet.kept().start : sheet.kept().stop]


def _numbers(name: str, given: ArrayLike) -> Values:
    array = values(name, given, axes=1)
    if array.size > MOST_NUMBERS:
        raise ValueError(f"{name} must have at most {MOST_NUMBERS} numbers here, got {array.size}")
    if np.abs(array).max() > LARGEST:
        raise ValueError(f"{name} must stay between -{LARGEST} and {LARGEST} here, got {given!r}")
    return array


def _text(array: Values) -> str:
    """Numbers as a reader would type them, never as 1e-05.

    >>> _text(np.array([1.0, -0.5, 0.00001]))
    '1, -0.5, 0.00001'
    """
    return ", ".join(np.format_float_positional(number, trim="-") for number in array)
