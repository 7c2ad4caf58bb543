"""What the signatures of one message cover, each canonical form made only once."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from secassist.base.errors import OverLimit
from secassist.base.limits import MAX_SOURCE
from secassist.mail import fields
from secassist.mail.auth import canonical
from secassist.mail.auth.canonical import Style
from secassist.mail.fields import Field, Split


class SignedContent:
    """The fields and the body of one message (LF or CRLF), as its signatures see them.

    Raises OverLimit where the message passes a limit.
    """

    def __init__(self, message: bytes) -> None:
        if len(message) > MAX_SOURCE:
            raise OverLimit("This mail is larger than any real mail.")
        self._message = fields.crlf(message)
        self.split = fields.split(self._message)
        self._bodies: dict[Style, bytes] = {}
        self._digests: dict[tuple[Style, int], bytes] = {}
        self._places: dict[str, list[int]] = defaultdict(list)
        self._canonical: dict[tuple[int, Style], bytes] = {}
        for place, field in enumerate(self.split.fields):
            self._places[field.name].append(place)

    @cached_property
    def read_alike(self) -> bool:
        """Whether all programs would find the same header fields in this message."""
        return read_alike(self._message, self.split)

    @property
    def has_body(self) -> bool:
        return self.split.body is not None

    @property
    def text_absent(self) -> bool:
        """No body, or nothing in it: a paste of header fields often ends in a blank line."""
        body = self.split.body
        return not body or body.isspace()

    def body_octets(self, style: Style) -> int:
        """The length of the canonical body."""
        return len(self._body(style))

    def body_hash(self, style: Style, length: int) -> bytes:
        """SHA-256 over the first ``length`` octets of the canonical body."""
        key = (style, length)
        if key not in self._digests:
            self._digests[key] = hashlib.sha256(memoryview(self._body(style))[:length]).digest()
        return self._digests[key]

    def header_digest(self, names: Iterable[str], signature: Field, style: Style) -> bytes:
        """SHA-256 over the octets that a signature signs (RFC 6376, 3.7 and 5.4.2).

        Of fields that stand several times the lowest is taken first; a name for which no field is
        left adds nothing; the signature field itself is never among them, and comes last.
        """
        left: dict[str, int] = {}
        pieces: list[bytes] = []
        for name in names:
            places = self._places.get(name, ())
            i = left.get(name, len(places)) - 1
            if i >= 0 and self.split.fields[places[i]] is signature:
                i -= 1
            left[name] = max(i, 0)
            if i >= 0:
                pieces.append(self._header(places[i], style))
        return hashlib.sha256(b"".join(pieces) + last_field(signature, style)).digest()

    def covered(self, names: Iterable[str], signature: Field) -> frozenset[str]:
        """The names of which every field in the message is signed, none being there included."""
        return frozenset(
            name
            for name, asked in Counter(names).items()
            if asked >= len(self._places.get(name, ())) - (name == signature.name)
        )

    def _body(self, style: Style) -> bytes:
        if style not in self._bodies:
            self._bodies[style] = canonical.body(self.split.body or b"", style)
        return self._bodies[style]

    def _header(self, place: int, style: Style) -> bytes:
        key = (place, style)
        if key not in self._canonical:
            self._canonical[key] = canonical.header(self.split.fields[place].raw, style)
        return self._canonical[key]


def last_field(signature: Field, style: Style) -> bytes:
    """The signature field as it is signed: without the value of b=, without CRLF at its end."""
    emptied = canonical.without_signature(signature.raw)
    return canonical.header(emptied + b"\r\n", style).removesuffix(b"\r\n")


def read_alike(message: bytes, split: Split) -> bool:
    """Whether all programs would find the same header fields in this message.

    A line that is no field, a blank before the colon, a bare CR or a NUL among the fields is taken
    for the start of the text by some, for a line end or nothing by others; what they then show is
    not what was signed. Only the ``From `` line of mailbox files is harmless, at the very top.
    """
    strays = split.strays
    if strays and strays[0].startswith((b"From ", b">From ")):
        strays = strays[message.startswith(strays[0] + b"\r\n") :]
    if strays or any(field.blank_before_colon for field in split.fields):
        return False
    block = b"".join(field.raw for field in split.fields)
    return b"\0" not in block and block.count(b"\r") == block.count(b"\r\n")
