"""Random layers from the whole lattice of parameters, drawn by Hypothesis, integers in float64."""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from hypothesis import strategies as st

import convlib
from convlib.arguments import Placement, placement

torch.set_num_threads(1)  # these layers are too small for more, and its idle threads would slow ours down

small = st.integers(1, 3)
MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}  # NumPy's names


@dataclass
class Layer:
    """One call: the arrays, and the keyword arguments that convlib and torch share."""

    input: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    options: dict[str, Any]

    @property
    def axes(self) -> int:
        return self.weight.ndim - 2

    @property
    def batch(self) -> np.ndarray:
        """The input with a batch axis."""
        return self.input if self.input.ndim == self.weight.ndim else self.input[None]

    @property
    def at(self) -> Placement:
        """The placement of a convolution."""
        names = ("stride", "padding", "dilation", "groups", "padding_mode")
        defaults = (1, 0, 1, 1, "zeros")
        return placement(
            self.weight.shape[2:],
            *(self.options.get(n, d) for n, d in zip(names, defaults, strict=True)),
        )

    def padded(self) -> np.ndarray:
        """The batch after padding, by np.pad, which convlib does not use."""
        return np.pad(self.batch, ((0, 0), (0, 0), *self.at.padding), MODES[self.at.mode])


def integers(seed: int, *shape: int) -> np.ndarray:
    """Whole numbers from -9 to 9, in float64, so that sums are exact."""
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(float)


@st.composite
def layers(draw: st.DrawFn, axes: int, transposed: bool = False) -> Layer:
    """A layer that is legal: non-square, any remainder, any mode, groups with distinct weights."""
    per_axis = st.tuples(*[small] * axes)
    groups, per_group_in, per_group_out = draw(small), draw(small), draw(small)
    kernel, stride, dilation = draw(per_axis), draw(per_axis), draw(per_axis)
    padding = draw(st.tuples(*[st.integers(0, 3)] * axes))
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    options: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    if transposed:
        least = [max(1, 1 + -(-(2 * p - r + 1) // s)) for r, p, s in zip(reach, padding, stride, strict=True)]
        lengths = [draw(st.integers(n, n + 3)) for n in least]
        extra = (draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True))
        options["output_padding"] = tuple(extra)
        channels = (groups * per_group_in, per_group_out)
    else:
        mode = draw(st.sampled_from(sorted(MODES)))
        room = {"reflect": 1, "circular": 0}.get(mode, -3)  # a mirror needs one cell more than it adds
        least = [max(1, r - 2 * p, p + room) for r, p in zip(reach, padding, strict=True)]
        lengths = [draw(st.integers(n, n + 5)) for n in least]
        named = draw(st.sampled_from(["same", "valid", None])) if set(stride) == {1} else None
        fits = all(n >= (2 * r if named == "same" else r) for n, r in zip(lengths, reach, strict=True))
        options |= {"padding": named if named and fits else padding, "padding_mode": mode}
        channels = (groups * per_group_out, per_group_in)
    seed = draw(st.integers(0, 2**31))
    bias = integers(seed + 2, groups * per_group_out) if draw(st.booleans()) else None
    batch = draw(st.sampled_from([(), (1,), (2,), (2,), (0,)]))
    x = integers(seed, *batch, groups * per_group_in, *lengths)
    return Layer(x, integers(seed + 1, *channels, *kernel), bias, options)


def torch_call(name: str, layer: Layer, x: Any, w: Any, b: Any) -> Any:
    """What torch makes of three tensors; it pads first where the mode is not zeros, as its modules do."""
    options = dict(layer.options)
    mode = options.pop("padding_mode", "zeros")
    if mode != "zeros":
        x = F.pad(x, [p for pair in reversed(layer.at.padding) for p in pair], mode)
        options["padding"] = 0
    with warnings.catch_warnings():  # torch warns that 'same' copies for an even kernel
        warnings.filterwarnings("ignore", message="Using padding='same'")
        return getattr(F, name)(x, w, b, **options)


def by_torch(name: str, layer: Layer) -> np.ndarray:
    arrays = (layer.input, layer.weight, layer.bias)
    tensors = [None if a is None else torch.from_numpy(a.copy()) for a in arrays]
    return torch_call(name, layer, *tensors).numpy()


def by_convlib(name: str, layer: Layer) -> np.ndarray:
    return getattr(convlib, name)(layer.input, layer.weight, layer.bias, **layer.options)
