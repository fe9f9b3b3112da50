"""convlib against torch on the CPU, the same layers, the same number of threads, in turn.

    python -m benchmarks.cpu [--threads 2] [--rounds 15] [--json FILE]

Each round times one call of each in turn, after a pause and some calls that are not timed: a pair of threads
that slept may share one core for a while. The table gives the medians and their ratio.
Error: the largest |ours - exact| over (gamma_n * sum of |w| |x|), exact being torch's answer in float64,
n the number of terms, gamma_n = n u / (1 - n u): below 1 the bound holds. Workspace: benchmarks/workspace.py.

The book's pages chapters/fast/*.md read benchmarks/data/cpu.json, which --json wrote.
"""

import argparse
import json
import os
import platform
import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

import convlib
from benchmarks.layers import LAYERS, Layer
from benchmarks.workspace import measure_apart
from convlib import choice, stamps
from convlib.arguments import placement
from convlib.threads import MIB, set_num_threads

WARM = 0.04  # seconds of calls before the one that counts
UNIT = 2.0**-24  # half the distance from 1 to the next float32


def seconds(call: Callable[[], Any]) -> float:
    """The time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def error(layer: Layer) -> float:
    """The largest error of ours, as a part of what the number of terms allows."""
    x, w = layer.operands()
    ours = getattr(convlib, layer.function)(x, w, **layer.options)
    wide = [torch.from_numpy(a).double() for a in (x, w)]
    exact = getattr(F, layer.function)(*wide, **layer.options).numpy()
    size = getattr(F, layer.function)(*(a.abs() for a in wide), **layer.options).numpy()
    gamma = layer.terms * UNIT / (1 - layer.terms * UNIT)
    return float(np.max(np.abs(ours - exact) / np.maximum(gamma * size, np.finfo(np.float32).tiny)))


def algorithm(layer: Layer) -> str:
    """Which of convlib's algorithms runs."""
    if layer.transposed:
        return stamps.__name__.split(".")[-1]
    x, w = layer.operands()
    at = placement(layer.kernel, layer.stride, layer.padding, layer.dilation, layer.groups)
    return choice.algorithm(x, w, at).__module__.split(".")[-1]


def time_both(layer: Layer, rounds: int) -> tuple[float, float]:
    """The median times of torch and of convlib, in seconds."""
    x, w = layer.operands()
    tensors = torch.from_numpy(x), torch.from_numpy(w)
    theirs, ours = getattr(F, layer.function), getattr(convlib, layer.function)
    calls = [lambda: theirs(*tensors, **layer.options), lambda: ours(x, w, **layer.options)]
    for call in calls:
        call()
    times = []
    for _ in range(rounds):
        row = []
        for call in calls:
            time.sleep(0.03)  # let the other's helper threads, which wait with their eyes open, fall asleep
            warm = 0.0
            while warm < WARM:
                warm += seconds(call)
            row.append(seconds(call))
        times.append(row)
    theirs_median, ours_median = np.median(times, axis=0)
    return float(theirs_median), float(ours_median)


def measure(number: int, rounds: int) -> dict[str, Any]:
    """One row of the table."""
    layer = LAYERS[number]
    theirs, ours = time_both(layer, rounds)
    return {
        "layer": layer.name,
        "settings": asdict(layer),
        "algorithm": algorithm(layer),
        "torch_ms": theirs * 1e3,
        "ours_ms": ours * 1e3,
        "ratio": theirs / ours,
        "error": error(layer),
        "workspace_mib": measure_apart(number) / MIB,
    }


def report(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows, and what a reader of the numbers must know: the machine, the versions, the command."""
    return {
        "machine": {"processor": processor(), "processors": os.cpu_count(), "system": platform.system()},
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "torch": torch.__version__,
        },
        "peaks": peaks(),
        "command": shlex.join(["python", "-m", "benchmarks.cpu", *sys.argv[1:]]),
        "rows": rows,
    }


def peaks(side: int = 2048, cells: int = 2**25) -> dict[str, float]:
    """What the machine can do at best: a matrix product, and a copy, whose numbers are read and written."""
    a, b, from_, to = torch.ones(side, side), torch.ones(side, side), torch.ones(cells), torch.ones(cells)
    product = min(seconds(lambda: torch.mm(a, b)) for _ in range(30))
    copy = min(seconds(lambda: to.copy_(from_)) for _ in range(30))
    return {"gflop_per_s": 2 * side**3 / product / 1e9, "gbyte_per_s": 2 * to.nbytes / copy / 1e9}


def processor() -> str:
    """The processor's name, as Linux knows it; elsewhere its architecture."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def print_row(row: dict[str, Any]) -> None:
    """One line of the table."""
    print(
        f"{row['layer']:26}{row['algorithm']:>10}{row['torch_ms']:10.2f}{row['ours_ms']:9.2f}"
        f"{row['ratio']:7.2f}{row['error']:7.3f}{row['workspace_mib']:6.1f}",
        flush=True,
    )


def print_summary(rows: list[dict[str, Any]]) -> None:
    """What the table says as a whole."""
    ratios = np.array([row["ratio"] for row in rows])
    mean = np.exp(np.log(ratios).mean())
    print(f"geometric mean of torch's time over ours {mean:.2f}, lowest {ratios.min():.2f}")
    rest = np.exp(np.log(np.sort(ratios)[:-1]).mean())
    print(f"geometric mean without the layer that does best {rest:.2f}")
    print(f"largest workspace {max(row['workspace_mib'] for row in rows):.1f} MiB")


def main() -> None:
    """Print the table, row by row, and its summary."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path, help="write the rows, the machine and the versions here too")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    set_num_threads(options.threads)
    print(f"{'layer':26}{'algorithm':>10}{'torch ms':>10}{'ours ms':>9}{'ratio':>7}{'error':>7}{'MiB':>6}")
    rows = []
    for number in range(len(LAYERS)):
        rows.append(measure(number, options.rounds))
        print_row(rows[-1])
    print_summary(rows)
    if options.json:
        options.json.write_text(json.dumps(report(rows), indent=1) + "\n")


if __name__ == "__main__":
    main()
