"""Reading a picture back: which cells it has, with which text, and where."""

import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

SVG = "{http://www.w3.org/2000/svg}"


class Cell(NamedTuple):
    role: str
    text: str
    x: float
    y: float
    tap: bool


def tree(picture):
    return ElementTree.fromstring(picture.svg)


def cells(picture):
    """Every rectangle of a role, top to bottom and left to right, with the number written inside it."""
    root = tree(picture)
    numbers = [t for t in root.iter(f"{SVG}text") if "cv-num" in t.get("class").split()]
    boxes = [r for r in root.iter(f"{SVG}rect") if "cv-cell" in r.get("class").split()]
    return sorted((_cell(box, numbers) for box in boxes), key=lambda cell: (cell.y, cell.x))


def _cell(box, numbers):
    x, y, width, height = (float(box.get(key)) for key in ("x", "y", "width", "height"))
    inside = [
        t.text for t in numbers if 0 < float(t.get("x")) - x < width and 0 < float(t.get("y")) - y < height
    ]
    names = box.get("class").split()
    return Cell(names[1].removeprefix("cv-"), "".join(inside), x, y, "cv-tap" in names)


def row(picture, role):
    """The texts of the cells of one role."""
    return [cell.text for cell in cells(picture) if cell.role == role]


def taps(picture, role):
    """The texts of the emphasised cells of one role."""
    return [cell.text for cell in cells(picture) if cell.role == role and cell.tap]


def words(picture):
    """All that is written beside the cells."""
    written = ("".join(t.itertext()) for t in tree(picture).iter(f"{SVG}text"))
    return " ".join(written)


def frames(picture):
    """The strong outlines, as (x, y, width, height)."""
    marks = [r for r in tree(picture).iter(f"{SVG}rect") if r.get("class") == "cv-mark"]
    return [tuple(float(mark.get(key)) for key in ("x", "y", "width", "height")) for mark in marks]
