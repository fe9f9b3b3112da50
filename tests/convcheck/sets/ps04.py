"""Problem set 4: points, torch's answers, right but unusual answers, and answers that do no work."""

import numpy as np
import torch

POINTS = {
    "ps04.source": 3, "ps04.legal": 2, "ps04.pad1d": 4, "ps04.pad2d": 4, "ps04.framed": 2, "ps04.pad": 3,
}  # fmt: skip
F = torch.nn.functional


def padded(x, amounts, mode):
    """torch pads the last axes of a batch with channels; its RuntimeError is a refusal."""
    lead = 1 if mode == "constant" else 2 + len(amounts) // 2 - np.ndim(x)
    full = torch.tensor(np.asarray(x, float))[(None,) * max(0, lead)]
    flat = full.reshape(-1, *full.shape[-(len(amounts) // 2) - 1 :]) if full.ndim > 5 else full
    try:
        y = F.pad(flat, amounts, mode)
    except RuntimeError as error:
        raise ValueError(str(error)) from error
    shape = list(np.shape(x))
    for axis in range(len(amounts) // 2):
        shape[-1 - axis] += amounts[2 * axis] + amounts[2 * axis + 1]
    return y.reshape(shape)


def row(x, before, after, mode):
    return padded(x, (before, after), mode)


def legal(n, before, after, mode):
    try:
        row(np.zeros(n), before, after, mode)
    except ValueError:
        return False
    return True


def source(n, place, mode):
    before = max(0, -place)
    return int(row(np.arange(n), before, max(0, place - n + 1), mode)[place + before])


def framed(x, w, padding, mode):
    return F.conv1d(row(x, padding, padding, mode)[None, None], torch.tensor(w)[None, None])[0, 0]


TORCH = {
    "ps04.source": source,
    "ps04.legal": legal,
    "ps04.pad1d": row,
    "ps04.pad2d": padded,
    "ps04.framed": framed,
    "ps04.pad": padded,
}


def by_numpy(x, amounts, mode):
    names = {"constant": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    pairs = list(zip(amounts[0::2], amounts[1::2], strict=True))[::-1]
    lengths = x.shape[x.ndim - len(pairs) :]
    for n, pair in zip(lengths, pairs, strict=True):
        if max(pair) > {"reflect": n - 1, "circular": n}.get(mode, 10**9):
            raise ValueError("too much")
    return np.pad(x, [(0, 0)] * (x.ndim - len(pairs)) + pairs, names[mode])


def by_take(x, amounts, mode):
    """Index arrays along each axis, in Fortran order and single precision."""
    y = np.asfortranarray(x, np.float32)
    for axis in range(len(amounts) // 2):
        before, after = amounts[2 * axis], amounts[2 * axis + 1]
        n = y.shape[-1 - axis]
        places = np.arange(-before, n + after)
        if mode == "reflect":
            if max(before, after) >= n:
                raise ValueError("mirror")
            at = n - 1 - abs(n - 1 - abs(places))
        elif mode == "circular":
            if max(before, after) > n:
                raise ValueError("round")
            at = places % n
        else:
            at = np.clip(places, 0, n - 1)
        y = y.take(at, axis=-1 - axis)
        if mode == "constant":
            outside = ((places < 0) | (places >= n)).reshape((-1,) + (1,) * axis)
            y = np.where(outside, 0, y)
    return y


def by_lists(x, amounts, mode):
    return (
        _by_lists(x.tolist(), amounts[-2:], amounts[:-2], mode)
        if len(amounts) // 2 == x.ndim
        else [by_lists(part, amounts, mode) for part in x]
    )


def _by_lists(x, first, rest, mode):
    n, (before, after) = len(x), first
    cells = [_by_lists(cell, rest[-2:], rest[:-2], mode) if rest else cell for cell in x]
    zero = _zeros(cells[0])
    front, back = {
        "constant": ([zero] * before, [zero] * after),
        "replicate": ([cells[0]] * before, [cells[-1]] * after),
        "reflect": (cells[before:0:-1], cells[-2 : -2 - after : -1]),
        "circular": (cells[n - before :] if before <= n else None, cells[:after]),
    }[mode]
    if front is None or len(front) != before or len(back) != after:
        raise ValueError("not enough cells")
    return [*front, *cells, *back]


def _zeros(cell):
    return [_zeros(part) for part in cell] if isinstance(cell, list) else 0.0


def by_torch_tensor(x, amounts, mode):
    return padded(x, amounts, mode)


PADS = [by_numpy, by_take, by_lists, by_torch_tensor]


def as_row(pad):
    return lambda x, before, after, mode: pad(x, (before, after), mode)


def as_frame(pad):
    def answer(x, w, padding, mode):
        y = np.asarray(pad(x, (padding, padding), mode), float)
        return np.convolve(y, w[::-1], "valid")

    return answer


def walk(n, place, mode):
    """One step at a time, turning round or going on at the ends."""
    cells = list(range(n))
    if mode == "circular":
        return cells[(place + 5 * n) % n]
    if mode == "replicate":
        return sorted([0, place, n - 1])[1]
    there_and_back = cells + cells[-2:0:-1]
    return there_and_back[place % len(there_and_back)] if n > 1 else 0


UNUSUAL = {
    "ps04.source": [
        walk,
        lambda n, p, m: torch.tensor(walk(n, p, m)),
        lambda n, p, m: float(source(n, p, m)),
        source,
    ],
    "ps04.legal": [
        lambda n, b, a, m: int(legal(n, b, a, m)),
        lambda n, b, a, m: np.bool_(max(b, a) + (m == "reflect") <= n or m in ("constant", "replicate")),
        lambda n, b, a, m: torch.tensor(legal(n, b, a, m)),
        lambda n, b, a, m: (
            not (m[0] == "c" and m[1] == "i" and (b > n or a > n))
            and not (m == "reflect" and (b >= n or a >= n))
        ),
    ],
    "ps04.pad1d": [as_row(pad) for pad in PADS],
    "ps04.pad2d": PADS,
    "ps04.framed": [as_frame(pad) for pad in PADS],
    "ps04.pad": PADS,
}
LAZY = {
    "ps04.pad1d": [lambda x, before, after, mode: x],
    "ps04.pad2d": [lambda x, amounts, mode: x],
    "ps04.framed": [lambda x, w, padding, mode: x],
    "ps04.pad": [lambda x, amounts, mode: x],
}
