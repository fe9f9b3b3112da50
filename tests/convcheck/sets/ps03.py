"""Problem set 3: points, torch's answers, right but unusual answers, and answers that do no work."""

import warnings
from itertools import product

import numpy as np
import torch

POINTS = {
    "ps03.effective_kernel": 1, "ps03.size": 2, "ps03.same": 2, "ps03.weight_shape": 2,
    "ps03.transposed_size": 2, "ps03.reachable": 2, "ps03.output_padding": 2, "ps03.receptive_field": 3,
    "ps03.parameters": 2, "ps03.multiply_adds": 2,
}  # fmt: skip
F = torch.nn.functional


def span(k, dilation):
    """The shortest row on which the kernel has a place."""
    w, n = torch.zeros(1, 1, k), k
    while True:
        try:
            F.conv1d(torch.zeros(1, 1, n), w, dilation=dilation)
        except RuntimeError:
            n += 1
        else:
            return n


def size(i, k, stride, padding, dilation):
    return F.conv1d(torch.zeros(1, 1, i), torch.zeros(1, 1, k), None, stride, padding, dilation).shape[-1]


def same(k, dilation, stride):
    """The padding that torch itself has worked out for the layer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        layer = torch.nn.Conv1d(1, 1, k, stride, "same", dilation)
    return tuple(layer._reversed_padding_repeated_twice)


def weight_shape(c_in, c_out, kernel, groups):
    return tuple(torch.nn.Conv2d(c_in, c_out, kernel, groups=groups).weight.shape)


def up(i, k, stride, padding, more, dilation):
    x, w = torch.zeros(1, 1, i), torch.zeros(1, 1, k)
    try:
        return F.conv_transpose1d(x, w, None, stride, padding, more, 1, dilation).shape[-1]
    except RuntimeError as error:
        raise ValueError(str(error)) from error


def reachable(i, k, stride, padding, dilation):
    found = []
    for more in range(20):
        try:
            found.append(up(i, k, stride, padding, more, dilation))
        except ValueError:
            break
    return found


def which(i, *settings):
    """The first that brings the size back."""
    down = size(i, *settings)
    return next(more for more in range(20) if up(down, *settings[:3], more, settings[3]) == i)


def field(layers):
    """How many input cells have a gradient, of an output in the middle."""
    layers = [tuple(int(n) for n in layer) for layer in layers]
    need = 1
    for k, s, d in reversed(layers):
        need = s * (need - 1) + d * (k - 1) + 1
    x = torch.ones(1, 1, need, requires_grad=True)
    y = x
    for k, s, d in layers:
        y = F.conv1d(y, torch.ones(1, 1, k), stride=s, dilation=d)
    (grad,) = torch.autograd.grad(y[0, 0, 0], x)
    seen = grad[0, 0].nonzero()
    return int(seen.max() - seen.min()) + 1


def parameters(c_in, c_out, kernel, groups, bias):
    layer = torch.nn.Conv2d(c_in, c_out, kernel, groups=groups, bias=bias)
    return sum(p.numel() for p in layer.parameters())


def multiply_adds(c_in, c_out, kernel, groups, output):
    """Ones everywhere: every product adds one."""
    x = torch.ones(1, c_in, *(n + k - 1 for n, k in zip(output, kernel, strict=True)))
    return int(F.conv2d(x, torch.ones(c_out, c_in // groups, *kernel), groups=groups).sum())


TORCH = {
    "ps03.effective_kernel": span,
    "ps03.size": size,
    "ps03.same": same,
    "ps03.weight_shape": weight_shape,
    "ps03.transposed_size": up,
    "ps03.reachable": reachable,
    "ps03.output_padding": which,
    "ps03.receptive_field": field,
    "ps03.parameters": parameters,
    "ps03.multiply_adds": multiply_adds,
}


def walked(i, k, stride, padding, dilation):
    """Every window, one after the other."""
    row = range(i + 2 * padding)
    return len([a for a in row[::stride] if a + dilation * (k - 1) in row])


def stamped(i, k, stride, padding, more, dilation):
    """The cells that are stamped, counted."""
    if more >= stride and more >= dilation:
        raise ValueError("no")
    cells = {a * stride + t * dilation for a, t in product(range(i), range(k))}
    return max(cells) + 1 - 2 * padding + more


def seen(layers):
    """Backwards from one output: the interval of cells that each layer needs."""
    low = high = 0
    for k, s, d in reversed(layers.tolist()):
        low, high = low * s, high * s + d * (k - 1)
    return high - low + 1


def kinds(answer):
    """The same number as a float, a NumPy number, a tensor, a list."""
    return [
        answer,
        lambda *args: np.asarray(answer(*args), float),
        lambda *args: torch.tensor(answer(*args)),
        lambda *args: np.array(answer(*args), np.int32).tolist(),
    ]


UNUSUAL = {
    "ps03.effective_kernel": kinds(lambda k, d: len(range(d * (k - 1) + 1))),
    "ps03.size": kinds(walked),
    "ps03.same": kinds(same),
    "ps03.weight_shape": kinds(weight_shape),
    "ps03.transposed_size": kinds(stamped),
    "ps03.reachable": kinds(reachable),
    "ps03.output_padding": kinds(lambda i, k, s, p, d: (i + 2 * p - d * (k - 1) - 1) % s),
    "ps03.receptive_field": kinds(seen),
    "ps03.parameters": kinds(parameters),
    "ps03.multiply_adds": kinds(multiply_adds),
}
LAZY = {
    "ps03.effective_kernel": [lambda k, dilation: dilation],
    "ps03.size": [lambda i, *rest: i],
    "ps03.transposed_size": [lambda i, *rest: i],
    "ps03.multiply_adds": [lambda c_in, *rest: c_in],
}
