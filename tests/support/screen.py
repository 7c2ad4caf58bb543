"""A real screen without a monitor: Xvfb, a session bus, the accessibility bus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"


def launcher() -> str:
    """The program that starts the accessibility bus."""
    return next((path for path in LAUNCHERS if Path(path).exists()), "")


def require_screen_reader_parts() -> None:
    """Skip, saying why, where a part of the system is missing."""
    for program in ("Xvfb", "xvfb-run", "dbus-run-session"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (make test installs it)")
    if not launcher():
        pytest.skip("at-spi2-core is not installed (make test installs it)")
    probe = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    if not Path(SYSTEM_PYTHON).exists() or _fails(probe):
        pytest.skip("python3-gi and gir1.2-atspi-2.0 are not installed (make test installs them)")


def on_screen(script: str, *, environment: dict[str, str], seconds: int) -> str:
    """Run the shell ``script`` on a screen and a session bus of its own; what it printed."""
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24 -nolisten tcp"]
    command += ["dbus-run-session", "--", "bash", "-c", script]
    done = subprocess.run(
        command,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
            "WINDOW_PYTHON": sys.executable,
            "BUS_LAUNCHER": launcher(),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    return done.stdout + done.stderr


def _fails(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode != 0
