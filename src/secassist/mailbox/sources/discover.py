"""What lies at a path: a mailbox file, a Maildir, Thunderbird's folders, or a folder of mail."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.mail import mailbox_file
from secassist.mailbox.sources.files import read_start
from secassist.mailbox.sources.folder import Folder, FolderMark
from secassist.mailbox.sources.mail import Mail, Reading, Stopped, Store
from secassist.mailbox.sources.mbox import Mbox, Position

_PEEK: Final = 4_000
_MAILDIR: Final = ("cur", "new", "tmp")
_NOT_MAIL: Final = (".msf", ".json", ".dat", ".db", ".sqlite", ".html", ".log", ".ini")
_ONE_MAIL: Final = (".eml", ".emlx")


Since = Mapping[str, Position | FolderMark]
"""Path of a store as it is written → how far it was read."""


def stores_at(path: Path, since: Since | None = None) -> tuple[Store, ...]:
    """Every store at ``path``; of those in ``since``, only what came after that position.

    Raises UnusableInput with one sentence where there is no mail. Links to folders are not
    followed; what may not be read below ``path`` is a store that says so.
    """
    known = since or {}
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:
        raise UnusableInput(f"“{path.name}” cannot be opened.") from error
    if not is_folder:
        return (_file(path, known),)
    found = tuple(_in_folder(path, known))
    if not found:
        raise UnusableInput(
            f"There is no mail in “{path.name or path}”. Choose a mailbox file, a Maildir or a"
            " folder of saved mail."
        )
    return found


def _file(path: Path, known: Since) -> Store:
    start = read_start(path, _PEEK)
    if mailbox_file.starts_like_mailbox(start):
        return Mbox(path, _position(path, known))
    if not start:
        raise UnusableInput(f"“{path.name}” is empty.")
    raise UnusableInput(
        f"“{path.name}” is not a mailbox. Choose an .mbox file, a Maildir or a folder of saved"
        " mail. To judge a single mail, open it under “Check an e-mail”."
    )


class Closed:
    """A folder that may not be read: told among what was not read, and never taken for empty."""

    def __init__(self, path: Path) -> None:
        self.name = path.name or str(path)

    def mails(self, reading: Reading, stopped: Stopped) -> Iterator[Mail]:
        """None; raises UnusableInput."""
        raise self._refused()

    def whole(self, place: str) -> bytes:
        """None; raises UnusableInput."""
        raise self._refused()

    def _refused(self) -> UnusableInput:
        return UnusableInput(f"The folder “{self.name}” may not be read by you.")


def _in_folder(top: Path, known: Since) -> Iterator[Store]:
    if not os.access(top, os.R_OK | os.X_OK):
        raise UnusableInput(f"“{top.name}” may not be read by you.")
    single = False
    closed: list[Path] = []
    for root, folders, files in os.walk(
        top, onerror=lambda error: closed.append(Path(error.filename))
    ):
        if "cur" in folders and "new" in folders:
            single = True
            folders[:] = [name for name in folders if name not in _MAILDIR]
        folders.sort()
        if os.path.basename(root) in _MAILDIR[:2] and Path(root) == top:
            single = single or bool(files)
            continue
        for name in sorted(files):
            if name.lower().endswith(_ONE_MAIL) or name.isdecimal():
                single = True
            elif not name.startswith(".") and not name.lower().endswith(_NOT_MAIL):
                path = Path(root, name)
                if _is_mailbox(path):
                    yield Mbox(path, _position(path, known))
    if single:
        mark = known.get(str(top))
        yield Folder(top, mark if isinstance(mark, FolderMark) else None)
    yield from map(Closed, closed)


def _position(path: Path, known: Since) -> Position | None:
    position = known.get(str(path))
    return position if isinstance(position, Position) else None


def _is_mailbox(path: Path) -> bool:
    try:
        return mailbox_file.starts_like_mailbox(read_start(path, _PEEK))
    except UnusableInput:
        return False  # a pipe, a device, or not for us
