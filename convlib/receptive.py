"""How much of the input one cell of a deep layer has seen."""

from collections.abc import Sequence

from convlib.arguments import per_axis_ints
from convlib.shapes import Size, at_least, effective_kernel_size, per_axis

Layer = int | tuple[Size, ...]


def receptive_field(layers: Sequence[Layer]) -> Size:
    """Input cells, first to last, that one output of a stack depends on: 1 + sum of d(k - 1) * jump.

    A layer is (kernel_size, stride, dilation), the last two 1 unless given; a bare int is a kernel_size.
    The jump of a layer is the product of the strides before it. Gives an int, or a tuple if one is given.
    Raises TypeError or ValueError for a layer that is no such tuple, or numbers below 1.
    Source: Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks, Distill 2019.

    >>> receptive_field([(3, 1, 1), (3, 1, 2), (3, 1, 4)])
    15
    >>> receptive_field([(3, 2), 3, ((1, 5),)])
    (7, 15)
    """
    field: Size = 1
    jump: Size = 1
    for layer in layers:
        kernel, stride, dilation = _read(layer)
        reach = effective_kernel_size(kernel, dilation)
        field = per_axis(lambda f, r, j, _: f + (r - 1) * j, field, reach, jump, stride)
        jump = per_axis(lambda j, s, _: j * s, jump, stride, reach)
    return field


def _read(layer: Layer) -> list[Size]:
    given = tuple(layer) if isinstance(layer, tuple | list) else (layer,)
    if not 1 <= len(given) <= 3:
        raise ValueError(
            f"a layer must be (kernel_size, stride, dilation), the last two optional, got {layer!r}"
        )
    names = ("kernel_size", "stride", "dilation")
    return [_size(name, value) for name, value in zip(names, (*given, 1, 1), strict=False)]


def _size(name: str, value: Size) -> Size:
    several = isinstance(value, tuple | list)
    numbers = per_axis_ints(name, value, len(value) if isinstance(value, tuple | list) else 1)
    size = numbers if several else numbers[0]
    at_least(1, **{name: size})
    return size
