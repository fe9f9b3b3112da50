"""Problem set 1: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch

from convcheck.sets.ps01 import BY_HAND

POINTS = {
    "ps01.by_hand": 1, "ps01.table_row": 2, "ps01.convolve": 4, "ps01.polynomial": 1, "ps01.sampled": 2,
    "ps01.commute": 1,
}  # fmt: skip


def full(f, g):
    f, g = torch.tensor(f), torch.tensor(g)
    return torch.nn.functional.conv1d(f[None, None], g.flip(0)[None, None], padding=len(g) - 1)[0, 0]


def row(f, g, i):
    """Row i of the outer product of f with g, read along its antidiagonal."""
    outer = torch.outer(torch.tensor(f), torch.tensor(g))
    return [outer[j, i - j].item() if 0 <= i - j < len(g) else 0.0 for j in range(len(f))]


TORCH = {
    "ps01.by_hand": lambda: full(*map(np.array, BY_HAND)),
    "ps01.table_row": row,
    "ps01.convolve": full,
    "ps01.polynomial": full,
    "ps01.sampled": lambda f, g, dx: full(f, g) * dx,
    "ps01.commute": lambda f, g, i: row(g, f, i),
}


def recursive(f, g):
    """Divide: f = its first entry, then the rest one place further on."""
    if len(f) == 1:
        return [f[0] * b for b in g]
    rest = [0, *recursive(f[1:], g)]
    head = [f[0] * b for b in g] + [0] * (len(f) - 1)
    return [a + b for a, b in zip(head, rest, strict=True)]


def by_fft(f, g):
    n = len(f) + len(g) - 1
    return np.fft.ifft(np.fft.fft(f, n) * np.fft.fft(g, n))


def by_stamps(f, g):
    y = np.zeros(len(f) + len(g) - 1, np.float32)
    for i, value in enumerate(f):
        y[i : i + len(g)] += np.float32(value) * np.asarray(g, np.float32)
    return y


def by_matrix(f, g):
    return np.array([np.r_[np.zeros(j), g, np.zeros(len(f) - 1 - j)] for j in range(len(f))]).T @ f


def by_torch(f, g):
    f, g = torch.tensor(f, requires_grad=True), torch.tensor(g)
    return torch.nn.functional.conv1d(f[None, None], g.flip(0)[None, None], padding=len(g) - 1)[0, 0]


def with_tuples(f, g):
    terms = {}
    for i, a in enumerate(f.tolist()):
        for j, b in enumerate(g.tolist()):
            terms[i + j] = terms.get(i + j, 0.0) + a * b
    return tuple(terms[k] for k in sorted(terms))


def row_by_comprehension(f, g, i):
    reach = dict(enumerate(g))
    return [a * reach.get(i - j, 0) for j, a in enumerate(f)]


def row_by_slices(f, g, i):
    turned = np.concatenate([np.zeros(len(f)), g[::-1], np.zeros(len(f))])
    start = len(f) + len(g) - 1 - i
    return (f * turned[start : start + len(f)]).astype(np.float32)


FULL = [recursive, by_fft, by_stamps, by_matrix, by_torch, with_tuples]


def sampled(answer):
    return lambda f, g, dx: answer(f * dx, g)


UNUSUAL = {
    "ps01.by_hand": [lambda answer=answer: answer(*map(np.array, BY_HAND)) for answer in FULL[:-2]],
    "ps01.table_row": [row_by_comprehension, row_by_slices],
    "ps01.convolve": FULL,
    "ps01.polynomial": FULL,
    "ps01.sampled": [sampled(answer) for answer in FULL],
    "ps01.commute": [lambda f, g, i, a=a: a(g, f, i) for a in (row_by_comprehension, row_by_slices)],
}
LAZY = {
    "ps01.table_row": [lambda f, g, i: f, lambda f, g, i: np.zeros(len(f))],
    "ps01.convolve": [lambda f, g: f, lambda f, g: g, lambda f, g: np.zeros(len(f) + len(g) - 1)],
    "ps01.polynomial": [lambda a, b: a, lambda a, b: b],
    "ps01.sampled": [lambda f, g, dx: f, lambda f, g, dx: g],
    "ps01.commute": [lambda f, g, i: np.zeros(len(g))],
}
