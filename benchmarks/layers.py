"""The layers that the CPU benchmark runs: shapes from networks in use."""

from dataclasses import dataclass

import numpy as np

Ints = tuple[int, ...]


@dataclass(frozen=True)
class Layer:
    """One layer on one batch: `input` (N, C, *spatial), `outputs` O; an int stands for every axis."""

    name: str
    input: Ints
    outputs: int
    kernel: Ints
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1
    transposed: bool = False

    @property
    def function(self) -> str:
        """The name that torch.nn.functional and convlib share."""
        return f"conv{'_transpose' * self.transposed}{len(self.kernel)}d"

    @property
    def weight(self) -> Ints:
        """The weight's shape: (O, C / groups, *kernel), or (C, O / groups, *kernel) transposed."""
        channels = self.input[1]
        if self.transposed:
            return (channels, self.outputs // self.groups, *self.kernel)
        return (self.outputs, channels // self.groups, *self.kernel)

    @property
    def options(self) -> dict[str, int]:
        """The keyword arguments of the call."""
        return {n: getattr(self, n) for n in ("stride", "padding", "dilation", "groups")}

    @property
    def terms(self) -> int:
        """How many products one output may add up."""
        return self.input[1] // self.groups * int(np.prod(self.kernel))

    def operands(self) -> tuple[np.ndarray, np.ndarray]:
        """Input and weight in float32: normal numbers, the same at each call."""
        random = np.random.default_rng(0)
        x, w = (random.standard_normal(shape, np.float32) for shape in (self.input, self.weight))
        return x, w


LAYERS = [
    Layer("ResNet 3x3, 64", (8, 64, 56, 56), 64, (3, 3), padding=1),
    Layer("ResNet 3x3, 128", (8, 128, 28, 28), 128, (3, 3), padding=1),
    Layer("ResNet 3x3, 256", (8, 256, 14, 14), 256, (3, 3), padding=1),
    Layer("ResNet 3x3, 512", (8, 512, 7, 7), 512, (3, 3), padding=1),
    Layer("ResNet 3x3, stride 2", (8, 128, 56, 56), 128, (3, 3), stride=2, padding=1),
    Layer("ResNet 1x1", (8, 256, 56, 56), 64, (1, 1)),
    Layer("ResNet 1x1, stride 2", (8, 512, 28, 28), 1024, (1, 1), stride=2),
    Layer("stem 7x7, stride 2", (8, 3, 224, 224), 64, (7, 7), stride=2, padding=3),
    Layer("U-Net 3x3, one image", (1, 64, 256, 256), 64, (3, 3), padding=1),
    Layer("dilated 3x3, d 2", (2, 256, 65, 65), 256, (3, 3), padding=2, dilation=2),
    Layer("dilated 3x3, d 12", (2, 256, 65, 65), 256, (3, 3), padding=12, dilation=12),
    Layer("grouped 3x3, 32 groups", (8, 256, 28, 28), 256, (3, 3), padding=1, groups=32),
    Layer("depthwise 3x3", (8, 144, 56, 56), 144, (3, 3), padding=1, groups=144),
    Layer("depthwise 3x3, stride 2", (8, 96, 112, 112), 96, (3, 3), stride=2, padding=1, groups=96),
    Layer("depthwise 7x7", (8, 96, 56, 56), 96, (7, 7), padding=3, groups=96),
    Layer("transposed 2x2, stride 2", (2, 512, 32, 32), 256, (2, 2), stride=2, transposed=True),
    Layer("transposed 4x4, stride 2", (2, 512, 16, 16), 256, (4, 4), stride=2, padding=1, transposed=True),
    Layer("audio 1-D, k 9", (8, 64, 16000), 64, (9,), padding=4),
    Layer("3-D 3x3x3", (2, 32, 16, 56, 56), 32, (3, 3, 3), padding=1),
    Layer("one image, 31x31", (1, 1, 512, 512), 1, (31, 31), padding=15),
]
