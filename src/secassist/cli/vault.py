"""``secassist vault``: the encrypted store, its keys and its backups."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE
from secassist.store import recovery_key
from secassist.store.backups import Backup
from secassist.store.folder import data_folder
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import State
from secassist.store.vault import Vault
from secassist.usecases import vault as use
from secassist.usecases.vault import Door

MAX_PASSPHRASE_FILE = 64 * 1024
_CALM = (State.NONE, State.OPEN, State.LOCKED)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(name="vault", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The encrypted store: its state, its keys, its backups."""


def options(function: Callable[..., int]) -> Callable[..., int]:
    """What every command that opens the store understands."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON object."),
        click.option("--data", type=click.Path(path_type=Path), help="The folder of the store."),
        click.option("--passphrase-file", type=_FILE, help="Its first line is the passphrase."),
        click.option("--no-keyring", is_flag=True, help="Leave this computer's keyring alone."),
    ):
        function = option(function)
    return function


@command.command("status")
@options
def status_command(
    as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Say how the store is, and what to do where it is not well."""
    with _door(data, passphrase_file, no_keyring, prompt=False) as door:
        found = use.status(door)
    told = {
        "schema": "secassist.vault/1",
        "state": str(found.state),
        "sentence": found.sentence,
        "way_out": found.way_out,
        "where_the_key_lives": found.where_the_key_lives,
        "warning": found.warning,
        "entries": found.entries,
        "set_aside": found.set_aside,
        "recovery_key_confirmed": found.recovery_key_confirmed,
        "backups": [_backup(backup) for backup in found.backups],
    }
    lines = [found.sentence, found.way_out]
    if found.where_the_key_lives:
        lines.append(f"The key is {found.where_the_key_lives}. {found.warning}".rstrip())
    if found.entries is not None:
        lines.append(f"Entries: {found.entries}. Set aside: {found.set_aside}.")
    lines += [f"Backup: {_line(backup)}" for backup in found.backups]
    _say(told, lines, as_json)
    return DONE if found.state in _CALM and not found.set_aside else ATTENTION


@command.command("init")
@options
@click.option("--recovery-file", type=_FILE, help="A new file that gets the recovery key.")
def init_command(
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    recovery_file: Path | None,
) -> int:
    """Make a store: with this computer's keyring, a passphrase, or both."""
    with (
        _door(data, passphrase_file, no_keyring) as door,
        _recovery_target(recovery_file) as hand_over,
    ):
        if no_keyring and door.passphrase is None:
            door = Door(door.folder, _ask_new_passphrase())
        vault, recovery = use.init(door)
        with vault:
            told = hand_over(vault, recovery, as_json)
    _say(
        {"schema": "secassist.vault.init/1", "state": "open", **told},
        ["The store is made."],
        as_json,
    )
    return DONE


@command.command("lock")
@options
def lock_command(
    as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Close the store for every program, until it is unlocked."""
    use.lock(data_folder(data))
    _say({"state": "locked"}, ["The store is locked."], as_json)
    return DONE


@command.command("unlock")
@options
def unlock_command(
    as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Take back “lock”. With a passphrase, each later command needs it, too."""
    with _door(data, passphrase_file, no_keyring, ask=True) as door, use.unlock(door) as vault:
        entries = vault.count()
    _say({"state": "open", "entries": entries}, ["The store is open."], as_json)
    return DONE


@command.command("passphrase")
@options
@click.option("--new-passphrase-file", type=_FILE, help="Its first line is the new passphrase.")
@click.option("--remove", is_flag=True, help="From now on the keyring alone opens the store.")
def passphrase_command(
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    new_passphrase_file: Path | None,
    remove: bool,
) -> int:
    """Set, change or remove the passphrase."""
    with _door(data, passphrase_file, no_keyring, ask=True) as door:
        new = None if remove else _new_passphrase(door, new_passphrase_file)
        with use.opened(door) as vault:
            if new is not None:
                alone = use.does_without_keyring(door.folder)
                clean = use.set_passphrase(vault, new, None if alone else door.keyring)
            elif door.keyring is not None:
                clean = use.remove_passphrase(vault, door.keyring)
            else:
                raise UnusableCall("Without a keyring the store needs its passphrase.")
    if not clean:
        print("secassist: the keyring still holds an old key; it goes later.", file=sys.stderr)
    _say({"state": "open", "passphrase": new is not None}, ["Done."], as_json)
    return DONE


@command.command("recover")
@options
@click.option("--recovery-file", type=_FILE, help="Its first line is your recovery key.")
@click.option("--new-recovery-file", type=_FILE, help="A new file that gets the next one.")
def recover_command(
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    recovery_file: Path | None,
    new_recovery_file: Path | None,
) -> int:
    """Open the store by the recovery key, mend its other keys, and get a new recovery key.

    With --passphrase-file that becomes the passphrase. An open store just gets a new recovery key.
    """
    with (
        _door(data, passphrase_file, no_keyring) as door,
        _recovery_target(new_recovery_file) as hand_over,
    ):
        recovery = _recovery(recovery_file)
        vault, new = use.recover(door, recovery, door.passphrase)
        with vault:
            told = {"entries": vault.count(), **hand_over(vault, new, as_json)}
    words = "The store is open. Backups made before today still open with the old recovery key."
    _say({"schema": "secassist.vault.recover/1", "state": "open", **told}, [words], as_json)
    return DONE


@command.command("backup")
@options
@click.option("--list", "listed", is_flag=True, help="Name the backups that are there.")
def backup_command(
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    listed: bool,
) -> int:
    """Make a backup now, and check it by opening it."""
    if listed:
        found = use.list_backups(data_folder(data))
        _say({"backups": [_backup(b) for b in found]}, [_line(b) for b in found], as_json)
        return DONE
    with _door(data, passphrase_file, no_keyring, ask=True) as door, use.opened(door) as vault:
        made = use.back_up(vault)
    _say(_backup(made), [f"Backed up: {_line(made)}"], as_json)
    return DONE


@command.command("restore")
@click.argument("name", required=False)
@options
@click.option("--recovery-file", type=_FILE, help="Its first line is your recovery key.")
@click.option("--as-it-is", is_flag=True, help="Go on with the older file that stands there now.")
def restore_command(
    name: str | None,
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    recovery_file: Path | None,
    as_it_is: bool,
) -> int:
    """Put back the backup NAME, or the newest good one. What is there now is set aside."""
    recovery = recovery_key.read_file(recovery_file) if recovery_file else None
    with _door(data, passphrase_file, no_keyring, ask=recovery is None) as door:
        if as_it_is:
            use.accept_as_it_is(door, recovery)
            _say({"restored": None}, ["The file that stands there is the store now."], as_json)
            return DONE
        done = use.restore(door, name, recovery)
    told = {"restored": _backup(done.backup), "skipped": list(done.skipped)}
    lines = [f"Restored: {_line(done.backup)}"]
    lines += [f"Not good, so left out: {bad}" for bad in done.skipped]
    _say(told, lines, as_json)
    return DONE


@command.command("forget")
@options
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget_command(
    as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool, yes: bool
) -> int:
    """Delete the store, its backups and its keys. They cannot be brought back."""
    if not yes and not (sys.stdin.isatty() and click.confirm("Delete all codes for good?")):
        raise UnusableCall("Nothing was deleted. “--yes” deletes the store without a question.")
    with _door(data, passphrase_file, no_keyring) as door:
        clean = use.forget(door)
    if not clean:
        print("secassist: the keyring still holds a key, of no use now.", file=sys.stderr)
    _say({"state": "none"}, ["The store is deleted."], as_json)
    return DONE


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


def read_passphrase(path: Path | None) -> str | None:
    """The first line of a file. Raises UnusableCall."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PASSPHRASE_FILE)
        line = data.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        raise UnusableCall(f"“{path}” could not be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise UnusableCall(f"“{path}” is no text (UTF-8).") from None
    if not line:
        raise UnusableCall(f"The first line of “{path}” is empty.")
    return line


@contextmanager
def _door(
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    *,
    ask: bool = False,
    prompt: bool = True,
) -> Iterator[Door]:
    folder = data_folder(data)
    passphrase = read_passphrase(passphrase_file)
    if passphrase is None and ask and sys.stdin.isatty() and use.needs_passphrase(folder):
        passphrase = click.prompt("Passphrase", hide_input=True, err=True)
    with use.door(folder, passphrase, no_keyring=no_keyring, prompt=prompt) as entrance:
        yield entrance


def _new_passphrase(door: Door, path: Path | None) -> str:
    if path is not None:
        new = read_passphrase(path)
        assert new is not None  # a path gives a line or raises
        return new
    if door.passphrase is not None and not use.needs_passphrase(door.folder):
        return door.passphrase
    return _ask_new_passphrase()


def _ask_new_passphrase() -> str:
    if not sys.stdin.isatty():
        raise UnusableCall("No passphrase was given. “--passphrase-file F” reads one.")
    return str(click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True))


def _recovery(path: Path | None) -> RecoveryKey | None:
    if path is not None:
        return recovery_key.read_file(path)
    if not sys.stdin.isatty():
        return None
    typed = click.prompt("Recovery key (empty: the store opens without)", default="", err=True)
    return RecoveryKey.parse(typed) if typed else None


HandOver = Callable[[Vault, RecoveryKey, bool], dict[str, Any]]


@contextmanager
def _recovery_target(path: Path | None) -> Iterator[HandOver]:
    """A place for the recovery key, made before the key: a file, or else the person's own eyes."""
    if path is None:
        yield _show
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise UnusableCall(f"“{path}” could not be written: {error.strerror}.") from error
    with os.fdopen(descriptor, "wb") as file:
        if os.fstat(descriptor).st_size:
            raise UnusableCall(f"“{path}” is there already. It may hold another recovery key.")

        def write(vault: Vault, recovery: RecoveryKey, as_json: bool) -> dict[str, Any]:
            try:
                file.write(recovery_key.sheet(recovery).encode())
                file.flush()
                os.fsync(descriptor)
            except OSError as error:
                raise CouldNotFinish(
                    f"The recovery key could not be written to “{path}” ({error.strerror}). "
                    "“secassist vault recover” makes another."
                ) from error
            use.confirm(vault, recovery)
            return {"recovery_file": str(path)}

        yield write


def _show(vault: Vault, recovery: RecoveryKey, as_json: bool) -> dict[str, Any]:
    """Show the key; where there is somebody to ask, let them type one group of it."""
    if as_json:
        return {"recovery_key": recovery.text}
    print(recovery_key.sheet(recovery), flush=True)
    if sys.stdin.isatty():
        while not recovery.is_group(3, click.prompt("Type its third group, from your paper")):
            print("That is not the third group.", file=sys.stderr)
        use.confirm(vault, recovery)
    return {}


def _backup(backup: Backup) -> dict[str, Any]:
    return {
        "name": backup.name,
        "made_at": backup.made_at.isoformat(),
        "generation": backup.generation,
        "entries": backup.entries,
        "bytes": backup.size,
    }


def _line(backup: Backup) -> str:
    made = backup.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{backup.name} ({made}, {backup.entries} entries)"


def _say(told: dict[str, Any], lines: list[str], as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\n".join(lines))
