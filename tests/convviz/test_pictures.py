"""What every picture owes its reader, whatever it shows."""

import re

import pytest

import convviz
from convviz.picture import Picture

from .reading import SVG, tree, words
from .samples import PICTURES

every = pytest.mark.parametrize("name", PICTURES)


@every
def test_title_and_description_come_first(name):
    picture = PICTURES[name]()
    first, second = list(tree(picture))[:2]
    assert (first.tag, first.text) == (f"{SVG}title", picture.title)
    assert (second.tag, second.text) == (f"{SVG}desc", picture.description)
    assert tree(picture).get("role") == "img"


@every
def test_no_ids_so_that_none_can_clash(name):
    assert not [element for element in tree(PICTURES[name]()).iter() if element.get("id")]
    assert "url(#" not in PICTURES[name]().svg


@every
def test_the_same_arguments_give_the_same_bytes(name):
    assert PICTURES[name]().svg == PICTURES[name]().svg


@every
def test_the_text_alternative_has_every_number_of_the_picture(name):
    picture = PICTURES[name]()
    missing = set(numbers(words(picture))) - set(numbers(picture.description))
    assert not missing


def test_a_number_missing_from_the_words_would_be_seen():
    poor = Picture("t", "Input: 1.", 9, 9, '<text class="cv-num">1</text><text class="cv-num">−2</text>')
    assert set(numbers(words(poor))) - set(numbers(poor.description)) == {"−2"}


def numbers(text):
    return re.findall(r"−?\d+(?:\.\d+)?", text)


@every
def test_everything_lies_inside_the_picture(name):
    picture = PICTURES[name]()
    (group,) = tree(picture).iter(f"{SVG}g")
    move_x, move_y = map(float, re.findall(r"[-\d.]+", group.get("transform")))
    for shape in (*group.iter(f"{SVG}rect"), *group.iter(f"{SVG}text")):
        x, y = float(shape.get("x")) + move_x, float(shape.get("y")) + move_y
        assert 0 <= x <= x + float(shape.get("width", 0)) <= picture.width
        assert 0 <= y <= y + float(shape.get("height", 0)) <= picture.height


@every
def test_shown_in_a_figure_with_its_own_style(name):
    html = PICTURES[name]()._repr_html_()
    assert html.startswith('<figure class="cv"')
    assert html.count("<svg") == html.count("<style>") == html.count("</figure>") == 1


def test_a_wide_picture_scrolls_and_can_be_reached_by_keyboard():
    wide, narrow = convviz.windows(30, 3), convviz.windows(6, 3)
    assert 'tabindex="0"' in wide._repr_html_()
    assert "tabindex" not in narrow._repr_html_()


def test_a_twelve_cell_strip_fits_a_phone_without_scrolling():
    picture = convviz.conv1d(range(1, 13), [1, -1], [-1] * 11, at=6)
    assert 0.7 * picture.width < 328
    assert "tabindex" not in picture._repr_html_()


def test_where_only_text_is_shown_the_words_are_there():
    picture = convviz.windows(6, 3, stride=2)
    assert repr(picture) == f"{picture.title}. {picture.description}"
