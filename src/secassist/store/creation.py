"""A new store: so made that a stop at any moment leaves either none or a whole one."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import apsw

from secassist.base.errors import CouldNotFinish
from secassist.store import database, key_file, lock, schema, states
from secassist.store.atomic import sync_folder
from secassist.store.faults import saving
from secassist.store.key_file import KeyFile

_NEW: Final = f".{database.FILE}.new.tmp"


def create(folder: Path, key: bytes, keys: KeyFile) -> None:
    """Make the database and the key file. Returns once both are on disk.

    The key file comes first, with generation 0; such a file without a database says that nothing
    was ever stored. Raises CouldNotFinish where a store is there already, or nothing can be saved.
    """
    with lock.held(folder):
        path, fresh = folder / database.FILE, folder / _NEW
        if path.exists():
            raise CouldNotFinish(states.IS_THERE)
        with saving():
            fresh.unlink(missing_ok=True)
            with suppress(OSError):  # a file system without rights (FAT) is still one to use
                folder.chmod(0o700)
            os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            with database.faults(states.NOT_SAVED):
                _make_database(fresh, key, keys.store)
            key_file.write(folder / key_file.FILE, replace(keys, generation=0), key)
            fresh.replace(path)
            sync_folder(folder)
            key_file.write(folder / key_file.FILE, replace(keys, generation=1), key)


def new_id() -> bytes:
    """The id of a new store."""
    return secrets.token_bytes(database.ID_BYTES)


def _make_database(path: Path, key: bytes, store: bytes) -> None:
    connection: apsw.Connection = database.connect(path, key, store)
    try:
        schema.migrate(connection)
        connection.execute("UPDATE meta SET value = 1 WHERE name = 'generation'")
    finally:
        database.close(connection)
