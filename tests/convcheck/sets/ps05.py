"""Problem set 5: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch
from numpy.lib.stride_tricks import as_strided, sliding_window_view

POINTS = {
    "ps05.output_size": 2, "ps05.kernel": 3, "ps05.stride": 3, "ps05.padding": 3, "ps05.conv2d": 5,
}  # fmt: skip
F = torch.nn.functional


def image(x, w, stride=(1, 1), padding=(0, 0)):
    return F.conv2d(torch.tensor(x)[None, None], torch.tensor(w)[None, None], None, stride, padding)[0, 0]


def layer(x, w, bias, stride, padding):
    return F.conv2d(*(None if a is None else torch.tensor(a) for a in (x, w, bias)), stride, padding)


def length(i, k, stride, padding):
    return F.conv1d(torch.zeros(1, 1, i), torch.zeros(1, 1, k), None, stride, padding).shape[-1]


TORCH = {
    "ps05.output_size": length,
    "ps05.kernel": image,
    "ps05.stride": image,
    "ps05.padding": image,
    "ps05.conv2d": layer,
}


def padded(x, stride, padding):
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(p, p) for p in padding])


def by_einsum(x, w, bias, stride, padding):
    windows = sliding_window_view(padded(x, stride, padding), w.shape[2:], axis=(2, 3))
    y = np.einsum("nchwrs,ocrs->nohw", windows[:, :, :: stride[0], :: stride[1]], w)
    return y if bias is None else y + bias[None, :, None, None]


def by_im2col(x, w, bias, stride, padding):
    """as_strided, one matrix product in float32, and an answer with its axes in another order in memory."""
    x = np.ascontiguousarray(padded(x, stride, padding), np.float32)
    (n, c, h, width), (o, _, r, s), (down, right) = x.shape, w.shape, stride
    rows, columns = (h - r) // down + 1, (width - s) // right + 1
    a, b, d, e = x.strides
    cells = as_strided(x, (n, rows, columns, c, r, s), (a, d * down, e * right, b, d, e))
    y = cells.reshape(n, rows, columns, -1) @ w.reshape(o, -1).T.astype(np.float32)
    return (y if bias is None else y + bias.astype(np.float32)).transpose(0, 3, 1, 2)


def by_scatter(x, w, bias, stride, padding):
    """Tap by tap, each a strided slice of the padded input; Fortran order."""
    x = padded(x, stride, padding)
    rows, columns = ((m - k) // s + 1 for m, k, s in zip(x.shape[2:], w.shape[2:], stride, strict=True))
    y = np.zeros((len(x), len(w), rows, columns), order="F")
    for a, b in np.ndindex(w.shape[2:]):
        cells = x[:, :, a :: stride[0], b :: stride[1]][:, :, :rows, :columns]
        y += np.tensordot(cells, w[:, :, a, b], axes=(1, 1)).transpose(0, 3, 1, 2)
    return y + (0 if bias is None else np.reshape(bias, (-1, 1, 1)))


def by_lists(x, w, bias, stride, padding):
    """Nothing but Python's own lists and loops."""
    x, w = padded(x, stride, padding).tolist(), w.tolist()
    r, s = len(w[0][0]), len(w[0][0][0])
    biases = [0.0] * len(w) if bias is None else bias.tolist()

    def entry(image, filters, top, left):
        return sum(
            filters[c][a][b] * image[c][top + a][left + b]
            for c in range(len(image))
            for a in range(r)
            for b in range(s)
        )

    tops = range(0, len(x[0][0]) - r + 1, stride[0])
    lefts = range(0, len(x[0][0][0]) - s + 1, stride[1])
    return [
        [[[entry(i, f, t, q) + b for q in lefts] for t in tops] for f, b in zip(w, biases, strict=True)]
        for i in x
    ]


def by_torch_2d(x, w, bias, stride, padding):
    tensors = (None if a is None else torch.tensor(a) for a in (x, w, bias))
    return torch.nn.functional.conv2d(*tensors, stride=stride, padding=padding)


def counted(i, k, stride, padding):
    """Walk, and count."""
    return len([start for start in range(0, i + 2 * padding, stride) if start + k <= i + 2 * padding])


def floored(i, k, stride, padding):
    return np.floor((i + 2 * padding - k) / stride) + 1


def ceiled(i, k, stride, padding):
    return torch.tensor(-(-(i + 2 * padding - k + 1) // stride))


LAYERS = [by_einsum, by_im2col, by_scatter, by_lists, by_torch_2d]


def one_channel(answer):
    return lambda x, w, stride=(1, 1), padding=(0, 0): answer(
        x[None, None], w[None, None], None, stride, padding
    )[0][0]


IMAGES = [one_channel(answer) for answer in LAYERS]
UNUSUAL = {
    "ps05.output_size": [counted, floored, ceiled],
    "ps05.kernel": IMAGES,
    "ps05.stride": IMAGES,
    "ps05.padding": IMAGES,
    "ps05.conv2d": LAYERS,
}
LAZY = {
    "ps05.output_size": [lambda i, k, stride, padding: i, lambda i, k, stride, padding: k],
    "ps05.kernel": [lambda x, w: x],
    "ps05.stride": [lambda x, w, stride: x],
    "ps05.padding": [lambda x, w, stride, padding: x],
    "ps05.conv2d": [lambda x, w, bias, stride, padding: x],
}
