"""kill -9 of the window in the middle of an action plan loses nothing that it had shown."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from support.torture import killed, rounds


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
@pytest.mark.timeout(1800)
def test_what_a_page_has_shown_survives(tmp_path: Path) -> None:
    number = rounds(60, 3)
    found = killed("kill_window.py", tmp_path / "store", number)
    assert found["rounds"] == number
    assert found["lost"] == []
    assert found["shown"] >= number  # or else nothing was tried
