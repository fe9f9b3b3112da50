"""Where there is no GPU, Triton runs the kernels on the CPU, line by line. It asks when it is imported."""

import os

import torch

if not torch.cuda.is_available():
    os.environ["TRITON_INTERPRET"] = "1"
