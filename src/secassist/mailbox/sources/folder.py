"""Folders in which every mail is a file: Maildir, saved ``.eml``, Apple's ``.emlx``, MH.

Other programs may move, rename and delete files while we read; what is gone is counted, no more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.base.limits import MAX_SOURCE
from secassist.mailbox.sources.files import open_regular, readable
from secassist.mailbox.sources.mail import Mail, Reading, Stopped
from secassist.mailbox.summary import MAX_HEAD

_MAILDIR: Final = ("cur", "new")
_ONE_MAIL: Final = (".eml", ".emlx")
_DAY: Final = 86_400
_FIRST: Final = 16 * 1024  # enough for nearly every header block
_DELIVERED = re.compile(r"(\d{9,10})\.")
_APPLE = re.compile(rb"\s{0,8}\d{1,12}\s{0,8}\n")


@dataclass(frozen=True, slots=True)
class FolderMark:
    """How far a folder was read: enough to know again what is new in it."""

    newest: int
    """When the newest file was last changed (Unix time)."""
    names: frozenset[str]
    """The files of the day before that."""


class Folder:
    """Every mail that is a file of its own, in a folder and all below it; with ``since``, only
    what came after that mark."""

    def __init__(self, path: Path, since: FolderMark | None = None) -> None:
        self.path = path
        self.name = path.name or str(path)
        self._since = since
        self.position: FolderMark | None = None
        """Set once the folder was read to its end."""

    def mails(self, reading: Reading, stopped: Stopped) -> Iterator[Mail]:
        """Every mail, by folder. What vanishes or may not be read is told in ``reading``."""
        files, mark = self._new_files(stopped)
        reading.total = len(files)
        gone = unreadable = 0
        for path in files:
            if stopped():
                return
            reading.done += 1
            try:
                head = _head(path)
            except FileNotFoundError:
                gone += 1
            except (OSError, UnusableInput):
                unreadable += 1
            else:
                delivered = _DELIVERED.match(path.name) if path.parent.name in _MAILDIR else None
                place = path.relative_to(self.path).as_posix()
                yield Mail(place, head, int(delivered[1]) if delivered else 0)
        self.position = mark
        if gone:
            reading.note(f"{gone} mails of “{self.name}” were moved or deleted meanwhile.")
        if unreadable:
            reading.note(f"{unreadable} files of “{self.name}” may not be read by you.")

    def _new_files(self, stopped: Stopped) -> tuple[list[Path], FolderMark | None]:
        """The files that are to be read, and how far that brings us."""
        since = self._since
        bound = since.newest - _DAY if since is not None else 0
        recent: dict[str, int] = {}
        found: list[Path] = []
        newest = since.newest if since is not None else 0
        for path in self._files():
            if stopped():
                return [], None
            try:
                changed = int(path.stat().st_mtime)
            except OSError:
                changed = newest  # gone by now; it is told when it is opened
            name = self._known_by(path)
            newest = max(newest, changed)
            if changed >= bound:
                recent[name] = changed
                if since is None or name not in since.names:
                    found.append(path)
        names = frozenset(name for name, changed in recent.items() if changed >= newest - _DAY)
        return found, FolderMark(newest, names)

    def _known_by(self, path: Path) -> str:
        """What stays the same when a mail is marked or moved to ``cur``."""
        if path.parent.name in _MAILDIR:
            return path.name.partition(":2,")[0]
        return path.relative_to(self.path).as_posix()

    def whole(self, place: str) -> bytes:
        """The mail in that file; a Maildir file is found again after its marks have changed."""
        path = self.path / place
        with readable(path.name):
            if not path.is_file() and path.parent.name in _MAILDIR:
                path = self._renamed(path)
            with open_regular(path) as file:
                return _without_apple_frame(file.read(MAX_SOURCE))

    def _renamed(self, path: Path) -> Path:
        unique = path.name.partition(":2,")[0]
        for name in _MAILDIR:
            folder = path.parent.parent / name
            if folder.is_dir():
                for entry in folder.iterdir():
                    if entry.name.partition(":2,")[0] == unique:
                        return entry
        return path

    def _files(self) -> Iterator[Path]:
        for root, folders, files in os.walk(self.path):
            folders.sort()
            in_maildir = os.path.basename(root) in _MAILDIR
            for name in files:
                if name.startswith("."):
                    continue
                if in_maildir or name.lower().endswith(_ONE_MAIL) or name.isdecimal():
                    yield Path(root, name)


def _head(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            data = file.read(_FIRST)
            end = _end(data)
            if end < 0 and len(data) == _FIRST:
                data += file.read(MAX_HEAD - _FIRST)
                end = _end(data)
    except UnusableInput as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise error.__cause__ from None
        raise
    head = data if end < 0 else data[:end]
    frame = _APPLE.match(head)
    return head[frame.end() :] if frame else head


def _end(data: bytes) -> int:
    """The place of the blank line; −1 if it is not there."""
    places = [place for line in (b"\n\n", b"\n\r\n") if (place := data.find(line)) >= 0]
    return min(places) + 1 if places else -1


def _without_apple_frame(data: bytes) -> bytes:
    frame = _APPLE.match(data)
    if frame is None:
        return data
    return data[frame.end() : frame.end() + int(frame[0])]
