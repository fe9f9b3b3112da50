"""What the GPU path brings in, what it says when something is missing, and that its kernels compile."""

import os
import subprocess
import sys

CALL = """
import sys
{first}
import convlib.gpu
assert not {{"torch", "triton"}} & {{name for name, module in sys.modules.items() if module}}
try:
    import torch
    convlib.gpu.conv2d(torch.ones(1, 1, 3, 4), torch.ones(1, 1, 2, 3))
except (ImportError, RuntimeError) as error:
    print(type(error).__name__, error)
else:
    print("an answer")
"""


def said(first: str = "", **environment: str) -> str:
    """What a fresh process prints that has no GPU."""
    kept = {name: value for name, value in os.environ.items() if name != "TRITON_INTERPRET"}
    whole = {**kept, **environment, "CUDA_VISIBLE_DEVICES": ""}
    command = [sys.executable, "-c", CALL.format(first=first)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=whole).stdout


def test_without_triton_it_says_what_to_install():
    text = said("sys.modules['triton'] = None")
    assert text.startswith(
        "ImportError convlib.gpu needs torch and triton, and triton is missing: pip install"
    )


def test_on_the_cpu_it_says_how_to_interpret():
    text = said()
    assert text.startswith("RuntimeError expected tensors on a CUDA device, got tensors on cpu")
    assert "TRITON_INTERPRET=1" in text


def test_interpreted_it_answers():
    assert said(TRITON_INTERPRET="1") == "an answer\n"


COMPILE = """
import torch, triton
from triton.backends.compiler import GPUTarget

class Driver:  # what Triton asks about the GPU, answered as an H100 would
    get_current_target = staticmethod(lambda: GPUTarget("cuda", 90, 32))
    get_current_device = staticmethod(lambda: 0)
    get_current_stream = staticmethod(lambda device=0: 0)

triton.runtime.driver.set_active(Driver())
import convlib.gpu
from convlib.gpu import implicit_gemm, operands

class Compiled:  # in the place of a launch
    def __getitem__(self, grid):
        return lambda *args, **blocks: print(one_tile.warmup(*args, grid=grid, **blocks).asm["ptx"])

one_tile, implicit_gemm.one_tile, operands.INTERPRETED = implicit_gemm.one_tile, Compiled(), True
x, w = torch.ones(2, 32, 6, 7).half(), torch.ones(64, 16, 3, 2).half()
convlib.gpu.conv2d(x, w, torch.ones(64).half(), stride=(1, 2), padding=(1, 0), dilation=(2, 1), groups=2)
"""


def compiled(source: str, folder) -> str:
    """What a fresh process compiles for an H100: its assembly language."""
    kept = {name: value for name, value in os.environ.items() if name != "TRITON_INTERPRET"}
    command = [sys.executable, "-c", source]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**kept, "TRITON_CACHE_DIR": str(folder)}
    )
    return run.stdout


def test_it_compiles_for_a_gpu_without_one_and_uses_tensor_cores(tmp_path):
    assert "wgmma" in compiled(COMPILE, tmp_path)  # Hopper's matrix product of a group of warps


def test_single_precision_keeps_off_the_tensor_cores(tmp_path):
    """They would round the operands to 10 bits."""
    text = compiled(COMPILE.replace(".half()", ""), tmp_path)
    assert "fma.rn.f32" in text
    assert "mma" not in text.replace("fma", "")
