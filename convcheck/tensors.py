"""Arguments as torch tensors, for the tasks whose functions take them. torch is imported only then."""

import importlib.util
import os
from typing import Any

import numpy as np

ROOM, GUARD = 1024, 12345.0


def between_guards(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same arrays, each in the middle of a longer stretch of memory that is full of one number.

    A kernel that reads beside its array then finds this number, and not by luck a zero.

    >>> between_guards((np.array([1.0, 2.0]),))[0].base[ROOM - 1 : ROOM + 3].tolist()
    [12345.0, 1.0, 2.0, 12345.0]
    """
    return tuple(_between_guards(a) if isinstance(a, np.ndarray) else a for a in args)


def _between_guards(array: Any) -> Any:
    whole = np.full(array.size + 2 * ROOM, GUARD, array.dtype)
    whole[ROOM : ROOM + array.size] = array.ravel()
    return whole[ROOM : ROOM + array.size].reshape(array.shape)


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
