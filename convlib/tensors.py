"""The door for torch tensors: one goes in as the array that shares its memory, and comes out as a tensor.

torch is never imported unasked: who holds a tensor has imported it already (the idea is einops').
"""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from convlib.arguments import Array

Forward = Callable[[Array], Array]
Adjoint = Callable[[Array, tuple[int, ...]], Array]


def any_tensor(*values: object) -> bool:
    """Whether one of the values is a torch tensor."""
    torch = sys.modules.get("torch")
    return torch is not None and any(isinstance(v, torch.Tensor) for v in values)


def linear(forward: Forward, adjoint: Adjoint) -> Callable[[Any], Any]:
    """A linear function of one array that also takes a tensor, gradients included.

    `adjoint` gets the output's gradient and the input's shape.
    """

    def call(x: Any) -> Any:
        if any_tensor(x):
            from convlib.autograd import linear as on_tensor

            return on_tensor(x, forward, adjoint)
        return forward(np.asarray(x))

    return call
