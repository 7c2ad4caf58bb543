"""``secassist vault``: the encrypted store, its keys and its backups."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from secassist.base.errors import UnusableCall
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE
from secassist.cli.options import data_option, loudness_options, note
from secassist.cli.secrets import (
    ask_new_passphrase,
    ask_recovery_key,
    choose_passphrase,
    door_to,
    read_passphrase,
    recovery_target,
)
from secassist.cli.streams import print_json
from secassist.store import recovery_key
from secassist.store.backups import Backup
from secassist.store.folder import data_folder
from secassist.store.states import State
from secassist.usecases import vault as use
from secassist.usecases.vault import Door

__all__ = ["command", "options", "read_passphrase", "run"]

_CALM = (State.NONE, State.OPEN, State.LOCKED)
_FORGET = "Delete all codes for good?"
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(name="vault", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The encrypted store: its state, its keys, its backups."""


def options(function: Callable[..., int]) -> Callable[..., int]:
    """What every command that opens the store understands."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON object."),
        loudness_options,
        data_option,
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
    with door_to(data, passphrase_file, no_keyring, prompt=False) as door:
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
        lines.append(f"Accounts with codes: {found.entries}. Set aside: {found.set_aside}.")
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
        door_to(data, passphrase_file, no_keyring) as door,
        recovery_target(recovery_file) as hand_over,
    ):
        if no_keyring and door.passphrase is None:
            door = Door(door.folder, ask_new_passphrase())
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
    with door_to(data, passphrase_file, no_keyring, ask=True) as door, use.unlock(door) as vault:
        entries = use.count(vault)
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
    with door_to(data, passphrase_file, no_keyring, ask=True) as door:
        new = None if remove else choose_passphrase(door, new_passphrase_file)
        with use.opened(door) as vault:
            if new is not None:
                alone = use.does_without_keyring(door.folder)
                clean = use.set_passphrase(vault, new, None if alone else door.keyring)
            elif door.keyring is not None:
                clean = use.remove_passphrase(vault, door.keyring)
            else:
                raise UnusableCall("Without a keyring the store needs its passphrase.")
    if not clean:
        note("the keyring still holds an old key; it goes later.")
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
        door_to(data, passphrase_file, no_keyring) as door,
        recovery_target(new_recovery_file) as hand_over,
    ):
        recovery = ask_recovery_key(recovery_file)
        vault, new = use.recover(door, recovery, door.passphrase)
        with vault:
            told = {"entries": use.count(vault), **hand_over(vault, new, as_json)}
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
    with door_to(data, passphrase_file, no_keyring, ask=True) as door, use.opened(door) as vault:
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
    with door_to(data, passphrase_file, no_keyring, ask=recovery is None) as door:
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
    """Delete the store, its backups, its keys and its schedule. They cannot be brought back."""
    if not yes and not (sys.stdin.isatty() and click.confirm(_FORGET, err=True)):
        raise UnusableCall("Nothing was deleted. “--yes” deletes the store without a question.")
    with door_to(data, passphrase_file, no_keyring) as door:
        clean = use.forget(door)
    if not clean:
        note("the keyring still holds a key, of no use now.")
    _say({"state": "none"}, ["The store is deleted."], as_json)
    return DONE


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


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
    return f"{backup.name} ({made}, {-(-backup.size // 1024)} KB)"


def _say(told: dict[str, Any], lines: list[str], as_json: bool) -> None:
    if as_json:
        print_json(told)
    else:
        print("\n".join(lines))
