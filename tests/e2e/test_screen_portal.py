"""Pictures of the screen by a desktop's portal, on a session bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def ask(*words: str, bus: bool = True) -> str:
    if shutil.which("dbus-run-session") is None:
        pytest.skip("dbus-run-session is not installed (make test installs it)")
    script = [sys.executable, str(ROOT / "tests" / "e2e" / "portal_session.py"), *words]
    hidden = "DBUS_SESSION_BUS_ADDRESS"
    environment = {name: value for name, value in os.environ.items() if name != hidden}
    done = subprocess.run(
        ["dbus-run-session", "--", *script] if bus else script,
        env={**environment, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "Screen shot ü.png"
    path.write_bytes(b"x" * 5_000)
    return path


def test_the_picture_comes_and_its_file_goes(picture: Path) -> None:
    assert ask("gives", str(picture)) == "5000"
    assert not picture.exists()


def test_a_person_who_says_no_is_heard(picture: Path) -> None:
    assert ask("refuses", str(picture)).startswith("UnusableInput You said no")
    assert picture.exists()


def test_a_portal_that_never_answers(picture: Path) -> None:
    assert ask("silent", str(picture)).startswith("CouldNotFinish Your desktop did not answer")


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    assert ask("gives", str(tmp_path / "none.png")).startswith("CouldNotFinish This desktop")


@pytest.mark.parametrize("bus", [True, False])
def test_no_portal(bus: bool) -> None:
    assert ask(bus=bus).startswith("CouldNotFinish This desktop keeps it")
