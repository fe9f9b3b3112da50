"""Random layers from the whole lattice of parameters, drawn by Hypothesis, integers in float64."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

small = st.integers(1, 3)


@dataclass
class Layer:
    """One call: the arrays, and the keyword arguments that convlib and torch share."""

    input: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    options: dict[str, Any]


@st.composite
def layers(draw: st.DrawFn, axes: int, transposed: bool = False) -> Layer:
    """A layer that is legal: non-square, any remainder, groups with distinct weights."""
    per_axis = st.tuples(*[small] * axes)
    groups, per_group_in, per_group_out = draw(small), draw(small), draw(small)
    kernel, stride, dilation = draw(per_axis), draw(per_axis), draw(per_axis)
    padding = draw(st.tuples(*[st.integers(0, 2)] * axes))
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    options: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    if transposed:
        lengths = [draw(st.integers(1 + 2 * p, 4 + 2 * p)) for p in padding]
        options["output_padding"] = tuple(
            draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True)
        )
        channels = (groups * per_group_in, per_group_out)
    else:
        lengths = [draw(st.integers(max(1, r - 2 * p), r + 5)) for r, p in zip(reach, padding, strict=True)]
        channels = (groups * per_group_out, per_group_in)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    def integers(*shape: int) -> np.ndarray:
        return random.integers(-9, 10, shape).astype(float)

    bias = integers(groups * per_group_out) if draw(st.booleans()) else None
    batch = draw(st.sampled_from([(), (1,), (2,)]))
    x = integers(*batch, groups * per_group_in, *lengths)
    return Layer(x, integers(*channels, *kernel), bias, options)
