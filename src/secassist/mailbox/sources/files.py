"""Opening files that may be anything: pipes, devices, folders, gone, forbidden."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from secassist.base.errors import CouldNotFinish, UnusableInput


def open_regular(path: Path) -> BinaryIO:
    """Open an ordinary file for reading, unbuffered. Never waits, never opens anything else.

    Raises UnusableInput with one sentence.
    """
    try:
        # Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError as error:
        raise UnusableInput(f"There is no “{path.name}”. Check its name.") from error
    except PermissionError as error:
        raise UnusableInput(
            f"“{path.name}” may not be read by you. Copy it to a place of your own first."
        ) from error
    except (OSError, ValueError) as error:
        raise UnusableInput(f"“{path.name}” cannot be opened.") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnusableInput(
            f"“{path.name}” is not a file. Choose a mailbox file, a Maildir or a folder of mail."
        )
    return os.fdopen(handle, "rb", buffering=0)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn a fault of the disk, or of the way to it, into CouldNotFinish."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CouldNotFinish(f"“{name}” cannot be read to its end ({why}).") from error


def read_start(path: Path, size: int) -> bytes:
    """The first bytes of a file, fewer if it is shorter. Raises as ``open_regular`` does."""
    with open_regular(path) as file:
        try:
            return file.read(size)
        except OSError as error:
            raise UnusableInput(f"“{path.name}” cannot be read.") from error
