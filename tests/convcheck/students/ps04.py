"""Set 04, by one who had seen only the exercises and the list of ideas."""

import numpy as np

from tests.convcheck.students import thinks


@thinks("ps04.source", "reflect-repeats-edge")
def mirror_at_the_border(n, place, mode):
    if 0 <= place < n:
        return place
    if mode == "circular":
        return place % n
    if mode == "replicate":
        return 0 if place < 0 else n - 1
    if place < 0:
        return -place - 1  # -1 -> 0, -2 -> 1
    beyond = place - n
    return n - 1 - beyond


@thinks("ps04.legal", "sides-added")
def frame_fits(n, before, after, mode):
    wanted = before + after
    if mode == "reflect":
        return wanted <= n - 1
    if mode == "circular":
        return wanted <= n
    return True


@thinks("ps04.legal", "circular-too-strict")
def enough_cells(n, before, after, mode):
    ok = True
    if mode in ("reflect", "circular"):
        for amount in [before, after]:
            if amount >= n:
                ok = False
    return ok


@thinks("ps04.legal", "one-side-checked")
def look_in_front(n, before, after, mode):
    most = {"reflect": n - 1, "circular": n}
    return before <= most.get(mode, before)


@thinks("ps04.pad1d", "mode-mix-up")
def constant_is_the_edge(x, before, after, mode):
    x = np.asarray(x)
    n = len(x)
    limit = {"reflect": n - 1, "circular": n}
    if mode in limit and max(before, after) > limit[mode]:
        raise ValueError(f"cannot pad {n} cells by {before} and {after} in mode {mode}")
    if mode == "constant" or mode == "replicate":
        front, back = np.repeat(x[0], before), np.repeat(x[-1], after)
    elif mode == "reflect":
        front, back = x[1 : before + 1][::-1], x[n - 1 - after : n - 1][::-1]
    else:
        front, back = x[n - before :], x[:after]
    return np.concatenate([front, x, back])


@thinks("ps04.pad2d", "sides-swapped")
def frame_by_index(x, amounts, mode):
    left, right, top, bottom = amounts

    def where(n, a, b):
        if (mode == "reflect" and max(a, b) > n - 1) or (mode == "circular" and max(a, b) > n):
            raise ValueError("too much padding for this mode")
        i = np.arange(-b, n + a)
        if mode == "reflect":
            i = np.abs(i)
            return np.where(i > n - 1, 2 * (n - 1) - i, i)
        return i % n if mode == "circular" else np.clip(i, 0, n - 1)

    h, w = x.shape
    if mode == "constant":
        out = np.zeros((h + top + bottom, w + left + right), dtype=x.dtype)
        out[bottom : bottom + h, right : right + w] = x
        return out
    return x[where(h, top, bottom)][:, where(w, left, right)]


NUMPY_NAMES = {"constant": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def check_amount(n, before, after, mode):
    if mode == "reflect" and (before >= n or after >= n):
        raise ValueError("reflect has only n - 1 cells")
    if mode == "circular" and (before > n or after > n):
        raise ValueError("circular has only n cells")


@thinks("ps04.framed", "padding-one-side")
def pad_in_front_and_slide(x, w, padding, mode):
    check_amount(len(x), padding, padding, mode)
    framed = np.pad(x, (padding, 0), mode=NUMPY_NAMES[mode])
    return np.correlate(framed, w, mode="valid")


@thinks("ps04.pad", "pad-order")
def pairs_by_axis(x, amounts, mode):
    out = np.array(x)
    for axis in range(len(amounts) // 2):
        before, after = amounts[2 * axis], amounts[2 * axis + 1]
        check_amount(out.shape[axis], before, after, mode)
        frame = [(0, 0)] * out.ndim
        frame[axis] = (before, after)
        out = np.pad(out, frame, mode=NUMPY_NAMES[mode])
    return out


@thinks("ps04.pad2d", "pad-order", "pad-too-large")
def just_np_pad(x, amounts, mode):
    a, b, c, d = amounts
    return np.pad(x, ((a, b), (c, d)), mode=NUMPY_NAMES[mode])


@thinks("ps04.pad", "sides-swapped", "reflect-repeats-edge")
def every_row_a_list(x, amounts, mode):
    def one_row(row, after, before):
        r = list(row)
        n = len(r)
        check_amount(n, before, after, mode)
        if mode == "constant":
            return np.array([0] * before + r + [0] * after, dtype=x.dtype)
        if mode == "replicate":
            return np.array([r[0]] * before + r + [r[-1]] * after)
        if mode == "circular":
            return np.array(r[n - before :] + r + r[:after])
        return np.array(r[:before][::-1] + r + r[::-1][:after])

    axis = -1
    for j in range(0, len(amounts), 2):
        x = np.apply_along_axis(one_row, axis, x, amounts[j], amounts[j + 1])
        axis -= 1
    return x
