"""The picture of a receptive field: one output, and all that it reads, layer by layer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from convlib.receptive import receptive_field
from convviz.numbers import counted, whole
from convviz.picture import Picture
from convviz.svg import Canvas

Layer = tuple[int, int, int]
LABEL, BROAD = 84, 340
ROW = 62
MOST = 64
NEIGHBOURS = 3


@dataclass(frozen=True)
class Tower:
    """Layers (kernel, stride, dilation) from the input up, how many dots each row has, and which output."""

    layers: tuple[Layer, ...]
    rows: tuple[int, ...]
    at: int

    def centre(self, row: int, index: int) -> float:
        """Where a dot lies, in input cells: the middle of what it sees."""
        jump = prod(stride for _, stride, _ in self.layers[:row])
        return index * jump + (_field(self.layers[:row]) - 1) / 2

    def read(self, row: int, index: int) -> range:
        """The dots one row below that a dot reads."""
        kernel, stride, dilation = self.layers[row - 1]
        return range(index * stride, index * stride + dilation * kernel, dilation)

    def used(self) -> list[set[int]]:
        """For each row from the input up, the dots that the output depends on."""
        sets = [{self.at}]
        for row in range(len(self.layers), 0, -1):
            sets.append({below for index in sets[-1] for below in self.read(row, index)})
        return sets[::-1]


def dots(layers: Sequence[Layer], *, at: int | None = None) -> Picture:
    """The receptive field of one output of a stack of 1-D layers (kernel, stride, dilation), input first.

    Rows of dots, the input at the bottom; lines join the output (the middle one, or number `at`) to all
    that it reads. Raises ValueError for a layer that is no such triple, or more than 64 input cells.

    >>> dots([(3, 1, 2), (3, 1, 2)]).title
    'Receptive field of 2 layers: 9 cells, 5 of them read'
    """
    tower = _tower(tuple(_layer(number, layer) for number, layer in enumerate(layers, 1)), at)
    canvas = Canvas()
    pitch = min(24, BROAD / tower.rows[0])
    _draw_wires(canvas, tower, pitch)
    for row in range(len(tower.rows)):
        _draw_row(canvas, tower, pitch, row)
    _draw_field(canvas, tower, pitch)
    field = _field(tower.layers)
    cells = f"{counted(field, 'cell')}, {_share(tower.used()[0], field)} read"
    return canvas.picture(f"Receptive field of {counted(len(layers), 'layer')}: {cells}", _words(tower))


def _share(read: set[int], field: int) -> str:
    """How many of the cells of the field are read.

    >>> _share({0, 2, 4}, 5), _share({0, 1}, 2)
    ('3 of them', 'all')
    """
    return "all" if len(read) == field else f"{len(read)} of them"


def _layer(number: int, layer: Layer) -> Layer:
    if not isinstance(layer, tuple | list) or len(layer) != 3:
        raise ValueError(f"layer {number} must be (kernel, stride, dilation), got {layer!r}")
    names = ("kernel", "stride", "dilation")
    kernel, stride, dilation = (
        whole(f"{name} of layer {number}", value, 1) for name, value in zip(names, layer, strict=True)
    )
    return kernel, stride, dilation


def _field(layers: Sequence[Layer]) -> int:
    size = receptive_field(layers)
    assert isinstance(size, int)
    return size


def _tower(layers: tuple[Layer, ...], at: int | None) -> Tower:
    """The rows of dots: three outputs where there is room on the paper, else one."""
    if not layers:
        raise ValueError("layers must hold at least one (kernel, stride, dilation), got none")
    jump, field = prod(stride for _, stride, _ in layers), _field(layers)
    if field > MOST:
        raise ValueError(f"the receptive field must be at most {MOST} cells here, got {field}")
    outputs = NEIGHBOURS if field + (NEIGHBOURS - 1) * jump <= MOST else 1
    if at is not None and at >= outputs:
        outputs = whole("at", at, 0, 1 + (MOST - field) // jump) + 1
    rows = [outputs]
    for kernel, stride, dilation in layers[::-1]:
        rows.append((rows[-1] - 1) * stride + dilation * (kernel - 1) + 1)
    return Tower(layers, tuple(rows[::-1]), outputs // 2 if at is None else whole("at", at, 0))


def _height(tower: Tower, row: int) -> float:
    return (len(tower.layers) - row) * ROW


def _draw_wires(canvas: Canvas, tower: Tower, pitch: float) -> None:
    used = tower.used()
    for row in range(1, len(tower.rows)):
        for index in sorted(used[row]):
            start = tower.centre(row, index) * pitch, _height(tower, row)
            for below in tower.read(row, index):
                end = tower.centre(row - 1, below) * pitch, _height(tower, row - 1)
                canvas.line([start, end], "cv-wire")


def _draw_row(canvas: Canvas, tower: Tower, pitch: float, row: int) -> None:
    """One row: dots that are used are filled and large, the others hollow and small."""
    last, used = len(tower.layers), tower.used()[row]
    kind = "input" if row == 0 else "output" if row == last else "between"
    y, large = _height(tower, row), min(7.5, 0.42 * pitch)
    for index in range(tower.rows[row]):
        x, on = tower.centre(row, index) * pitch, index in used
        names = f"cv-unit cv-unit-{kind}" if on else "cv-unit"
        radius = large if on else 0.55 * large
        canvas.shapes.append(f'<circle class="{names}" cx="{x:.4g}" cy="{y:g}" r="{radius:.3g}"/>')
        canvas.reach((x - large, y - large), (x + large, y + large))
    _name_row(canvas, tower, pitch, row)


def _name_row(canvas: Canvas, tower: Tower, pitch: float, row: int) -> None:
    """The row's name at the left, and the numbers of the layer that made it."""
    x, y = -LABEL - min(7.5, 0.42 * pitch) - 8, _height(tower, row)
    if row == 0:
        canvas.write(x, y + 5, "input", "cv-label")
        return
    kernel, stride, dilation = tower.layers[row - 1]
    canvas.write(x, y + 1, "output" if row == len(tower.layers) else f"layer {row}", "cv-label")
    canvas.write(x, y + 18, f"k {kernel}, s {stride}, d {dilation}", "cv-note")


def _draw_field(canvas: Canvas, tower: Tower, pitch: float) -> None:
    """The bracket under the receptive field, with its size and how many of its cells are read."""
    read, field = tower.used()[0], _field(tower.layers)
    half, y = min(7.5, 0.42 * pitch), _height(tower, 0)
    width = (field - 1) * pitch + 2 * half
    left = min(read) * pitch - half
    canvas.bracket(left, y + half + 6, width, "")
    text = f"receptive field: {counted(field, 'cell')}, {_share(read, field)} read"
    canvas.write(max(left + width / 2, 60.0), y + half + 26, text, "cv-note cv-ink", "middle")


def _words(tower: Tower) -> str:
    layers = " ".join(
        f"Layer {n}: kernel {k}, stride {s}, dilation {d}, {counted(tower.rows[n], 'output')}."
        for n, (k, s, d) in enumerate(tower.layers, 1)
    )
    read = ", ".join(map(str, sorted(tower.used()[0])))
    field = _field(tower.layers)
    return (
        f"{counted(tower.rows[0], 'input cell')}. {layers} Output {tower.at} depends on input cells {read}: "
        f"{len(tower.used()[0])} cells, in a receptive field of {field}."
    )
