"""Problem set 8: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch
from numpy.lib.stride_tricks import as_strided, sliding_window_view

POINTS = {
    "ps08.windows": 2, "ps08.unfold": 4, "ps08.gemm": 3, "ps08.fold": 4, "ps08.fft": 3, "ps08.avg_pool": 3,
    "ps08.max_pool": 2,
}  # fmt: skip
F = torch.nn.functional


def windows(x, k, stride, dilation):
    return torch.tensor(x).unfold(0, dilation * (k - 1) + 1, stride)[:, ::dilation]


def unfold(x, window, stride, padding, dilation):
    return F.unfold(torch.tensor(x), window, dilation, padding, stride)


def fold(columns, size, window, stride, padding, dilation):
    return F.fold(torch.tensor(columns), size, window, dilation, padding, stride)


def layer(x, w, stride, padding):
    return F.conv2d(torch.tensor(x), torch.tensor(w), None, stride, padding)


def full(f, g):
    """torch's correlation with the turned kernel, zeros all round."""
    padding = [k - 1 for k in g.shape]
    f, g = (torch.tensor(a.copy())[None, None] for a in (f, np.flip(g)))
    return (F.conv1d, F.conv2d, F.conv3d)[f.ndim - 3](f, g, padding=padding)[0, 0]


def mean(x, window, stride, padding, count):
    pool = (F.avg_pool1d, F.avg_pool2d, F.avg_pool3d)[len(window) - 1]
    return pool(torch.tensor(x), window, stride, padding, count_include_pad=count)


def largest(x, window, stride, padding):
    return F.max_pool2d(torch.tensor(x), window, stride, padding)


TORCH = {
    "ps08.windows": windows,
    "ps08.unfold": unfold,
    "ps08.gemm": layer,
    "ps08.fold": fold,
    "ps08.fft": full,
    "ps08.avg_pool": mean,
    "ps08.max_pool": largest,
}


def strided(x, k, stride, dilation):
    x = np.ascontiguousarray(x)
    (step,), span = x.strides, dilation * (k - 1) + 1
    return as_strided(x, ((len(x) - span) // stride + 1, k), (stride * step, dilation * step))


def by_index(x, k, stride, dilation):
    starts = np.arange(0, len(x) - dilation * (k - 1), stride)
    return x[starts[:, None] + dilation * np.arange(k)].astype(np.float32)


def unfold_by_taps(x, window, stride, padding, dilation):
    x = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    settings = zip(x.shape[2:], window, stride, dilation, strict=True)
    p, q = ((n - d * (k - 1) - 1) // s + 1 for n, k, s, d in settings)
    y = np.empty((len(x), x.shape[1], *window, p, q), np.float32, order="F")
    for r, s in np.ndindex(*window):
        rows = x[:, :, r * dilation[0] :: stride[0]][:, :, :p]
        y[:, :, r, s] = rows[..., s * dilation[1] :: stride[1]][..., :q]
    return y.reshape(len(x), -1, p * q)


def gemm_by_einsum(x, w, stride, padding):
    x = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    seen = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, :: stride[0], :: stride[1]]
    return np.tensordot(seen, w, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)


def fold_by_index(columns, size, window, stride, padding, dilation):
    """The numbers of the cells, unfolded, say where everything goes."""
    h, w = (n + 2 * p for n, p in zip(size, padding, strict=True))
    channels = columns.shape[1] // (window[0] * window[1])
    cells = np.arange(channels * h * w, dtype=float).reshape(1, channels, h, w)
    to = np.asarray(unfold(cells, window, stride, (0, 0), dilation))[0].astype(int).ravel()
    flat = [np.bincount(to, image.ravel(), channels * h * w) for image in columns]
    framed = np.array(flat).reshape(len(columns), channels, h, w)
    return framed[:, :, padding[0] : h - padding[0], padding[1] : w - padding[1]]


def by_complex_fft(f, g):
    size = [m + n - 1 for m, n in zip(f.shape, g.shape, strict=True)]
    axes = range(f.ndim)
    return np.fft.ifftn(np.fft.fftn(f, size, axes) * np.fft.fftn(g, size, axes), size, axes)


def by_longer_fft(f, g):
    """More room than is needed, up to a power of two, cut off in the end."""
    size = [m + n - 1 for m, n in zip(f.shape, g.shape, strict=True)]
    room = [1 << n.bit_length() for n in size]
    y = torch.fft.irfftn(
        torch.fft.rfftn(torch.tensor(f), room) * torch.fft.rfftn(torch.tensor(g), room), room
    )
    return y[tuple(slice(0, n) for n in size)]


def mean_by_taps(x, window, stride, padding, count):
    """Sums axis by axis, as a box can be taken apart."""
    total, cells = x.astype(float), np.ones(x.shape)
    for axis, (k, s, p) in enumerate(zip(window, stride, padding, strict=True), 2):
        total, cells = (_box(a, axis, k, s, p) for a in (total, cells))
    return total / (np.prod(window) if count else cells)


def _box(a, axis, k, s, p):
    a = np.pad(a, [(p, p) if i == axis else (0, 0) for i in range(a.ndim)])
    found = (a.shape[axis] - k) // s + 1
    a = np.moveaxis(a, axis, 0)
    y = sum(a[t : t + s * (found - 1) + 1 : s] for t in range(k))
    return np.moveaxis(y, 0, axis)


def largest_by_taps(x, window, stride, padding):
    frame = [(0, 0), (0, 0), *((p, p) for p in padding)]
    x = np.pad(x, frame, constant_values=-1e9)
    p, q = ((n - k) // s + 1 for n, k, s in zip(x.shape[2:], window, stride, strict=True))
    y = np.full((*x.shape[:2], p, q), -1e9)
    for r, s in np.ndindex(*window):
        y = np.maximum(y, x[:, :, r :: stride[0], s :: stride[1]][:, :, :p, :q])
    return y


UNUSUAL = {
    "ps08.windows": [windows, strided, by_index, lambda *args: np.asfortranarray(strided(*args))],
    "ps08.unfold": [unfold, unfold_by_taps],
    "ps08.gemm": [layer, gemm_by_einsum],
    "ps08.fold": [fold, fold_by_index],
    "ps08.fft": [by_complex_fft, by_longer_fft],
    "ps08.avg_pool": [mean, mean_by_taps],
    "ps08.max_pool": [largest, largest_by_taps],
}
LAZY = {
    "ps08.windows": [lambda x, k, stride, dilation: x],
    "ps08.unfold": [lambda x, *rest: x],
    "ps08.gemm": [lambda x, *rest: x],
    "ps08.fold": [lambda columns, *rest: columns],
    "ps08.fft": [lambda f, g: f],
    "ps08.avg_pool": [lambda x, *rest: x],
    "ps08.max_pool": [lambda x, *rest: x],
}
