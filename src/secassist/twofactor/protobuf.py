"""As much of the protocol buffers' wire format as Google's migration codes need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from secassist.base.errors import UnusableInput

VARINT: Final = 0
BYTES: Final = 2
_FIXED: Final = {1: 8, 5: 4}  # wire types of fixed length → bytes
_MAX_FIELDS: Final = 10_000
_MAX_VARINT: Final = 10  # bytes

Value = int | bytes


def fields(data: bytes) -> Iterator[tuple[int, Value]]:
    """Number and value of each field: an int for a varint, bytes for anything else.

    Raises UnusableInput where the bytes are not of that format. Linear; nothing nested is opened.
    """
    at = 0
    for _ in range(_MAX_FIELDS):
        if at == len(data):
            return
        key, at = _varint(data, at)
        number, wire_type = key >> 3, key & 7
        if number == 0:
            raise _damaged()
        value: Value
        if wire_type == VARINT:
            value, at = _varint(data, at)
        else:
            if wire_type == BYTES:
                length, at = _varint(data, at)
            elif wire_type in _FIXED:
                length = _FIXED[wire_type]
            else:
                raise _damaged()
            if length > len(data) - at:
                raise _damaged()
            value = data[at : at + length]
            at += length
        yield number, value
    raise _damaged()


def field(number: int, value: Value) -> bytes:
    """One field: an int (not negative) as a varint, bytes with their length in front."""
    if isinstance(value, int):
        return _written(number << 3 | VARINT) + _written(value)
    return _written(number << 3 | BYTES) + _written(len(value)) + value


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(_MAX_VARINT):
        if at + place >= len(data):
            raise _damaged()
        byte = data[at + place]
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value & 2**64 - 1, at + place + 1
    raise _damaged()


def _written(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _damaged() -> UnusableInput:
    return UnusableInput("This code from Google Authenticator is damaged. Take its picture again.")
