"""Problem set 9: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch

POINTS = {
    "ps09.axpy": 2, "ps09.row": 3, "ps09.strided": 4, "ps09.depthwise": 4, "ps09.conv2d": 6,
}  # fmt: skip
F = torch.nn.functional


def tensor(a):
    return a if isinstance(a, torch.Tensor) or a is None else torch.tensor(a)


def row(x, w, stride=1, padding=0, dilation=1):
    return F.conv1d(tensor(x)[None, None], tensor(w)[None, None], None, stride, padding, dilation)[0, 0]


def depthwise(x, w, padding):
    return F.conv2d(tensor(x)[None], tensor(w)[:, None], padding=padding, groups=len(w))[0]


def layer(x, w, bias, stride, padding):
    return F.conv2d(tensor(x), tensor(w), tensor(bias), stride, padding)


TORCH = {
    "ps09.axpy": lambda x, y, a: torch.add(tensor(y), tensor(x), alpha=a),
    "ps09.row": row,
    "ps09.strided": row,
    "ps09.depthwise": depthwise,
    "ps09.conv2d": layer,
}


def unfolded(x, w, bias, stride, padding):
    """im2col in torch, and a product in double precision."""
    p, q = (
        (n + 2 * a - k) // s + 1 for n, a, k, s in zip(x.shape[2:], padding, w.shape[2:], stride, strict=True)
    )
    columns = F.unfold(x.double(), w.shape[2:], padding=padding, stride=stride)
    y = (w.double().flatten(1) @ columns).reshape(len(x), len(w), p, q)
    return y if bias is None else y + bias.double()[:, None, None]


def in_lists(answer):
    return lambda *args: answer(*args).tolist()


def in_arrays(answer):
    return lambda *args: np.asfortranarray(answer(*args).numpy())


def on_tape(answer):
    return lambda x, *rest: answer(x.requires_grad_(), *rest)


UNUSUAL = {
    name: [answer, in_lists(answer), in_arrays(answer), on_tape(answer)]
    for name, answer in {
        "ps09.axpy": lambda x, y, a: a * x + y,
        "ps09.row": row,
        "ps09.strided": row,
        "ps09.depthwise": depthwise,
        "ps09.conv2d": layer,
    }.items()
}
UNUSUAL["ps09.conv2d"].append(unfolded)
LAZY = {
    "ps09.axpy": [lambda x, y, a: y],
    "ps09.row": [lambda x, w: x],
    "ps09.strided": [lambda x, *rest: x],
    "ps09.depthwise": [lambda x, w, padding: torch.zeros_like(x)],
    "ps09.conv2d": [lambda x, *rest: x],
}
