"""convviz: pictures and figures of convolution. The numbers that they show come from the caller."""

from convviz.grids import conv2d
from convviz.interactive import scatter, sizes, slide
from convviz.matrices import matrix
from convviz.picture import Picture
from convviz.stamps import stamps
from convviz.strips import conv1d
from convviz.tables import sliding_row, sliding_table
from convviz.windows import windows

__all__ = [
    "Picture",
    "conv1d",
    "conv2d",
    "matrix",
    "scatter",
    "sizes",
    "slide",
    "sliding_row",
    "sliding_table",
    "stamps",
    "windows",
]
