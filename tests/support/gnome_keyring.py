"""A real GNOME keyring on a session bus of its own, in a home of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
_HIDDEN = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND")


def require_keyring() -> None:
    """Skip, saying why, where a part of the system is missing."""
    for program in ("dbus-run-session", "gnome-keyring-daemon"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (make test installs it)")


def environment(home: Path) -> dict[str, str]:
    """What programs on the bus get: a home of their own, and no screen.

    A daemon that the bus starts again gets the environment of the bus, so the bus needs it, too.
    """
    runtime = home / "run"
    runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home / ".local" / "share" / "keyrings").mkdir(parents=True, exist_ok=True)
    return {
        **{name: value for name, value in os.environ.items() if name not in _HIDDEN},
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
    }


def on_bus(home: Path, *steps: str, bus: bool = True, seconds: int = 100) -> list[dict[str, Any]]:
    """Run the steps of ``tests/e2e/keyring_session.py``; what each of them told."""
    script = [sys.executable, str(ROOT / "tests" / "e2e" / "keyring_session.py"), *steps]
    done = subprocess.run(
        ["dbus-run-session", "--", *script] if bus else script,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
