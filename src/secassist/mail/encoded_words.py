"""Encoded words in header fields (RFC 2047), read within bounds.

The standard library's reader is quadratic (100,000 words take it 24 s) and takes any codec that
Python knows; this one is linear and takes character sets only.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from itertools import islice

from secassist.base.limits import MAX_ENCODED_WORDS
from secassist.mail import charsets

_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([BbQq])\?([^?]*)\?=")
_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A header value as a person reads it."""

    text: str
    """Invisible characters still in it; control characters from encoded words too."""
    words: int
    """Encoded words that were decoded."""
    wrong_charset: bool = False
    """Some bytes were not in the charset that was named, or unnamed bytes were not UTF-8."""
    control: bool = False
    """An encoded word hides a line end, a NUL or another control character."""
    over_limit: bool = False
    """There were more words than are decoded; the rest stands as it was written."""


def decode(value: bytes) -> Decoded:
    """Decode an unfolded header value: encoded words, and bare UTF-8 (RFC 6532) around them.

    Neighbouring words of one charset are joined before they are decoded, because some senders
    split a character between two words. Linear in time.
    """
    if b"=?" not in value:
        text, right = charsets.decode(value)
        return Decoded(text, 0, wrong_charset=not right)
    pieces: list[tuple[str | None, bytes]] = []  # charset (None: bare bytes), bytes
    found = list(islice(_WORD.finditer(value), MAX_ENCODED_WORDS + 1))
    position = 0
    for word in found[:MAX_ENCODED_WORDS]:
        between = value[position : word.start()]
        # Blanks between two encoded words are not shown (RFC 2047, 6.2).
        if between and not (position and not between.strip()):
            pieces.append((None, between))
        charset = word[1].split(b"*")[0].decode("ascii", "replace").lower()  # RFC 2231, 5
        data = _payload(word[2], word[3])
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + data)
        else:
            pieces.append((charset, data))
        position = word.end()
    pieces.append((None, value[position:]))
    texts: list[str] = []
    wrong = control = False
    for charset_or_none, data in pieces:
        text, right = charsets.decode(data, charset_or_none or "")
        texts.append(text)
        wrong = wrong or not right
        control = control or (charset_or_none is not None and bool(_CONTROL.search(text)))
    return Decoded(
        "".join(texts),
        min(len(found), MAX_ENCODED_WORDS),
        wrong_charset=wrong,
        control=control,
        over_limit=len(found) > MAX_ENCODED_WORDS,
    )


def base64_tolerant(data: bytes) -> bytes:
    """Base64 as mail programs read it (RFC 2045, 6.8): foreign bytes skipped, padding optional.

    Text that goes on after padding is read on, so that nothing can be hidden behind an early ``=``.
    """
    clean = data.translate(None, _NOT_BASE64)
    out: list[bytes] = []
    for piece in clean.split(b"="):
        usable = piece if len(piece) % 4 != 1 else piece[:-1]
        if usable:
            out.append(binascii.a2b_base64(usable + b"=" * (-len(usable) % 4)))
    return b"".join(out)


def _payload(encoding: bytes, data: bytes) -> bytes:
    if encoding in b"Bb":
        return base64_tolerant(data)
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), data.replace(b"_", b" "))
