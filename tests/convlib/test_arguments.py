"""What convlib refuses, and the words it says; inputs are never changed."""

import numpy as np
import pytest

import convlib

x, w = np.ones((1, 4, 6)), np.ones((2, 4, 3))

REFUSED = [
    (ValueError, "groups=3, in_channels=4", lambda: convlib.conv1d(x, w, groups=3)),
    (ValueError, "input has 4 channels, but weight of shape (2, 3, 3)", lambda: convlib.conv1d(x, w[:, :3])),
    (ValueError, "bias must have shape (2,)", lambda: convlib.conv1d(x, w, np.ones(3))),
    (ValueError, "weight must have 3 axes", lambda: convlib.conv1d(x, w[0])),
    (ValueError, "input must have 3 axes, or 2 without a batch", lambda: convlib.conv1d(x[0, 0], w)),
    (ValueError, "needs stride 1", lambda: convlib.conv1d(x, w, stride=2, padding="same")),
    (ValueError, "'valid', 'same' or ints, got 'strict'", lambda: convlib.conv1d(x, w, padding="strict")),
    (ValueError, "stride must be one int or 1 of them", lambda: convlib.conv1d(x, w, stride=(1, 2))),
    (TypeError, "stride must be made of ints, got 1.5", lambda: convlib.conv1d(x, w, stride=1.5)),
    (TypeError, "padding must be made of ints, got True", lambda: convlib.conv1d(x, w, padding=True)),
    (ValueError, "spans 7 cells", lambda: convlib.conv1d(x, w, dilation=3)),
    (
        ValueError,
        "'reflect' can add at most 5",
        lambda: convlib.conv1d(x, w, padding=6, padding_mode="reflect"),
    ),
    (
        ValueError,
        "'circular' can add at most 6",
        lambda: convlib.conv1d(x, w, padding=7, padding_mode="circular"),
    ),
    (ValueError, "mode must be one of", lambda: convlib.conv1d(x, w, padding_mode="mirror")),
    (ValueError, "(in_channels, out_channels / groups", lambda: convlib.conv_transpose1d(x, w)),
    (ValueError, "groups=3, in_channels=2", lambda: convlib.conv_transpose1d(x[:, :2], w, groups=3)),
    (ValueError, "bias must have shape (4,)", lambda: convlib.conv_transpose1d(x[:, :2], w, np.ones(2))),
    (
        ValueError,
        "below max(stride, dilation)",
        lambda: convlib.conv_transpose1d(x[:, :2], w, output_padding=1),
    ),
    (ValueError, "pad must hold (before, after)", lambda: convlib.pad(x, (1,))),
]


@pytest.mark.parametrize(("kind", "said", "call"), REFUSED, ids=[said for _, said, _ in REFUSED])
def test_refuses(kind, said, call):
    with pytest.raises(kind) as caught:
        call()
    assert said in str(caught.value)


def test_inputs_are_never_changed_and_may_be_read_only():
    a, b, c = np.arange(24.0).reshape(1, 4, 6), np.ones((4, 2, 3)), np.ones(4)
    for array in (a, b, c):
        array.flags.writeable = False
    convlib.conv1d(a, b, c, groups=2, padding=1)
    convlib.conv_transpose1d(a, b, c, groups=2, stride=2)


def test_memory_order_does_not_matter():
    a = np.asfortranarray(np.arange(48.0).reshape(2, 4, 6))
    b = np.arange(24.0).reshape(3, 4, 2)[:, ::-1]
    np.testing.assert_array_equal(convlib.conv1d(a, b), convlib.conv1d(a.copy("C"), b.copy("C")))


def test_a_result_never_shares_memory_with_the_input():
    y = convlib.conv1d(x, np.ones((4, 1, 1)), groups=4)
    assert not np.shares_memory(y, x)
