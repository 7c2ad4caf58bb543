"""The exported file, which holds every password in the clear: known again, and deleted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from secassist.base.errors import CouldNotFinish, UnusableInput


@dataclass(frozen=True, slots=True)
class ExportedList:
    """A file as it was when it was opened, so that no other one is deleted in its place."""

    path: Path
    identity: tuple[int, int, int, int]
    """Device, inode, size, time of the last change (ns)."""

    @classmethod
    def of(cls, path: Path) -> Self:
        """The file that stands there now. Raises UnusableInput."""
        try:
            real = path.resolve(strict=True)  # of a link, what it leads to is to be deleted
            return cls(real, _identity(real))
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise UnusableInput(f"This file could not be read: {why}.") from error

    def delete(self) -> None:
        """Delete it; it does not go into a bin. A file that is gone already is well.

        Raises CouldNotFinish where another file took its place, or it cannot be deleted.
        """
        try:
            if _identity(self.path) != self.identity:
                raise CouldNotFinish(
                    f"“{self.path.name}” was changed after it was read, so we did not delete it."
                )
            self.path.unlink()
        except FileNotFoundError:
            return
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise CouldNotFinish(f"“{self.path.name}” could not be deleted: {why}.") from error


def _identity(path: Path) -> tuple[int, int, int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
