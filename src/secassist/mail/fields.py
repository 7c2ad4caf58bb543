"""Header fields on bytes: split once, the same way for everybody, and never altered.

RFC 5322, 2.2. Signatures cover the bytes, so nothing here decodes, trims or repairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secassist.base.errors import OverLimit
from secassist.base.limits import MAX_FIELD, MAX_FIELDS, MAX_HEADER_BLOCK

_NAME = re.compile(rb"[!-9;-~]+")  # ftext: any printable but the colon
_FOLD = re.compile(rb"\r\n(?=[ \t])")


@dataclass(frozen=True, slots=True)
class Field:
    """One header field as it stands in the message."""

    raw: bytes
    """The whole field, name, colon, folds and final CRLF included."""
    name: str
    """The name in lower case, without blanks before the colon."""
    blank_before_colon: bool = False
    """``From : x`` — obsolete syntax that programs read differently (RFC 5322, 4.5)."""

    @property
    def value(self) -> bytes:
        """What stands after the colon, unfolded, outer blanks removed (RFC 5322, 2.2.3)."""
        return _FOLD.sub(b"", self.raw.split(b":", 1)[1]).strip(b" \t\r\n")


@dataclass(frozen=True, slots=True)
class Split:
    """A message, split into header fields and body."""

    fields: tuple[Field, ...]
    body: bytes | None
    """``None`` when there is no blank line, hence no body: the headers alone."""
    strays: tuple[bytes, ...] = ()
    """Lines among the headers that are neither a field nor the continuation of one."""
    over_limit: bool = False
    """Fields were cut or left out (``lenient`` only), so the fields are not all of the message."""

    def all(self, name: str) -> tuple[Field, ...]:
        """Every field of that name, from top to bottom."""
        return tuple(f for f in self.fields if f.name == name)

    def first(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


def split(message: bytes, *, lenient: bool = False) -> Split:
    """Split a message with CRLF line ends (see ``crlf``) into fields and body.

    Linear in time. Where a limit of ``base.limits`` is passed: raises OverLimit, or, if
    ``lenient``, cuts what is too long, leaves out what is too much, and sets ``over_limit``.
    """
    if message.startswith(b"\r\n"):
        return Split((), message[2:])
    end = message.find(b"\r\n\r\n")
    length = len(message) if end < 0 else end + 2
    body = None if end < 0 else message[end + 4 :]
    over = length > MAX_HEADER_BLOCK
    if over and not lenient:
        raise OverLimit("The top part of this mail is far larger than that of any real mail.")
    block = message[: min(length, MAX_HEADER_BLOCK)]
    fields: list[Field] = []
    strays: list[bytes] = []
    for lines in _unfolded(block):
        name, colon, _ = lines[0].partition(b":")
        bare = name.rstrip(b" \t")
        if not colon or not _NAME.fullmatch(bare):
            strays.extend(lines)
            continue
        raw = b"\r\n".join(lines) + b"\r\n"
        if len(raw) > MAX_FIELD:
            if not lenient:
                raise OverLimit("One header line of this mail is far longer than in any real mail.")
            over = True
            raw = raw[: MAX_FIELD - 2].rstrip(b"\r\n") + b"\r\n"
        if len(fields) == MAX_FIELDS:
            if not lenient:
                raise OverLimit("This mail has more header lines than any real mail.")
            over = True
            break
        fields.append(Field(raw, bare.decode("ascii").lower(), blank_before_colon=bare != name))
    return Split(tuple(fields), body, tuple(strays), over)


def _unfolded(block: bytes) -> Iterator[list[bytes]]:
    """The lines of each field: its first line and those that continue it (RFC 5322, 2.2.3).

    A continuation of nothing, and one of a stray line, is a stray of its own.
    """
    current: list[bytes] = []
    for line in block.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and current:
            current.append(line)
            continue
        if current:
            yield current
        current = [line] if line.strip() else []
    if current:
        yield current


def crlf(message: bytes) -> bytes:
    """The message with every line end as CRLF: CRLF and bare LF are ends, a bare CR is not.

    A file or a paste has lost what stood on the wire; the wire has CRLF only (RFC 5321, 2.3.8).
    """
    if message.count(b"\n") == message.count(b"\r\n"):
        return message
    return message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
