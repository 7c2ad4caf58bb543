"""Mailbox files of any size, read in blocks: memory does not grow with the file.

The rules by which one mail ends are those of ``mail.mailbox_file``; only the way of reading is
another. A line that merely looks like the start of a mail, in the body of another one, marks the
mail below it ``UNCERTAIN``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from secassist.base.errors import UnusableInput
from secassist.base.limits import MAX_SOURCE
from secassist.mail import mailbox_file
from secassist.mail.mailbox_file import BLANK_LINES
from secassist.mailbox import times
from secassist.mailbox.sources.files import open_regular
from secassist.mailbox.sources.mail import Mail, Reading, Stopped
from secassist.mailbox.summary import MAX_HEAD, Mark

BLOCK: Final = 1024 * 1024
_PEEK: Final = 4_000
_CHECKED: Final = 4_096  # bytes before a position, by which the file is known again
_LONGEST_LINE: Final = 512  # of a mailbox line and the start of the field below it
_SEPARATOR: Final = b"\nFrom "
_RECEIVED: Final = b"\nReceived:"  # else the date of the mailbox line is the receiver's only one
_MULTIPART = re.compile(
    rb"""content-type:[ \t\r\n]*multipart/[^;]{1,60};(?:[^\n]|\n[ \t]){0,500}?"""
    rb"""\bboundary=(?:"([^"\r\n]{1,100})"|([^\s;"]{1,100}))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mailbox file was read: enough to read on, and to see that it is the same file."""

    size: int
    digest: str
    """Of the bytes before that place (SHA-256)."""


class Mbox:
    """One mailbox file; with ``since``, only what was added after that position."""

    def __init__(self, path: Path, since: Position | None = None) -> None:
        self.path = path
        self.name = path.name
        self._since = since
        self.position: Position | None = None
        """Set once the file was read to its end."""

    def mails(self, reading: Reading, stopped: Stopped) -> Iterator[Mail]:
        """Every mail of the file, as long as it was when it was opened."""
        with open_regular(self.path) as file:
            size = os.fstat(file.fileno()).st_size
            start = self._start(file, size)
            if start == 0 and not mailbox_file.starts_like_mailbox(file.read(_PEEK)):
                raise UnusableInput(
                    f"“{self.name}” is not a mailbox file. Choose an .mbox file, a Maildir"
                    " or a folder of saved mail."
                )
            reading.total, reading.done = size, start
            yield from _split(file, start, size, reading, stopped)
            if not stopped():
                self.position = Position(size, _digest(file, size))

    def whole(self, place: str) -> bytes:
        """The mail whose mailbox line begins at that byte, without that line."""
        with open_regular(self.path) as file:
            file.seek(int(place))
            data = file.read(MAX_SOURCE)
        first = next(mailbox_file.pieces(data), None)
        if first is None:
            raise UnusableInput(f"The mail is no longer where it was in “{self.name}”.")
        return first.source

    def _start(self, file: BinaryIO, size: int) -> int:
        since = self._since
        if since is None or since.size > size or _digest(file, since.size) != since.digest:
            file.seek(0)
            return 0
        return since.size


def _digest(file: BinaryIO, end: int) -> str:
    start = max(0, end - _CHECKED)
    file.seek(start)
    return hashlib.sha256(file.read(end - start)).hexdigest()


def _split(
    file: BinaryIO, start: int, size: int, reading: Reading, stopped: Stopped
) -> Iterator[Mail]:
    """Read ``file`` from ``start`` to ``size``. Each byte is searched a fixed number of times.

    ``base`` is the place of ``data`` in the file, ``cursor`` the place from which to look for the
    next mailbox line, ``scanned`` how far the current mail was searched for its last boundary.
    """
    lead = b"" if start else b"\n\n"  # so that the first mailbox line looks like the others
    base = start - 2  # with the line end above
    file.seek(max(0, base))
    data, cursor, scanned = lead, base, base
    style, boundary = "", b""
    final = False
    while not final:
        want = min(BLOCK, size - base - len(data))
        block = file.read(want)
        if len(block) < want:
            reading.note(f"“{file.name}” became shorter while it was being read.")
            size = base + len(data) + len(block)
        final = base + len(data) + len(block) >= size
        data += block
        while not stopped():
            at = data.find(_SEPARATOR, cursor - base)
            if at < 0:
                cursor = max(cursor, base + len(data) - len(_SEPARATOR) + 1)
                break
            cursor = base + at
            if not final and len(data) - at < _LONGEST_LINE:
                break  # the rest of the line is in the next block
            line = _mailbox_line(data, at)
            if line is None:
                cursor += 1
                continue
            end = _end_of_head(data, line)
            if end < 0:
                if not final and len(data) - line.end() < MAX_HEAD:
                    break
                end = min(len(data), line.end() + MAX_HEAD)
            doubt = bool(style) and (
                mailbox_file.style_of(line) != style
                or _is_open(data, boundary, max(0, scanned - base), at)
            )
            style = style or mailbox_file.style_of(line)
            head = data[line.end() : end]
            boundary = _last_boundary(head)
            cursor = scanned = base + end
            reading.uncertain += doubt
            received = 0 if _RECEIVED in head else times.seconds_of_line(line[0])
            yield Mail(str(base + at + 1), head, received, Mark.UNCERTAIN * doubt)
        if stopped():
            return
        if boundary and data.find(boundary, max(0, scanned - base), cursor - base) >= 0:
            boundary = b""
        # Above a mailbox line stands a blank one; and a boundary may have been cut in two.
        scanned = max(scanned, cursor - len(boundary)) if boundary else cursor
        keep = max(0, min(cursor - 2, scanned) - base)
        base += keep
        data = data[keep:]
        reading.done = min(cursor, size)
    reading.done = size


def _mailbox_line(data: bytes, at: int) -> re.Match[bytes] | None:
    """The mailbox line behind the line end at ``at``, if it is one and a header field follows."""
    if not data[max(0, at - 2) : at + 1].endswith(BLANK_LINES):
        return None
    line = mailbox_file.LINE.match(data, at + 1)
    if line is None or not line[0].endswith(b"\n"):
        return None
    return line if mailbox_file.FIELD.match(data, line.end()) else None


def _end_of_head(data: bytes, line: re.Match[bytes]) -> int:
    """The place of the blank line below a header block, −1 if it is not in ``data``."""
    likely, other = BLANK_LINES if not line[0].endswith(b"\r\n") else BLANK_LINES[::-1]
    start = line.end()
    found = data.find(likely, start, start + MAX_HEAD)
    first = data.find(other, start, start + MAX_HEAD if found < 0 else found + 2)
    return (found if first < 0 else first) + 1 or -1


def _last_boundary(head: bytes) -> bytes:
    """The line that closes a multipart; empty for other mail."""
    at = (b"\n" + head.lower()).find(b"\ncontent-type:")
    found = _MULTIPART.match(head, at) if at >= 0 else None
    return b"\n--" + (found[1] or found[2]) + b"--" if found else b""


def _is_open(data: bytes, boundary: bytes, start: int, end: int) -> bool:
    """Is the closing line still to come? It mostly stands at the very end of a mail."""
    if not boundary:
        return False
    near = max(start, end - 400)
    return data.find(boundary, near, end) < 0 and data.find(boundary, start, end) < 0
