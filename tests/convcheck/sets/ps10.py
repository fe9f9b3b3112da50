"""Problem set 10: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch

from convcheck import capstone
from convcheck.capstone import SHAPES

POINTS = {
    "ps10.way_up": 2, "ps10.coverage": 2, "ps10.cure": 2, "ps10.loss": 2, "ps10.loss_slope": 1,
    "ps10.layer": 2, "ps10.back": 3, "ps10.up": 2, "ps10.unet": 3, "ps10.gradients": 4, "ps10.train": 4,
}  # fmt: skip
F = torch.nn.functional


def way_up(size, depth):
    """Down with torch, and up again: what is missing?"""
    sizes = [size]
    for _ in range(depth):
        sizes.append(F.conv1d(torch.zeros(1, 1, sizes[-1]), torch.zeros(1, 1, 2), stride=2).shape[-1])
    stamp = torch.zeros(1, 1, 2)
    back = [F.conv_transpose1d(torch.zeros(1, 1, n), stamp, stride=2).shape[-1] for n in sizes[1:]]
    return [n - m for n, m in zip(sizes[:-1], back, strict=True)][::-1]


def coverage(n, k, stride):
    return F.conv_transpose1d(torch.ones(1, 1, n), torch.ones(1, 1, k), stride=stride)[0, 0]


def cure(x, w):
    large = F.interpolate(torch.tensor(x)[None, None], scale_factor=2, mode="nearest")
    return F.conv2d(large, torch.tensor(w)[None, None], padding=tuple(k // 2 for k in w.shape))[0, 0]


def loss(logits, targets):
    return F.binary_cross_entropy_with_logits(torch.tensor(logits), torch.tensor(targets))


def loss_slope(logits, targets):
    logits = torch.tensor(logits, requires_grad=True)
    F.binary_cross_entropy_with_logits(logits, torch.tensor(targets)).backward()
    return logits.grad


def layer(x, w, b, stride, padding):
    return F.conv2d(*map(torch.tensor, (x, w, b)), stride, padding)


def layer_back(x, w, g, stride, padding):
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, w, np.zeros(len(w)))]
    F.conv2d(*tensors, stride, padding).backward(torch.tensor(g))
    return torch.cat([t.grad.ravel() for t in tensors])


def up(x, w, b, size):
    more = tuple(n - 2 * m for n, m in zip(size, x.shape[2:], strict=True))
    return F.conv_transpose2d(*map(torch.tensor, (x, w, b)), 2, 0, more)


def net(x, theta):
    """The net in torch, from one vector."""
    sizes = [int(np.prod(shape)) for shape in SHAPES]
    parts = [p.reshape(s) for p, s in zip(torch.split(theta, sizes), SHAPES, strict=True)]
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5 = parts
    kept = F.conv2d(x, w1, b1, padding=1).relu()
    deep = F.conv2d(F.conv2d(kept, w2, b2, stride=2).relu(), w3, b3, padding=1).relu()
    odd = (x.shape[2] % 2, x.shape[3] % 2)
    both = torch.cat([F.conv_transpose2d(deep, w4, b4, 2, 0, odd), kept], dim=1)
    return F.conv2d(both, w5, b5, padding=1)


def unet(x, theta):
    return net(torch.tensor(x), torch.tensor(theta))


def gradients(x, targets, theta):
    theta = torch.tensor(theta, requires_grad=True)
    F.binary_cross_entropy_with_logits(net(torch.tensor(x), theta), torch.tensor(targets)).backward()
    return theta.grad


TORCH = {
    "ps10.way_up": way_up,
    "ps10.coverage": coverage,
    "ps10.cure": cure,
    "ps10.loss": loss,
    "ps10.loss_slope": loss_slope,
    "ps10.layer": layer,
    "ps10.back": layer_back,
    "ps10.up": up,
    "ps10.unet": unet,
    "ps10.gradients": gradients,
}


def in_lists(answer):
    return lambda *args: np.asarray(answer(*args)).tolist()


def in_another_order(answer):
    return lambda *args: np.asfortranarray(answer(*args).numpy())


def trained_by_torch(images, masks, new_images):
    """Another optimiser's steps, another beginning, by the whole set at once."""
    torch.manual_seed(3)
    theta = torch.tensor(capstone.beginning(np.random.default_rng(4)), requires_grad=True)
    images, masks = torch.tensor(images), torch.tensor(masks)
    steps = torch.optim.AdamW([theta], lr=0.05)
    for _ in range(60):
        steps.zero_grad()
        F.binary_cross_entropy_with_logits(net(images, theta), masks).backward()
        steps.step()
    return (net(torch.tensor(new_images), theta) > 0).int()


def kinds(answer):
    return [answer, in_lists(answer), in_another_order(answer), lambda *args: answer(*args).requires_grad_()]


UNUSUAL = {
    "ps10.way_up": [
        way_up,
        lambda size, depth: [int(bit) for bit in f"{size:060b}"[-depth:]],
        lambda size, depth: np.array([size >> level & 1 for level in range(depth)])[::-1],
        lambda size, depth: torch.tensor(way_up(size, depth)),
    ],
    "ps10.coverage": [
        coverage,
        lambda n, k, s: np.convolve(np.kron(np.ones(n), np.eye(1, s)[0])[: s * (n - 1) + 1], np.ones(k)),
        lambda n, k, s: [sum(0 <= cell - i * s < k for i in range(n)) for cell in range(s * (n - 1) + k)],
        in_lists(coverage),
    ],
    "ps10.cure": kinds(cure),
    "ps10.loss": [
        loss,
        lambda x, t: np.mean(np.maximum(x, 0) - x * t + np.log1p(np.exp(-abs(x)))),
        lambda x, t: float(loss(x, t)),
        lambda x, t: np.logaddexp(0, np.where(t == 0, x, -x)).sum() / x.size,
    ],
    "ps10.loss_slope": kinds(loss_slope),
    "ps10.layer": kinds(layer),
    "ps10.back": kinds(layer_back),
    "ps10.up": kinds(up),
    "ps10.unet": kinds(unet),
    "ps10.gradients": kinds(gradients),
    "ps10.train": [trained_by_torch],
}
LAZY = {
    "ps10.cure": [lambda x, w: x],
    "ps10.layer": [lambda x, *rest: x],
    "ps10.back": [lambda x, w, g, *rest: g],
    "ps10.up": [lambda x, *rest: x],
    "ps10.unet": [lambda x, theta: x],
}
