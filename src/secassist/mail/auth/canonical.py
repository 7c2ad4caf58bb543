"""Canonical forms of header fields and body (RFC 6376, 3.4), all linear in the input."""

from __future__ import annotations

import re
from enum import StrEnum

_BLANKS = re.compile(rb"[ \t]+")
_NOT_BLANK = b" \t"


class Style(StrEnum):
    """The two canonicalisation algorithms."""

    SIMPLE = "simple"
    RELAXED = "relaxed"


def header(field: bytes, style: Style) -> bytes:
    """One header field, name to final CRLF, in its canonical form (RFC 6376, 3.4.1 and 3.4.2)."""
    if style is Style.SIMPLE:
        return field
    name, _, value = field.partition(b":")
    unfolded = _BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name.rstrip(_NOT_BLANK).lower() + b":" + unfolded + b"\r\n"


def body(text: bytes, style: Style) -> bytes:
    """A body with CRLF line ends in its canonical form (RFC 6376, 3.4.3 and 3.4.4)."""
    if style is Style.RELAXED:
        text = text.replace(b"\t", b" ")
        while b"  " in text:  # each round halves the longest run
            text = text.replace(b"  ", b" ")
        text = text.replace(b" \r\n", b"\r\n").removesuffix(b" ")
    text = _without_empty_lines_at_end(text)
    if not text and style is Style.RELAXED:
        return b""
    return text + b"\r\n"


def without_signature(field: bytes) -> bytes:
    """A signature field with the value of its ``b=`` and the final CRLF removed (RFC 6376, 3.7).

    All blanks and folds around the value go with it; everything else stays as it stands.
    """
    name, colon, value = field.removesuffix(b"\r\n").partition(b":")
    specs = value.split(b";")
    for i, spec in enumerate(specs):
        tag, equals, _ = spec.partition(b"=")
        if equals and tag.strip(b" \t\r\n") == b"b":
            specs[i] = tag + equals
    return name + colon + b";".join(specs)


def _without_empty_lines_at_end(text: bytes) -> bytes:
    """The text without its trailing CRLFs. A bare CR is text (and every LF follows a CR)."""
    if not text.endswith(b"\r\n"):
        return text
    start = len(text.rstrip(b"\r\n"))
    last_bare_cr = text.rfind(b"\r\r", start)
    return text[: start if last_bare_cr < 0 else last_bare_cr + 1]
