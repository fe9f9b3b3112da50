"""convviz: pictures and figures of convolution. The numbers that they show come from the caller."""

from convviz.areas import overlap
from convviz.bars import bars
from convviz.blocks import blocks
from convviz.channels import channels
from convviz.charts import curves
from convviz.dots import dots
from convviz.grids import conv2d
from convviz.groups import groups
from convviz.images import image, images
from convviz.interactive import scatter, sizes, slide
from convviz.matrices import matrix
from convviz.picture import Picture
from convviz.playing import play, play_transposed
from convviz.stamps import stamps
from convviz.stretched import stretched
from convviz.strips import conv1d
from convviz.tables import sliding_row, sliding_table
from convviz.windows import windows

__all__ = [
    "Picture",
    "bars",
    "blocks",
    "channels",
    "conv1d",
    "conv2d",
    "curves",
    "dots",
    "groups",
    "image",
    "images",
    "matrix",
    "overlap",
    "play",
    "play_transposed",
    "scatter",
    "sizes",
    "slide",
    "sliding_row",
    "sliding_table",
    "stamps",
    "stretched",
    "windows",
]
