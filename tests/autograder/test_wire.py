"""What is written is read back the same; bytes that nobody of ours wrote are refused."""

import contextlib
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder import wire

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner),
    max_leaves=12,
)
ARRAYS = hnp.arrays(st.sampled_from(wire.DTYPES), hnp.array_shapes(min_dims=0, min_side=0, max_dims=4))


@given(PLAIN)
def test_values_come_back_the_same(value):
    assert repr(wire.decode(wire.encode(value))) == repr(value)


@given(ARRAYS)
def test_arrays_come_back_with_their_dtype_shape_and_numbers(array):
    back = wire.decode(wire.encode(array))
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()


@given(st.binary(max_size=60))
def test_garbage_is_a_value_or_a_wire_error_and_nothing_else(garbage):
    with contextlib.suppress(wire.WireError):
        wire.decode(garbage)


@given(PLAIN, st.data())
def test_a_frame_that_is_cut_short_is_refused(value, data):
    body = wire.encode(value)
    cut = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(wire.WireError):
        wire.decode(body[:cut])


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "1 bytes were announced, 0 are there"),
        (b"NN", "1 bytes are left over"),
        (b"?", "unknown tag"),
        (b"s" + struct.pack("<I", 2**31) + b"x", "were announced"),
        (b"l" + struct.pack("<I", 2**32 - 1), "were announced"),
        (b"l\x01\x00\x00\x00" * 40 + b"N", "nested more than 16 deep"),
        (b"a" + struct.pack("<BB2Q", 11, 2, 2**40, 2**40), "were announced"),
        (b"a" + struct.pack("<BB3Q", 11, 3, 0, 2**63, 2**63), "no such array"),
        (b"a" + struct.pack("<BB", 200, 0), "no such array"),
        (b"a" + struct.pack("<BB", 11, 200), "no such array"),
        (b"g" + struct.pack("<BBQ", 11, 1, 1) + bytes(8), "a single number was announced"),
        (b"l" + struct.pack("<I", 3_000_000) + b"N" * 3_000_000, "more than 1000000 values"),
    ],
)
def test_hostile_bytes_are_refused_with_a_reason(body, why):
    with pytest.raises(wire.WireError, match=why):
        wire.decode(body)


def test_an_array_that_lies_travels_as_its_bare_numbers():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return True

    back = wire.decode(wire.encode(np.arange(3.0).view(Liar)))
    assert type(back) is np.ndarray
    assert not (back == 7).any()


@pytest.mark.parametrize("value", [(i for i in range(3)), {"a": 1}, object(), print])
def test_what_cannot_travel_leaves_the_name_of_its_type(value):
    assert type(wire.decode(wire.encode(value))).__name__ == type(value).__name__


@pytest.mark.parametrize("value", [np.array([object()]), np.array(["x"]), np.datetime64("2020-01-01")])
def test_arrays_of_anything_but_numbers_are_refused(value):
    with pytest.raises(wire.WireError, match="only arrays of numbers"):
        wire.encode(value)


def test_big_endian_numbers_keep_their_value():
    assert wire.decode(wire.encode(np.array([1, 256], ">i4"))).tolist() == [1, 256]
