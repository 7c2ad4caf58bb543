"""One encrypted SQLite file: how it is opened, and what its faults mean.

SQLite3 Multiple Ciphers' ``chacha20``: every page is encrypted by ChaCha20 and authenticated by
Poly1305. The cipher's salt, the first 16 bytes of the file, is the id of the store; so a database
tells, without a key, which keys belong to it. The journal is a rollback journal, itself encrypted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import apsw

from secassist.base.errors import CouldNotFinish
from secassist.store import schema, states
from secassist.store.states import State, StoreClosed

FILE: Final = "vault.db"
ID_BYTES: Final = 16
PAGE: Final = 4096
BUSY_MS: Final = 5_000

_SETTINGS: Final = {
    "journal_mode": "persist",  # a rollback journal; the room on the disk is made only once
    "synchronous": "extra",
    "fullfsync": 1,  # macOS: down to the disk
    "temp_store": "memory",
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "foreign_keys": 1,
}
_DAMAGE: Final = (apsw.NotADBError, apsw.CorruptError, apsw.FormatError)


def connect(path: Path, key: bytes, store: bytes, *, create: bool = False) -> apsw.Connection:
    """Open the file. Raises apsw.Error; nothing is read before the first statement."""
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_NOFOLLOW
    # A path with a link in it is refused by NOFOLLOW; the folder may well be one.
    path = path.parent.resolve() / path.name
    connection = apsw.Connection(str(path), flags | (apsw.SQLITE_OPEN_CREATE if create else 0))
    connection.set_busy_timeout(BUSY_MS)
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{key.hex()}{store.hex()}")
    for name, value in _SETTINGS.items():
        connection.pragma(name, value)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    return connection


def close(connection: apsw.Connection, *, failed: bool = False) -> None:
    """Close a connection, and leave no used journal behind.

    ``failed``: a journal that is there may still be needed, and is for the next one to look at.
    """
    if not failed:
        with suppress(apsw.Error):
            connection.pragma("journal_mode", "delete")
    with suppress(apsw.Error):
        connection.close(True)


def read_id(path: Path) -> bytes | None:
    """The id that the file begins with; None where it is too short to be a database.

    Raises OSError. Must not be called while this process has the file open with SQLite: closing
    it again would drop SQLite's locks (POSIX).
    """
    with path.open("rb") as file:
        found = file.read(ID_BYTES)
    return found if len(found) == ID_BYTES and path.stat().st_size >= PAGE else None


def check(connection: apsw.Connection) -> None:
    """Read every page that is in use. Raises StoreClosed (damaged, newer)."""
    with faults():
        if connection.execute("PRAGMA application_id").get != schema.APPLICATION_ID:
            raise StoreClosed(State.DAMAGED)
        if schema.version(connection) > len(schema.MIGRATIONS):
            raise StoreClosed(State.NEWER)
        if connection.execute("PRAGMA integrity_check(1)").get != "ok":
            raise StoreClosed(State.DAMAGED)


def generation(connection: apsw.Connection) -> int:
    """How many times the store was changed. Raises apsw.Error."""
    found = connection.execute("SELECT value FROM meta WHERE name = 'generation'").get
    if not isinstance(found, int):
        raise StoreClosed(State.DAMAGED)
    return found


@contextmanager
def faults(failed: str = states.NOT_READ) -> Iterator[None]:
    """Turn SQLite's errors into sentences; ``failed`` is said where the system refused."""
    try:
        yield
    except _DAMAGE as error:
        raise StoreClosed(State.DAMAGED) from error
    except apsw.FullError as error:
        raise CouldNotFinish(states.DISK_FULL) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise CouldNotFinish(states.BUSY) from error
    except apsw.Error as error:
        raise CouldNotFinish(failed) from error
