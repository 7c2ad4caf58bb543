"""From what stands in the folder to an open store, or to the state that says why not."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import apsw

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.store import backups, creation, database, files, key_file, keys, lock, states
from secassist.store.faults import reading, saving
from secassist.store.hardening import no_core_dumps
from secassist.store.keyring_process import Keyring
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Vault, read_keys

Clock = Callable[[], float]


def look(folder: Path) -> State | None:
    """What the files alone say; None: a store is there, and a key is needed to know more.

    A key file of generation 0 without a database was left by a stop while the store was made:
    nothing was ever stored there. Raises CouldNotFinish.
    """
    with reading():
        database_there = (folder / database.FILE).exists()
    try:
        found = read_keys(folder)
    except StoreClosed as closed:
        if database_there:
            return closed.state
        nothing = closed.state is State.KEY_FILE_MISSING and not backups.found(folder)
        return State.NONE if nothing else State.FILE_MISSING
    if database_there:
        return None
    return State.FILE_MISSING if found.generation or backups.found(folder) else State.NONE


def begin(
    folder: Path, keyring: Keyring | None, passphrase: str | None, *, now: Clock = time.time
) -> tuple[Vault, RecoveryKey]:
    """Make a new store and open it; the recovery key is still to be confirmed.

    Raises UnusableCall where a store is there, or neither keyring nor passphrase is given;
    StoreClosed (keyring-…), CouldNotFinish.
    """
    no_core_dumps()
    state = look(folder)
    if state is not State.NONE:
        raise UnusableCall(f"{states.IS_THERE} “secassist vault status” says more about it.")
    key, store = keys.new_store_key(), creation.new_id()
    content, recovery = keys.new_keys(store, key, int(now()))
    content = _first_holder(content, key, keyring, passphrase)
    files.mark_unlocked(folder)
    try:
        creation.create(folder, key, content)
    except CouldNotFinish:
        if keyring is not None:
            with suppress(StoreClosed):  # what it holds is of no use to anybody
                for name in keys.names_in_keyring(content):
                    keyring.delete(name)
        raise
    return Vault.open(folder, key, now=now), recovery


def unlock(
    folder: Path, keyring: Keyring | None, passphrase: str | None = None, *, now: Clock = time.time
) -> Vault:
    """Open the store for daily use. Raises StoreClosed, saying the state, and CouldNotFinish."""
    no_core_dumps()
    _require_files(folder)
    if files.is_locked(folder):
        raise StoreClosed(State.LOCKED)
    vault = Vault.open(folder, keys.unwrap(read_keys(folder), keyring, passphrase), now=now)
    keys.remove_stale(vault, keyring)
    return vault


def unlock_by_recovery(folder: Path, recovery: RecoveryKey, *, now: Clock = time.time) -> Vault:
    """Open the store by the recovery key. Raises StoreClosed, CouldNotFinish."""
    no_core_dumps()
    _require_files(folder)
    return Vault.open(folder, keys.unwrap_by_recovery(read_keys(folder), recovery), now=now)


def _require_files(folder: Path) -> None:
    state = look(folder)
    if state in (State.KEY_FILE_MISSING, State.DAMAGED):
        read_keys(folder)  # which says more
    if state is not None:
        raise StoreClosed(state)


def mend_key_file(folder: Path, keyring: Keyring | None, *, now: Clock = time.time) -> bool:
    """Put a key file in the place of one that is missing or damaged.

    The one of the newest backup of this store, if there is one: then passphrase and recovery key
    are those of that time. Else the keyring's key gets new wraps; then True: a new recovery key has
    to be made. Raises StoreClosed (keyring-…, key-file-missing) where neither is to be had.
    """
    with lock.held(folder):
        try:
            store = database.read_id(folder / database.FILE)
        except OSError as error:
            raise StoreClosed(State.FILE_MISSING) from error
        if store is None:
            raise StoreClosed(State.DAMAGED)
        with suppress(OSError):  # a damaged one is kept, if there is room for it
            files.keep_key_file(folder)
        for backup in backups.found(folder):
            if backups.keys_of(backup).store == store:
                backups.copy_keys(backup, folder)
                return False
        key = keyring.get(keys.keyring_name(store)) if keyring else None
        if key is None:
            raise StoreClosed(State.KEY_FILE_MISSING, states.NO_OTHER_KEYS)
        _write_anew(folder, store, key, int(now()))
    return True


def _first_holder(
    content: key_file.KeyFile, key: bytes, keyring: Keyring | None, passphrase: str | None
) -> key_file.KeyFile:
    """With a passphrase, a keyring that does not work is done without."""
    try:
        if passphrase is not None:
            return keys.by_passphrase(content, key, passphrase, keyring)
        if keyring is not None:
            return keys.by_keyring(content, key, keyring)
    except StoreClosed as closed:
        if closed.state not in states.OF_THE_KEYRING:
            raise
        if passphrase is not None:
            return keys.by_passphrase(content, key, passphrase, None)
        raise StoreClosed(
            closed.state, states.NO_STORE_YET, states.MAKE_WITH_PASSPHRASE
        ) from closed
    raise UnusableCall("Without a keyring the store needs a passphrase.")


def accept_as_it_is(folder: Path, key: bytes) -> None:
    """Take a file that was put back for the present one: the person wants just this one.

    Raises StoreClosed (damaged, …), CouldNotFinish.
    """
    with lock.held(folder):
        content = read_keys(folder)
        number = _generation_of(folder, key, content.store)
        with saving():
            key_file.write(folder / key_file.FILE, replace(content, generation=number), key)


def _write_anew(folder: Path, store: bytes, key: bytes, now: int) -> None:
    number = _generation_of(folder, key, store)
    bare, _ = keys.new_keys(store, key, now)
    content = replace(bare, keyring="key", recovery=(), generation=number)
    with saving():
        key_file.write(folder / key_file.FILE, content, key)


def _generation_of(folder: Path, key: bytes, store: bytes) -> int:
    with database.faults():
        connection: apsw.Connection = database.connect(folder / database.FILE, key, store)
        try:
            database.check(connection)
            return database.generation(connection)
        finally:
            database.close(connection)
