"""The rim of reading: files, folders, mailbox files and standard input → bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from secassist.base.errors import OverLimit, UnusableInput
from secassist.base.limits import MAX_SOURCE
from secassist.mail import mailbox_file

_SUFFIXES = (".eml", ".emlx", ".msg", ".mbox", ".mbx")
_PEEK = 4_000
_MAILDIR = ("cur", "new")
_TOO_LARGE = "is larger than any mail. Save the one mail that you want to check, and open that."


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file, or of one message of a mailbox file with its mailbox line."""

    name: str
    """The path as it was given, with ``#n`` for the n-th message of a mailbox file."""
    data: bytes
    oddities: tuple[str, ...] = ()
    """What was noticed while a mailbox file was split: for ``sources.read``."""
    error: UnusableInput | None = None
    """Why this file of a folder could not be read; ``data`` is empty then."""


def load(path: Path) -> Iterator[Source]:
    """Everything to read at ``path``: a file, a mailbox file, a folder of saved mail, a Maildir.

    Raises UnusableInput, with one sentence, for what is not there, cannot be read, is no file
    (a pipe, a device) or holds no mail, and OverLimit for too large a file. Inside a folder a file
    of that kind is handed out as a Source with its ``error``, so that the others are still read.
    """
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:
        raise UnusableInput(f"“{path.name}” cannot be opened.") from error
    if not is_folder:
        yield from _file(path)
        return
    found = False
    closed: list[Path] = []
    for each in _mails_in(path, closed):
        found = True
        try:
            yield from _file(each)
        except UnusableInput as error:
            yield Source(str(each), b"", error=error)
    for folder in closed:
        found = True
        refused = UnusableInput(f"The folder “{folder.name or folder}” may not be read by you.")
        yield Source(str(folder), b"", error=refused)
    if not found:
        raise UnusableInput(
            f"There is no saved mail in “{path.name or path}”."
            " Save the mail there as an .eml file, or paste it."
        )


def read_stream(stream: BinaryIO) -> bytes:
    """All of standard input. Raises OverLimit instead of reading on without end."""
    data = stream.read(MAX_SOURCE + 1)
    if len(data) > MAX_SOURCE:
        raise OverLimit(f"The input {_TOO_LARGE}")
    return data


def _mails_in(folder: Path, closed: list[Path]) -> Iterator[Path]:
    """Saved mails below a folder, by name; hidden files and links to folders are left out.

    Folders that could not be read are added to ``closed``.
    """
    for root, folders, files in os.walk(
        folder, onerror=lambda error: closed.append(Path(error.filename))
    ):
        folders.sort()
        in_maildir = Path(root).name in _MAILDIR
        for name in sorted(files):
            path = Path(root, name)
            if name.startswith("."):
                continue
            if in_maildir or name.lower().endswith(_SUFFIXES) or _looks_like_mail(path):
                yield path


def _looks_like_mail(path: Path) -> bool:
    """Does a file with another name start as mail does? (MH folders, Thunderbird's mailboxes)"""
    try:
        if not path.is_file():  # opening a pipe would wait
            return False
        with path.open("rb") as file:
            start = file.read(_PEEK)
    except OSError:
        return False
    from secassist.mail.paste import shape  # noqa: PLC0415 (in folders only)

    top = start.replace(b"\r\n", b"\n")
    return mailbox_file.starts_like_mailbox(start) or shape.of(top).top is not shape.Top.OTHER


def _file(path: Path) -> Iterator[Source]:
    try:
        # Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError as error:
        raise UnusableInput(f"There is no file “{path.name}”. Check its name.") from error
    except PermissionError as error:
        raise UnusableInput(
            f"“{path.name}” may not be read by you. Copy it to a place of your own first."
        ) from error
    except (OSError, ValueError) as error:
        raise UnusableInput(f"“{path.name}” cannot be opened.") from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise UnusableInput(f"“{path.name}” is not a file. Save the mail, and open that file.")
        try:
            yield from _contents(path, file, status.st_size)
        except OSError as error:
            raise UnusableInput(
                f"“{path.name}” cannot be read to its end. Copy it to this computer first."
            ) from error


def _contents(path: Path, file: BinaryIO, size: int) -> Iterator[Source]:
    start = file.read(_PEEK)
    file.seek(0)
    if mailbox_file.starts_like_mailbox(start):
        with mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            pieces = mailbox_file.pieces(mapped)
            first, second = next(pieces), next(pieces, None)
            if second is None:
                yield Source(str(path), first.line + first.source, first.oddities)
                return
            for number, piece in enumerate(chain((first, second), pieces), 1):
                yield Source(f"{path}#{number}", piece.line + piece.source, piece.oddities)
    elif size > MAX_SOURCE:
        raise OverLimit(f"“{path.name}” {_TOO_LARGE}")
    else:
        yield Source(str(path), file.read(MAX_SOURCE + 1))
