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
    "many taps of many channels": ("conv2d", (1, 2048, 20, 300), (64, 2048, 7, 7), {}),
    "large kernels, several channels": ("conv2d", (1, 16, 300, 300), (16, 16, 63, 63), {}),
    "spectra of many kernels": ("conv2d", (1, 8, 300, 2000), (8, 8, 31, 31), {}),
    "spectra, dilated": ("conv2d", (1, 8, 700, 700), (8, 8, 21, 21), {"dilation": 10}),
    "taps far apart": ("conv2d", (1, 2048, 33, 33), (256, 2048, 3, 3), {"dilation": 36, "padding": 36}),
    "taps outside": ("conv2d", (1, 64, 8, 8), (64, 64, 3, 3), {"dilation": 1000, "padding": 1000}),
    "taps far apart, 1-D": ("conv1d", (1, 64, 300_000), (64, 64, 3), {"dilation": 99_999, "padding": 99_999}),
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


POOLED = """
import tracemalloc
import numpy as np
import convlib
x = np.ones((1, 1, 5000, 5000), np.float32)
convlib.avg_pool1d([[1.0]], 1)
tracemalloc.start()
y = convlib.avg_pool2d(x, 3, 1, 1)
print(tracemalloc.get_traced_memory()[1] - y.nbytes)
"""

STRIDED = """
import tracemalloc
import numpy as np
import convlib
x, w = np.ones((1, 512, 256, 256), np.float32)[..., ::-1], np.ones((512, 2, 1, 1), np.float32)
convlib.conv_transpose1d([[1.0]], [[[1.0]]])
tracemalloc.start()
y = convlib.conv_transpose2d(x, w, stride=2)
print(tracemalloc.get_traced_memory()[1] - y.nbytes)
"""


def peak(case: str, factor: int = 1) -> int:
    name, input_shape, weight, options = CALLS[case]
    return run(PEAK.format(name=name, input=input_shape, weight=weight, options=options, factor=factor))


def run(code: str) -> int:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize("case", CALLS)
def test_the_workspace_is_bounded(case):
    assert peak(case) <= LIMIT


def test_an_input_that_does_not_lie_side_by_side_is_copied_in_parts():
    assert run(STRIDED) <= LIMIT


def test_a_large_plane_is_pooled_in_parts():
    assert run(POOLED) <= LIMIT


def test_blocks_without_a_bound_would_be_seen():
    assert peak("one large image", factor=100) > LIMIT
