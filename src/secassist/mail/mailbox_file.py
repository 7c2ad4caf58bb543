"""Mailbox files: messages one after the other, each below a line ``From sender date`` (RFC 4155).

A careless writer leaves lines of that form unescaped in a body, and a sender can count on it to
smuggle in a message of his own, with header fields that a receiver seems to have written. So the
line must have the full shape with a date, stand below a blank line and above a header field; where
it differs from the other lines of the file, or stands inside an open multipart, the message below
it is marked ``uncertain-split``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from secassist.base.limits import MAX_FIELD, MAX_MESSAGES, MAX_SOURCE
from secassist.mail import mime, oddities
from secassist.mail.fields import crlf, split

_LINE = re.compile(
    rb"From (?P<sender>\S{1,320}) {1,3}(?:\w{3},? )?(?:\w{3} {1,2}\d{1,2}|\d{1,2} \w{3})"
    rb"(?:,? \d{4})? \d{1,2}:\d{2}(?::\d{2})?(?: [+-]\d{4}| [A-Z]{2,5})?(?: \d{4})?"
    rb"(?: [+-]\d{4})?[ \t]*\r?\n?"
)
_FIELD = re.compile(rb"(?:>From |[!-9;-~]{1,100}[ \t]*:)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of a mailbox file."""

    source: bytes
    """Without the mailbox line; line ends as in the file."""
    oddities: tuple[str, ...] = ()


def starts_like_mailbox(data: bytes) -> bool:
    """Is the first line a mailbox line, and the second a header field?"""
    line = data[:2000].lstrip(b"\r\n")
    first = _LINE.match(line)
    return bool(first and _FIELD.match(line, first.end()))


def messages(data: bytes) -> tuple[Piece, ...] | None:
    """The messages of a mailbox in memory, at most ``MAX_MESSAGES`` and one more; None if it is
    no mailbox. Linear in time.
    """
    if not starts_like_mailbox(data):
        return None
    return tuple(islice(pieces(io.BytesIO(data.lstrip(b"\r\n"))), MAX_MESSAGES + 1))


def pieces(lines: Iterable[bytes]) -> Iterator[Piece]:
    """The messages of a mailbox whose lines come one by one; see ``starts_like_mailbox``.

    Holds one message in memory; of one larger than ``MAX_SOURCE`` only that much is kept.
    """
    current: list[bytes] = []
    size = 0
    style = b""
    odd: tuple[str, ...] = ()
    waiting: bytes | None = None  # a mailbox line whose next line is still to come
    blank = True
    for line in lines:
        if waiting is not None:
            if _FIELD.match(line):
                if current:
                    yield Piece(_joined(current), odd)
                own = _style(waiting)
                suspicious = bool(style) and (own != style or _is_open(_joined(current)))
                odd = (oddities.UNCERTAIN_SPLIT,) if suspicious else ()
                style, current, size = style or own, [], 0
            else:
                current.append(waiting)
            waiting = None
        if blank and line.startswith(b"From ") and _LINE.fullmatch(line):
            waiting = line
            continue
        blank = not line.strip()
        size += len(line)
        if size <= MAX_SOURCE:
            current.append(line)
    if waiting is not None:
        current.append(waiting)
    if current:
        yield Piece(_joined(current), odd)


def _joined(lines: list[bytes]) -> bytes:
    """The message without the blank line that the mailbox writer put below it."""
    data = b"".join(lines)
    for end in (b"\r\n\r\n", b"\n\n"):
        if data.endswith(end):
            return data[: -len(end) // 2]
    return data


def _style(line: bytes) -> bytes:
    """How a writer fills the place of the sender: ``-``, digits, a bare name, an address."""
    match = _LINE.match(line)
    sender = match["sender"] if match else b""
    if sender == b"-":
        return b"-"
    if b"@" in sender:
        return b"digits@" if sender.partition(b"@")[0].isdigit() else b"address"
    return b"address"


def _is_open(message: bytes) -> bool:
    """Is the message a multipart whose last boundary is still to come?"""
    top = crlf(message[: MAX_FIELD * 4])
    kind, settings = mime.content_type_of(split(top, lenient=True))
    boundary = settings.get("boundary", "").encode("utf-8", "replace")
    if not kind.startswith("multipart/") or not boundary:
        return False
    return b"--" + boundary + b"--" not in message
