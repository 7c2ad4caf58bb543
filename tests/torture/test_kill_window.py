"""kill -9 of the window in the middle of an action plan loses nothing that it had shown."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.torture import SEED, rounds

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
@pytest.mark.timeout(1800)
def test_what_a_page_has_shown_survives(tmp_path: Path) -> None:
    number = rounds(60, 3)
    script = [sys.executable, str(HERE / "kill_window.py"), str(tmp_path / "store")]
    done = subprocess.run(
        [*script, str(number), str(SEED)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(done.stdout)
    assert found["rounds"] == number
    assert found["lost"] == []
    assert found["shown"] >= number  # or else nothing was tried
