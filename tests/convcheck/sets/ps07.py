"""Problem set 7: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch

POINTS = {
    "ps07.bias": 1, "ps07.numeric": 2, "ps07.input_1d": 2, "ps07.weight_1d": 2, "ps07.input_strided": 3,
    "ps07.weight_strided": 3, "ps07.input": 4, "ps07.weight": 4, "ps07.up_input": 2, "ps07.up_weight": 2,
}  # fmt: skip
F = torch.nn.functional


def slope(layer, at, g, *arrays):
    """What torch's own backward pass sends to the array at a place of the arguments."""
    tensors = [torch.tensor(np.asarray(a, float), requires_grad=True) for a in arrays]
    layer(*tensors).backward(torch.tensor(np.asarray(g, float)))
    return tensors[at].grad


def conv(stride, padding, dilation, groups):
    return lambda x, w: (F.conv1d, F.conv2d)[x.ndim - 3](x, w, None, stride, padding, dilation, groups)


def up(size, stride, padding, dilation, groups):
    """A transposed convolution whose output has this size."""

    def layer(x, w):
        settings = zip(size, x.shape[2:], w.shape[2:], stride, padding, dilation, strict=True)
        more = [n - ((i - 1) * s - 2 * p + d * (k - 1) + 1) for n, i, k, s, p, d in settings]
        extra = [max(0, m) for m in more]
        function = (F.conv_transpose1d, F.conv_transpose2d)[x.ndim - 3]
        return function(x, w, None, stride, padding, extra, groups, dilation)

    return layer


def bias(g):
    b = torch.zeros(g.shape[1], dtype=torch.float64, requires_grad=True)
    x = torch.zeros(g.shape, dtype=torch.float64)
    (x + b.reshape(-1, *[1] * (g.ndim - 2))).backward(torch.tensor(g))
    return b.grad


def numeric(x, w, h):
    x, w = torch.tensor(x), torch.tensor(w, requires_grad=True)
    (0.5 * F.conv1d(x[None], w[None, None]).square().sum()).backward()
    return w.grad


def input_1d(w, g):
    x = np.zeros(len(g) + len(w) - 1)
    return slope(conv(1, 0, 1, 1), 0, g[None, None], x[None, None], w[None, None])[0, 0]


def weight_1d(x, g):
    w = np.zeros(len(x) - len(g) + 1)
    return slope(conv(1, 0, 1, 1), 1, g[None, None], x[None, None], w[None, None])[0, 0]


def input_strided(n, w, g, stride, padding):
    x = np.zeros((1, 1, n))
    return slope(conv(stride, padding, 1, 1), 0, g[None, None], x, w[None, None])[0, 0]


def weight_strided(x, k, g, stride, padding):
    w = np.zeros((1, 1, k))
    return slope(conv(stride, padding, 1, 1), 1, g[None, None], x[None, None], w)[0, 0]


def to_input(input_size, w, g, *options):
    return slope(conv(*options), 0, g, np.zeros(input_size), w)


def to_weight(x, weight_size, g, *options):
    return slope(conv(*options), 1, g, x, np.zeros(weight_size))


def up_size(g, w, stride, padding, dilation, groups):
    settings = zip(g.shape[2:], w.shape[2:], stride, padding, dilation, strict=True)
    return [(n + 2 * p - d * (k - 1) - 1) // s + 1 for n, k, s, p, d in settings]


def up_input(w, g, *options):
    x = np.zeros((len(g), len(w), *up_size(g, w, *options)))
    return slope(up(g.shape[2:], *options), 0, g, x, w)


def up_weight(x, weight_size, g, *options):
    return slope(up(g.shape[2:], *options), 1, g, x, np.zeros(weight_size))


TORCH = {
    "ps07.bias": bias,
    "ps07.numeric": numeric,
    "ps07.input_1d": input_1d,
    "ps07.weight_1d": weight_1d,
    "ps07.input_strided": input_strided,
    "ps07.weight_strided": weight_strided,
    "ps07.input": to_input,
    "ps07.weight": to_weight,
    "ps07.up_input": up_input,
    "ps07.up_weight": up_weight,
}


def matrix(input_size, w, stride, padding, dilation, groups):
    """The layer as a matrix, unit input by unit input."""
    layer = conv(stride, padding, dilation, groups)
    units = torch.eye(int(np.prod(input_size[1:])), dtype=torch.float64)
    return layer(units.reshape(-1, *input_size[1:]), torch.tensor(w)).flatten(1).numpy()


def input_by_matrix(input_size, w, g, *options):
    rows = matrix(input_size, w, *options)
    return np.array([rows @ image.ravel() for image in g]).reshape(input_size)


def weight_by_units(x, weight_size, g, *options):
    """One tap at a time is 1, and the gradient is what then comes out, weighed by g; Fortran order."""
    y = np.zeros(weight_size, order="F")
    for tap in np.ndindex(*weight_size):
        w = np.zeros(weight_size)
        w[tap] = 1
        y[tap] = float((conv(*options)(torch.tensor(x), torch.tensor(w)).numpy() * g).sum())
    return y


def up_input_by_units(w, g, *options):
    """A transposed convolution's gradient is a convolution: torch's, in single precision."""
    y = conv(*options)(torch.tensor(g), torch.tensor(w))
    return y.numpy().astype(np.float32)


def up_weight_by_units(x, weight_size, g, *options):
    return weight_by_units(g, weight_size, x, *options)


def strided_lists(n, w, g, stride, padding):
    found = [0.0] * n
    for i, value in enumerate(g.tolist()):
        for a, tap in enumerate(w.tolist()):
            if 0 <= i * stride + a - padding < n:
                found[i * stride + a - padding] += value * tap
    return found


def spread(x, k, g, stride, padding):
    """g with zeros between its entries, slid over the padded row."""
    wide = np.zeros(stride * (len(g) - 1) + 1)
    wide[::stride] = g
    return np.correlate(np.pad(x, padding), wide, "valid")[:k]


def as_lists(answer):
    return lambda *args: answer(*args).tolist()


def as_single(answer):
    """Single precision, in another order in memory."""
    return lambda *args: np.asfortranarray(answer(*args).numpy().astype(np.float32))


UNUSUAL = {
    "ps07.bias": [
        bias,
        lambda g: np.einsum("noc->o", g.reshape(*g.shape[:2], -1)),
        lambda g: g.astype(np.float32).reshape(len(g), g.shape[1], -1).sum((0, 2)),
        lambda g: [sum(map(float, g[:, o].ravel())) for o in range(g.shape[1])],
    ],
    "ps07.numeric": [
        numeric,
        lambda x, w, h: np.correlate(x, np.correlate(x, w, "valid"), "valid"),
        lambda x, w, h: [
            (sum(np.correlate(x, w + h * e, "valid") ** 2) - sum(np.correlate(x, w - h * e, "valid") ** 2))
            / (4 * h)
            for e in np.eye(len(w))
        ],
        lambda x, w, h: numeric(x, w, 1.0).numpy()[::-1][::-1],
    ],
    "ps07.input_1d": [
        input_1d,
        lambda w, g: np.convolve(g, w),
        lambda w, g: np.correlate(np.pad(g.astype(np.float32), len(w) - 1), w[::-1].astype(np.float32)),
        lambda w, g: strided_lists(len(g) + len(w) - 1, w, g, 1, 0),
    ],
    "ps07.weight_1d": [
        weight_1d,
        lambda x, g: np.correlate(x, g, "valid"),
        lambda x, g: np.lib.stride_tricks.sliding_window_view(x, len(g)) @ g,
        lambda x, g: [sum(a * b for a, b in zip(x[i:], g, strict=False)) for i in range(len(x) - len(g) + 1)],
    ],
    "ps07.input_strided": [
        input_strided,
        strided_lists,
        lambda n, w, g, s, p: input_by_matrix((1, 1, n), w[None, None], g[None, None], s, p, 1, 1)[0, 0],
        lambda n, w, g, s, p: np.float32(strided_lists(n, w, g, s, p)),
    ],
    "ps07.weight_strided": [
        weight_strided,
        spread,
        lambda x, k, g, s, p: [np.pad(x, p)[a : a + s * len(g) : s][: len(g)] @ g for a in range(k)],
        lambda *a: tuple(spread(*a).tolist()),
    ],
    "ps07.input": [
        to_input,
        input_by_matrix,
        lambda *a: to_input(*a).tolist(),
        lambda *a: to_input(*a).float(),
    ],
    "ps07.weight": [
        to_weight,
        weight_by_units,
        lambda *a: to_weight(*a).tolist(),
        lambda *a: to_weight(*a).float(),
    ],
    "ps07.up_input": [
        up_input,
        up_input_by_units,
        lambda *a: up_input(*a).tolist(),
        lambda *a: np.asfortranarray(up_input(*a)),
    ],
    "ps07.up_weight": [
        up_weight,
        up_weight_by_units,
        lambda *a: up_weight(*a).tolist(),
        lambda *a: up_weight(*a).float(),
    ],
}
LAZY = {
    "ps07.bias": [lambda g: g],
    "ps07.numeric": [lambda x, w, h: w],
    "ps07.input_1d": [lambda w, g: w, lambda w, g: g],
    "ps07.weight_1d": [lambda x, g: x, lambda x, g: g],
    "ps07.input_strided": [lambda n, w, g, stride, padding: g],
    "ps07.weight_strided": [lambda x, k, g, stride, padding: x[:k]],
    "ps07.input": [lambda size, w, g, *options: np.zeros(size)],
    "ps07.weight": [lambda x, size, g, *options: np.zeros(size)],
    "ps07.up_input": [lambda w, g, *options: g],
    "ps07.up_weight": [lambda x, size, g, *options: np.zeros(size)],
}
