"""Addresses made harmless by security people: ``hxxps://evil[.]example``."""

from __future__ import annotations

import re

_HXXP = re.compile(rb"\bh(?:xx|\*\*|tt)p(s?)\[?:\]?//", re.IGNORECASE)
_DOT = re.compile(rb"(?<=[\w-])(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))(?=[\w-])", re.IGNORECASE)
_AT = re.compile(rb"(?<=[\w.-]) ?(?:\[@\]|\[at\]|\(at\)) ?(?=[\w-])", re.IGNORECASE)
_HINTS = b"xxp XXp XXP **p [.] (.) {.} [dot] (dot) [at] (at) [@] [:]".split()


def refanged(data: bytes) -> bytes | None:
    """The text with its addresses as they were; None if none was changed."""
    if not any(hint in data for hint in _HINTS):
        return None  # the patterns below are slow
    fixed = _HXXP.sub(rb"http\1://", data)
    fixed = _AT.sub(b"@", _DOT.sub(b".", fixed))
    return None if fixed == data else fixed
