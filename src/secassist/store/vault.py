"""The encrypted store: typed rows as JSON, changed in transactions that are on disk on return.

    with Vault.open(folder, key) as vault:
        vault.change([Row("totp", "github", {"issuer": "GitHub", …})])
        rows = vault.entries("totp")

Several programs may have the same store open; they take turns. A vault is not tied to a thread,
but answers one at a time. Which key opens it is not decided here: see ``opening``.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw

from secassist.base.errors import CouldNotFinish
from secassist.store import backups, database, files, key_file, lock, schema, states
from secassist.store.atomic import sync_folder
from secassist.store.rows import Row, SetAside, Transaction, as_object
from secassist.store.states import State, StoreClosed

__all__ = ["Row", "SetAside", "Transaction", "Vault", "read_keys"]


class Vault:
    """An open store."""

    def __init__(self, folder: Path, key: bytes, store: bytes, now: Callable[[], float]) -> None:
        self.folder = folder
        self.store = store
        self._key = bytearray(key)
        self._now = now
        self._turn = threading.RLock()
        self._alone = False
        self._inside = False
        self._connection: apsw.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._seen = 0
        self.changed = False
        """Whether this vault changed something since it was opened or last backed up."""

    @classmethod
    def open(cls, folder: Path, key: bytes, *, now: Callable[[], float] = time.time) -> Self:
        """Open the store in ``folder`` by its key of 32 bytes, and read all of it once.

        Raises StoreClosed (file-missing, key-file-missing, wrong-key, damaged, newer) and
        CouldNotFinish.
        """
        keys = read_keys(folder)
        if not keys.is_key(key):
            raise StoreClosed(State.WRONG_KEY)
        if not keys.is_written_by(key):
            raise StoreClosed(State.DAMAGED, states.KEY_FILE_DAMAGED)
        vault = cls(folder, key, keys.store, now)
        vault._seen = keys.generation
        try:
            with vault.alone():
                files.sweep(folder)
                vault._bring_up_to_date()
                vault._mirror()
        except BaseException:
            vault.close()
            raise
        return vault

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and forget the key. May be called twice."""
        with self._turn:
            self._disconnect()
            self._key[:] = bytes(len(self._key))
            self._key.clear()

    @property
    def is_open(self) -> bool:
        """Whether it was not closed."""
        return bool(self._key)

    @property
    def key(self) -> bytes:
        """The key, for what wraps it anew. Raises StoreClosed once the vault is closed."""
        if not self._key:
            raise StoreClosed(State.LOCKED)
        return bytes(self._key)

    def clock(self) -> int:
        """Unix time, in whole seconds."""
        return int(self._now())

    def copy_to(self, path: Path) -> None:
        """Copy all that is in use into an empty file, under the same key. For backups."""
        with self._reading() as connection, database.faults(states.NOT_SAVED):
            connection.execute("VACUUM INTO ?", (str(path),))

    def generation(self) -> int:
        """How many times the store was changed."""
        with self._reading() as connection:
            return database.generation(connection)

    def count(self, kind: str | None = None) -> int:
        """How many rows there are of a kind; of all kinds if none is said."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT count(*) FROM entries WHERE ?1 IS NULL OR kind = ?1", (kind,)
            ).get
            assert isinstance(found, int)
            return found

    def entries(self, kind: str) -> tuple[Row, ...]:
        """All rows of a kind, in the order of their ids. What is no JSON object is set aside."""
        rows: list[Row] = []
        broken: list[str] = []
        with self._reading() as connection:
            found = connection.execute(
                "SELECT id, data, changed_at FROM entries WHERE kind = ? ORDER BY id", (kind,)
            )
            for id_, data, changed_at in found:
                value = as_object(data)
                if value is None:
                    broken.append(id_)
                else:
                    rows.append(Row(kind, id_, value, changed_at))
        for id_ in broken:
            with suppress(CouldNotFinish):  # a full disk must not keep the others from being read
                self.set_aside(kind, id_, "no JSON object")
        return tuple(rows)

    def change(self, puts: Sequence[Row] = (), deletes: Sequence[tuple[str, str]] = ()) -> None:
        """Put and delete (by kind and id) rows: all or nothing, on disk on return.

        Raises CouldNotFinish, and then nothing was changed.
        """
        with self.transaction() as transaction:
            for kind, id_ in deletes:
                transaction.delete(kind, id_)
            for row in puts:
                transaction.put(row)

    def set_aside(self, kind: str, id_: str, reason: str) -> None:
        """Move a row that makes no sense out of the way, byte for byte; see ``aside``."""
        with self.transaction() as transaction:
            transaction.set_aside(kind, id_, reason)

    def aside(self) -> tuple[SetAside, ...]:
        """The rows that were set aside, the oldest first."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT number, kind, id, data, reason, since FROM set_aside ORDER BY number"
            )
            return tuple(SetAside(*row) for row in found)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs from changing the store meanwhile. May be nested."""
        with self._turn:
            if self._alone:
                yield
                return
            with lock.held(self.folder):
                self._alone = True
                try:
                    yield
                finally:
                    self._alone = False

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Several changes as one. On disk when the block is left; undone when it raises.

        Raises CouldNotFinish where it cannot be saved, and then nothing was changed.
        """
        with self.alone():
            if self._inside:
                raise RuntimeError("a transaction is open already")
            try:
                with database.faults(states.NOT_SAVED):
                    yield from self._transaction()
            finally:
                self._inside = False
            self.changed = True
            self._mirror()

    def _transaction(self) -> Iterator[Transaction]:
        connection = self._connected()
        self._inside = True
        expected = None
        try:
            connection.execute("BEGIN IMMEDIATE")
            before = self._fresh(connection)
            yield Transaction(connection, self.clock())
            connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")
            expected = before + 1
            connection.execute("COMMIT")
        except apsw.Error:
            # Whatever state this connection is in: a new one looks at the disk, and rolls back.
            self._disconnect(failed=True)
            if expected is None or not self._arrived(expected):
                raise
        except BaseException:
            try:
                connection.execute("ROLLBACK")
            except apsw.Error:
                self._disconnect(failed=True)
            raise
        self._seen = before + 1

    def _arrived(self, expected: int) -> bool:
        """Whether a commit that failed at its end took place after all, and is on disk."""
        if database.generation(self._connect()) != expected:
            return False
        try:
            sync_folder(self.folder)  # that the journal is gone was what could not be synced
        except OSError as error:
            raise CouldNotFinish(states.UNSURE) from error
        return True

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with self._turn, database.faults():
            connection = self._connected()
            try:
                self._fresh(connection)
                yield connection
            except apsw.Error:
                if not self._inside:
                    self._disconnect(failed=True)
                raise

    def _fresh(self, connection: apsw.Connection) -> int:
        """The generation; raises StoreClosed where it went back: an old file was put here."""
        found = database.generation(connection)
        if found < self._seen:
            raise StoreClosed(State.DAMAGED, states.OLD_FILE)
        self._seen = found
        return found

    def _connected(self) -> apsw.Connection:
        """The connection; made anew where the file is another one now (restored, put back)."""
        if self._inside and self._connection is not None:
            return self._connection
        if files.is_locked(self.folder):
            self.close()
            raise StoreClosed(State.LOCKED)
        if self._connection is not None and self._file == _identity(self.folder):
            return self._connection
        self._disconnect()
        with self.alone():
            return self._connect()

    def _connect(self) -> apsw.Connection:
        path = self.folder / database.FILE
        try:
            found = database.read_id(path)
            self._file = _identity(self.folder)
        except FileNotFoundError:
            raise StoreClosed(State.FILE_MISSING) from None
        except OSError as error:
            raise CouldNotFinish(states.NOT_READ) from error
        if found != self.store:
            raise StoreClosed(State.DAMAGED)
        with database.faults():
            connection = database.connect(path, self.key, self.store)
            try:
                database.check(connection)
                self._fresh(connection)
            except BaseException:
                database.close(connection, failed=True)
                raise
        self._connection = connection
        return connection

    def _disconnect(self, *, failed: bool = False) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            database.close(connection, failed=failed)

    def _bring_up_to_date(self) -> None:
        """Open the file; an older version of it is backed up, then migrated."""
        connection = self._connect()
        files.remove_dead_journal(self.folder)
        if schema.version(connection) < len(schema.MIGRATIONS):
            backups.make(self, f"before-version-{len(schema.MIGRATIONS)}")
            with database.faults(states.NOT_SAVED):
                schema.migrate(connection)

    def _mirror(self) -> None:
        """Let the key file know the generation.

        The change itself is safe by now. If this fails or the power does, the mirror is behind,
        which means nothing; only a mirror that is ahead tells of an old file.
        """
        if self._connection is None:
            return
        with suppress(apsw.Error, OSError, StoreClosed):
            self._seen = database.generation(self._connection)
            keys = read_keys(self.folder)
            if keys.generation < self._seen and keys.is_written_by(self.key):
                path = self.folder / key_file.FILE
                key_file.write(path, replace(keys, generation=self._seen), self.key, settled=False)


def read_keys(folder: Path) -> key_file.KeyFile:
    """The key file of a store. Raises StoreClosed (key-file-missing, damaged), CouldNotFinish."""
    try:
        keys = key_file.read(folder / key_file.FILE)
    except key_file.KeyFileDamaged as error:
        raise StoreClosed(State.DAMAGED, states.KEY_FILE_DAMAGED) from error
    except OSError as error:
        raise CouldNotFinish(states.NOT_READ) from error
    if keys is None:
        raise StoreClosed(State.KEY_FILE_MISSING)
    return keys


def _identity(folder: Path) -> tuple[int, int]:
    """Which file stands there. Raises StoreClosed, CouldNotFinish."""
    try:
        found = os.stat(folder / database.FILE)
    except FileNotFoundError:
        raise StoreClosed(State.FILE_MISSING) from None
    except OSError as error:
        raise CouldNotFinish(states.NOT_READ) from error
    return found.st_dev, found.st_ino
