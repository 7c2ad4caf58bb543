"""Header fields whose folds were lost, doubled, or flattened into one line."""

from __future__ import annotations

import re

from secassist.mail.paste.shape import (
    FIELD,
    MAX_LINES,
    NAMES,
    field_starts,
    head,
    is_header,
)

_LONG = frozenset(
    b"received x-received dkim-signature arc-seal arc-message-signature received-spf"
    b" arc-authentication-results authentication-results content-type references"
    b" list-unsubscribe to cc x-google-dkim-signature domainkey-signature".split()
)
"""Fields that servers fold as a matter of course."""

_NAME_IN_LINE = re.compile(
    rb"(?<=[ \t])(?=(?:(?i:"
    + NAMES
    + rb"|x-[a-z0-9_-]{2,60})|[A-Z][A-Za-z0-9]{0,40}+(?:-[A-Za-z0-9]{1,40}+){1,8}+):(?:[ \t]|$))"
)
"""Fields that we know, and names of the usual form: ``List-Archive``, ``X-Mailer``."""

_GLUED_NAME = re.compile(rb"(?<=[^\sA-Z:-])(?=[A-Z])(?=(?i:" + NAMES + rb"):[ \t])")
"""The same where not even a blank is left between two fields: ``+0000From: …``."""


def refolded(data: bytes) -> bytes:
    """Lines of the header block that are no fields become folds (RFC 5322, 2.2.3)."""
    lines = head(data)
    size = sum(len(line) + 1 for line in lines)
    fixed = [
        line if not index or name or line[:1] in (b" ", b"\t") else b" " + line
        for index, (line, name) in enumerate(zip(lines, field_starts(lines), strict=True))
    ]
    return b"\n".join(fixed) + b"\n" + data[size:] if size <= len(data) else b"\n".join(fixed)


def folds_are_certain(strays_after: tuple[bytes, ...]) -> bool:
    """Do all lines that lost their place follow a field that is always folded?

    A lone line below Subject or From may as well be an attempt to end the header there; and folds
    that are lost are lost everywhere, not below one field alone.
    """
    usual = all(name in _LONG or name.startswith(b"x-") for name in strays_after)
    return usual and len(set(strays_after)) > 1


def single_spaced(data: bytes) -> bytes | None:
    """The text without the blank line after every line; None if that is not how it is."""
    lines = data.split(b"\n")
    if len(lines) < 7 or any(line.strip() for line in lines[1:MAX_LINES:2]):
        return None
    kept = lines[0::2]
    names = frozenset(m[1].lower() for line in kept[:40] if (m := FIELD.match(line)))
    return b"\n".join(kept) if len(names) > 2 and is_header(names) else None


def one_line(data: bytes) -> bytes | None:
    """Header fields that were pasted in one line, each on its own; None if it is something else.

    Breaks before every field name that we know. A name inside a value breaks, too: then a field
    occurs twice, which is noticed, and the signature does not verify, so it can only do harm to
    the one who wrote it.
    """
    lines = [line for line in data.split(b"\n", 4)[:5] if line.strip()]
    if not lines or len(lines) > 3 or len(lines[0]) > 256 * 1024 or not FIELD.match(lines[0]):
        return None
    pieces = [piece.strip() for piece in _NAME_IN_LINE.split(lines[0])]
    if len(pieces) < 3:
        pieces = _GLUED_NAME.split(lines[0])
    names = field_starts(pieces)
    if len(pieces) < 3 or not is_header(frozenset(names)):
        return None
    cut = [piece if name else b" " + piece for piece, name in zip(pieces, names, strict=True)]
    rest = data[data.index(lines[0]) + len(lines[0]) :].strip(b"\n")
    return b"\n".join(cut) + (b"\n\n" + rest if rest else b"\n")
