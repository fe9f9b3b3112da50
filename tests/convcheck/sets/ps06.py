"""Problem set 6: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch

POINTS = {
    "ps06.matrix": 3, "ps06.back": 2, "ps06.adjoint": 1, "ps06.stamp": 2, "ps06.stride": 2, "ps06.padding": 2,
    "ps06.output_padding": 3, "ps06.channels": 3, "ps06.conv_transpose2d": 4, "ps06.nd": 3,
}  # fmt: skip
F = torch.nn.functional


def matrix(w, n, stride, padding, dilation):
    units = torch.eye(n, dtype=torch.float64)[:, None]
    return F.conv1d(units, torch.tensor(w)[None, None], None, stride, padding, dilation)[:, 0].T


def back(y, w, n, stride, padding):
    x = torch.zeros(1, 1, n, dtype=torch.float64, requires_grad=True)
    F.conv1d(x, torch.tensor(w)[None, None], None, stride, padding).backward(torch.tensor(y)[None, None])
    return x.grad[0, 0]


def gap(x, cx, y, by):
    x, cx, y, by = (torch.tensor(a).ravel() for a in (x, cx, y, by))
    return cx @ y - x @ by


def stamps(x, w, stride=1, padding=0, output_padding=0):
    return layer(x[None, None], w[None, None], None, stride, padding, output_padding, 1, 1)[0, 0]


def layer(x, w, bias, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    """torch's RuntimeError is a refusal."""
    function = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)[x.ndim - 3]
    x, w, bias = (None if a is None else torch.tensor(a) for a in (x, w, bias))
    try:
        return function(x, w, bias, stride, padding, output_padding, groups, dilation)
    except RuntimeError as error:
        raise ValueError(str(error)) from error


TORCH = {
    "ps06.matrix": matrix,
    "ps06.back": back,
    "ps06.adjoint": gap,
    "ps06.stamp": stamps,
    "ps06.stride": stamps,
    "ps06.padding": stamps,
    "ps06.output_padding": stamps,
    "ps06.channels": layer,
    "ps06.conv_transpose2d": layer,
    "ps06.nd": layer,
}


def shifted(w, n, stride, padding, dilation):
    """The kernel with its gaps, written into a longer row, shifted row by row, the frame cut off."""
    wide = np.zeros(dilation * (len(w) - 1) + 1)
    wide[::dilation] = w
    rows = (n + 2 * padding - len(wide)) // stride + 1
    whole = [np.roll(np.pad(wide, (0, n + 2 * padding - len(wide))), i * stride) for i in range(rows)]
    return np.array(whole)[:, padding : padding + n]


def by_convolution(x, w, stride=1, padding=0, output_padding=0):
    """Zeros between the inputs, then a true convolution, then a cut; single precision."""
    if output_padding >= stride and output_padding:
        raise ValueError("no")
    wide = np.zeros(stride * (len(x) - 1) + 1, np.float32)
    wide[::stride] = x
    y = np.append(np.convolve(wide, w.astype(np.float32)), np.zeros(output_padding))
    return y[padding : len(y) - padding]


def by_fft(x, w, stride=1, padding=0, output_padding=0):
    if output_padding and output_padding >= stride:
        raise ValueError("no")
    wide = np.kron(x, np.eye(1, stride)[0])
    size = stride * (len(x) - 1) + len(w)
    y = np.fft.ifft(np.fft.fft(wide, size + stride) * np.fft.fft(w, size + stride))[:size]
    return np.append(y, np.zeros(output_padding))[padding : size + output_padding - padding]


def by_lists(x, w, stride=1, padding=0, output_padding=0):
    if output_padding and output_padding >= stride:
        raise ValueError("no")
    size = stride * (len(x) - 1) + len(w) - 2 * padding + output_padding
    y = [0.0] * size
    for i, value in enumerate(x.tolist()):
        for a, tap in enumerate(w.tolist()):
            if 0 <= i * stride + a - padding < size:
                y[i * stride + a - padding] += value * tap
    return tuple(y)


ROWS = [by_convolution, by_fft, by_lists, stamps]


def by_gathering(x, w, bias, stride=None, padding=None, output_padding=None, groups=1, dilation=None):
    """Every output cell asks each cell of the input whether a tap of it lands here."""
    axes = x.ndim - 2
    defaults = zip((stride, padding, output_padding, dilation), (1, 0, 0, 1), strict=True)
    s, p, more, d = (usual_or(given, usual, axes) for given, usual in defaults)
    if any(m and m >= max(a, b) for m, a, b in zip(more, s, d, strict=True)):
        raise ValueError("no")
    sizes = zip(x.shape[2:], w.shape[2:], s, p, more, d, strict=True)
    size = [a * (i - 1) + e * (k - 1) + 1 - 2 * q + m for i, k, a, q, m, e in sizes]
    own, outputs = x.shape[1] // groups, w.shape[1]
    y = np.zeros((len(x), outputs * groups, *size), order="F")
    for g in range(groups):
        for tap in np.ndindex(w.shape[2:]):
            for cell in np.ndindex(x.shape[2:]):
                at = [i * a + t * e - q for i, a, t, e, q in zip(cell, s, tap, d, p, strict=True)]
                if all(0 <= i < n for i, n in zip(at, size, strict=True)):
                    values = x[(slice(None), slice(own * g, own * g + own), *cell)]
                    kernel = w[(slice(own * g, own * g + own), slice(None), *tap)]
                    y[(slice(None), slice(outputs * g, outputs * g + outputs), *at)] += values @ kernel
    return y if bias is None else y + bias.reshape(-1, *[1] * axes)


def usual_or(given, usual, axes):
    return (usual,) * axes if given is None else given


def as_lists(answer):
    return lambda *args: np.asarray(answer(*args)).tolist()


def as_single(answer):
    """Single precision, with the axes in another order in memory."""
    return lambda *args: np.asarray(answer(*args), np.float32).T.copy().T


LAYERS = [layer, by_gathering, as_lists(layer), as_single(by_gathering)]
UNUSUAL = {
    "ps06.matrix": [matrix, shifted, as_lists(shifted), as_single(matrix)],
    "ps06.back": [
        back,
        lambda y, w, n, s, p: shifted(w, n, s, p, 1).T @ y,
        lambda y, w, n, s, p: np.einsum("i,ij", y, matrix(w, n, s, p, 1).numpy()),
        lambda y, w, n, s, p: (
            *[sum(a * b for a, b in zip(y, c, strict=True)) for c in matrix(w, n, s, p, 1).T],
        ),
    ],
    "ps06.adjoint": [
        gap,
        lambda x, cx, y, by: np.vdot(cx, y) - np.vdot(x, by),
        lambda x, cx, y, by: [[(cx * y).sum() - (x * by).sum()]][0][0],
        lambda x, cx, y, by: float(np.tensordot(cx, y, cx.ndim)) - float(np.inner(x.ravel(), by.ravel())),
    ],
    "ps06.stamp": ROWS,
    "ps06.stride": ROWS,
    "ps06.padding": ROWS,
    "ps06.output_padding": ROWS,
    "ps06.channels": LAYERS,
    "ps06.conv_transpose2d": LAYERS,
    "ps06.nd": LAYERS,
}
LAZY = {
    "ps06.back": [lambda y, w, n, stride, padding: y],
    "ps06.adjoint": [lambda x, cx, y, by: x],
    "ps06.stamp": [lambda x, w: x],
    "ps06.stride": [lambda x, w, stride: x],
    "ps06.padding": [lambda x, w, stride, padding: w],
    "ps06.channels": [lambda x, w, bias: x],
    "ps06.conv_transpose2d": [lambda x, *rest: x],
    "ps06.nd": [lambda x, *rest: x],
}
