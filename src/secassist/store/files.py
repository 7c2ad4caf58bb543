"""What else stands in the folder: leftovers, the mark that it is locked, files set aside."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from secassist.store import database, key_file
from secassist.store.atomic import sync_folder
from secassist.store.faults import reading, saving

BACKUPS: Final = "backups"
ASIDE: Final = "set-aside"
_LOCKED: Final = "vault.locked"
_STAMP: Final = "%Y%m%dT%H%M%S.%fZ"


def sweep(folder: Path) -> None:
    """Remove what a program that was killed left behind. Hold the lock meanwhile."""
    backups = folder / BACKUPS
    left = [*folder.glob(".vault.*.tmp*"), *backups.glob(".*.tmp*")]
    # The key file of a backup is put there first: without its database it is half a backup.
    left += [path for path in backups.glob("*.keys") if not path.with_suffix(".db").exists()]
    for path in left:
        with suppress(OSError):  # it does no harm, and the next start tries again
            path.unlink()


def remove_dead_journal(folder: Path) -> None:
    """Remove a journal that SQLite did not want when it read the database; a full disk leaves one.

    One that it wants is rolled back and gone by then. Hold the lock: nobody is writing.
    """
    with suppress(OSError):
        (folder / f"{database.FILE}-journal").unlink(missing_ok=True)


def is_locked(folder: Path) -> bool:
    """Whether the person locked the store for every program. Raises CouldNotFinish."""
    with reading():
        return (folder / _LOCKED).exists()


def mark_locked(folder: Path) -> None:
    """Lock the store for every program; open ones close it at their next step.

    Raises CouldNotFinish.
    """
    with saving():
        os.close(os.open(folder / _LOCKED, os.O_WRONLY | os.O_CREAT, 0o600))


def mark_unlocked(folder: Path) -> None:
    """Take the mark away. Raises CouldNotFinish."""
    with saving():
        (folder / _LOCKED).unlink(missing_ok=True)


def private_copy(source: Path, target: Path) -> None:
    """Copy a file to a new one that only its owner can read; on disk on return. Raises OSError."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as old, os.fdopen(descriptor, "wb") as new:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())


def set_aside(folder: Path, *, keys: bool) -> Path | None:
    """Keep the present files byte for byte before others take their place. Raises OSError.

    The journal is moved: it must not be applied to another database. The rest is copied, so that
    until it is replaced nothing is missing. The new folder; None where there is nothing to keep.
    """
    names = [database.FILE] + ([key_file.FILE] if keys else [])
    journal = folder / f"{database.FILE}-journal"
    there = [folder / name for name in names if (folder / name).exists()]
    if not there and not journal.exists():
        return None
    target = folder / ASIDE / datetime.now(UTC).strftime(_STAMP)
    target.mkdir(parents=True, mode=0o700)
    for path in there:
        private_copy(path, target / path.name)
    if journal.exists():
        journal.replace(target / journal.name)
    sync_folder(target)
    return target


def keep_key_file(folder: Path) -> None:
    """Set a damaged key file aside, byte for byte. Raises OSError."""
    path = folder / key_file.FILE
    if path.exists():
        target = folder / ASIDE / datetime.now(UTC).strftime(_STAMP)
        target.mkdir(parents=True, mode=0o700)
        private_copy(path, target / path.name)


def remove_everything(folder: Path) -> None:
    """Delete the store with all that belongs to it. Raises OSError."""
    for name in (database.FILE, f"{database.FILE}-journal", key_file.FILE, _LOCKED):
        (folder / name).unlink(missing_ok=True)
    sweep(folder)
    for name in (BACKUPS, ASIDE):
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
