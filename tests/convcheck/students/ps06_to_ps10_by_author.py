"""Sets 6 to 10, in loops and lists: another style, but by one who knew the references."""

import numpy as np

from tests.convcheck.students import thinks

# ps06


@thinks("ps06.matrix", "flip")
def rows_backwards(w, n, stride, padding, dilation):
    span = dilation * (len(w) - 1) + 1
    rows = []
    for start in range(-padding, n + padding - span + 1, stride):
        row = [0] * n
        for a in range(len(w)):
            if 0 <= start + a * dilation < n:
                row[start + a * dilation] = w[len(w) - 1 - a]
        rows.append(row)
    return rows


@thinks("ps06.matrix", "matrix-transposed")
def columns_for_rows(w, n, stride, padding, dilation):
    span = dilation * (len(w) - 1) + 1
    starts = list(range(-padding, n + padding - span + 1, stride))
    C = np.zeros((n, len(starts)))
    for i, start in enumerate(starts):
        for a, tap in enumerate(w):
            if 0 <= start + a * dilation < n:
                C[start + a * dilation, i] = tap
    return C


@thinks("ps06.back", "convT-inverts")
def undoes_it(y, w, n, stride, padding):
    C = np.zeros((len(y), n))
    for i in range(len(y)):
        for a in range(len(w)):
            cell = i * stride + a - padding
            if 0 <= cell < n:
                C[i, cell] = w[a]
    return np.linalg.pinv(C) @ y


@thinks("ps06.adjoint", "adjoint-norms")
def compares_lengths(x, cx, y, by):
    return (cx**2).sum() - (by**2).sum()


@thinks("ps06.stamp", "convT-no-flip")
def slides_over_a_frame(x, w):
    p = len(w) - 1
    framed = [0] * p + x.tolist() + [0] * p
    return [sum(framed[i + a] * w[a] for a in range(len(w))) for i in range(len(framed) - p)]


@thinks("ps06.stamp", "stamps-overwrite")
def pastes(x, w):
    y = [0.0] * (len(x) + len(w) - 1)
    for i in range(len(x)):
        for a in range(len(w)):
            y[i + a] = x[i] * w[a]
    return y


@thinks("ps06.stride", "convT-s-zeros")
def s_zeros_between(x, w, stride):
    wide = []
    for value in x:
        wide += [value] + [0] * (stride if stride > 1 else 0)
    wide = wide[: len(wide) - (stride if stride > 1 else 0)]
    return np.convolve(wide, w)


@thinks("ps06.stride", "convT-trailing-zeros")
def zeros_behind_each(x, w, stride):
    wide = np.zeros(len(x) * stride)
    wide[::stride] = x
    return np.convolve(wide, w)


@thinks("ps06.padding", "convT-padding-adds")
def frames_the_result(x, w, stride, padding):
    y = np.zeros(stride * (len(x) - 1) + len(w))
    for i in range(len(x)):
        y[i * stride : i * stride + len(w)] += x[i] * w
    return np.concatenate([np.zeros(padding), y, np.zeros(padding)])


@thinks("ps06.output_padding", "output-padding-appends-zero")
def hangs_zeros_on(x, w, stride, padding, output_padding):
    if output_padding >= stride:
        raise ValueError("not below the stride")
    y = np.zeros(stride * (len(x) - 1) + len(w))
    for i in range(len(x)):
        y[i * stride : i * stride + len(w)] += x[i] * w
    return list(y[padding : len(y) - padding]) + [0] * output_padding


@thinks("ps06.output_padding", "output-padding-appends-zero", "convT-no-flip")
def zeros_and_no_turn(x, w, stride, padding, output_padding):
    return hangs_zeros_on(x, w[::-1], stride, padding, output_padding)


@thinks("ps06.channels", "convT-layout")
def out_in(x, w, bias):
    y = np.zeros((len(x), w.shape[0], x.shape[2] + w.shape[2] - 1))
    for n in range(len(x)):
        for o in range(w.shape[0]):
            for c in range(w.shape[1]):
                for i in range(x.shape[2]):
                    y[n, o, i : i + w.shape[2]] += x[n, c, i] * w[o, c]
            if bias is not None:
                y[n, o] += bias[o]
    return y


@thinks("ps06.channels", "channels-not-summed")
def overwrites_the_channel_before(x, w, bias):
    y = np.zeros((len(x), w.shape[1], x.shape[2] + w.shape[2] - 1))
    for n in range(len(x)):
        for o in range(w.shape[1]):
            for c in range(w.shape[0]):
                y[n, o] = np.convolve(x[n, c], w[c, o])
            y[n, o] += 0 if bias is None else bias[o]
    return y


def going_up(x, w, bias, stride, padding, output_padding, groups, dilation):
    """A student's own layer in two dimensions: everything right."""
    if any(m >= max(s, d) for m, s, d in zip(output_padding, stride, dilation, strict=True)):
        raise ValueError("output_padding")
    (N, C, H, W), (_, own, R, S) = x.shape, w.shape
    full = np.zeros(
        (
            N,
            own * groups,
            stride[0] * (H - 1) + dilation[0] * (R - 1) + 1 + output_padding[0],
            stride[1] * (W - 1) + dilation[1] * (S - 1) + 1 + output_padding[1],
        )
    )
    for n, c, o, i, j, a, b in np.ndindex(N, C, own, H, W, R, S):
        g = c // (C // groups)
        row, column = i * stride[0] + a * dilation[0], j * stride[1] + b * dilation[1]
        full[n, g * own + o, row, column] += x[n, c, i, j] * w[c, o, a, b]
    y = full[:, :, padding[0] : full.shape[2] - padding[0], padding[1] : full.shape[3] - padding[1]]
    return y if bias is None else y + bias.reshape(1, -1, 1, 1)


@thinks("ps06.conv_transpose2d", "convT-groups-interleaved")
def deals_the_channels(x, w, bias, stride, padding, output_padding, groups, dilation):
    order = [c for g in range(groups) for c in range(g, x.shape[1], groups)]
    return going_up(x[:, order], w, bias, stride, padding, output_padding, groups, dilation)


@thinks("ps06.conv_transpose2d", "bias-ignored")
def no_bias(x, w, bias, *options):
    return going_up(x, w, None, *options)


@thinks("ps06.conv_transpose2d", "bias-ignored", "padding-ignored")
def neither_bias_nor_crop(x, w, bias, stride, padding, output_padding, groups, dilation):
    return going_up(x, w, None, stride, (0, 0), output_padding, groups, dilation)


# ps07


@thinks("ps07.bias", "gradient-averaged")
def mean_over_the_batch(g):
    return np.array([g[:, o].sum() / len(g) for o in range(g.shape[1])])


@thinks("ps07.bias", "batch-kept")
def one_row_an_image(g):
    return [[g[n, o].sum() for o in range(g.shape[1])] for n in range(len(g))]


@thinks("ps07.numeric", "one-sided-difference")
def only_up(x, w, h):
    def loss(v):
        return sum(np.dot(x[i : i + len(v)], v) ** 2 for i in range(len(x) - len(v) + 1)) / 2

    found = []
    for a in range(len(w)):
        moved = w.copy()
        moved[a] += h
        found.append((loss(moved) - loss(w)) / h)
    return found


@thinks("ps07.numeric", "slope-twice")
def divides_by_h(x, w, h):
    def loss(v):
        return 0.5 * sum(np.dot(x[i : i + len(v)], v) ** 2 for i in range(len(x) - len(v) + 1))

    units = np.eye(len(w))
    return [(loss(w + h * e) - loss(w - h * e)) / h for e in units]


@thinks("ps07.input_1d", "gradient-only-valid")
def slides_the_kernel_on_g(w, g):
    return (
        np.convolve(g, w, "same")[: len(g)]
        if len(g) >= len(w)
        else np.convolve(w, g)[(len(w) - 1) // 2 : (len(w) - 1) // 2 + len(g)]
    )


@thinks("ps07.input_1d", "flip")
def turned_stamps(w, g):
    x = [0] * (len(g) + len(w) - 1)
    for i in range(len(g)):
        for a in range(len(w)):
            x[i + a] += g[i] * w[-1 - a]
    return x


@thinks("ps07.input_strided", "stride-ignored")
def stamps_next_to_each_other(n, w, g, stride, padding):
    x = np.zeros(max(n + 2 * padding, len(g) + len(w)))
    for i in range(len(g)):
        x[i : i + len(w)] += g[i] * w
    return x[padding : padding + n]


@thinks("ps07.input_strided", "padding-kept")
def counts_from_the_first_cell(n, w, g, stride, padding):
    x = np.zeros(n + 2 * padding)
    for i in range(len(g)):
        x[i * stride : i * stride + len(w)] += g[i] * w
    return x[:n]


@thinks("ps07.weight_strided", "weight-grad-undilated")
def g_as_a_plain_kernel(x, k, g, stride, padding):
    row = np.r_[np.zeros(padding), x, np.zeros(padding)]
    return [sum(row[a + i] * g[i] for i in range(len(g))) for a in range(k)]


@thinks("ps07.weight_strided", "weight-grad-undilated", "padding-kept")
def plain_and_without_a_frame(x, k, g, stride, padding):
    return [sum(x[a + i] * g[i] for i in range(len(g))) for a in range(k)]


# ps08


@thinks("ps08.windows", "windows-lying")
def a_row_for_each_tap(x, k, stride, dilation):
    count = (len(x) - dilation * (k - 1) - 1) // stride + 1
    return np.array([x[a * dilation :: stride][:count] for a in range(k)])


@thinks("ps08.fft", "fft-wraps")
def shape_of_the_longer(f, g):
    size = [max(m, n) for m, n in zip(f.shape, g.shape, strict=True)]
    axes = tuple(range(f.ndim))
    return np.fft.ifftn(np.fft.fftn(f, size, axes) * np.fft.fftn(g, size, axes), size, axes).real


@thinks("ps08.max_pool", "maxpool-pads-zero")
def zeros_at_the_edge(x, window, stride, padding):
    x = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    v = np.lib.stride_tricks.sliding_window_view(x, window, axis=(2, 3))
    return v[:, :, :: stride[0], :: stride[1]].max((-1, -2))


@thinks("ps08.fold", "fold-averages")
def shares(columns, size, window, stride, padding, dilation):
    rows = (size[0] + 2 * padding[0] - dilation[0] * (window[0] - 1) - 1) // stride[0] + 1
    across = (size[1] + 2 * padding[1] - dilation[1] * (window[1] - 1) - 1) // stride[1] + 1
    parts = columns.reshape(len(columns), -1, *window, rows, across)
    total = np.zeros((*parts.shape[:2], size[0] + 2 * padding[0], size[1] + 2 * padding[1]))
    met = np.zeros(total.shape)
    for a in range(window[0]):
        for b in range(window[1]):
            i, j = a * dilation[0], b * dilation[1]
            cut = np.s_[:, :, i : i + stride[0] * rows : stride[0], j : j + stride[1] * across : stride[1]]
            total[cut] += parts[:, :, a, b]
            met[cut] += 1
    met[met == 0] = 1
    y = total / met
    return y[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]]


# ps10


@thinks("ps10.coverage", "overlap")
def everywhere_alike(n, k, stride):
    return [k / stride] * (stride * (n - 1) + k)


@thinks("ps10.cure", "zeros-between")
def enlarges_with_zeros(x, w):
    big = np.zeros((2 * x.shape[0], 2 * x.shape[1]))
    big[::2, ::2] = x
    big = np.pad(big, [(k // 2, k // 2) for k in w.shape])
    r, s = w.shape
    return [
        [(big[i : i + r, j : j + s] * w).sum() for j in range(big.shape[1] - s + 1)]
        for i in range(big.shape[0] - r + 1)
    ]


@thinks("ps10.loss_slope", "sigmoid-forgotten")
def logit_minus_target(logits, targets):
    return np.array([(a - b) / logits.size for a, b in zip(logits.flat, targets.flat, strict=True)]).reshape(
        logits.shape
    )


@thinks("ps10.loss_slope", "loss-summed", "targets-swapped")
def summed_and_the_wrong_way_round(logits, targets):
    p = 0.5 * (1 + np.tanh(logits / 2))
    return p - (1 - targets)


@thinks("ps10.way_up", "way-down-order")
def top_down(size, depth):
    rest = []
    while len(rest) < depth:
        rest.append(size % 2)
        size //= 2
    return rest
