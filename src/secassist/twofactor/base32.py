"""Secrets as people and sites write them: RFC 4648 base32, with what tends to creep in."""

from __future__ import annotations

import base64
import re
from typing import Final

from secassist.base.errors import UnusableInput

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)}
# Groups are set apart by blanks, dashes of every kind, underscores, and invisible blanks.
_BETWEEN: Final = re.compile(r"[\s\-_\u00ad\u200b-\u200d\u2010-\u2015\u2060\ufeff]+")
_MAX_LENGTH: Final = 4_096
_MIN_CHARACTERS: Final = 2  # one byte


def decode(text: str) -> bytes:
    """The bytes of a secret: upper or lower case, grouped or not, padded or not.

    Bits that fill no byte are dropped, as other authenticators do. Raises UnusableInput, whose
    sentence never holds the secret.
    """
    if len(text) > _MAX_LENGTH:
        raise UnusableInput("The secret is too long.")
    letters = _BETWEEN.sub("", text).rstrip("=").upper()
    bits = pending = 0
    data = bytearray()
    for letter in letters:
        value = _VALUES.get(letter)
        if value is None:
            raise UnusableInput(_complaint(letter))
        pending = (pending << 5 | value) & 0xFFF
        bits += 5
        if bits >= 8:
            bits -= 8
            data.append(pending >> bits & 0xFF)
    if len(letters) < _MIN_CHARACTERS:
        raise UnusableInput("The secret is missing.")
    return bytes(data)


def encode(secret: bytes) -> str:
    """The secret in capital letters without padding, as sites show it."""
    return base64.b32encode(secret).decode("ascii").rstrip("=")


def grouped(secret: bytes) -> str:
    """The secret in groups of four, for people who type it."""
    letters = encode(secret)
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _complaint(letter: str) -> str:
    if letter in "0189":
        return (
            f"A secret never holds the digit {letter}. "
            "Is it a letter (O, I, B, g) that looks like it?"
        )
    return "The secret holds a character that cannot be in one: only A to Z and 2 to 7 can."
