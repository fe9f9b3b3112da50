"""Arrays as images: one cell, one shade of grey, or blue, white, and orange for signed numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convviz.numbers import Values, listed, show, values
from convviz.picture import PHONE_WIDTH, Picture, style
from convviz.png import data_uri
from convviz.svg import FONT, WIDTH, Canvas

SIDE = 208
MOST, MOST_NUMBERS = 64, 12
COLD, HOT = np.array([0, 90, 160]), np.array([213, 94, 0])
NARROWEST = 140
Limits = tuple[float, float]


@dataclass(frozen=True, repr=False)
class Gallery:
    """Pictures side by side, which wrap on a phone."""

    pictures: tuple[Picture, ...]

    def _repr_html_(self) -> str:
        """What Jupyter and the book show: one figure; the style comes once."""
        first, *others = (picture.svg for picture in self.pictures)
        svgs = [first, *(svg.replace(f"<style>{style()}</style>", "") for svg in others)]
        wide = any(picture._least_width() > PHONE_WIDTH for picture in self.pictures)
        scrolls = ' tabindex="0"' if wide else ""
        return f'<figure class="cv cv-gallery"{scrolls}>{"".join(svgs)}</figure>'

    def __repr__(self) -> str:
        return " ".join(map(repr, self.pictures))


@dataclass(frozen=True, repr=False)
class Pixels(Picture):
    """A picture that stays readable when it is small, as it has hardly any text."""

    def _least_width(self) -> int:
        return min(self.width, NARROWEST)


def image(
    array: ArrayLike,
    *,
    title: str = "",
    numbers: bool = False,
    limits: Limits | None = None,
    signed: bool = False,
) -> Picture:
    """A picture of an array (H, W) of at most 64×64: black is the lowest value, white the highest.

    `limits` gives the values of black and white instead (what lies beyond is cut off); `signed` draws
    negative numbers blue, 0 white, positive numbers orange. `numbers` writes them, up to 12×12.
    Raises ValueError for an array that is too large, or limits that are not in order.

    >>> image([[0, 1], [2, 3]], title="steps").description
    'Row 0: 0, 1. Row 1: 2, 3. Black is 0, white is 3.'
    """
    x = values("array", array, 2)
    most = MOST_NUMBERS if numbers else MOST
    if max(x.shape) > most:
        raise ValueError(f"an image{' with numbers' * numbers} is at most {most}×{most}, got shape {x.shape}")
    ends = _ends(x, limits, signed)
    pixels = shades(x, ends, signed)
    canvas = Canvas(x) if numbers else Canvas(pitch=SIDE / max(x.shape), height=SIDE / max(x.shape))
    _draw(canvas, x, pixels, numbers)
    canvas.reach((0 if numbers else SIDE, 0))
    _caption(canvas, title, "" if numbers else _key(ends, signed), x.shape[1] * canvas.pitch)
    picture = canvas.picture(title or f"Image, {x.shape[0]} × {x.shape[1]}", _words(x, ends, signed))
    return picture if numbers else Pixels(**vars(picture))


def images(
    arrays: Sequence[ArrayLike],
    *,
    titles: Sequence[str] | None = None,
    numbers: bool = False,
    limits: Limits | None = None,
    signed: bool = False,
) -> Gallery:
    """Several images side by side, each as `image` draws it; without `limits` each has its own scale.

    Raises ValueError if there is no array, or not one title for each.

    >>> [picture.title for picture in images([[[0, 1]], [[1, 0]]], titles=["a", "b"]).pictures]
    ['a', 'b']
    """
    titles = [""] * len(arrays) if titles is None else titles
    if not len(arrays) or len(titles) != len(arrays):
        raise ValueError(
            f"images need at least one array and a title for each, got {len(arrays)} and {len(titles)}"
        )
    return Gallery(
        tuple(
            image(array, title=title, numbers=numbers, limits=limits, signed=signed)
            for array, title in zip(arrays, titles, strict=True)
        )
    )


def _ends(x: Values, limits: Limits | None, signed: bool) -> Limits:
    """The values at the ends of the scale."""
    low, high = (float(x.min()), float(x.max())) if limits is None else map(float, limits)
    if limits is not None and not low < high:
        raise ValueError(f"limits must be (lowest, highest), got {limits}")
    largest = max(abs(low), abs(high))
    return (-largest, largest) if signed else (low, high)


def shades(x: Values, ends: Limits, signed: bool = False) -> NDArray[np.uint8]:
    """Greys (H, W) from 0 to 255, or colours (H, W, 3) of signed numbers; one value alone is mid-grey.

    >>> shades(np.array([[0.0, 1.0, 2.0]]), (0, 2))
    array([[  0, 128, 255]], dtype=uint8)
    """
    low, high = ends
    part = np.clip((x - low) / (high - low), 0, 1) if high > low else np.full(x.shape, 0.5)
    if not signed:
        return (255 * part + 0.5).astype(np.uint8)
    size, end = np.abs(2 * part - 1)[..., None], np.where((part < 0.5)[..., None], COLD, HOT)
    return (255 + size * (end - 255) + 0.5).astype(np.uint8)


def _draw(canvas: Canvas, x: Values, pixels: NDArray[np.uint8], numbers: bool) -> None:
    width, height = x.shape[1] * canvas.pitch, x.shape[0] * canvas.height
    place = f'x="0" y="0" width="{width:g}" height="{height:g}"'
    canvas.shapes.append(
        f'<image class="cv-pixels" {place} preserveAspectRatio="none" href="{data_uri(pixels)}"/>'
    )
    canvas.rectangle(0, 0, width, height, 0, "cv-edge")
    for (r, c), value in np.ndenumerate(x) if numbers else ():
        role = "bright" if bright(pixels[r, c]) else "dark"
        canvas.number((c + 0.5) * canvas.pitch, (r + 0.5) * canvas.height, show(value), role)


def bright(pixel: NDArray[np.uint8]) -> bool:
    """Whether black text can be read on a pixel better than white text: its luminance is above 0.179.

    >>> bright(np.uint8(200)), bright(np.uint8(60))
    (True, False)
    """
    parts = np.broadcast_to(np.asarray(pixel) / 255, 3)
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return bool(linear @ (0.2126, 0.7152, 0.0722) > 0.179)


def _caption(canvas: Canvas, title: str, key: str, width: float) -> None:
    """The title above, in lines as wide as the image, and the key below."""
    lines = wrap(title, max(8, int(max(width, SIDE) / (WIDTH["cv-label"] * FONT["cv-label"]))))
    for number, line in enumerate(reversed(lines)):
        canvas.write(0, -9 - 18 * number, line, "cv-label")
    for line in wrap(key, int(SIDE / (WIDTH["cv-note"] * FONT["cv-note"]))):
        canvas.write(0, canvas.box[3] + 16, line, "cv-note")


def _key(ends: Limits, signed: bool) -> str:
    low, high = map(show, ends)
    return f"blue {low}, white 0, orange {high}" if signed else f"black {low}, white {high}"


def _words(x: Values, ends: Limits, signed: bool) -> str:
    low, high = map(show, ends)
    key = f"Blue is {low}, white is 0, orange is {high}." if signed else f"Black is {low}, white is {high}."
    if x.size <= MOST_NUMBERS**2:
        return " ".join(f"Row {r}: {listed(row)}." for r, row in enumerate(x)) + f" {key}"
    size = f"{x.shape[0]} rows and {x.shape[1]} columns, from {show(x.min())} to {show(x.max())}."
    return f"{size} {key}"
