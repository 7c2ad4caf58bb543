"""An account on a mail server: the headers of every folder, Junk, Trash and Archive included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.base.limits import MAX_SOURCE
from secassist.mailbox import times
from secassist.mailbox.sources.mail import Mail, Reading, Stopped
from secassist.network.imap import BATCH, Connection, Folder, FolderRefused

# Where a server shows all mail in one folder, the others hold the same mail again.
_EVERYTHING: Final = "\\all"
_BESIDE_IT: Final = frozenset({_EVERYTHING, "\\junk", "\\trash"})


@dataclass(frozen=True, slots=True)
class FolderPosition:
    """How far a folder was read; worthless once the server shows another ``validity``."""

    validity: int
    next: int


class ImapStore:
    """The mail behind one connection; with ``since``, only what came after these positions."""

    def __init__(
        self, connection: Connection, since: Mapping[str, FolderPosition] | None = None
    ) -> None:
        self._connection = connection
        self._since = since or {}
        self._folders: dict[str, Folder] = {}
        self.name = connection.account.name
        self.positions: dict[str, FolderPosition] = {}
        """Of each folder that was read to its end, by name."""
        self.restarted = False
        """Whether a folder was read from its start, though it was read before."""

    def mails(self, reading: Reading, stopped: Stopped) -> Iterator[Mail]:
        """The headers of every mail, folder by folder. A folder that cannot be opened is told."""
        for folder in _worth_reading(self._connection.folders()):
            if stopped():
                return
            self._folders[folder.name] = folder
            yield from self._in_folder(folder, reading, stopped)

    def whole(self, place: str) -> bytes:
        """The mail at ``folder/UID``; it is not marked as read."""
        name, _, uid = place.rpartition("/")
        if not self._folders:  # another connection than the one that read the headers
            self._folders = {folder.name: folder for folder in self._connection.folders()}
        if name not in self._folders:
            raise UnusableInput("The mail is no longer on the server.")
        data = self._connection.whole(self._folders[name], int(uid), MAX_SOURCE)
        if not data:
            raise UnusableInput("The mail is no longer on the server.")
        return data

    def _in_folder(self, folder: Folder, reading: Reading, stopped: Stopped) -> Iterator[Mail]:
        try:
            opened = self._connection.open(folder)
        except FolderRefused as refused:
            reading.note(refused.sentence)
            return
        known = self._since.get(folder.name)
        fits = known is not None and known.validity == opened.validity
        self.restarted = self.restarted or (known is not None and not fits)
        start = known.next if known is not None and fits else 1
        numbers = self._connection.numbers(start)
        reading.total += len(numbers)
        for begin in range(0, len(numbers), BATCH):
            if stopped():
                return
            batch = numbers[begin : begin + BATCH]
            for header in self._connection.headers(batch):
                received = times.seconds(header.received.replace(b"-", b" ", 2))
                yield Mail(f"{folder.name}/{header.uid}", header.fields, received)
            reading.done += len(batch)
        after = max(opened.next, numbers[-1] + 1 if numbers else start)
        self.positions[folder.name] = FolderPosition(opened.validity, after)


def _worth_reading(folders: tuple[Folder, ...]) -> tuple[Folder, ...]:
    if any(_EVERYTHING in folder.flags for folder in folders):
        return tuple(folder for folder in folders if folder.flags & _BESIDE_IT)
    return folders
