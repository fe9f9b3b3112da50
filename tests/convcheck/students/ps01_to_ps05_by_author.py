"""Sets 1 to 5, in loops and lists: another style, but by one who knew the references."""

import math

import numpy as np

from tests.convcheck.students import thinks

# ps01


@thinks("ps01.convolve", "flip")
def slides_as_it_is(f, g):
    padded = [0] * (len(g) - 1) + list(f) + [0] * (len(g) - 1)
    return [sum(padded[i + k] * g[k] for k in range(len(g))) for i in range(len(f) + len(g) - 1)]


@thinks("ps01.convolve", "index-wraps")
def lets_python_count_from_the_end(f, g):
    answer = []
    for i in range(len(f) + len(g) - 1):
        s = 0
        for j in range(len(f)):
            if i - j < len(g) and i - j >= -len(g):
                s = s + f[j] * g[i - j]
        answer.append(s)
    return answer


@thinks("ps01.convolve", "tail-missing")
def stops_with_f(f, g):
    out = np.zeros(len(f))
    for i in range(len(f)):
        for j in range(i + 1):
            if i - j < len(g):
                out[i] += f[j] * g[i - j]
    return out


@thinks("ps01.polynomial", "highest-first")
def starts_with_the_highest_power(a, b):
    product = {}
    for p, x in enumerate(a):
        for q, y in enumerate(b):
            product[p + q] = product.get(p + q, 0) + x * y
    return [product[power] for power in sorted(product, reverse=True)]


@thinks("ps01.sampled", "forgotten-dx")
def adds_heights(f, g, dx):
    y = np.zeros(len(f) + len(g) - 1)
    for i, a in enumerate(f):
        y[i : i + len(g)] += a * g
    return y


@thinks("ps01.sampled", "flip", "forgotten-dx")
def correlates_heights(f, g, dx):
    y = np.zeros(len(f) + len(g) - 1)
    for i, a in enumerate(f):
        y[i : i + len(g)] += a * g[::-1]
    return y


@thinks("ps01.table_row", "zeros-dropped")
def keeps_only_what_overlaps(f, g, i):
    row = []
    for j in range(len(f)):
        if i - j < 0 or i - j >= len(g):
            continue
        row.append(f[j] * g[i - j])
    return row


# ps02


@thinks("ps02.modes", "same-keeps-the-head")
def cuts_the_end_off(f, g, mode):
    full = np.polynomial.polynomial.polymul(f, g) if f.any() else 0 * np.r_[f, g[1:]]
    full = np.r_[full, np.zeros(len(f) + len(g) - 1 - len(full))]
    return {"full": full, "same": full[: len(f)], "valid": full[len(g) - 1 : len(f)]}[mode]


@thinks("ps02.torch_same", "same-left")
def pads_the_front_more(x, w):
    k = len(w)
    before = k // 2
    row = [0] * before + x.tolist() + [0] * (k - 1 - before)
    return [sum(row[i + a] * w[a] for a in range(k)) for i in range(len(x))]


@thinks("ps02.torch_same", "same-numpy")
def asks_numpy(x, w):
    y = np.convolve(x, w, "full")
    start = (len(w) - 1) // 2
    return y[start : start + len(x)]


@thinks("ps02.kernel", "flip-one-axis")
def mirrors_it(g):
    return np.fliplr(g)


@thinks("ps02.image", "flip")
def turns_first(x, w):
    w = np.rot90(w, 2)
    p, q = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return np.array(
        [[(x[i : i + w.shape[0], j : j + w.shape[1]] * w).sum() for j in range(q)] for i in range(p)]
    )


@thinks("ps02.telling", "symmetric-kernel-blindness")
def takes_ones(rows, columns):
    return [[1] * columns] * rows


# ps03


@thinks("ps03.effective_kernel", "effective-kernel")
def stretched(k, dilation):
    return dilation * k


@thinks("ps03.size", "ceil")
def every_start_counts(i, k, stride, padding, dilation):
    return math.ceil((i + 2 * padding - (k - 1) * dilation - 1) / stride) + 1


@thinks("ps03.size", "padding-one-side")
def pads_once(i, k, stride, padding, dilation):
    return int((i + padding - dilation * (k - 1) - 1) / stride + 1)


@thinks("ps03.weight_shape", "weight-shape-groups")
def all_inputs_for_all(c_in, c_out, kernel, groups):
    if c_in % groups != 0 or c_out % groups != 0:
        raise ValueError("groups")
    return [c_out, c_in, kernel[0], kernel[1]]


@thinks("ps03.transposed_size", "convT-padding-adds")
def grows(i, k, stride, padding, output_padding, dilation):
    if output_padding >= max(stride, dilation):
        raise ValueError("too much")
    return (i - 1) * stride + 2 * padding + dilation * (k - 1) + output_padding + 1


@thinks("ps03.output_padding", "remainder-of-input")
def what_the_stride_leaves(i, k, stride, padding, dilation):
    return i - i // stride * stride


@thinks("ps03.receptive_field", "receptive-field")
def adds_kernels(layers):
    return sum(layer[0] for layer in layers.tolist())


@thinks("ps03.multiply_adds", "weight-shape-groups")
def every_filter_sees_all(c_in, c_out, kernel, groups, output):
    work = 1
    for n in (c_in, c_out, *kernel, *output):
        work *= n
    return work


# ps04


@thinks("ps04.pad1d", "reflect-repeats-edge")
def mirror_behind_the_edge(x, before, after, mode):
    n = len(x)
    if (mode == "reflect" and (before >= n or after >= n)) or (
        mode == "circular" and (before > n or after > n)
    ):
        raise ValueError("no")
    if mode == "constant":
        return [0] * before + list(x) + [0] * after
    if mode == "replicate":
        return [x[0]] * before + list(x) + [x[-1]] * after
    if mode == "circular":
        return list(x[n - before :]) + list(x) + list(x[:after])
    return list(x[:before][::-1]) + list(x) + list(x[n - after :][::-1])


@thinks("ps04.legal", "pad-too-large")
def as_far_as_the_row_is_long(n, before, after, mode):
    if mode in ("reflect", "circular"):
        return before <= n and after <= n
    return True


@thinks("ps04.pad2d", "pad-order")
def rows_before_columns(x, amounts, mode):
    top, bottom, left, right = amounts
    name = {"constant": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}[mode]
    for n, a, b in ((x.shape[0], top, bottom), (x.shape[1], left, right)):
        if (mode == "reflect" and max(a, b) >= n) or (mode == "circular" and max(a, b) > n):
            raise ValueError("no")
    return np.pad(x, ((top, bottom), (left, right)), name)


@thinks("ps04.framed", "mode-mix-up")
def circles_where_it_should_mirror(x, w, padding, mode):
    name = {"constant": "constant", "reflect": "wrap", "replicate": "edge", "circular": "wrap"}[mode]
    if padding > len(x) - (mode == "reflect") and mode in ("reflect", "circular"):
        raise ValueError("no")
    y = np.pad(x, padding, name)
    return [np.dot(y[i : i + len(w)], w) for i in range(len(y) - len(w) + 1)]


# ps05


def slide(x, w, step=(1, 1), gap=(1, 1)):
    """A student's own helper: everything right."""
    span = [g * (k - 1) + 1 for g, k in zip(gap, w.shape, strict=True)]
    rows = range(0, x.shape[0] - span[0] + 1, step[0])
    columns = range(0, x.shape[1] - span[1] + 1, step[1])
    return np.array(
        [[(x[i : i + span[0] : gap[0], j : j + span[1] : gap[1]] * w).sum() for j in columns] for i in rows]
    )


@thinks("ps05.output_size", "first-window-forgotten")
def counts_steps(i, k, stride, padding):
    n, start = 0, 0
    while start + stride + k <= i + 2 * padding:
        start += stride
        n += 1
    return n


@thinks("ps05.kernel", "kernel-transposed")
def indexes_the_wrong_way(x, w):
    y = np.zeros((x.shape[0] - w.shape[1] + 1, x.shape[1] - w.shape[0] + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            for a in range(w.shape[1]):
                for b in range(w.shape[0]):
                    y[i, j] += x[i + a, j + b] * w[b, a]
    return y


@thinks("ps05.kernel", "last-window-missing")
def range_too_short(x, w):
    return [
        [(x[i : i + len(w), j : j + len(w[0])] * w).sum() for j in range(len(x[0]) - len(w[0]))]
        for i in range(len(x) - len(w))
    ]


@thinks("ps05.stride", "stride-subsamples-input")
def skips_cells(x, w, stride):
    return slide(x[:: stride[0], :: stride[1]], w)


@thinks("ps05.stride", "stride-swapped")
def across_then_down(x, w, stride):
    across, down = stride
    return slide(x, w, (down, across))


@thinks("ps05.stride", "kernel-transposed", "stride-swapped")
def both_pairs_the_wrong_way(x, w, stride):
    across, down = stride
    return slide(x, w.T, (down, across))


@thinks("ps05.padding", "padding-hw-swapped")
def frames_the_wrong_axis(x, w, stride, padding):
    return slide(np.pad(x, [(padding[1],) * 2, (padding[0],) * 2]), w, stride)


@thinks("ps05.padding", "mode-mix-up")
def copies_the_edge(x, w, stride, padding):
    return slide(np.pad(x, [(p, p) for p in padding], mode="edge"), w, stride)


@thinks("ps05.padding", "flip", "padding-one-side")
def turned_and_top_left_only(x, w, stride, padding):
    return slide(np.pad(x, [(p, 0) for p in padding]), np.flip(w), stride)


@thinks("ps05.dilation", "dilation-as-zeros")
def d_zeros_between(x, w, stride, padding, dilation):
    wide = np.zeros([(k - 1) * (d + 1) + 1 for k, d in zip(w.shape, dilation, strict=True)])
    wide[:: dilation[0] + 1, :: dilation[1] + 1] = w
    return slide(np.pad(x, [(p, p) for p in padding]), wide, stride)


@thinks("ps05.dilation", "dilation-swapped")
def gaps_across_then_down(x, w, stride, padding, dilation):
    return slide(np.pad(x, [(p, p) for p in padding]), w, stride, dilation[::-1])


@thinks("ps05.dilation", "dilation-ignored", "padding-ignored")
def only_stride(x, w, stride, padding, dilation):
    return slide(x, w, stride)


@thinks("ps05.channels", "shared-kernel-per-output")
def sums_the_picture_first(x, w):
    grey = x[0].copy()
    for channel in x[1:]:
        grey += channel
    return [slide(grey, kernels[0]) for kernels in w]


@thinks("ps05.channels", "channels-not-summed")
def keeps_the_last(x, w):
    out = []
    for kernels in w:
        for c in range(len(x)):
            y = slide(x[c], kernels[c])
        out.append(y)
    return np.array(out)


@thinks("ps05.groups", "groups-interleaved")
def deals_cards(x, w, groups):
    out = []
    for o in range(len(w)):
        g = o // (len(w) // groups)
        own = [c for c in range(len(x)) if c % groups == g]
        out.append(sum(slide(x[c], w[o, n]) for n, c in enumerate(own)))
    return np.array(out)


@thinks("ps05.groups", "depthwise-order")
def outputs_in_turn(x, w, groups):
    size = len(x) // groups
    out = []
    for o in range(len(w)):
        g = o % groups
        out.append(sum(slide(x[g * size + n], w[o, n]) for n in range(size)))
    return np.array(out)


@thinks("ps05.groups", "groups-ignored")
def the_first_channels_always(x, w, groups):
    return np.array([sum(slide(x[n], w[o, n]) for n in range(w.shape[1])) for o in range(len(w))])


@thinks("ps05.bias", "bias-last-axis")
def trusts_numpy(y, bias):
    if bias is None:
        return y
    return y + bias


def whole(x, w, bias, stride, padding, dilation, groups):
    """A student's own layer: everything right."""
    x = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    size = x.shape[1] // groups
    images = []
    for image in x:
        out = []
        for o in range(len(w)):
            g = o // (len(w) // groups)
            y = sum(slide(image[g * size + n], w[o, n], stride, dilation) for n in range(size))
            out.append(y + (0 if bias is None else bias[o]))
        images.append(out)
    return np.array(images)


@thinks("ps05.conv2d", "bias-per-channel")
def bias_inside_the_loop(x, w, bias, stride, padding, dilation, groups):
    n = w.shape[1]
    return whole(
        x, w, None if bias is None else sum(bias for _ in range(n)), stride, padding, dilation, groups
    )


@thinks("ps05.conv2d", "flip", "bias-ignored")
def forgets_the_bias_and_turns(x, w, bias, stride, padding, dilation, groups):
    return whole(x, w[..., ::-1, ::-1], None, stride, padding, dilation, groups)


@thinks("ps05.conv2d", "padding-one-number", "stride-one-number")
def one_number_is_enough(x, w, bias, stride, padding, dilation, groups):
    return whole(x, w, bias, (stride[0],) * 2, (padding[0],) * 2, dilation, groups)


@thinks("ps05.conv2d", "first-image-only", "flip")
def one_image_for_all(x, w, bias, stride, padding, dilation, groups):
    y = whole(x[:1], w[..., ::-1, ::-1], bias, stride, padding, dilation, groups)[0]
    return np.array([y for _ in x])
