"""The memory that one call takes beside its output, in a process that has called nothing before.

`python -m benchmarks.workspace NUMBER` prints the bytes for one layer of benchmarks/layers.py.
NumPy reports its arrays to tracemalloc, scratch included; the packing buffers inside BLAS are not seen.
"""

import subprocess
import sys
import tracemalloc

import convlib
from benchmarks.layers import LAYERS


def measure(number: int) -> int:
    """Bytes at the peak of the first call, less the output's."""
    layer = LAYERS[number]
    x, w = layer.operands()
    convlib.conv1d([[1.0]], [[[1.0]]])  # what is imported late is not workspace
    tracemalloc.start()
    y = getattr(convlib, layer.function)(x, w, **layer.options)
    return tracemalloc.get_traced_memory()[1] - y.nbytes


def measure_apart(number: int) -> int:
    """The same, in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.workspace", str(number)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    print(measure(int(sys.argv[1])))
