"""Passphrases and recovery keys on the command line: from files, else from the person.

Secrets never come from arguments or the environment, where other programs could read them.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import click

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.cli.options import detail
from secassist.store import recovery_key
from secassist.store.folder import data_folder
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Vault
from secassist.usecases import vault as use
from secassist.usecases.vault import Door

MAX_PASSPHRASE_FILE = 64 * 1024


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
def door_to(
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    *,
    ask: bool = False,
    prompt: bool = True,
) -> Iterator[Door]:
    """The door that the options describe; ``ask``: the passphrase, where one is needed."""
    folder = data_folder(data)
    detail(f"the store's folder is {folder}")
    passphrase = read_passphrase(passphrase_file)
    if passphrase is None and ask and sys.stdin.isatty() and use.needs_passphrase(folder):
        passphrase = click.prompt("Passphrase", hide_input=True, err=True)
    with use.door(folder, passphrase, no_keyring=no_keyring, prompt=prompt) as entrance:
        yield entrance


@contextmanager
def opened(
    door: Door, keeps: str, *, begun: Callable[[RecoveryKey], None] | None = None
) -> Iterator[Vault]:
    """The open store; where it stays closed, the error says what to type. ``keeps``: what for."""
    try:
        with use.opened(door, begun=begun) as vault:
            yield vault
    except StoreClosed as closed:
        if closed.state is State.NONE:
            way = f"“secassist vault init” makes a store {keeps}."
        elif closed.state is not State.LOCKED:
            raise
        elif door.passphrase is None and use.needs_passphrase(door.folder):
            way = "Its passphrase opens it: “--passphrase-file F” reads it from a file."
        else:
            way = "“secassist vault unlock” opens it again."
        raise CouldNotFinish(f"{closed.what} {way}") from closed


def choose_passphrase(door: Door, path: Path | None) -> str:
    """The new passphrase: of its own file, or of the only one given, or typed twice."""
    if path is not None:
        new = read_passphrase(path)
        assert new is not None  # a path gives a line or raises
        return new
    if door.passphrase is not None and not use.needs_passphrase(door.folder):
        return door.passphrase
    return ask_new_passphrase()


def ask_new_passphrase() -> str:
    """A new passphrase, typed twice. Raises UnusableCall where nobody can type."""
    if not sys.stdin.isatty():
        raise UnusableCall("No passphrase was given. “--passphrase-file F” reads one.")
    return str(click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True))


def ask_recovery_key(path: Path | None) -> RecoveryKey | None:
    """The recovery key of a file, or typed; None where there is neither."""
    if path is not None:
        return recovery_key.read_file(path)
    if not sys.stdin.isatty():
        return None
    typed = click.prompt("Recovery key (empty: the store opens without)", default="", err=True)
    return RecoveryKey.parse(typed) if typed else None


HandOver = Callable[[Vault, RecoveryKey, bool], dict[str, Any]]


@contextmanager
def recovery_target(path: Path | None) -> Iterator[HandOver]:
    """A place for the recovery key, made before the key: a file, or else the person's own eyes."""
    if path is None:
        yield _show
        return
    was_there = path.exists()
    try:
        with _open_new(path) as file:

            def write(vault: Vault, recovery: RecoveryKey, as_json: bool) -> dict[str, Any]:
                try:
                    file.write(recovery_key.sheet(recovery).encode())
                    file.flush()
                    os.fsync(file.fileno())
                except OSError as error:
                    raise CouldNotFinish(
                        f"The recovery key could not be written to “{path}” ({error.strerror}). "
                        "“secassist vault recover” makes another."
                    ) from error
                use.confirm(vault, recovery)
                return {"recovery_file": str(path)}

            yield write
    except BaseException:
        with suppress(OSError):
            if not was_there and not path.stat().st_size:
                path.unlink()  # no store was made, so no empty sheet stays either
        raise


def _open_new(path: Path) -> BinaryIO:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise UnusableCall(f"“{path}” could not be written: {error.strerror}.") from error
    file = os.fdopen(descriptor, "wb")
    found = os.fstat(descriptor)
    if found.st_size:
        file.close()
        raise UnusableCall(f"“{path}” is there already. It may hold another recovery key.")
    if stat.S_ISREG(found.st_mode):  # an empty file that others may read was there before
        with suppress(OSError):
            os.chmod(path, 0o600)
    return file


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
