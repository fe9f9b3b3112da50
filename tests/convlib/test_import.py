"""`import convlib` is quick and brings in NumPy only."""

import subprocess
import sys

MEASURE = """
import sys, time
import numpy
start = time.perf_counter()
import {module}
print(time.perf_counter() - start)
print(*sorted({{"torch", "triton", "threadpoolctl", "scipy"}} & set(sys.modules)))
"""


def measure(module: str) -> tuple[float, str]:
    """Seconds on top of NumPy, and the heavy packages that came along."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURE.format(module=module)], capture_output=True, text=True, check=True
    )
    seconds, heavy = run.stdout.splitlines()
    return float(seconds), heavy


def test_import_is_quick_and_light():
    runs = [measure("convlib") for _ in range(5)]
    assert min(seconds for seconds, _ in runs) < 0.15
    assert {heavy for _, heavy in runs} == {""}


def test_a_heavy_import_would_be_seen():
    assert "torch" in measure("convlib.autograd")[1]
