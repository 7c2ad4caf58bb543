"""What the top of a pasted text looks like: header fields, or something else?

Works on LF line ends and looks at the first lines only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from secassist.base.limits import MAX_FIELD, MAX_HEADER_BLOCK

MAX_LINES = 3_000
"""Lines that are looked at to tell what a text is."""

FIELD = re.compile(rb"(?!https?:|mailto:|ftp:)([A-Za-z][A-Za-z0-9_.-]{0,80})[ \t]*:(?!//)")
"""A field name as mail programs write them: without the ``=`` that RFC 5322 would allow, so that
``h=from:to`` on a line of its own is no field."""

TRANSPORT = frozenset(
    b"received x-received return-path delivered-to x-original-to envelope-to dkim-signature"
    b" domainkey-signature authentication-results received-spf arc-seal arc-message-signature"
    b" arc-authentication-results mime-version message-id x-originating-ip x-mailer"
    b" content-transfer-encoding x-google-dkim-signature x-gm-message-state".split()
)
"""Fields that only servers and mail programs write and that no mail program shows."""

SHOWN = frozenset(
    b"from to cc subject date reply-to sender content-type list-unsubscribe list-id in-reply-to"
    b" references return-receipt-to importance x-priority organization bcc".split()
)
"""Other fields of mail that we know by name."""

_WORDS = frozenset(b"precedence priority status lines keywords comments errors-to".split())
NAMES = b"|".join(map(re.escape, sorted(TRANSPORT | SHOWN | _WORDS, key=len, reverse=True)))
"""All of them in a pattern, with some that are words, too."""

_TAG_LISTS = frozenset(
    b"dkim-signature arc-message-signature domainkey-signature x-google-dkim-signature".split()
)
_OPEN_NAMES = re.compile(rb"\s*h\s*=", re.IGNORECASE)

_ENOUGH = frozenset(
    b"received return-path delivered-to dkim-signature authentication-results arc-seal".split()
)
"""One of these is enough; nobody begins a line of prose so."""

_TABLE = frozenset((b"spf", b"dkim", b"dmarc", b"created at"))
_VISIBLE = frozenset((b"sent",))


class Top(Enum):
    """What the text starts with."""

    FIELDS = auto()
    """Header fields, sound or odd, to be read as they stand."""
    LOST_FOLDS = auto()
    """Header fields whose continuation lines have lost their indentation."""
    OTHER = auto()
    """Nothing that is a header."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The first block of lines, up to a blank line."""

    top: Top
    names: frozenset[bytes]
    strays_after: tuple[bytes, ...]
    """For each line that is no field and no continuation: the name of the field above it."""


def head(data: bytes) -> list[bytes]:
    """The lines up to the first blank one, at most ``MAX_LINES``."""
    end = data.find(b"\n\n", 0, MAX_HEADER_BLOCK)
    block = data[: end if end >= 0 else MAX_HEADER_BLOCK]
    return block.removesuffix(b"\n").split(b"\n", MAX_LINES)[:MAX_LINES]


def field_starts(lines: list[bytes]) -> list[bytes]:
    """For each line the name of the field that starts there, in lower case; else empty.

    Lines that have lost their indentation may look like fields: the rest of a list of field names
    (``h=from:to:`` and then ``subject:date;``), and values such as ``ucf:0;jmr:0`` below a field
    that is empty so far or ends in the middle of a list.
    """
    names: list[bytes] = []
    current = segment = above = b""
    for index, line in enumerate(lines):
        found = None if index and line[:1] in (b" ", b"\t") else FIELD.match(line)
        end = above.rstrip()[-1:]
        if found and (
            (current in _TAG_LISTS and _OPEN_NAMES.match(segment) and end in (b":", b"="))
            or (end in (b":", b";", b",") and _is_value(found, line))
        ):
            found = None
        if found:
            current, segment = found[1].lower(), line[found.end() :]
        else:
            segment += line
        names.append(current if found else b"")
        segment = segment.rpartition(b";")[2]
        above = line
    return names


def _is_value(found: re.Match[bytes], line: bytes) -> bool:
    """No blank after the colon, and a name that we do not know."""
    known = found[1].lower() in TRANSPORT | SHOWN
    return not known and line[found.end() : found.end() + 1] not in (b"", b" ", b"\t")


def of(data: bytes) -> Shape:
    """Look at the first block of ``data``, which starts with its first line of text."""
    names: list[bytes] = []
    strays: list[bytes] = []
    folds = 0
    lines = head(data)
    if any(line[:1] in (b" ", b"\t") for line in lines[1:]):
        found = [m[1].lower() if (m := FIELD.match(line)) else b"" for line in lines]
    else:
        found = field_starts(lines)
    for index, (line, name) in enumerate(zip(lines, found, strict=True)):
        if index and line[:1] in (b" ", b"\t"):
            folds += 1
        elif name:
            names.append(name)
        elif line.startswith((b"From ", b">From ")):
            continue
        else:
            strays.append(names[-1] if names else b"")
    known = frozenset(names)
    first = next((name for name in names if name in TRANSPORT | _TABLE), b"")
    huge = len(lines) == MAX_LINES or sum(map(len, lines)) > MAX_FIELD
    if not (is_header(known) or (huge and (known & (TRANSPORT | SHOWN) or not strays))) or (
        first in _TABLE or (strays and not strays[0])
    ):
        return Shape(Top.OTHER, known, tuple(strays))
    top = Top.LOST_FOLDS if strays and not folds else Top.FIELDS
    return Shape(top, known, tuple(strays))


def is_header(names: frozenset[bytes]) -> bool:
    """Are these the fields of a message, and not of what a mail program shows of it?"""
    transport = names & TRANSPORT
    if not transport and names & (_TABLE | _VISIBLE):
        return False
    return bool(
        names & _ENOUGH or (transport and names & SHOWN) or len(transport | names & SHOWN) > 1
    )
