"""The picture of grouped convolution: which input channels reach which output channels."""

from convviz.numbers import counted, listed, whole
from convviz.picture import Picture
from convviz.svg import GAP, Canvas

BROAD = 400
WIDEST = 44
BLOCK, DROP = 32, 92
MOST = 32
ROLES = ("input", "kernel", "output", "padding")
NARROW = 19


def groups(in_channels: int, out_channels: int, groups: int, *, transposed: bool = False) -> Picture:
    """Channels as blocks, inputs above and outputs below, with a band for each group that joins them.

    `transposed` says the weight's shape as a transposed convolution has it, input channels first.
    Raises ValueError if `groups` does not divide both, or if there are more than 32 channels.

    >>> groups(4, 2, 2).description.split(". ")[1]
    'Group 0: inputs 0, 1; outputs 0'
    """
    counts = {"in_channels": in_channels, "out_channels": out_channels}
    for name, number in counts.items():
        whole(name, number, 1, MOST + 1)
        if number % whole("groups", groups, 1):
            raise ValueError(f"{name} must be divisible by groups, got {name}={number}, groups={groups}")
    rows = (out_channels, in_channels) if transposed else (in_channels, out_channels)
    canvas = Canvas(pitch=min(WIDEST, BROAD / max(counts.values())), height=BLOCK + GAP)
    for group in range(groups):
        _draw_group(canvas, in_channels, out_channels, group, groups)
    canvas.write(0, -10, f"{counted(in_channels, 'input channel')}", "cv-label")
    canvas.write(0, DROP + 2 * BLOCK + 20, f"{counted(out_channels, 'output channel')}", "cv-label")
    canvas.write(0, DROP + 2 * BLOCK + 44, _weight(*rows, groups), "cv-note cv-ink")
    title = f"{counted(in_channels, 'input channel')}, {counted(out_channels, 'output channel')}, "
    words = _words(in_channels, out_channels, groups)
    return canvas.picture(title + counted(groups, "group"), f"{words} The {_weight(*rows, groups)}.")


def _weight(divided: int, whole: int, groups: int) -> str:
    """The shape of the weight, (O, C / groups, R, S), or (C, O / groups, R, S) on the way up."""
    return f"weight ({whole}, {divided}/{groups} = {divided // groups}, R, S)"


def _places(canvas: Canvas, count: int, widest: int, group: int, groups: int) -> list[float]:
    """The left edges of one group's blocks; the shorter row is spread over the width of the longer."""
    share = widest * canvas.pitch / groups
    size = count // groups
    start = group * share + (share - size * canvas.pitch) / 2
    return [start + i * canvas.pitch for i in range(size)]


def _draw_group(canvas: Canvas, in_channels: int, out_channels: int, group: int, groups: int) -> None:
    widest, kind = max(in_channels, out_channels), group % len(ROLES)
    above = _places(canvas, in_channels, widest, group, groups)
    below = _places(canvas, out_channels, widest, group, groups)
    width, foot = canvas.pitch - GAP, BLOCK + DROP
    _band(canvas, (above[0], above[-1] + width), (below[0], below[-1] + width), kind)
    for edges, y in ((above, 0), (below, foot)):
        for i, x in enumerate(edges):
            canvas.block(x, y, width, BLOCK, ROLES[kind])
            if canvas.pitch >= NARROW:
                canvas.number(x + width / 2, y + BLOCK / 2, str(group * len(edges) + i), ROLES[kind])
    middle = (above[0] + above[-1] + below[0] + below[-1]) / 4 + width / 2
    room = len(above if len(above) > len(below) else below) * canvas.pitch
    text = f"group {group}" if room > 70 else str(group)
    canvas.write(middle, BLOCK + DROP / 2 + 5, text, "cv-note cv-halo", "middle")


def _band(canvas: Canvas, above: tuple[float, float], below: tuple[float, float], kind: int) -> None:
    """The four-sided band between the blocks of one group, above and below."""
    head, foot = BLOCK + 2, BLOCK + DROP - 2
    corners = [(above[0], head), (above[1], head), (below[1], foot), (below[0], foot)]
    path = "L".join(f"{x:.4g} {y:.4g}" for x, y in corners)
    canvas.shapes.append(f'<path class="cv-band cv-band-{kind + 1}" d="M{path}Z"/>')


def _words(in_channels: int, out_channels: int, groups: int) -> str:
    size_in, size_out = in_channels // groups, out_channels // groups
    each = (
        f"Group {g}: inputs {listed(range(g * size_in, (g + 1) * size_in))}; "
        f"outputs {listed(range(g * size_out, (g + 1) * size_out))}."
        for g in range(groups)
    )
    joined = f"Each output channel reads the {counted(size_in, 'input channel')} of its own group."
    counts = f"{counted(in_channels, 'input channel')}, {counted(out_channels, 'output channel')}."
    return f"{joined} {' '.join(each)} {counts}"
