"""Images: the right shade in every pixel, text that can be read on it, and a gallery that wraps."""

import itertools
import re
import struct
import zlib
from base64 import b64decode

import numpy as np
import pytest

import convviz
from convviz.images import bright, shades
from convviz.picture import style
from convviz.png import data_uri

from .reading import tree
from .test_style import contrast


def decoded(uri):
    """The pixels of a PNG without filters, read chunk by chunk with every checksum."""
    data = b64decode(uri.removeprefix("data:image/png;base64,"))
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size]) == (zlib.crc32(kind + body),)
        chunks[kind] = body
        at += 12 + size
    columns, rows, depth, colours = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, list(chunks)) == (8, [b"IHDR", b"IDAT", b"IEND"])
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(rows, -1)
    assert not lines[:, 0].any()
    return lines[:, 1:].reshape((rows, columns) if colours == 0 else (rows, columns, 3))


def pixels(picture):
    return decoded(re.search(r'href="(data:[^"]*)"', picture.svg)[1])


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (2, 4, 3)])
def test_a_png_holds_its_pixels(shape):
    given = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert np.array_equal(decoded(data_uri(given)), given)


def test_a_broken_png_would_be_seen():
    whole = data_uri(np.zeros((2, 2), np.uint8))
    broken = whole[:50] + ("A" if whole[50] != "A" else "B") + whole[51:]
    with pytest.raises(AssertionError):
        decoded(broken)


def test_black_is_lowest_and_white_highest():
    assert pixels(convviz.image([[0, 1, 2], [2, 2, 4]])).tolist() == [[0, 64, 128], [128, 128, 255]]


def test_limits_set_the_scale_and_cut_off():
    assert pixels(convviz.image([[-5, 0, 5, 10, 99]], limits=(0, 10))).tolist() == [[0, 0, 128, 255, 255]]


def test_one_value_alone_is_mid_grey():
    assert set(pixels(convviz.image(np.full((2, 3), 7.0))).flat) == {128}


def test_signed_numbers_are_blue_white_and_orange():
    (cold, white, warm, hot), *_ = pixels(convviz.image([[-4, 0, 2, 4]], signed=True)).tolist()
    assert white == [255, 255, 255]
    assert cold[2] > cold[0] < 10
    assert hot[0] > hot[2] < 10
    assert all(a < b <= 255 for a, b in zip(hot, warm, strict=True))


def test_the_text_on_every_shade_can_be_read():
    greys = [np.uint8(grey) for grey in range(256)]
    scale = shades(np.linspace(-1, 1, 201)[None], (-1, 1), signed=True)[0]
    for shade in itertools.chain(greys, scale):
        parts = np.broadcast_to(shade, 3)
        colour = "#" + "".join(f"{int(part):02x}" for part in parts)
        right, wrong = ("#000000", "#ffffff") if bright(shade) else ("#ffffff", "#000000")
        assert contrast(right, colour) >= 4.5
        assert contrast(right, colour) >= contrast(wrong, colour) - 0.05


def test_numbers_are_written_on_their_cells():
    picture = convviz.image([[1, -2], [0.25, 3]], numbers=True)
    texts = [t for t in tree(picture).iter() if "cv-num" in t.get("class", "")]
    assert [t.text for t in texts] == ["1", "−2", "0.25", "3"]
    assert [t.get("class").split()[1] for t in texts] == ["cv-bright", "cv-dark", "cv-dark", "cv-bright"]


def test_a_large_image_stays_small():
    noise = np.random.default_rng(0).normal(size=(64, 64))
    assert len(convviz.image(noise).svg) - len(style()) < 8000


def test_a_gallery_has_every_picture_and_one_style():
    gallery = convviz.images([np.eye(2), np.eye(3), np.eye(4)], titles=["a", "b", "<c>"])
    html = gallery._repr_html_()
    assert html.startswith('<figure class="cv cv-gallery">')
    assert html.count("<svg") == 3
    assert html.count("<style>") == html.count("</figure>") == 1
    assert re.findall("<title>(.*?)</title>", html) == ["a", "b", "&lt;c&gt;"]
    assert "a. Row 0: 1, 0. Row 1: 0, 1." in repr(gallery)


def test_two_images_lie_side_by_side_on_a_phone():
    widths = [picture._least_width() for picture in convviz.images([np.eye(64)] * 2).pictures]
    assert sum(widths) + 16 <= 328


def test_a_gallery_that_scrolls_can_be_reached_by_keyboard():
    wide = convviz.images([np.arange(12)[None] / 7], numbers=True)
    assert 'tabindex="0"' in wide._repr_html_()


REFUSED = [
    (lambda: convviz.image([1, 2]), r"array must have 2 non-empty axes, got shape \(2,\)"),
    (lambda: convviz.image(np.zeros((65, 2))), r"an image is at most 64×64, got shape \(65, 2\)"),
    (lambda: convviz.image(np.zeros((2, 13)), numbers=True), "an image with numbers is at most 12×12"),
    (lambda: convviz.image([[1]], limits=(1, 1)), r"limits must be \(lowest, highest\), got \(1, 1\)"),
    (lambda: convviz.image([[float("inf")]]), "array must be finite"),
    (lambda: convviz.images([]), "images need at least one array and a title for each, got 0 and 0"),
    (lambda: convviz.images([[[1]]], titles=["a", "b"]), "a title for each, got 1 and 2"),
]


@pytest.mark.parametrize(("draw", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_refused(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
