"""Arguments as torch tensors, for the tasks whose functions take them. torch is imported only then."""

import importlib.util
import os
from typing import Any

import numpy as np


def as_tensors(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same arguments with each array as a tensor: on the GPU where there is one, else on the CPU.

    A CPU tensor shares its numbers with the array. Raises ImportError where torch is missing.
    """
    if importlib.util.find_spec("torch") is None:
        raise ImportError("this task works on torch tensors, and torch is not installed: pip install torch")
    import torch

    interpreted = os.environ.get("TRITON_INTERPRET", "0") == "1"
    device = "cuda" if torch.cuda.is_available() and not interpreted else "cpu"
    return tuple(torch.from_numpy(a).to(device) if isinstance(a, np.ndarray) else a for a in args)
