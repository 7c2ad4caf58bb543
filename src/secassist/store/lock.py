"""One writer at a time, between programs: a lock on a file that is always there.

The system drops the lock when a process ends, however it ends, so none is ever left behind.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from secassist.base.errors import CouldNotFinish
from secassist.store import states
from secassist.store.faults import saving

FILE: Final = "vault.lock"
WAIT: Final = 5.0
"""Seconds to wait for another program. A change takes milliseconds, a backup less than a second."""
_PAUSE: Final = 0.005


@contextmanager
def held(folder: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock of the store in ``folder``. Raises CouldNotFinish when it stays taken."""
    with saving():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        end = time.monotonic() + wait
        with saving():  # some file systems know no locks
            while not _take(descriptor):
                if time.monotonic() > end:
                    raise CouldNotFinish(states.BUSY)
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)  # which gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        # flock, not lockf: SQLite's own locks on its file are of the other kind and stay apart.
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
