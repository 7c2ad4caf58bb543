"""The tables of the store, and how an older file becomes a present one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import apsw

APPLICATION_ID: Final = 0x53656341
"""“SecA”: what the file's header says it belongs to."""

Migration = Callable[[apsw.Connection], None]


def _first(connection: apsw.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE entries (
            kind TEXT NOT NULL, id TEXT NOT NULL, data BLOB NOT NULL, changed_at INTEGER NOT NULL,
            PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
        CREATE TABLE set_aside (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, data BLOB NOT NULL,
            reason TEXT NOT NULL, since INTEGER NOT NULL) STRICT;
        INSERT INTO meta VALUES ('generation', 0);
        """
    )


MIGRATIONS: Sequence[Migration] = (_first,)
"""The n-th (from 1) makes version n out of version n - 1. Never change one that was released."""


def version(connection: apsw.Connection) -> int:
    """The version of an open database; 0 for one without tables."""
    found = connection.execute("PRAGMA user_version").get
    assert isinstance(found, int)
    return found


def migrate(connection: apsw.Connection) -> None:
    """Bring an open database up to date, in one transaction. Raises apsw.Error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version(connection), len(MIGRATIONS)):
            MIGRATIONS[number](connection)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
