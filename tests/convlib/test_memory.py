"""Arrays that lie oddly in memory: read right, never changed, never handed back."""

import numpy as np
import pytest

import convlib

x4, w4 = np.arange(2 * 4 * 6 * 7.0).reshape(2, 4, 6, 7) % 11, np.arange(4 * 2 * 9.0).reshape(4, 2, 3, 3) % 7


def backwards(a):
    return np.ascontiguousarray(a[..., ::-1])[..., ::-1]


def every_other(a):
    return np.repeat(a, 2, -1)[..., ::2]


def unaligned(a):
    raw = np.zeros(a.nbytes + 1, np.uint8)[1:]
    raw[:] = np.frombuffer(a.tobytes(), np.uint8)
    return raw.view(a.dtype).reshape(a.shape)


def swapped(a):
    return a.astype(a.dtype.newbyteorder())


def turned(a):
    return a.swapaxes(0, -1).copy().swapaxes(0, -1)


ORDERS = [np.asfortranarray, backwards, every_other, unaligned, swapped, turned]

CALLS = {
    "conv2d": lambda x, w: convlib.conv2d(x, w, padding=1, groups=2),
    "identity": lambda x, w: convlib.conv2d(x, np.ones((4, 1, 1, 1)), groups=4),
    "conv_transpose2d": lambda x, w: convlib.conv_transpose2d(x, w, stride=2, groups=2),
    "conv1d": lambda x, w: convlib.conv1d(x[0, :, 0], w[..., 0], stride=2, groups=2),
    "conv3d": lambda x, w: convlib.conv3d(x[:1], w[:1, :1, None], padding=(0, 1, 0)),
    "pad": lambda x, w: convlib.pad(x, (1, 2), "reflect"),
    "pad nothing": lambda x, w: convlib.pad(x, (0, 0)),
    "crop": lambda x, w: convlib.pad(x, (-1, 0)),
    "crop round": lambda x, w: convlib.pad(x, (-1, 0), "circular"),
    "unfold": lambda x, w: convlib.unfold(x, 2),
    "unfold nothing": lambda x, w: convlib.unfold(x, 1),
    "fold": lambda x, w: convlib.fold(x[0, :, 0, :6], (3, 4), 2),
    "fold nothing": lambda x, w: convlib.fold(x[:, :, 0], (1, 7), 1),
    "avg_pool2d": lambda x, w: convlib.avg_pool2d(x, 2, 1, 1),
    "avg_pool nothing": lambda x, w: convlib.avg_pool2d(x, 1),
    "conv_matrix": lambda x, w: convlib.conv_matrix(w, (4, 5), groups=2),
    "convolve": lambda x, w: convlib.convolve(x[0, 0], w[0, 0]),
    "correlate": lambda x, w: convlib.correlate(x[0, 0], w[0, 0], "same"),
}


def check_pure(call, x, w) -> np.ndarray:
    """The result of a call that leaves its operands alone, and is the caller's own."""
    before = x.tobytes(), w.tobytes()
    y = call(x, w)
    assert (x.tobytes(), w.tobytes()) == before
    assert not np.shares_memory(y, x)
    assert not np.shares_memory(y, w)
    assert y.flags.writeable
    assert y.flags.c_contiguous
    return y


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("order", ORDERS)
def test_memory_order_does_not_matter(name, order):
    x, w = order(x4), order(w4)
    x.flags.writeable = w.flags.writeable = False
    found, expected = check_pure(CALLS[name], x, w), CALLS[name](x4, w4)
    np.testing.assert_array_equal(found, expected)
    assert found.dtype.newbyteorder("=") == expected.dtype


@pytest.mark.parametrize("name", CALLS)
def test_broadcast_operands_are_like_any_others(name):
    x, w = np.broadcast_to(x4[:1, :1], x4.shape), np.broadcast_to(w4[:1], w4.shape)
    np.testing.assert_array_equal(check_pure(CALLS[name], x, w), CALLS[name](x.copy(), w.copy()))


WRONG = [lambda x, w: x[..., 1:], lambda x, w: np.multiply(x, 2, out=x), lambda x, w: (x + 1).T]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_view_and_a_change_in_place_are_caught(wrong):
    with pytest.raises(AssertionError):
        check_pure(wrong, x4.copy(), w4)
