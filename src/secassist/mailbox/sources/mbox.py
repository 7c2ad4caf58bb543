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

from secassist.base.errors import CouldNotFinish, UnusableInput
from secassist.base.limits import MAX_SOURCE
from secassist.mail import mailbox_file
from secassist.mail.mailbox_file import BLANK_LINES
from secassist.mailbox import times
from secassist.mailbox.sources.files import open_regular, readable
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
        self.restarted = False
        """Whether it was read from its start, though it was read before: it is another file now."""

    def mails(self, reading: Reading, stopped: Stopped) -> Iterator[Mail]:
        """Every mail of the file, as long as it was when it was opened.

        Raises UnusableInput, CouldNotFinish.
        """
        with readable(self.name), open_regular(self.path) as file:
            size = os.fstat(file.fileno()).st_size
            start = self._start(file, size)
            if start == 0 and not mailbox_file.starts_like_mailbox(file.read(_PEEK)):
                raise UnusableInput(
                    f"“{self.name}” is not a mailbox file. Choose an .mbox file, a Maildir"
                    " or a folder of saved mail."
                )
            reading.total, reading.done = size, start
            yield from _Splitter(file, self.name, start, size, reading).mails(stopped)
            if reading.done == size:
                self.position = Position(size, _digest(file, size))

    def whole(self, place: str) -> bytes:
        """The mail whose mailbox line begins at that byte, without that line."""
        with readable(self.name), open_regular(self.path) as file:
            file.seek(int(place))
            data = file.read(MAX_SOURCE)
        first = next(mailbox_file.pieces(data), None)
        if first is None:
            raise UnusableInput(f"The mail is no longer where it was in “{self.name}”.")
        return first.source

    def _start(self, file: BinaryIO, size: int) -> int:
        since = self._since
        if since is None or since.size > size or _digest(file, since.size) != since.digest:
            self.restarted = since is not None
            file.seek(0)
            return 0
        return since.size


def _digest(file: BinaryIO, end: int) -> str:
    start = max(0, end - _CHECKED)
    file.seek(start)
    return hashlib.sha256(file.read(end - start)).hexdigest()


class _Splitter:
    """Reads ``file`` from ``start`` to ``size``, each byte a fixed number of times.

    What is damaged is told with the number of the last mail that was read.
    """

    def __init__(self, file: BinaryIO, name: str, start: int, size: int, reading: Reading) -> None:
        self._file, self._name, self._size = file, name, size
        self._reading = reading
        # The first mailbox line has to look like the others, with line ends above it.
        self._data = b"" if start else b"\n\n"
        self._base = start - 2
        """Place of ``data`` in the file."""
        self._cursor = self._base
        """From where to look for the next mailbox line."""
        self._scanned = self._base
        """How far the current mail was searched for the line that closes its last part."""
        self._style = ""
        self._boundary = b""
        self._final = False
        self._count = 0
        file.seek(max(0, self._base))

    def mails(self, stopped: Stopped) -> Iterator[Mail]:
        """Every mail in its order. Raises CouldNotFinish where the disk fails."""
        while not self._final:
            self._fill()
            while not stopped() and (mail := self._next()) is not None:
                yield mail
            if stopped():
                return
            self._trim()
        if self._boundary:
            self._reading.note(f"“{self._name}” ends in the middle of a mail. {self._so_far()}")
        self._reading.done = self._size

    def _fill(self) -> None:
        want = min(BLOCK, self._size - self._base - len(self._data))
        try:
            block = self._file.read(want)
        except OSError as error:
            raise CouldNotFinish(
                f"“{self._name}” is damaged ({error.strerror}). {self._so_far()}"
            ) from error
        self._data += block
        end = self._base + len(self._data)
        if len(block) < want:
            self._reading.note(
                f"“{self._name}” became shorter while it was being read. {self._so_far()}"
            )
            self._size = end
        self._final = end >= self._size

    def _next(self) -> Mail | None:
        """The next mail; None if there is none before the end of ``data``."""
        data, base = self._data, self._base
        while True:
            at = data.find(_SEPARATOR, self._cursor - base)
            if at < 0:
                self._cursor = max(self._cursor, base + len(data) - len(_SEPARATOR) + 1)
                return None
            self._cursor = base + at
            if not self._final and len(data) - at < _LONGEST_LINE:
                return None  # the rest of the line is in the next block
            line = _mailbox_line(data, at)
            if line is not None:
                break
            self._cursor += 1
        end = _end_of_head(data, line)
        if end < 0:
            if not self._final and len(data) - line.end() < MAX_HEAD:
                return None
            end = min(len(data), line.end() + MAX_HEAD)
        return self._take(at, line, end)

    def _take(self, at: int, line: re.Match[bytes], end: int) -> Mail:
        data, base = self._data, self._base
        style = mailbox_file.style_of(line)
        doubt = bool(self._style) and (
            style != self._style or _is_open(data, self._boundary, max(0, self._scanned - base), at)
        )
        self._style = self._style or style
        head = data[line.end() : end]
        self._boundary = _last_boundary(head)
        self._cursor = self._scanned = base + end
        self._reading.uncertain += doubt
        self._count += 1
        received = 0 if _RECEIVED in head else times.seconds_of_line(line[0])
        return Mail(str(base + at + 1), head, received, Mark.UNCERTAIN * doubt)

    def _trim(self) -> None:
        """Forget what is no longer needed of ``data``."""
        data, base, cursor = self._data, self._base, self._cursor
        boundary = self._boundary
        end = len(data) if self._final else cursor - base
        if boundary and data.find(boundary, max(0, self._scanned - base), end) >= 0:
            boundary = self._boundary = b""
        # Above a mailbox line stands a blank one; and a boundary may have been cut in two.
        self._scanned = max(self._scanned, cursor - len(boundary)) if boundary else cursor
        keep = max(0, min(cursor - 2, self._scanned) - base)
        self._base += keep
        self._data = data[keep:]
        self._reading.done = min(cursor, self._size)

    def _so_far(self) -> str:
        return f"It was read up to message {self._count:,}."


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
