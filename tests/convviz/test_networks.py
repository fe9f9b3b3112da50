"""Receptive fields and networks: the dots that are read, the boxes and arrows that are drawn."""

import re

import numpy as np
import pytest

import convlib
import convviz

from .reading import SVG, cells, tree, words

STACKS = [
    [(3, 1, 1)],
    [(1, 1, 1), (1, 2, 1)],
    [(3, 1, 1), (3, 1, 2), (3, 1, 4)],
    [(3, 1, 2), (3, 1, 2)],
    [(3, 2, 1), (2, 3, 1), (3, 1, 1)],
    [(2, 3, 1), (2, 1, 2)],
]


def units(picture, kind):
    """The places of the large dots of a kind."""
    found = [c for c in tree(picture).iter(f"{SVG}circle") if f"cv-unit-{kind}" in c.get("class")]
    return [(float(c.get("cx")), float(c.get("cy"))) for c in found]


def touched(layers, length, at):
    """The input cells whose change changes output `at`, by running the layers."""
    reads = []
    for cell in range(length):
        x = np.eye(length)[cell][None]
        for kernel, stride, dilation in layers:
            x = convlib.conv1d(x, np.ones((1, 1, kernel)), stride=stride, dilation=dilation)
        reads += [cell] if x[0, at] else []
    return reads


@pytest.mark.parametrize("layers", STACKS, ids=str)
def test_the_cells_read_are_those_that_the_output_depends_on(layers):
    picture = convviz.dots(layers)
    length = int(re.match(r"(\d+) input cell", picture.description)[1])
    read = touched(layers, length, at=1)
    assert f"depends on input cells {', '.join(map(str, read))}:" in picture.description
    assert len(units(picture, "input")) == len(read)
    assert read[-1] - read[0] + 1 == convlib.receptive_field(layers)
    share = "all" if len(read) == convlib.receptive_field(layers) else f"{len(read)} of them"
    cell = "cell" if convlib.receptive_field(layers) == 1 else "cells"
    assert f"receptive field: {convlib.receptive_field(layers)} {cell}, {share} read" in words(picture)


def test_the_output_lies_over_the_middle_of_its_field():
    picture = convviz.dots([(3, 2, 1), (2, 1, 2)])
    xs = [x for x, _ in units(picture, "input")]
    ((x, _),) = units(picture, "output")
    assert x == pytest.approx((min(xs) + max(xs)) / 2, abs=0.01)


def test_one_wire_for_each_tap():
    picture = convviz.dots([(3, 1, 1), (3, 1, 1)])
    assert len([p for p in tree(picture).iter(f"{SVG}path") if p.get("class") == "cv-wire"]) == 3 + 3 * 3


@pytest.mark.parametrize("at", [0, 2, 5])
def test_another_output_reads_other_cells(at):
    read = touched([(3, 2, 1)], 13, at)
    assert f"cells {', '.join(map(str, read))}:" in convviz.dots([(3, 2, 1)], at=at).description


def test_a_wide_field_has_one_output_alone():
    assert len(units(convviz.dots([(64, 1, 1)]), "input")) == 64


NODES = {"in": (0, 0, "1 × 8", "input"), "deep": (0.5, 1, "4 × 4"), "out": (1, 0, "1 × 8\nfloat", "output")}


def paths(picture):
    found = [p for p in tree(picture).iter(f"{SVG}path") if "cv-wire" in p.get("class").split()]
    return {
        p.get("class"): [tuple(map(float, p.split())) for p in re.split("[ML]", p.get("d"))[1:]]
        for p in found
    }


def test_boxes_stand_on_their_grid_with_their_lines():
    picture = convviz.blocks(NODES)
    boxes = {c.role: c for c in cells(picture)}
    assert boxes["input"].y == boxes["output"].y < boxes["plain"].y
    assert boxes["plain"].x == (boxes["input"].x + boxes["output"].x) / 2
    assert {"in", "deep", "out", "float"} <= set(words(picture).split())


def test_a_skip_is_dashed_and_straight_across():
    picture = convviz.blocks(NODES, skips=[("in", "out", "copy")])
    ((x0, y0), (x1, y1)) = paths(picture)["cv-wire cv-skip"]
    assert y0 == y1
    assert x0 < x1
    assert ".cv-skip{stroke-dasharray" in picture.svg
    assert "Skip connection from in to out (copy)." in picture.description


def test_down_and_across_goes_down_first_and_up_goes_across_first():
    (start, corner, end) = paths(convviz.blocks(NODES, [("in", "deep")]))["cv-wire"]
    assert start[0] == corner[0]
    assert corner[1] == end[1]
    (start, corner, end) = paths(convviz.blocks(NODES, [("deep", "out")]))["cv-wire"]
    assert start[1] == corner[1]
    assert corner[0] == end[0]


def test_names_are_escaped():
    picture = convviz.blocks({"<b>&": (0, 0, "a < b")})
    assert "&lt;b&gt;&amp;" in picture.svg
    assert words(picture) == "<b>& a < b"


REFUSED = [
    (lambda: convviz.dots([]), r"layers must hold at least one \(kernel, stride, dilation\), got none"),
    (lambda: convviz.dots([(3, 1)]), r"layer 1 must be \(kernel, stride, dilation\), got \(3, 1\)"),
    (lambda: convviz.dots([(3, 1, 1), (3, 0, 1)]), "stride of layer 2 must be at least 1, got 0"),
    (lambda: convviz.dots([(65, 1, 1)]), "the receptive field must be at most 64 cells here, got 65"),
    (lambda: convviz.dots([(3, 1, 1)], at=62), "at must be from 0 to 61, got 62"),
    (lambda: convviz.dots([(3, 1, 1)], at=-1), "at must be at least 0, got -1"),
    (lambda: convviz.blocks({}), "a network needs at least one node, got none"),
    (lambda: convviz.blocks({"a": (0, 0)}), r"node 'a' must be \(column, row, size\)"),
    (lambda: convviz.blocks({"a": (0, 0, "", "red")}), "the role of 'a' must be one of plain, .*, got 'red'"),
    (lambda: convviz.blocks(NODES | {"b": (0, 0, "")}), r"'in' and 'b' have the same place, \(0, 0\)"),
    (lambda: convviz.blocks(NODES, [("in", "up")]), r"the arrow \('in', 'up'\) names 'up', but there is no"),
    (lambda: convviz.blocks(NODES, skips=[("x", "in")]), "names 'x', but there is no such node"),
]


@pytest.mark.parametrize(("draw", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_refused(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
