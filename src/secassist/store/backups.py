"""Backups: pairs of database and key file. Five latest and one of each of seven days are kept.

Each is checked by opening it before it counts. Its key file is the one of that moment, so an old
backup opens with the passphrase or recovery key of its time.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.store import database, files, key_file, lock, states
from secassist.store.atomic import sync_folder, write_atomically
from secassist.store.faults import saving
from secassist.store.key_file import BackupNote, KeyFile
from secassist.store.states import State, StoreClosed

if TYPE_CHECKING:
    from secassist.store.vault import Vault

LATEST: Final = 5
DAYS: Final = 7
_STAMP: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup as it stands on disk; whether it is good shows when it is opened."""

    name: str
    made_at: datetime
    generation: int
    entries: int
    size: int
    path: Path
    """Of the database."""

    @property
    def keys_path(self) -> Path:
        return self.path.with_suffix(".keys")


def found(folder: Path) -> tuple[Backup, ...]:
    """The backups whose two files are there, the newest first. Nothing secret is needed."""
    backups = [_read(path) for path in (folder / files.BACKUPS).glob("*.db")]
    there = [backup for backup in backups if backup is not None]
    return tuple(sorted(there, key=lambda b: (b.generation, b.made_at), reverse=True))


def make(vault: Vault, label: str = "") -> Backup:
    """Back up an open store, check the copy by opening it, drop what is too old.

    ``label`` goes into the name. Raises CouldNotFinish.
    """
    folder = vault.folder / files.BACKUPS
    with vault.alone():
        with saving():
            folder.mkdir(exist_ok=True, mode=0o700)
            made_at = vault.clock()
            number = vault.generation()
            stem = datetime.fromtimestamp(made_at, UTC).strftime(_STAMP)
            name = f"{stem}-{number:08d}{'-' if label else ''}{label}"
            path = _make(vault, folder, name, made_at)
        made = _read(path)
        if made is None:
            raise CouldNotFinish(states.NOT_SAVED)
        _rotate(vault.folder)
    vault.changed = False
    return made


def check(backup: Backup, key: bytes) -> None:
    """Open a backup by its key and read all of it. Raises StoreClosed, CouldNotFinish."""
    keys = keys_of(backup)
    if not keys.is_key(key):
        raise StoreClosed(State.WRONG_KEY)
    if not keys.is_written_by(key):
        raise StoreClosed(State.DAMAGED, states.KEY_FILE_DAMAGED)
    number, entries = _open_and_count(backup.path, key, keys.store)
    noted = keys.backup.entries if keys.backup else entries
    if (number, entries) != (keys.generation, noted):
        raise StoreClosed(State.DAMAGED)


def named(folder: Path, name: str) -> Backup:
    """The backup of that name. Raises UnusableCall."""
    for backup in found(folder):
        if backup.name == name:
            return backup
    raise UnusableCall(f"There is no backup “{name}”. “secassist vault backup --list” names them.")


def restore(folder: Path, backup: Backup, key: bytes) -> None:
    """Put a backup in the place of the store; what stood there is set aside, byte for byte.

    A key file that is there, whole and of this store stays: passphrase and recovery key are those
    of today. The generation goes on from the highest that was seen, so that no other old file
    passes for this one. Raises StoreClosed where the backup is not good, CouldNotFinish.
    """
    with lock.held(folder):
        files.sweep(folder)
        check(backup, key)
        keys = _present_keys(folder, key)
        base = keys or replace(keys_of(backup), backup=None)
        number = max(base.generation, backup.generation) + 1
        fresh = folder / f".{database.FILE}.restored.tmp"
        with saving():
            files.private_copy(backup.path, fresh)
            _set_generation(fresh, key, base.store, number)
            files.set_aside(folder, keys=keys is None)
            if keys is None:
                key_file.write(folder / key_file.FILE, base, key)
            fresh.replace(folder / database.FILE)
            sync_folder(folder)
            key_file.write(folder / key_file.FILE, replace(base, generation=number), key)


def copy_keys(backup: Backup, folder: Path) -> None:
    """Put the key file of a backup in the place of one that is gone. Raises CouldNotFinish.

    What its wraps hold is the key of the store still, so everything opens as it did then. Whether
    a holder of the key wrote it shows when the store is opened.
    """
    with saving():
        data = key_file.serialise(replace(keys_of(backup), backup=None))
        write_atomically(folder / key_file.FILE, data)


def _make(vault: Vault, folder: Path, name: str, made_at: int) -> Path:
    fresh, path = folder / f".{name}.db.tmp", folder / f"{name}.db"
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    vault.copy_to(fresh)
    number, entries = _open_and_count(fresh, vault.key, vault.store)
    if (number, entries) != (vault.generation(), vault.count()):
        raise StoreClosed(State.DAMAGED)
    keys = key_file.read(vault.folder / key_file.FILE)
    if keys is None or not keys.is_written_by(vault.key):
        raise StoreClosed(State.DAMAGED, states.KEY_FILE_DAMAGED)
    note = replace(keys, generation=number, backup=BackupNote(made_at, entries))
    key_file.write(path.with_suffix(".keys"), note, vault.key)
    _sync(fresh)
    fresh.replace(path)
    sync_folder(folder)
    return path


def _rotate(folder: Path) -> None:
    """Keep the five latest, and the latest of each of the seven latest days."""
    backups = found(folder)
    keep = {backup.name for backup in backups[:LATEST]}
    days: dict[object, str] = {}
    for backup in backups:
        days.setdefault(backup.made_at.date(), backup.name)
    keep |= {days[day] for day in sorted(days, key=str, reverse=True)[:DAYS]}
    for backup in backups:
        if backup.name not in keep:
            backup.path.unlink(missing_ok=True)
            backup.keys_path.unlink(missing_ok=True)


def _read(path: Path) -> Backup | None:
    try:
        keys = key_file.read(path.with_suffix(".keys"))
        size = path.stat().st_size
    except (key_file.KeyFileDamaged, OSError):
        return None
    if keys is None or keys.backup is None:
        return None
    made_at = datetime.fromtimestamp(keys.backup.made_at, UTC)
    return Backup(path.stem, made_at, keys.generation, keys.backup.entries, size, path)


def keys_of(backup: Backup) -> KeyFile:
    """The key file of a backup. Raises StoreClosed."""
    try:
        keys = key_file.read(backup.keys_path)
    except (key_file.KeyFileDamaged, OSError) as error:
        raise StoreClosed(State.DAMAGED, states.KEY_FILE_DAMAGED) from error
    if keys is None:
        raise StoreClosed(State.KEY_FILE_MISSING)
    return keys


def _present_keys(folder: Path, key: bytes) -> KeyFile | None:
    """The key file of the store, if it is whole and fits the key."""
    try:
        keys = key_file.read(folder / key_file.FILE)
    except (key_file.KeyFileDamaged, OSError):
        return None
    return keys if keys is not None and keys.is_key(key) and keys.is_written_by(key) else None


def _open_and_count(path: Path, key: bytes, store: bytes) -> tuple[int, int]:
    """Read all of a database; its generation and how many rows it has. Raises StoreClosed."""
    if database.read_id(path) != store:
        raise StoreClosed(State.DAMAGED)
    with database.faults():
        connection = database.connect(path, key, store)
        try:
            database.check(connection)
            entries = connection.execute("SELECT count(*) FROM entries").get
            return database.generation(connection), int(entries)
        finally:
            database.close(connection)


def _set_generation(path: Path, key: bytes, store: bytes, number: int) -> None:
    with database.faults(states.NOT_SAVED):
        connection = database.connect(path, key, store)
        try:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (number,))
        finally:
            database.close(connection)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
