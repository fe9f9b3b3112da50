"""What a kernel may be given: tensors of one kind, in one place, whose shapes fit."""

from typing import Any

import torch
import triton
import triton.language as tl

from convlib.arguments import (
    Placement,
    check_channels,
    check_not_empty,
    check_weight,
    placement,
    with_batch,
)

DTYPES = {torch.float16, torch.float32}
INTERPRETED = not isinstance(tl.zeros, triton.JITFunction)  # Triton asks the environment when it is imported
COUNTABLE = 2**31 - 1024  # kernels count cells in 32 bits, and a tile may hang over the end


def checked(input: Any, weight: Any, bias: Any, *options: Any) -> tuple[Any, Any, Any, Placement, bool]:
    """Input with a batch axis, weight and bias, side by side in memory; the placement; was there a batch.

    `options`: stride, padding, dilation and groups.
    """
    check_tensors(*(t for t in (input, weight, bias) if t is not None))
    x, w = (t.detach().contiguous() for t in (input, weight))
    b = None if bias is None else bias.detach().contiguous()
    check_weight(w, 2)
    x, batched = with_batch("input", x, 2)
    check_not_empty("input", x)
    at = placement(tuple(w.shape[2:]), *options)
    check_channels(x.shape[1], w, at.groups, b)
    return x, w, b, at, batched


def check_tensors(*tensors: Any) -> None:
    """TypeError, ValueError or RuntimeError unless a kernel can read these tensors."""
    kinds = {t.dtype if isinstance(t, torch.Tensor) else type(t) for t in tensors}
    if len(kinds) > 1 or not kinds <= DTYPES:
        raise TypeError(f"expected tensors of one dtype, float16 or float32, got {sorted(map(str, kinds))}")
    devices = sorted({str(t.device) for t in tensors})
    if len(devices) > 1:
        raise ValueError(f"expected tensors on one device, got {devices}")
    if not (tensors[0].is_cuda or INTERPRETED):
        raise RuntimeError(
            f"expected tensors on a CUDA device, got tensors on {devices[0]}. To run the kernels on the CPU, "
            "slowly, set TRITON_INTERPRET=1 in the environment before triton is imported"
        )
