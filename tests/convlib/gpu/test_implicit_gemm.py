"""The first GPU kernel against torch: every remainder, every edge of a tile, and wrong kernels caught."""

import itertools

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import convlib.gpu
from convlib.gpu import implicit_gemm

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
SMALL = {"BLOCK_O": 16, "BLOCK_M": 16, "BLOCK_K": 16}
ONE_TILE = implicit_gemm.one_tile
on_the_cpu = pytest.mark.skipif(DEVICE == "cuda", reason="a compiled kernel cannot be changed in place")


@pytest.fixture(autouse=True)
def _small_tiles(monkeypatch):
    """A layer of some dozen windows then has several tiles, and they hang over its edges."""
    monkeypatch.setattr(implicit_gemm, "BLOCKS", SMALL)


def whole(seed, *shape, dtype=torch.float32):
    """Whole numbers from -4 to 4: their sums are exact."""
    random = torch.Generator().manual_seed(seed)
    return torch.randint(-4, 5, shape, generator=random).to(DEVICE, dtype)


def check(x, w, b=None, **options) -> None:
    """Equal to torch's answer, cell by cell."""
    found, expected = convlib.gpu.conv2d(x, w, b, **options), F.conv2d(x, w, b, **options)
    assert (found.dtype, found.device) == (x.dtype, x.device)
    torch.testing.assert_close(found, expected, rtol=0, atol=0, msg=lambda m: f"{options} {x.shape}: {m}")


KERNELS, STRIDES = [(1, 1), (2, 3), (3, 1)], [(1, 2), (3, 1)]
PADDINGS, DILATIONS = [(0, 0), (1, 2)], [(1, 1), (2, 3)]


def layers():
    """Each setting on inputs with every remainder of its stride; groups and bias in turn."""
    settings = itertools.product(KERNELS, STRIDES, PADDINGS, DILATIONS)
    for number, (kernel, stride, padding, dilation) in enumerate(settings):
        groups = 1 + number % 3
        reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
        for extra in itertools.product(*map(range, stride)):
            least = [max(1, r - 2 * p) for r, p in zip(reach, padding, strict=True)]
            size = [n + more + e for n, more, e in zip(least, (2, 3), extra, strict=True)]
            x, w = whole(1, 2, 2 * groups, *size), whole(2, 3 * groups, 2, *kernel)
            options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
            yield x, w, whole(3, 3 * groups) if groups > 1 else None, options


def check_layers() -> list[tuple[int, ...]]:
    """All of them; the remainders that were met, with their strides."""
    met = []
    for x, w, b, options in layers():
        check(x, w, b, **options)
        placement = (options[name] for name in ("stride", "padding", "dilation"))
        axes = zip(x.shape[2:], w.shape[2:], *placement, strict=True)
        met += [(s, (n + 2 * p - d * (k - 1) - 1) % s) for n, k, s, p, d in axes]
    return met


def check_edges() -> None:
    """Output channels, windows and rows of the matrix around the size of a tile, in every combination."""
    around = (15, 16, 17)
    for outputs, windows, channels in itertools.product(around, repeat=3):
        check(whole(1, 1, channels, 1, windows), whole(2, outputs, channels, 1, 1))


def test_every_remainder_is_torchs():
    assert set(check_layers()) == {(s, r) for s in (1, 2, 3) for r in range(s)}


def test_tiles_end_where_the_matrices_do():
    check_edges()


class Changed:
    """The kernel, started with some of its arguments changed."""

    def __init__(self, change):
        self.change = change

    def __getitem__(self, grid):
        def launch(*args, **blocks):
            named = dict(zip(ONE_TILE.arg_names, args, strict=False))
            ONE_TILE[grid](**{**named, **blocks, **self.change(named)})

        return launch


WRONG_ARGUMENTS = {
    "stride ignored": lambda a: {"stride": (1, 1)},
    "stride swapped": lambda a: {"stride": a["stride"][::-1]},
    "padding swapped": lambda a: {"padding": a["padding"][::-1]},
    "dilation ignored": lambda a: {"dilation": (1, 1)},
    "no bias": lambda a: {"HAS_BIAS": False},
    "kernel flipped": lambda a: {"w": a["w"].flip(2, 3).contiguous()},
    "kernel transposed": lambda a: {"w": a["w"].transpose(2, 3).contiguous()},
    "last window lost": lambda a: {"M": a["M"] - 1},
}


@pytest.mark.parametrize("idea", WRONG_ARGUMENTS)
def test_a_kernel_with_a_wrong_argument_is_caught(idea, monkeypatch):
    monkeypatch.setattr(implicit_gemm, "one_tile", Changed(WRONG_ARGUMENTS[idea]))
    with pytest.raises(AssertionError):
        check_layers()


WRONG_PLACES = {
    "tap": lambda k, R, S: (k // (R * S), k % R, k // R % S),  # columns of the kernel first
    "window": lambda m, P, Q: (m // (P * Q), m // P % P, m % Q),  # rows of P cells
}


@on_the_cpu
@pytest.mark.parametrize("name", WRONG_PLACES)
def test_entries_read_from_the_wrong_place_are_caught(name, monkeypatch):
    monkeypatch.setattr(implicit_gemm, name, WRONG_PLACES[name])
    with pytest.raises(AssertionError):
        check_layers()


@pytest.mark.parametrize("lost", ["O", "M"])
def test_a_tile_that_stops_too_early_is_caught(lost, monkeypatch):
    """Only where a tile is nearly full does one cell decide."""
    smaller = Changed(lambda a: {lost: a[lost] - (a[lost] == 16)})
    monkeypatch.setattr(implicit_gemm, "one_tile", smaller)
    with pytest.raises(AssertionError):
        check_edges()


def check_half() -> None:
    """A sum of hundreds of products in float16 is rounded once."""
    x, w = (torch.full(shape, 0.1).to(DEVICE, torch.float16) for shape in ((1, 64, 5, 6), (7, 64, 3, 2)))
    found, exact = convlib.gpu.conv2d(x, w), F.conv2d(x.double(), w.double())
    assert found.dtype == torch.float16
    assert (found - exact).abs().max() <= 1.01 * 2**-11 * exact.abs().max()


def test_half_precision_adds_in_single_precision():
    check_half()
    check(whole(1, 2, 3, 6, 7, dtype=torch.float16), whole(2, 5, 3, 2, 3, dtype=torch.float16))


def test_a_sum_in_half_precision_is_caught(monkeypatch):
    right = convlib.gpu.conv2d
    monkeypatch.setattr(
        convlib.gpu, "conv2d", lambda x, w: sum(right(x[:, [c]], w[:, [c]]) for c in range(x.shape[1]))
    )
    with pytest.raises(AssertionError):
        check_half()


def test_batches_words_and_odd_memory_are_torchs():
    x, w = whole(1, 2, 3, 5, 6), whole(2, 4, 3, 2, 3)
    check(x[0], w, padding="valid", dilation=2)
    check(x[:0], w)
    check(x.transpose(2, 3)[:, :, ::2], w.transpose(2, 3), padding=(1, 2))
    found = convlib.gpu.conv2d(x, w[:, :, :, :2], padding="same")  # torch pads on the right; so must this
    padded = F.pad(x, (0, 1, 0, 1))
    torch.testing.assert_close(found, F.conv2d(padded, w[:, :, :, :2]), rtol=0, atol=0)


REFUSED = [
    (TypeError, "one dtype", lambda x, w: (x.double(), w.double())),
    (TypeError, "one dtype", lambda x, w: (x.half(), w)),
    (TypeError, "ndarray", lambda x, w: (np.ones((1, 2, 3, 4)), w)),
    (ValueError, "one device", lambda x, w: (x.to("meta"), w)),
    (ValueError, "takes 2", lambda x, w: (x[:, :1], w)),
    (ValueError, "32 bits", lambda x, w: (x.expand(2**28, 2, 5, 6).to("meta"), w.to("meta"))),
]


@pytest.mark.parametrize(("error", "words", "change"), REFUSED)
def test_what_a_kernel_cannot_read_is_refused(error, words, change):
    x, w = whole(1, 1, 2, 5, 6), whole(2, 3, 2, 2, 3)
    check(x, w)
    with pytest.raises(error, match=words):
        convlib.gpu.conv2d(*change(x, w))
