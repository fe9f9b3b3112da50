"""What a linear function of one array must satisfy, with tensors too."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch


def check_linear(ours: Callable[[Any], Any], torchs: Callable[[Any], Any], x: np.ndarray) -> None:
    """ours(x) is torchs(x); on a tensor the same, and <ours(x), g> = <x, gradient>, torch's gradient."""
    expected = torchs(torch.from_numpy(x.copy())).numpy()
    np.testing.assert_allclose(ours(x), expected, rtol=1e-13, atol=1e-13, strict=True)
    first, second = (torch.from_numpy(x.copy()).requires_grad_() for _ in range(2))
    y, z = ours(first), torchs(second)
    assert isinstance(y, torch.Tensor)
    g = torch.from_numpy(np.random.default_rng(7).integers(-9, 10, tuple(y.shape)).astype(x.dtype))
    y.backward(g)
    z.backward(g)
    np.testing.assert_allclose(first.grad.numpy(), second.grad.numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        np.sum(y.detach().numpy() * g.numpy()), np.sum(x * first.grad.numpy()), rtol=1e-9, atol=1e-9
    )
