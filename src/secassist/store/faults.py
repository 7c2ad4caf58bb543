"""What the system refuses, in sentences; see ``database.faults`` for what SQLite does."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from secassist.base.errors import CouldNotFinish
from secassist.store import states

_FULL: Final = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


@contextmanager
def saving() -> Iterator[None]:
    """Turn an OSError into CouldNotFinish: it was not saved."""
    try:
        yield
    except OSError as error:
        full = error.errno in _FULL
        raise CouldNotFinish(states.DISK_FULL if full else states.NOT_SAVED) from error


@contextmanager
def reading() -> Iterator[None]:
    """Turn an OSError into CouldNotFinish: it could not be read."""
    try:
        yield
    except OSError as error:
        raise CouldNotFinish(states.NOT_READ) from error
