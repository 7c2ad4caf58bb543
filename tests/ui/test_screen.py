"""Without a screen the window says so in one line, in every way in which there can be none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "import sys; from secassist.cli.main import main; sys.exit(main())"
linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")


@linux
@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"DISPLAY": ":8765"},
        {"DISPLAY": "no.such.host.invalid:0"},
        {"WAYLAND_DISPLAY": "wayland-8765"},
        {"WAYLAND_DISPLAY": "w" * 300},
        {"WAYLAND_DISPLAY": "wayland-8765", "DISPLAY": ":8765"},
        {"QT_QPA_PLATFORM": "no-such-platform"},
    ],
)
def test_one_line_and_exit_code_2(variables: dict[str, str], tmp_path: Path) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**kept, "SECASSIST_DATA": str(tmp_path), **variables},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert "no window can open" in line
    assert "secassist check FILE" in line
