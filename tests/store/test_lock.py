"""What is said where there are no locks; ``test_vault`` has two writers."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.store import lock, states


@pytest.mark.skipif(sys.platform == "win32", reason="flock is what other systems have")
def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(CouldNotFinish) as caught, lock.held(tmp_path):
        pytest.fail("nothing was locked")
    assert caught.value.sentence == states.NOT_SAVED
