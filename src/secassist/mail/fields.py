"""Header fields on bytes: split once, the same way for everybody, and never altered.

RFC 5322, 2.2. Signatures cover the bytes, so nothing here decodes, trims or repairs.
"""

from __future__ import annotations

import re
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

    def all(self, name: str) -> tuple[Field, ...]:
        """Every field of that name, from top to bottom."""
        return tuple(f for f in self.fields if f.name == name)

    def first(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


def split(message: bytes) -> Split:
    """Split a message with CRLF line ends (see ``crlf``) into fields and body.

    Linear in time. Raises OverLimit where a limit of ``base.limits`` is passed.
    """
    if message.startswith(b"\r\n"):
        return Split((), message[2:])
    end = message.find(b"\r\n\r\n")
    block = message if end < 0 else message[: end + 2]
    body = None if end < 0 else message[end + 4 :]
    if len(block) > MAX_HEADER_BLOCK:
        raise OverLimit("The top part of this mail is far larger than that of any real mail.")
    fields: list[Field] = []
    strays: list[bytes] = []
    current: list[bytes] = []
    for line in block.split(b"\r\n"):
        if line[:1] in (b" ", b"\t"):
            if current:
                current.append(line)
            elif line.strip():
                strays.append(line)
            continue
        if current:
            fields.append(_field(current))
        current = []
        if not line:
            continue
        name, colon, _ = line.partition(b":")
        if colon and _NAME.fullmatch(name.rstrip(b" \t")):
            current = [line]
        else:
            strays.append(line)
    if current:
        fields.append(_field(current))
    if len(fields) > MAX_FIELDS:
        raise OverLimit("This mail has more header lines than any real mail.")
    return Split(tuple(fields), body, tuple(strays))


def crlf(message: bytes) -> bytes:
    """The message with every line end as CRLF: CRLF and bare LF are ends, a bare CR is not.

    A file or a paste has lost what stood on the wire; the wire has CRLF only (RFC 5321, 2.3.8).
    """
    return message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _field(lines: list[bytes]) -> Field:
    raw = b"\r\n".join(lines) + b"\r\n"
    if len(raw) > MAX_FIELD:
        raise OverLimit("One header line of this mail is far longer than in any real mail.")
    name = raw.split(b":", 1)[0]
    bare = name.rstrip(b" \t")
    return Field(raw, bare.decode("ascii").lower(), blank_before_colon=bare != name)
