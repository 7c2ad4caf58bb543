"""One writer at a time, and what is said where there are no locks."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.store import lock, states


def test_a_second_writer_waits_and_is_told_so(tmp_path: Path) -> None:
    with lock.held(tmp_path):
        with pytest.raises(CouldNotFinish) as caught, lock.held(tmp_path, wait=0):
            pytest.fail("two writers")
    assert caught.value.sentence == states.BUSY
    with lock.held(tmp_path, wait=0):
        pass  # the first one gave it back


@pytest.mark.skipif(sys.platform == "win32", reason="flock is what other systems have")
def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(CouldNotFinish) as caught, lock.held(tmp_path):
        pytest.fail("nothing was locked")
    assert caught.value.sentence == states.NOT_SAVED
