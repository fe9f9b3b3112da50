"""Problem set 5: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch
from numpy.lib.stride_tricks import as_strided, sliding_window_view

POINTS = {
    "ps05.output_size": 2, "ps05.kernel": 3, "ps05.stride": 3, "ps05.padding": 3, "ps05.dilation": 2,
    "ps05.channels": 3, "ps05.groups": 3, "ps05.bias": 1, "ps05.conv2d": 4, "ps05.nd": 3,
}  # fmt: skip
F = torch.nn.functional


def image(x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    x, w = torch.tensor(x)[None, None], torch.tensor(w)[None, None]
    return F.conv2d(x, w, None, stride, padding, dilation)[0, 0]


def filters(x, w, groups=1):
    return F.conv2d(torch.tensor(x)[None], torch.tensor(w), groups=groups)[0]


def layer(x, w, bias, *options):
    function = (F.conv1d, F.conv2d, F.conv3d)[x.ndim - 3]
    return function(*(None if a is None else torch.tensor(a) for a in (x, w, bias)), *options)


def biased(y, bias):
    """A layer of one tap that hands its input on, and adds its bias."""
    one = torch.eye(y.shape[1], dtype=torch.float64)[:, :, None, None]
    return F.conv2d(torch.tensor(y), one, None if bias is None else torch.tensor(bias))


def length(i, k, stride, padding):
    return F.conv1d(torch.zeros(1, 1, i), torch.zeros(1, 1, k), None, stride, padding).shape[-1]


TORCH = {
    "ps05.output_size": length,
    "ps05.kernel": image,
    "ps05.stride": image,
    "ps05.padding": image,
    "ps05.dilation": image,
    "ps05.channels": filters,
    "ps05.groups": filters,
    "ps05.bias": biased,
    "ps05.conv2d": layer,
    "ps05.nd": layer,
}


def padded(x, padding):
    return np.pad(x, [(0, 0)] * (x.ndim - len(padding)) + [(p, p) for p in padding])


def with_groups(answer):
    """A layer of groups out of one without: a piece for each, and the bias in the end."""

    def whole(x, w, bias, stride, padding, dilation, groups):
        pieces = zip(np.split(x, groups, axis=1), np.split(w, groups), strict=True)
        parts = [np.asarray(answer(x, w, stride, padding, dilation)) for x, w in pieces]
        y = np.concatenate(parts, axis=1)
        return y if bias is None else y + np.reshape(bias, (-1, *[1] * (x.ndim - 2)))

    return whole


@with_groups
def by_einsum(x, w, stride, padding, dilation):
    axes = tuple(range(2, x.ndim))
    spans = [d * (k - 1) + 1 for d, k in zip(dilation, w.shape[2:], strict=True)]
    windows = sliding_window_view(padded(x, padding), spans, axis=axes)
    steps = (*(slice(None, None, s) for s in stride), *(slice(None, None, d) for d in dilation))
    places, taps = "pqr"[: len(axes)], "stu"[: len(axes)]
    return np.einsum(f"nc{places}{taps},oc{taps}->no{places}", windows[(..., *steps)], w)


@with_groups
def by_im2col(x, w, stride, padding, dilation):
    """as_strided, one matrix product in float32, and an answer with its axes in another order in memory."""
    x = np.ascontiguousarray(padded(x, padding), np.float32)
    n, c, *size = x.shape
    o, _, *taps = w.shape
    settings = zip(size, taps, stride, dilation, strict=True)
    found = [(m - d * (k - 1) - 1) // s + 1 for m, k, s, d in settings]
    first, channel, *rest = x.strides
    steps = [a * s for a, s in zip(rest, stride, strict=True)]
    gaps = [a * d for a, d in zip(rest, dilation, strict=True)]
    cells = as_strided(x, (n, *found, c, *taps), (first, *steps, channel, *gaps))
    y = cells.reshape(n, *found, -1) @ w.reshape(o, -1).T.astype(np.float32)
    return np.moveaxis(y, -1, 1)


@with_groups
def by_scatter(x, w, stride, padding, dilation):
    """Tap by tap, each a strided slice of the padded input; Fortran order."""
    x = padded(x, padding)
    settings = zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True)
    found = [(m - d * (k - 1) - 1) // s + 1 for m, k, s, d in settings]
    y = np.zeros((len(x), len(w), *found), order="F")
    for tap in np.ndindex(w.shape[2:]):
        starts = [a * d for a, d in zip(tap, dilation, strict=True)]
        cut = [slice(a, None, s) for a, s in zip(starts, stride, strict=True)]
        cells = x[(..., *cut)][(..., *(slice(0, m) for m in found))]
        y += np.moveaxis(np.tensordot(cells, w[(..., *tap)], axes=(1, 1)), -1, 1)
    return y


@with_groups
def by_lists(x, w, stride, padding, dilation):
    """Nothing but Python's own numbers and loops."""
    x = padded(x, padding)
    settings = zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True)
    found = [(m - d * (k - 1) - 1) // s + 1 for m, k, s, d in settings]

    def entry(image, kernels, place):
        total = 0.0
        for c, *tap in np.ndindex(kernels.shape):
            at = [i * s + a * d for i, s, a, d in zip(place, stride, tap, dilation, strict=True)]
            total += float(image[(c, *at)]) * float(kernels[(c, *tap)])
        return total

    places = list(np.ndindex(*found))
    flat = [[[entry(image, kernels, p) for p in places] for kernels in w] for image in x]
    return np.array(flat).reshape(len(x), len(w), *found)


def counted(i, k, stride, padding):
    """Walk, and count."""
    return len([start for start in range(0, i + 2 * padding, stride) if start + k <= i + 2 * padding])


def floored(i, k, stride, padding):
    return np.floor((i + 2 * padding - k) / stride) + 1


def ceiled(i, k, stride, padding):
    return torch.tensor(-(-(i + 2 * padding - k + 1) // stride))


LAYERS = [by_einsum, by_im2col, by_scatter, by_lists, layer]


def one_channel(answer):
    def image(x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
        return answer(x[None, None], w[None, None], None, stride, padding, dilation, 1)[0][0]

    return image


def one_image(answer):
    return lambda x, w, groups=1: answer(x[None], w, None, (1, 1), (0, 0), (1, 1), groups)[0]


IMAGES = [one_channel(answer) for answer in LAYERS]
FILTERS = [one_image(answer) for answer in LAYERS]
UNUSUAL = {
    "ps05.output_size": [counted, floored, ceiled, lambda *a: [[length(*a)]][0][0]],
    "ps05.kernel": IMAGES,
    "ps05.stride": IMAGES,
    "ps05.padding": IMAGES,
    "ps05.dilation": IMAGES,
    "ps05.channels": FILTERS,
    "ps05.groups": FILTERS,
    "ps05.bias": [
        biased,
        lambda y, b: y if b is None else (y.swapaxes(1, 3) + b).swapaxes(1, 3),
        lambda y, b: np.einsum("nohw,o->nohw", np.ones_like(y), np.zeros(y.shape[1]) if b is None else b) + y,
        lambda y, b: (y + (0 if b is None else b.reshape(1, -1, 1, 1))).astype(np.float32).tolist(),
    ],
    "ps05.conv2d": LAYERS,
    "ps05.nd": LAYERS,
}
LAZY = {
    "ps05.output_size": [lambda i, k, stride, padding: i, lambda i, k, stride, padding: k],
    "ps05.kernel": [lambda x, w: x],
    "ps05.stride": [lambda x, w, stride: x],
    "ps05.padding": [lambda x, w, stride, padding: x],
    "ps05.dilation": [lambda x, w, stride, padding, dilation: x],
    "ps05.channels": [lambda x, w: x],
    "ps05.groups": [lambda x, w, groups: np.zeros((len(w), *x.shape[1:]))],
    "ps05.conv2d": [lambda x, *rest: x],
    "ps05.nd": [lambda x, *rest: x],
}
