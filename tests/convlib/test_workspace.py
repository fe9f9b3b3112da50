"""The memory of one call beside its output stays bounded, whatever the input."""

import subprocess
import sys

import pytest

from convlib.threads import MIB

LIMIT = 64 * MIB

CALLS = {
    "long rows": ("conv1d", (1, 16, 400_000), (16, 16, 9), {"padding": 4}),
    "one large image": (
        "conv2d",
        (1, 8, 1500, 1500),
        (8, 8, 3, 3),
        {"padding": 1, "padding_mode": "reflect"},
    ),
    "many channels": ("conv2d", (2, 64, 300, 300), (64, 64, 3, 3), {"padding": 1}),
    "depthwise": ("conv2d", (1, 64, 512, 512), (64, 1, 7, 7), {"padding": 3, "groups": 64}),
    "far apart": ("conv2d", (4, 64, 512, 512), (128, 64, 1, 1), {"padding": 1, "stride": 8}),
    "spectra": ("conv2d", (1, 1, 2000, 2000), (1, 1, 41, 41), {}),
    "transposed": ("conv_transpose2d", (1, 64, 256, 256), (64, 32, 4, 4), {"stride": 2, "padding": 1}),
    "wide weight": ("conv2d", (1, 1024, 8, 8), (1024, 1024, 3, 3), {"padding": 1}),
}

PEAK = """
import sys, tracemalloc
import numpy as np
import convlib, convlib.threads
convlib.threads.WORKSPACE *= {factor}
convlib.threads.LARGEST_BLOCK *= {factor}
convlib.conv1d([[1.0]], [[[1.0]]])
x, w = np.ones({input}, np.float32), np.ones({weight}, np.float32)
tracemalloc.start()
y = convlib.{name}(x, w, **{options})
print(tracemalloc.get_traced_memory()[1] - y.nbytes)
"""


def peak(case: str, factor: int = 1) -> int:
    name, input_shape, weight, options = CALLS[case]
    code = PEAK.format(name=name, input=input_shape, weight=weight, options=options, factor=factor)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize("case", CALLS)
def test_the_workspace_is_bounded(case):
    assert peak(case) <= LIMIT


def test_blocks_without_a_bound_would_be_seen():
    assert peak("one large image", factor=100) > LIMIT
