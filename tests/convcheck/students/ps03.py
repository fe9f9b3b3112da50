"""Set 03, by one who had seen only the exercises and the list of ideas."""

import numpy as np

from tests.convcheck.students import thinks


@thinks("ps03.effective_kernel", "dilation-as-zeros")
def kernel_with_holes(k, dilation):
    if dilation == 1:
        return k
    cells = []
    for tap in range(k):
        if tap > 0:
            cells.extend([0] * dilation)
        cells.append(1)
    return len(cells)


@thinks("ps03.same", "same-half-kernel")
def half_on_each_side(k, dilation, stride):
    if stride != 1:
        raise ValueError("same needs a stride of 1")
    span = dilation * (k - 1) + 1
    half = span // 2
    return half, half


@thinks("ps03.weight_shape", "weight-input-first")
def in_then_out(c_in, c_out, kernel, groups):
    if c_in % groups or c_out % groups:
        raise ValueError(f"{groups} groups do not divide {c_in} and {c_out} channels")
    rows, cols = kernel
    w = np.empty((c_in // groups, c_out, rows, cols))
    return w.shape


@thinks("ps03.transposed_size", "convT-s-zeros")
def spread_out_then_slide(i, k, stride, padding, output_padding, dilation):
    if not (0 <= output_padding < max(stride, dilation)):
        raise ValueError("output_padding is too large")
    # put the zeros between the inputs
    row = []
    for n in range(i):
        row.append("x")
        if n != i - 1:
            row += ["0"] * stride
    full = len(row) + (k - 1) * dilation
    return full - 2 * padding + output_padding


@thinks("ps03.reachable", "stride-minus-one-sizes")
def sizes_with_while(i, k, stride, padding, dilation):
    smallest = (i - 1) * stride + dilation * (k - 1) + 1 - 2 * padding
    biggest_op = max(stride, dilation) - 1
    sizes = []
    op = 0
    while op < biggest_op:
        sizes.append(smallest + op)
        op += 1
    return sizes


@thinks("ps03.output_padding", "remainder-of-input")
def what_is_left_of_i(i, k, stride, padding, dilation):
    left_over = i
    while left_over >= stride:
        left_over -= stride
    return left_over


@thinks("ps03.receptive_field", "own-stride-counts")
def field_and_jump(layers):
    field, jump = 1, 1
    for k, s, d in np.asarray(layers).tolist():
        jump *= s
        field += (k - 1) * d * jump
    return field


@thinks("ps03.parameters", "bias-counted-wrong")
def weights_plus_bias(c_in, c_out, kernel, groups, bias):
    total = c_out * (c_in // groups) * int(np.prod(kernel))
    return total + 1 if bias else total


@thinks("ps03.size", "padding-one-side", "effective-kernel")
def count_the_windows(i, k, stride, padding, dilation):
    span = k * dilation
    length = padding + i
    starts = [a for a in range(0, length, stride) if a + span <= length]
    return len(starts)


@thinks("ps03.multiply_adds", "weight-shape-groups", "work-of-one-filter")
def window_times_places(c_in, c_out, kernel, groups, output):
    kh, kw = kernel
    products = 0
    for _row in range(output[0]):
        for _col in range(output[1]):
            products += c_in * kh * kw  # the window has all the channels
    return products
