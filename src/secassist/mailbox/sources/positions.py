"""How far the stores of a place were read, as plain values that can be kept and read on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secassist.mailbox.sources.folder import Folder, FolderMark
from secassist.mailbox.sources.imap import FolderPosition, ImapStore
from secassist.mailbox.sources.mail import Store
from secassist.mailbox.sources.mbox import Mbox, Position


@dataclass(frozen=True, slots=True)
class Positions:
    """Of files and folders by their paths, of a server's folders by their names."""

    local: Mapping[str, Position | FolderMark] = field(default_factory=dict)
    remote: Mapping[str, FolderPosition] = field(default_factory=dict)


def after(stores: Sequence[Store], before: Positions) -> Positions:
    """How far they are read now; what was not read to its end stays where it was."""
    local, remote = dict(before.local), dict(before.remote)
    for store in stores:
        if isinstance(store, ImapStore):
            remote.update(store.positions)
        elif isinstance(store, Mbox | Folder) and store.position is not None:
            local[str(store.path)] = store.position
    return Positions(local, remote)


def restarted(stores: Sequence[Store]) -> bool:
    """Whether old mail was read once more, because a store is another one now."""
    return any(getattr(store, "restarted", False) for store in stores)


def to_data(positions: Positions) -> dict[str, Any]:
    """As JSON."""
    files, folders = {}, {}
    for path, mark in positions.local.items():
        if isinstance(mark, Position):
            files[path] = [mark.size, mark.digest]
        else:
            folders[path] = [mark.newest, sorted(mark.names)]
    remote = {name: [mark.validity, mark.next] for name, mark in positions.remote.items()}
    return {"files": files, "folders": folders, "server": remote}


def from_data(data: Mapping[str, Any]) -> Positions:
    """Back from JSON. Raises ValueError, TypeError or KeyError where it is none of ours."""
    local: dict[str, Position | FolderMark] = {}
    for path, (size, digest) in data["files"].items():
        local[path] = Position(int(size), str(digest))
    for path, (newest, names) in data["folders"].items():
        local[path] = FolderMark(int(newest), frozenset(map(str, names)))
    remote = {
        str(name): FolderPosition(int(validity), int(following))
        for name, (validity, following) in data["server"].items()
    }
    return Positions(local, remote)
