"""Problem set 2: points, torch's answers, right but unusual answers, and answers that do no work."""

import warnings

import numpy as np
import scipy.signal
import torch

POINTS = {
    "ps02.correlate": 2, "ps02.convolve": 1, "ps02.modes": 4, "ps02.torch_same": 2, "ps02.kernel": 1,
    "ps02.image": 3, "ps02.telling": 2, "ps02.convolve_nd": 4, "ps02.correlate_nd": 1,
}  # fmt: skip
F = torch.nn.functional


def slide(x, w, padding):
    """torch's correlation of two plain arrays, between zeros."""
    amounts = [n for pair in reversed(padding) for n in pair]
    x, w = (torch.tensor(np.ascontiguousarray(a, float))[None, None] for a in (x, w))
    return (F.conv1d, F.conv2d, F.conv3d)[x.ndim - 3](F.pad(x, amounts), w)[0, 0]


def room(g, mode):
    rule = {
        "full": lambda k: (k - 1, k - 1),
        "same": lambda k: (k // 2, (k - 1) // 2),
        "valid": lambda k: (0, 0),
    }[mode]
    return [rule(k) for k in g.shape]


def convolved(f, g, mode="valid"):
    return slide(f, np.flip(g), room(g, mode))


def correlated(f, g, mode="valid"):
    return slide(f, g, room(g, mode))


def same(x, w):
    """torch warns that an even kernel costs it a copy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return F.conv1d(torch.tensor(x)[None, None], torch.tensor(w)[None, None], padding="same")[0, 0]


TORCH = {
    "ps02.correlate": correlated,
    "ps02.convolve": convolved,
    "ps02.modes": convolved,
    "ps02.torch_same": same,
    "ps02.kernel": lambda g: torch.tensor(g).flip(0, 1),
    "ps02.image": correlated,
    "ps02.convolve_nd": convolved,
    "ps02.correlate_nd": correlated,
}


def by_fft(f, g, mode="valid"):
    size = [n + k - 1 for n, k in zip(f.shape, g.shape, strict=True)]
    axes = range(f.ndim)
    y = np.fft.ifftn(np.fft.fftn(f, size, axes) * np.fft.fftn(g, size, axes), size, axes)
    starts = {
        "full": [0] * f.ndim,
        "same": [(k - 1) // 2 for k in g.shape],
        "valid": [k - 1 for k in g.shape],
    }
    ends = {
        "full": size,
        "same": f.shape,
        "valid": [n - k + 1 for n, k in zip(f.shape, g.shape, strict=True)],
    }
    cut = zip(starts[mode], ends[mode], strict=True)
    return y[tuple(slice(a, a + n) for a, n in cut)]


def by_stamps(f, g, mode="valid"):
    """Single precision, stamp by stamp, in Fortran order."""
    size = [n + k - 1 for n, k in zip(f.shape, g.shape, strict=True)]
    y = np.zeros(size, np.float32, order="F")
    for place in np.ndindex(*f.shape):
        here = tuple(slice(i, i + k) for i, k in zip(place, g.shape, strict=True))
        y[here] += np.float32(f[place]) * g.astype(np.float32)
    return scipy.signal.convolve(f, g, mode).astype(np.float32) if mode == "same" else _cut(y, f, g, mode)


def _cut(y, f, g, mode):
    if mode == "full":
        return y
    return y[tuple(slice(k - 1, n) for k, n in zip(g.shape, f.shape, strict=True))]


def by_scipy(f, g, mode="valid"):
    return scipy.signal.convolve(f, g, mode).tolist()


CONVOLVED = [convolved, by_fft, by_stamps, by_scipy]
CORRELATED = [lambda f, g, mode="valid", c=c: c(f, np.flip(g), mode) for c in CONVOLVED]
UNUSUAL = {
    "ps02.correlate": CORRELATED,
    "ps02.convolve": CONVOLVED,
    "ps02.modes": CONVOLVED,
    "ps02.torch_same": [
        same,
        lambda x, w: np.convolve(x, w[::-1])[len(w) // 2 :][: len(x)],
        lambda x, w: scipy.signal.correlate(x, w)[len(w) // 2 : len(w) // 2 + len(x)].tolist(),
        lambda x, w: np.float32(same(x, w)),
    ],
    "ps02.kernel": [
        lambda g: np.rot90(g, 2),
        lambda g: torch.tensor(g).flip(0, 1),
        lambda g: [row[::-1] for row in g.tolist()[::-1]],
        lambda g: g.ravel()[::-1].reshape(g.shape).astype(np.float32),
    ],
    "ps02.image": CORRELATED,
    "ps02.telling": [
        lambda r, s: np.arange(r * s).reshape(r, s),
        lambda r, s: torch.arange(r * s).reshape(r, s) ** 2,
        lambda r, s: [[10.0 ** (i * s + j) for j in range(s)] for i in range(r)],
        lambda r, s: np.random.default_rng(0).random((r, s)),
    ],
    "ps02.convolve_nd": CONVOLVED,
    "ps02.correlate_nd": CORRELATED,
}
LAZY = {
    "ps02.correlate": [lambda x, w: x],
    "ps02.convolve": [lambda f, g: g],
    "ps02.modes": [lambda f, g, mode: f],
    "ps02.torch_same": [lambda x, w: x],
    "ps02.image": [lambda x, w: w],
    "ps02.convolve_nd": [lambda f, g, mode: f],
    "ps02.correlate_nd": [lambda f, g, mode: g],
}
