"""The shape arithmetic of convolution: the one home of every size formula.

Each public function takes one axis (ints, gives an int) or all axes at once (tuples, gives a tuple).
An int stands for the same number on every axis.
"""

from collections.abc import Callable
from numbers import Integral

Size = int | tuple[int, ...]


def effective_kernel_size(kernel_size: Size, dilation: Size = 1) -> Size:
    """How many input cells a kernel spans from its first tap to its last: d(k - 1) + 1.

    Raises ValueError if `kernel_size` or `dilation` is below 1.
    Source: Dumoulin and Visin, arXiv 1603.07285, relationship 15.

    >>> effective_kernel_size(3, dilation=2)
    5
    """
    at_least(1, kernel_size=kernel_size, dilation=dilation)
    return per_axis(lambda k, d: d * (k - 1) + 1, kernel_size, dilation)


def conv_output_size(
    input_size: Size, kernel_size: Size, stride: Size = 1, padding: Size = 0, dilation: Size = 1
) -> Size:
    """Output length of a convolution: floor((i + 2p - d(k - 1) - 1) / s) + 1.

    `padding` is what is added on each of the two sides.
    Raises ValueError if an argument is out of range or if the kernel does not fit at all.
    Source: torch.nn.Conv1d; Dumoulin and Visin, relationship 15.

    >>> conv_output_size(6, 3, stride=2)
    2
    >>> conv_output_size((6, 7), 3, stride=(1, 2), padding=1)
    (6, 4)
    """
    at_least(0, input_size=input_size, padding=padding)
    padded = per_axis(lambda i, p: i + 2 * p, input_size, padding)
    return windows_that_fit(padded, kernel_size, stride, dilation)


def windows_that_fit(length: Size, kernel_size: Size, stride: Size = 1, dilation: Size = 1) -> Size:
    """How many window positions an already padded axis has.

    Raises ValueError if an argument is below 1 or if the kernel is longer than the axis.

    >>> windows_that_fit(8, 3, stride=2)
    3
    """
    at_least(1, stride=stride)
    reach = effective_kernel_size(kernel_size, dilation)
    return per_axis(windows, length, reach, stride)


def windows(length: int, reach: int, stride: int) -> int:
    """How many windows that span `reach` cells fit an axis; ValueError if not even one does."""
    if length < reach:
        raise ValueError(
            f"kernel does not fit: it spans {reach} cells, d(k - 1) + 1, "
            f"but the padded input has only {length}"
        )
    return (length - reach) // stride + 1


def conv_transpose_output_size(
    input_size: Size,
    kernel_size: Size,
    stride: Size = 1,
    padding: Size = 0,
    output_padding: Size = 0,
    dilation: Size = 1,
) -> Size:
    """Output length of a transposed convolution: (i - 1)s - 2p + d(k - 1) + output_padding + 1.

    Raises ValueError if an argument is out of range, if `output_padding` is not below
    max(stride, dilation), or if nothing would be left.
    Source: torch.nn.ConvTranspose1d; Dumoulin and Visin, relationship 14.

    >>> conv_transpose_output_size(2, 3, stride=2)
    5
    >>> conv_transpose_output_size((2, 3), 3, stride=2, padding=1, output_padding=(0, 1))
    (3, 6)
    """
    at_least(1, input_size=input_size, stride=stride)
    at_least(0, padding=padding, output_padding=output_padding)
    reach = effective_kernel_size(kernel_size, dilation)
    per_axis(_check_output_padding, output_padding, stride, dilation)
    return per_axis(_stamped, input_size, reach, stride, padding, output_padding)


def _check_output_padding(output_padding: int, stride: int, dilation: int) -> int:
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding must be below max(stride, dilation) = {max(stride, dilation)}, "
            f"got {output_padding}"
        )
    return output_padding


def _stamped(length: int, reach: int, stride: int, padding: int, output_padding: int) -> int:
    size = (length - 1) * stride + reach - 2 * padding + output_padding
    if size < 1:
        raise ValueError(
            f"nothing is left: padding={padding} on both sides crops an output of "
            f"{size + 2 * padding} cells to {size}"
        )
    return size


def pool_output_size(
    input_size: Size, kernel_size: Size, stride: Size, padding: Size = 0, ceil_mode: bool = False
) -> Size:
    """Output length of a pooling: (i + 2p - k) / s, rounded down, or up with `ceil_mode`, and 1.

    Rounded up, a last window that would start past the input and its left padding is left out.
    Raises ValueError if an argument is out of range, if `padding` is more than half of `kernel_size`,
    or if nothing would come out.
    Source: torch.nn.AvgPool1d.

    >>> pool_output_size(6, 3, stride=2), pool_output_size(6, 3, stride=2, ceil_mode=True)
    (2, 3)
    """
    at_least(1, input_size=input_size, kernel_size=kernel_size, stride=stride)
    at_least(0, padding=padding)
    return per_axis(_pooled, input_size, kernel_size, stride, padding, int(ceil_mode))


def _pooled(length: int, kernel: int, stride: int, padding: int, up: int) -> int:
    if padding > kernel // 2:
        raise ValueError(
            f"padding must be at most half of kernel_size, got padding={padding}, kernel_size={kernel}"
        )
    size = (length + 2 * padding - kernel + up * (stride - 1)) // stride + 1
    size -= up and (size - 1) * stride >= length + padding
    if size < 1:
        raise ValueError(
            f"kernel does not fit: kernel_size={kernel}, but the padded input has only {length + 2 * padding}"
        )
    return size


def same_padding(kernel_size: int, dilation: int = 1) -> tuple[int, int]:
    """Zeros to add (left, right) so that a stride-1 convolution keeps its length; the odd one goes right.

    Raises ValueError if `kernel_size` or `dilation` is below 1.
    Source: torch.nn.Conv1d with padding='same'.

    >>> same_padding(3), same_padding(4)
    ((1, 1), (1, 2))
    """
    at_least(1, kernel_size=kernel_size, dilation=dilation)
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


def as_tuple(size: Size) -> tuple[int, ...]:
    """A size with one entry per axis, also when there is one axis only."""
    return size if isinstance(size, tuple) else (size,)


def at_least(bound: int, **arguments: Size) -> None:
    """Raise TypeError or ValueError, naming the argument, unless every number is an int, `bound` or more."""
    for name, value in arguments.items():
        for number in value if isinstance(value, tuple) else (value,):
            if isinstance(number, bool) or not isinstance(number, Integral):
                raise TypeError(f"{name} must be an int or a tuple of them, got {value!r}")
            if number < bound:
                raise ValueError(f"{name} must be at least {bound}, got {value}")


def per_axis(formula: Callable[..., int], *arguments: Size) -> Size:
    """Apply a formula for one axis to ints, or axis by axis to tuples of one length.

    >>> per_axis(max, 1, (0, 2))
    (1, 2)
    """
    lengths = {len(a) for a in arguments if isinstance(a, tuple)}
    if not lengths:
        return formula(*arguments)
    if len(lengths) > 1:
        raise ValueError(
            f"all tuples must have one entry per axis, got lengths {sorted(lengths)}: {arguments}"
        )
    count = lengths.pop()
    rows = [a if isinstance(a, tuple) else (a,) * count for a in arguments]
    return tuple(formula(*axis) for axis in zip(*rows, strict=True))
