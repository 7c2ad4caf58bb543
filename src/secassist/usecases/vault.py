"""The encrypted store, as a person meets it: its state, a new one, its keys, its backups.

Calls may wait for the keyring (up to 2.5 s, 15 s where the system asks the person) and for the
passphrase's stretching: not to be made on the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from secassist.base.errors import CouldNotFinish, SecassistError, UnusableCall
from secassist.base.language import Translate, english, mark
from secassist.store import backups, files, keys, opening, states
from secassist.store.backups import Backup
from secassist.store.key_file import KeyFile
from secassist.store.keyring_process import Keyring, KeyringProcess
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Vault, read_keys
from secassist.twofactor.repository import KIND

_WHERE = {
    "keyring": mark("in this computer's keyring"),
    "passphrase+keyring": mark("in your passphrase and this computer's keyring together"),
    "passphrase": mark("in your passphrase"),
    "recovery": mark("in your recovery key alone"),
}
_BACK_UP_EVERY = 600.0
_NO_BACKUP = mark("There is no backup in this folder. If you keep a copy elsewhere, put it back.")
_NO_GOOD_BACKUP = mark("None of the backups here can be opened. Nothing was changed.")
_CHOOSE_PASSPHRASE = mark("This store needs a passphrase. Please choose one.")


@dataclass(frozen=True, slots=True)
class Door:
    """Which store is meant, and what this call may open it with."""

    folder: Path
    passphrase: str | None = field(default=None, repr=False)
    keyring: Keyring | None = None
    """None: there is none, or it must not be used."""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the store, in words. ``entries``: as of ``count``; None where it is not open."""

    state: State
    sentence: str
    way_out: str
    where_the_key_lives: str
    entries: int | None
    set_aside: int
    recovery_key_confirmed: bool
    backups: tuple[Backup, ...]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the newer backups that were not good."""

    backup: Backup
    skipped: tuple[str, ...]


@contextmanager
def door(
    folder: Path, passphrase: str | None = None, *, no_keyring: bool = False, prompt: bool = True
) -> Iterator[Door]:
    """The usual door: the system's keyring, in a process that ends with the block."""
    if no_keyring:
        yield Door(folder, passphrase)
        return
    with KeyringProcess(prompt=prompt) as keyring:
        yield Door(folder, passphrase, keyring)


@contextmanager
def opened(
    entrance: Door, *, begun: Callable[[RecoveryKey], None] | None = None
) -> Iterator[Vault]:
    """The open store. If it was changed, it is backed up before it is closed.

    Where nothing was ever stored, and only then, a new store is made if ``begun`` is given: it gets
    the recovery key, to be shown to the person. Raises StoreClosed, CouldNotFinish.
    """
    if begun is not None and opening.look(entrance.folder) is State.NONE:
        vault, recovery = opening.begin(entrance.folder, entrance.keyring, entrance.passphrase)
        begun(recovery)
    else:
        vault = opening.unlock(entrance.folder, entrance.keyring, entrance.passphrase)
    try:
        yield vault
    finally:
        close(vault)


def close(vault: Vault) -> None:
    """Close a store, and back it up before if it was changed.

    A backup that fails is no reason to say that a change which is on disk was not saved; the
    status shows how old the newest one is.
    """
    try:
        if vault.is_open and vault.changed:
            with suppress(CouldNotFinish):
                backups.make(vault)
    finally:  # whatever goes wrong with the backup, nobody finds the store open afterwards
        vault.close()


def status(entrance: Door, translate: Translate = english, *, vault: Vault | None = None) -> Status:
    """The state of the store. Never raises for what is wrong with the store: that is the answer.

    ``vault``: the store, where this program has it open already.
    """
    there = backups.found(entrance.folder)
    where, confirmed, warning = _about_keys(entrance.folder, translate)
    bare = Status(State.NONE, "", "", where, None, 0, confirmed, there, warning)
    state = opening.look(entrance.folder)
    if state is State.NONE:
        return _in_words(bare, state, translate)
    try:
        if vault is not None and vault.is_open:
            return _in_words(_counted(bare, vault), State.OPEN, translate)
        with opening.unlock(entrance.folder, entrance.keyring, entrance.passphrase) as opened_now:
            return _in_words(_counted(bare, opened_now), State.OPEN, translate)
    except StoreClosed as closed:
        return _in_words(bare, closed.state, translate, closed.what)


def init(entrance: Door) -> tuple[Vault, RecoveryKey]:
    """Make a new store. The recovery key has to be confirmed (``confirm``) once it is kept."""
    return opening.begin(entrance.folder, entrance.keyring, entrance.passphrase)


def confirm(vault: Vault, recovery: RecoveryKey) -> None:
    """The person has the recovery key: from now on no older one opens this store."""
    keys.confirm_recovery_key(vault, recovery)


def lock(folder: Path) -> None:
    """Close the store for every program, until it is unlocked. Raises StoreClosed where none is."""
    state = opening.look(folder)
    if state is State.NONE:
        raise StoreClosed(state)
    files.mark_locked(folder)


def unlock(entrance: Door) -> Vault:
    """Open the store, and take back ``lock``; it stays locked where it does not open."""
    was_locked = files.is_locked(entrance.folder)
    files.mark_unlocked(entrance.folder)
    try:
        return opening.unlock(entrance.folder, entrance.keyring, entrance.passphrase)
    except SecassistError:
        if was_locked:
            with suppress(CouldNotFinish):
                files.mark_locked(entrance.folder)
        raise


def needs_passphrase(folder: Path) -> bool:
    """Whether a passphrase was set, as far as the key file can be read."""
    try:
        return read_keys(folder).passphrase is not None
    except CouldNotFinish:
        return False


def does_without_keyring(folder: Path) -> bool:
    """Whether the store was made for a computer without a keyring."""
    try:
        return keys.holder(read_keys(folder)) == "passphrase"
    except CouldNotFinish:
        return False


def count(vault: Vault) -> int:
    """How many accounts with codes are kept; notes of our own, as of set-ups, are none."""
    return vault.count(KIND)


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """The backups that are there, the newest first."""
    return backups.found(folder)


def back_up(vault: Vault) -> Backup:
    """Make a backup now, and check it by opening it. Raises CouldNotFinish."""
    return backups.make(vault)


def back_up_if_due(vault: Vault) -> None:
    """For a window that stays open: back up what was changed, at most every ten minutes."""
    newest = next(iter(backups.found(vault.folder)), None)
    if vault.changed and (
        newest is None or vault.clock() - newest.made_at.timestamp() >= _BACK_UP_EVERY
    ):
        with suppress(CouldNotFinish):
            backups.make(vault)


def set_passphrase(vault: Vault, passphrase: str, keyring: Keyring | None) -> bool:
    """From now on the passphrase is needed, and a half in the keyring if one is given.

    False: an old key could not be removed from the keyring yet; the next start tries again.
    """
    keys.change(vault, lambda old: keys.by_passphrase(old, vault.key, passphrase, keyring))
    return keys.remove_stale(vault, keyring)


def remove_passphrase(vault: Vault, keyring: Keyring) -> bool:
    """From now on the keyring alone opens the store. False: as ``set_passphrase``."""
    keys.change(vault, lambda old: keys.by_keyring(old, vault.key, keyring))
    return keys.remove_stale(vault, keyring)


def recover(
    entrance: Door, recovery: RecoveryKey | None, new_passphrase: str | None = None
) -> tuple[Vault, RecoveryKey]:
    """Open the store by the recovery key, put its other keys in order, and make a new one.

    A key file that is missing or damaged is mended first. Without ``recovery`` the store is opened
    in the usual way and just gets a new recovery key. The old one opens it until the new one is
    confirmed. Raises StoreClosed, UnusableCall (a passphrase is needed), CouldNotFinish.
    """
    folder, keyring = entrance.folder, entrance.keyring
    state = opening.look(folder)
    anew = False
    if state in (State.KEY_FILE_MISSING, State.DAMAGED):
        anew = opening.mend_key_file(folder, keyring)
    elif state is not None:
        raise StoreClosed(state)
    if recovery is None or anew:  # new wraps from the keyring's key: no recovery key fits yet
        vault = opening.unlock(folder, keyring, entrance.passphrase)
    else:
        vault = opening.unlock_by_recovery(folder, recovery)
    try:
        if recovery is not None and not anew:
            _renew_daily_keys(vault, keyring, new_passphrase)
            files.mark_unlocked(folder)
        return vault, keys.new_recovery_key(vault)
    except BaseException:
        vault.close()
        raise


def restore(
    entrance: Door, name: str | None = None, recovery: RecoveryKey | None = None
) -> Restored:
    """Put back the backup of that name, or the newest good one. What stood there is set aside."""
    folder = entrance.folder
    wanted = (backups.named(folder, name),) if name else backups.found(folder)
    if not wanted:
        raise StoreClosed(State.FILE_MISSING, way_out=_NO_BACKUP)
    skipped: list[str] = []
    for backup in wanted:
        key = _key_of(backup, entrance, recovery)
        try:
            backups.restore(folder, backup, key)
        except StoreClosed as closed:
            if name or closed.state not in (State.DAMAGED, State.WRONG_KEY):
                raise
            skipped.append(backup.name)
        else:
            return Restored(backup, tuple(skipped))
    raise CouldNotFinish(_NO_GOOD_BACKUP)


def put_back(vault: Vault, name: str) -> Vault:
    """Put the backup of that name in the place of the open store; the store as it is then.

    The store's own key opens all its backups. What was there is set aside. The given vault is
    closed. Raises UnusableCall, StoreClosed (damaged), and then nothing was changed, and
    CouldNotFinish.
    """
    folder, key = vault.folder, vault.key
    backup = backups.named(folder, name)
    backups.check(backup, key)
    vault.close()
    backups.restore(folder, backup, key)
    return Vault.open(folder, key)


def accept_as_it_is(entrance: Door, recovery: RecoveryKey | None = None) -> None:
    """Go on with an older file that the person put back on purpose."""
    content = read_keys(entrance.folder)
    if recovery is not None:
        key = keys.unwrap_by_recovery(content, recovery)
    else:
        key = keys.unwrap(content, entrance.keyring, entrance.passphrase)
    opening.accept_as_it_is(entrance.folder, key)


def forget(entrance: Door) -> bool:
    """Delete the store, its backups, its keys and its schedule.

    False: the keyring kept what it had. Raises CouldNotFinish.
    """
    from secassist.usecases import schedule  # noqa: PLC0415 (seldom needed; it starts programs)

    names: tuple[str, ...] = ()
    with suppress(StoreClosed):
        names = keys.names_in_keyring(read_keys(entrance.folder))
    try:
        files.remove_everything(entrance.folder)
    except OSError as error:
        raise CouldNotFinish(f"{error.filename} could not be deleted: {error.strerror}.") from error
    clean = _forgotten_by(entrance.keyring, names)  # first: only now are the names known
    schedule.forget(entrance.folder)
    return clean


def _forgotten_by(keyring: Keyring | None, names: tuple[str, ...]) -> bool:
    if keyring is None:
        return not names
    try:
        for name in names:
            keyring.delete(name)
    except StoreClosed:
        return False
    return True


def _counted(bare: Status, vault: Vault) -> Status:
    return replace(bare, entries=count(vault), set_aside=len(vault.aside()))


def _renew_daily_keys(vault: Vault, keyring: Keyring | None, passphrase: str | None) -> None:
    """What the keyring lost it gets again; where a passphrase is needed there has to be one.

    With a new passphrase, a keyring that does not work is done without.
    """
    held = keys.holder(read_keys(vault.folder))
    if passphrase is not None:
        try:
            set_passphrase(vault, passphrase, None if held == "passphrase" else keyring)
        except StoreClosed as closed:
            if closed.state not in states.OF_THE_KEYRING:
                raise
            set_passphrase(vault, passphrase, None)
    elif held in ("keyring", "recovery") and keyring is not None:
        remove_passphrase(vault, keyring)
    else:
        raise UnusableCall(_CHOOSE_PASSPHRASE)


def _key_of(backup: Backup, entrance: Door, recovery: RecoveryKey | None) -> bytes:
    """The key of a backup, by today's key file where it is whole, else by the backup's own."""
    contents = [backups.keys_of(backup)]
    with suppress(StoreClosed):
        today = read_keys(entrance.folder)
        if today.store == contents[0].store:
            contents.insert(0, today)
    for content in contents[:-1]:
        with suppress(StoreClosed):
            return _unwrap(content, entrance, recovery)
    return _unwrap(contents[-1], entrance, recovery)


def _unwrap(content: KeyFile, entrance: Door, recovery: RecoveryKey | None) -> bytes:
    if recovery is not None:
        return keys.unwrap_by_recovery(content, recovery)
    return keys.unwrap(content, entrance.keyring, entrance.passphrase)


def _about_keys(folder: Path, translate: Translate) -> tuple[str, bool, str]:
    try:
        content = read_keys(folder)
    except CouldNotFinish:
        return "", False, ""
    held = keys.holder(content)
    confirmed = bool(content.recovery) and all(wrap.confirmed for wrap in content.recovery)
    warning = translate(states.ANYONE) if held == "keyring" else ""
    return translate(_WHERE[held]), confirmed, warning


def _in_words(shown: Status, state: State, translate: Translate, what: str = "") -> Status:
    words = states.WORDS[state]
    way_out = words.way_out
    if state in (State.FILE_MISSING, State.DAMAGED) and not shown.backups:
        way_out = _NO_BACKUP
    if what == states.KEY_FILE_DAMAGED:
        way_out = states.WORDS[State.KEY_FILE_MISSING].way_out
    return replace(
        shown,
        state=state,
        sentence=translate(what or words.sentence),
        way_out=translate(way_out),
    )
