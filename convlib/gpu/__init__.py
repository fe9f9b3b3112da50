"""The GPU path: torch tensors on a CUDA device, kernels in Triton. `import convlib` does not bring it in."""

from typing import TYPE_CHECKING, Any

from convlib.arguments import Amount

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["conv2d"]


def conv2d(
    input: "Tensor",
    weight: "Tensor",
    bias: "Tensor | None" = None,
    stride: Amount = 1,
    padding: Amount | str = 0,
    dilation: Amount = 1,
    groups: int = 1,
) -> "Tensor":
    """2-D cross-correlation: input (N, C, H, W) or (C, H, W), weight (O, C / groups, R, S), bias (O,).

    Gives (N, O, *conv_output_size((H, W), (R, S), …)), in the operands' dtype, float16 or float32; it adds in
    float32. Forward only: no gradient flows back through it.
    Raises ImportError without torch or triton; RuntimeError for tensors on the CPU, unless Triton interprets
    its kernels there (TRITON_INTERPRET=1, set before triton is imported: slow, for learning and for tests).
    Raises ValueError or TypeError for what torch refuses.
    Source: torch.nn.functional.conv2d; implicit GEMM: Chetlur et al., 2014, arXiv 1410.0759.

    >>> import torch
    >>> x, w = torch.tensor([[[0.0, 1, 2], [3, 4, 5]]]), torch.tensor([[[[1.0, 10], [100, 1000]]]])
    >>> conv2d(x.cuda(), w.cuda())  # doctest: +SKIP
    tensor([[[4310., 5421.]]], device='cuda:0')
    """
    return _implicit_gemm().conv2d(input, weight, bias, stride, padding, dilation, groups)


def _implicit_gemm() -> Any:
    """The module, imported at the first call; ImportError that says what to install."""
    try:
        from convlib.gpu import implicit_gemm
    except ImportError as error:
        raise ImportError(
            f"convlib.gpu needs torch and triton, and {error.name} is missing: pip install {error.name}",
            name=error.name,
        ) from error
    return implicit_gemm
