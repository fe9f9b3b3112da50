"""Values as typed bytes: the only thing that the two sides of a grading pipe say to each other.

A frame is a length, the number of the request it belongs to, and one encoded value. Nothing is ever
unpickled or evaluated: a reader meets a known tag, checks every size against the bytes that are really
there, and builds a plain value. This file is loaded on both sides, so it needs nothing but NumPy.
"""

import struct
from typing import Any

import numpy as np

HEADER = struct.Struct("<QQ")
"""A frame's first bytes: the length of its body, and the number of the request."""

CODES = ("|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16")
DTYPES = [np.dtype(code) for code in CODES]
"""The kinds of number that may travel; the place in this list is what is written."""

MAX_DEPTH = 16
MAX_ITEMS = 1_000_000
MAX_NDIM = 32


class WireError(ValueError):
    """The bytes do not say what a frame of ours says."""


class Foreign:
    """Stands for a value that cannot travel (a generator, an object): only the name of its type does."""

    def __repr__(self) -> str:
        return f"<a {type(self).__name__}>"


def foreign(type_name: str) -> Foreign:
    """Make a stand-in whose class is named like the type that could not travel.

    >>> foreign("generator")
    <a generator>
    """
    name = "".join(ch for ch in type_name if ch.isalnum() or ch == "_")[:60]
    kind: type[Foreign] = type(name or "object", (Foreign,), {})
    return kind()


def pack(request: int, value: Any) -> bytes:
    """Encode one frame."""
    body = encode(value)
    return HEADER.pack(len(body), request) + body


def encode(value: Any, depth: int = 0) -> bytes:
    """Encode a value: None, bool, int, float, complex, str, list, tuple, NumPy array or number.

    Anything else is written as the name of its type.

    >>> decode(encode([1, 2.5, (None, "x")]))
    [1, 2.5, (None, 'x')]
    """
    if depth > MAX_DEPTH:
        raise WireError(f"lists nested more than {MAX_DEPTH} deep cannot be sent")
    for kind, tag, write in _WRITERS:
        if isinstance(value, kind):
            return tag + write(value, depth)
    return b"o" + _write_text(type(value).__name__, depth)


def decode(body: bytes) -> Any:
    """Decode one value; raise WireError if a byte is missing, left over or not understood."""
    reader = _Reader(body)
    value = reader.value(0)
    if reader.at != len(body):
        raise WireError(f"{len(body) - reader.at} bytes are left over after the value")
    return value


def _write_int(value: int, depth: int) -> bytes:
    raw = int(value).to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return struct.pack("<I", len(raw)) + raw


def _write_text(value: str, depth: int) -> bytes:
    raw = str.encode(value, "utf-8", "replace")
    return struct.pack("<I", len(raw)) + raw


def _write_items(value: Any, depth: int) -> bytes:
    return struct.pack("<I", len(value)) + b"".join(encode(item, depth + 1) for item in value)


def _write_array(value: Any, depth: int) -> bytes:
    array = np.asarray(value)
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    if little.dtype not in DTYPES:
        raise WireError(f"an array of {array.dtype} cannot be sent, only arrays of numbers")
    head = struct.pack("<BB", DTYPES.index(little.dtype), little.ndim)
    return head + struct.pack(f"<{little.ndim}Q", *little.shape) + little.tobytes()


_WRITERS: list[tuple[Any, bytes, Any]] = [
    (type(None), b"N", lambda value, depth: b""),
    (bool, b"b", lambda value, depth: struct.pack("<?", value)),
    (np.generic, b"g", _write_array),
    (int, b"i", _write_int),
    (float, b"f", lambda value, depth: struct.pack("<d", value)),
    (complex, b"c", lambda value, depth: struct.pack("<dd", value.real, value.imag)),
    (str, b"s", _write_text),
    (np.ndarray, b"a", _write_array),
    (list, b"l", _write_items),
    (tuple, b"t", _write_items),
]


class _Reader:
    """Walks over the bytes of one body; every step checks that they are there."""

    def __init__(self, body: bytes) -> None:
        self.body, self.at, self.items = body, 0, 0

    def take(self, count: int) -> bytes:
        if count > len(self.body) - self.at:
            raise WireError(f"{count} bytes were announced, {len(self.body) - self.at} are there")
        self.at += count
        return self.body[self.at - count : self.at]

    def unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))

    def value(self, depth: int) -> Any:
        self.items += 1
        if depth > MAX_DEPTH or self.items > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS} values, or nested more than {MAX_DEPTH} deep")
        tag = self.take(1)
        if tag not in _READERS:
            raise WireError(f"unknown tag {tag!r}")
        return _READERS[tag](self, depth)

    def integer(self, depth: int) -> int:
        return int.from_bytes(self.take(*self.unpack("I")), "little", signed=True)

    def text(self, depth: int) -> str:
        return self.take(*self.unpack("I")).decode("utf-8", "replace")

    def sequence(self, depth: int) -> list[Any]:
        (count,) = self.unpack("I")
        return [self.value(depth + 1) for _ in range(count)]

    def array(self, depth: int) -> np.ndarray:
        kind, ndim = self.unpack("BB")
        if kind >= len(DTYPES) or ndim > MAX_NDIM:
            raise WireError(f"no such array: kind {kind}, {ndim} dimensions")
        shape = self.unpack(f"{ndim}Q")
        count = 1
        for size in shape:
            count *= size
        raw = self.take(count * DTYPES[kind].itemsize)
        try:
            return np.frombuffer(raw, DTYPES[kind]).reshape(shape)
        except ValueError as error:  # an empty array with an absurd shape
            raise WireError(f"no such array: {error}") from error

    def number(self, depth: int) -> Any:
        array = self.array(depth)
        if array.ndim:
            raise WireError(f"a single number was announced, an array of shape {array.shape} came")
        return array[()]


_READERS: dict[bytes, Any] = {
    b"N": lambda reader, depth: None,
    b"b": lambda reader, depth: reader.unpack("?")[0],
    b"i": _Reader.integer,
    b"f": lambda reader, depth: reader.unpack("d")[0],
    b"c": lambda reader, depth: complex(*reader.unpack("dd")),
    b"s": _Reader.text,
    b"a": _Reader.array,
    b"g": _Reader.number,
    b"l": _Reader.sequence,
    b"t": lambda reader, depth: tuple(reader.sequence(depth)),
    b"o": lambda reader, depth: foreign(reader.text(depth)),
}
