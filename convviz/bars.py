"""Bar charts: horizontal bars, alone or in groups, with the value written at the end of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from convviz.axes import Axis, linear_axis, log_axis, tick_text
from convviz.legends import draw_legend
from convviz.numbers import values
from convviz.pens import SERIES
from convviz.picture import Picture
from convviz.svg import FONT, WIDTH, Canvas

BROAD = 420
BAR = 18
SHORT = 15
ROLES = ("input", "kernel", "output", "padding")
Bar = tuple[str, float]


@dataclass(frozen=True)
class Sheet:
    """Bars to draw: each label with its (series, value) pairs, the unit, and the scale."""

    rows: Mapping[str, list[Bar]]
    series: list[str]
    unit: str
    axis: Axis

    def text(self, value: float) -> str:
        """A value with its unit."""
        return f"{tick_text(value)} {self.unit}".strip()

    def left(self) -> float:
        """Where bars start: beside the labels if all are short, else under them."""
        longest = max(map(len, self.rows))
        return WIDTH["cv-label"] * FONT["cv-label"] * longest + 10 if longest <= SHORT else 0


def bars(rows: Mapping[str, float | Mapping[str, float]], *, unit: str = "", log: bool = False) -> Picture:
    """Bars {label: value}, or groups of bars {label: {series: value}} with up to 4 series.

    Raises ValueError if there is no bar, if a value is below 0 (or 0, with `log`), if the scale does
    not show a value, or if some rows are groups and some are not.

    >>> bars({"direct": 12, "FFT": 3.5}, unit="ms").description
    'direct: 12 ms. FFT: 3.5 ms.'
    """
    if not rows:
        raise ValueError("bars need at least one label, got none")
    if len({isinstance(row, Mapping) for row in rows.values()}) > 1:
        raise ValueError("bars must be all numbers or all groups {series: value}, got both")
    read = {str(label): _row(label, row, log) for label, row in rows.items()}
    series = list(dict.fromkeys(name for row in read.values() for name, _ in row))
    if len(series) > SERIES:
        raise ValueError(f"a group has at most {SERIES} series, got {len(series)}: {', '.join(series)}")
    every = [value for row in read.values() for _, value in row]
    axis = log_axis([min(every) / 2, *every], 0, 1) if log else linear_axis([0, max(every) or 1], 0, 1)
    return _picture(Sheet(read, series, unit, axis))


def _row(label: str, row: float | Mapping[str, float], log: bool) -> list[Bar]:
    given = row if isinstance(row, Mapping) else {"": row}
    if not given:
        raise ValueError(f"the group {label!r} has no bar")
    for name, value in given.items():
        (number,) = values(f"{label} {name}".strip(), [value], 1)
        if number < 0 or (log and number == 0):
            rule = "above 0 on a logarithmic scale" if log else "at least 0"
            raise ValueError(f"{f'{label} {name}'.strip()} must be {rule}, got {tick_text(number)}")
    return [(name, float(value)) for name, value in given.items()]


def _picture(sheet: Sheet) -> Picture:
    canvas = Canvas()
    top, left = 0.0, sheet.left()
    broad = BROAD - left - _longest(sheet)
    for label, row in sheet.rows.items():
        top = _draw_row(canvas, sheet, label, row, top, left, broad)
    _draw_scale(canvas, sheet, left, broad, top)
    if sheet.series != [""]:
        _draw_legend(canvas, sheet)
    scale = " on a logarithmic scale" if sheet.axis.log else ""
    return canvas.picture(f"Bars of {', '.join(sheet.rows)}{scale}", _words(sheet))


def _longest(sheet: Sheet) -> float:
    """The room that the longest value needs behind its bar."""
    longest = max(len(sheet.text(value)) for row in sheet.rows.values() for _, value in row)
    return WIDTH["cv-note"] * FONT["cv-note"] * longest + 8


def _draw_row(
    canvas: Canvas, sheet: Sheet, label: str, row: list[Bar], top: float, left: float, broad: float
) -> float:
    """The bars of one label; gives where the next label starts."""
    if left:
        canvas.write(left - 10, top + len(row) * (BAR + 3) / 2 + 3.5, label, "cv-label", "end")
    else:
        canvas.write(0, top + 12, label, "cv-label")
        top += 19
    canvas.line([(left, top - 3), (left, top + len(row) * (BAR + 3))], "cv-bracket")
    for name, value in row:
        length = max(2.0, sheet.axis.place(value) * broad) if value else 0.5
        role = ROLES[sheet.series.index(name)]
        canvas.block(left, top, length, BAR, role)
        canvas.write(left + length + 6, top + 13.5, sheet.text(value), "cv-note cv-ink")
        top += BAR + 3
    return top + 10


def _draw_scale(canvas: Canvas, sheet: Sheet, left: float, broad: float, top: float) -> None:
    """The ticks of a logarithmic scale, since lengths alone would mislead."""
    if not sheet.axis.log:
        return
    for tick in sheet.axis.ticks:
        x = left + sheet.axis.place(tick) * broad
        canvas.line([(x, top - 6), (x, top)], "cv-bracket")
        canvas.write(x, top + 14, tick_text(tick), "cv-note", "middle")
    canvas.line([(left, top - 6), (left + broad, top - 6)], "cv-bracket")
    canvas.write(left + broad / 2, top + 34, "logarithmic scale", "cv-note", "middle")


def _draw_legend(canvas: Canvas, sheet: Sheet) -> None:
    def swatch(x: float, y: float, number: int) -> None:
        canvas.block(x, y - 8, 20, 16, ROLES[number])

    draw_legend(canvas, sheet.series, swatch, room=26, width=BROAD, foot=canvas.box[1] - 20)


def _words(sheet: Sheet) -> str:
    rows = (
        f"{label}: {', '.join(f'{name} {sheet.text(value)}'.strip() for name, value in row)}."
        for label, row in sheet.rows.items()
    )
    ticks = f" Scale, logarithmic, with ticks {sheet.axis.words()}." if sheet.axis.log else ""
    return " ".join(rows) + ticks
