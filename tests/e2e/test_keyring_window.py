"""The window over a real keyring: works, emptied, locked, killed, silent, absent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.gnome_keyring import ROOT, environment, require_keyring

ANSWER = 4.0
"""Seconds in which a person has to have an answer, where the system asks nothing."""
BUSY = 0.1
"""Seconds that the window's thread may be busy at a stretch."""


def _run(home: Path, *steps: str, bus: bool = True) -> list[dict[str, Any]]:
    script = [sys.executable, str(ROOT / "tests" / "e2e" / "keyring_window.py"), *steps]
    done = subprocess.run(
        ["dbus-run-session", "--", *script] if bus else script,
        env={**environment(home), "PYTHONFAULTHANDLER": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for line in told:
        if "page" in line:
            assert line["seconds"] < ANSWER + ("recover" in line["step"]) * ANSWER, line
            assert line["busiest"] < BUSY * (5 if os.environ.get("CI") else 1), line
    return told


@pytest.fixture
def home(tmp_path: Path) -> Path:
    require_keyring()
    return tmp_path


@pytest.mark.timeout(150)
def test_the_window_opens_codes_by_the_keyring_and_by_the_spare_key_when_it_lost_the_key(
    home: Path,
) -> None:
    steps = "start open add open empty open recover open lock open recover open"
    told = _run(home, *steps.split())
    assert [(line["page"], line["button"]) for line in told if "page" in line] == [
        ("NoCodesPage", "Set up the first account"),
        ("SpareKeyPage", "Done"),
        ("CodesPage", "Add an account"),
        ("StoreClosedPage", "Open with spare key"),
        ("SpareKeyPage", "Done"),
        ("CodesPage", "Add an account"),
        ("StoreClosedPage", "Try again"),
        ("SpareKeyPage", "Done"),
        ("LockedPage", "Unlock"),  # by the passphrase that was chosen: the key ring stays locked
    ]


@pytest.mark.timeout(150)
def test_a_keyring_that_is_killed_or_never_answers_is_told_and_got_around(home: Path) -> None:
    told = _run(home, "start", "open", "add", "kill", "silence", "open", "recover", "open")
    assert [line["page"] for line in told[-3:]] == [
        "StoreClosedPage",
        "SpareKeyPage",
        "LockedPage",
    ]


@pytest.mark.timeout(150)
def test_without_a_keyring_the_window_asks_for_a_passphrase(home: Path) -> None:
    told = _run(home, "open", "add", "open", bus=False)
    assert [line["page"] for line in told] == ["NoCodesPage", "SpareKeyPage", "LockedPage"]
