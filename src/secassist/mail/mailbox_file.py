"""Mailbox files: messages one after the other, each below a line ``From sender date`` (RFC 4155).

A careless writer leaves lines of that form unescaped in a body, and a sender can count on it to
smuggle in a message of his own, with header fields that a receiver seems to have written. So the
line must have the full shape with a date, stand below a blank line and above a header field; where
it differs from the other lines of the file, or stands inside an open multipart, the message below
it is marked ``uncertain-split``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from mmap import mmap

from secassist.base.limits import MAX_FIELD, MAX_MESSAGES, MAX_SOURCE
from secassist.mail import mime, oddities
from secassist.mail.fields import crlf, split

LINE = re.compile(
    rb"From (?P<sender>\S{1,320}) {1,3}(?:\w{3},? )?(?:\w{3} {1,2}\d{1,2}|\d{1,2} \w{3})"
    rb"(?:,? \d{4})? \d{1,2}:\d{2}(?::\d{2})?(?: [+-]\d{4}| [A-Z]{2,5})?(?: \d{4})?"
    rb"(?: [+-]\d{4})?[ \t]*\r?\n?"
)
_CANDIDATE = re.compile(rb"\nFrom [^\r\n]{10,400}+\r?\n")
BLANK_LINES = (b"\n\n", b"\n\r\n")
_LARGEST = MAX_SOURCE - 1_000  # so that it can be read together with its mailbox line
FIELD = re.compile(rb"(?:>From |[!-9;-~]{1,100}[ \t]*:)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of a mailbox file."""

    line: bytes
    """The mailbox line above it."""
    source: bytes
    """Without the mailbox line; line ends as in the file."""
    oddities: tuple[str, ...] = ()


def starts_like_mailbox(data: bytes) -> bool:
    """Is the first line a mailbox line, and the second a header field?"""
    line = data[:2000].lstrip(b"\r\n")
    first = LINE.match(line)
    return bool(first and FIELD.match(line, first.end()))


def messages(data: bytes) -> tuple[Piece, ...]:
    """The messages of a mailbox in memory, at most ``MAX_MESSAGES`` and one more.

    None at all if it is something else. Linear in time.
    """
    if not starts_like_mailbox(data):
        return ()
    return tuple(islice(pieces(data), MAX_MESSAGES + 1))


def pieces(data: bytes | mmap) -> Iterator[Piece]:
    """The messages of a mailbox in memory or mapped into it; see ``starts_like_mailbox``.

    Of a message larger than ``MAX_SOURCE`` only that much is handed out.
    """
    begin = LINE.search(data)
    if begin is None:
        return
    line, start = begin[0], begin.end()
    style = style_of(begin)
    odd: tuple[str, ...] = ()
    for candidate in _CANDIDATE.finditer(data, start):
        if not FIELD.match(data, candidate.end()):
            continue
        found = LINE.fullmatch(data, candidate.start() + 1, candidate.end())
        above = data[candidate.start() - 2 : candidate.start() + 1]
        if found is None or not above.endswith(BLANK_LINES):
            continue
        source = data[start : min(candidate.start(), start + _LARGEST)].removesuffix(b"\r")
        yield Piece(line, source, odd)
        uncertain = style_of(found) != style or _is_open(source)
        odd = (oddities.UNCERTAIN_SPLIT,) if uncertain else ()
        line, start = found[0], found.end()
    yield Piece(line, data[start : start + _LARGEST], odd)


def style_of(line: re.Match[bytes]) -> str:
    """How a writer fills the place of the sender: a dash, a number, or an address or name."""
    sender = line["sender"]
    if sender == b"-":
        return "dash"
    return "number" if sender.partition(b"@")[0].isdigit() else "address"


def _is_open(message: bytes) -> bool:
    """Is the message a multipart whose last boundary is still to come?"""
    top = crlf(message[: MAX_FIELD * 4])
    kind, settings = mime.content_type_of(split(top, lenient=True))
    boundary = settings.get("boundary", "").encode("utf-8", "replace")
    if not kind.startswith("multipart/") or not boundary:
        return False
    return b"--" + boundary + b"--" not in message
