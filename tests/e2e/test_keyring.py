"""The store with a real keyring: it works, is locked, was killed, is absent, or never answers."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from support.gnome_keyring import on_bus, require_keyring

ANSWER = 4.0
"""Seconds in which a person has to have an answer, where the system asks nothing."""
STRETCHING = 3.0
"""Seconds more where a passphrase is stretched, which is no time of the keyring's."""
PASSPHRASE = "a passphrase for the tests"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    require_keyring()
    home = tmp_path / "home"
    home.mkdir()
    (home / "passphrase").write_text(PASSPHRASE)
    return home


def _steps(home: Path, *steps: str) -> list[str]:
    """``status DIR``, ``init DIR`` …: with the files that they need."""
    files = {
        "init": f"--recovery-file {home}/recovery",
        "recover": f"--recovery-file {home}/recovery --new-recovery-file {home}/next",
        "recover+passphrase": f"--recovery-file {home}/recovery --new-recovery-file {home}/next "
        f"--passphrase-file {home}/passphrase",
        "status+passphrase": f"--passphrase-file {home}/passphrase",
        "passphrase": f"--new-passphrase-file {home}/passphrase",
        "backup": "",
        "status": "",
    }
    return [
        f"{step.split('+')[0]} --data {home}/store {files[step]}" if step in files else step
        for step in steps
    ]


def _run(home: Path, *steps: str, bus: bool = True) -> list[dict[str, Any]]:
    assert shlex.quote(str(home)) == str(home)  # a step is split at its blanks
    told = on_bus(home, *_steps(home, *steps), bus=bus)
    for line in told:
        limit = ANSWER + ("passphrase-file" in line["step"]) * STRETCHING
        assert line.get("seconds", 0.0) < limit, line
    return told


@pytest.mark.timeout(150)
def test_it_works_is_locked_and_the_recovery_key_leads_out(home: Path) -> None:
    told = _run(
        home,
        "start",
        "status",
        "init",
        "status",
        "lock",
        "status",
        "recover",
        "recover+passphrase",
        "status+passphrase",
    )
    states = [(line["state"], line["code"]) for line in told if line.get("state")]
    assert states == [
        ("none", 0),
        ("open", 0),
        ("open", 0),
        ("keyring-locked", 1),
        ("open", 0),  # by the recovery key and a passphrase, without the keyring
        ("open", 0),
    ]
    refused = told[6]
    assert (refused["code"], "locked" in refused["said"]) == (3, True)


@pytest.mark.timeout(150)
def test_with_a_passphrase_both_are_needed(home: Path) -> None:
    told = _run(home, "start", "init", "passphrase", "status", "status+passphrase", "empty")
    assert [line["state"] for line in told if "state" in line] == ["open", "open", "locked", "open"]
    assert "together" in told[4]["where_the_key_lives"]


@pytest.mark.timeout(150)
def test_a_keyring_that_lost_the_key_gets_it_back(home: Path) -> None:
    told = _run(home, "start", "init", "empty", "status", "recover", "status")
    assert [line["state"] for line in told if "state" in line] == [
        "open",
        "keyring-empty",
        "open",
        "open",
    ]


@pytest.mark.timeout(150)
def test_a_killed_daemon(home: Path) -> None:
    # The bus starts another, which is locked.
    told = _run(home, "start", "init", "kill", "status", "recover+passphrase", "status+passphrase")
    assert told[3]["state"] in ("keyring-locked", "keyring-missing")
    assert [line["state"] for line in told[4:]] == ["open", "open"]


@pytest.mark.timeout(150)
def test_no_keyring_at_all(home: Path) -> None:
    _run(home, "start", "init")
    told = _run(home, "status", "recover+passphrase", "status+passphrase", bus=False)
    assert [line["state"] for line in told] == ["keyring-missing", "open", "open"]


@pytest.mark.timeout(150)
def test_a_keyring_that_never_answers(home: Path) -> None:
    _run(home, "start", "init")
    told = _run(home, "silence", "status", "recover+passphrase", "status+passphrase")
    assert [line["state"] for line in told[1:]] == ["keyring-silent", "open", "open"]


@pytest.mark.timeout(150)
def test_a_keyring_that_asks_a_person_who_does_not_come(home: Path) -> None:
    _run(home, "start", "init")
    told = _run(home, "prompting", "status", "wait", "recover+passphrase", "status+passphrase")
    assert [line["state"] for line in told[1:]] == [
        "keyring-locked",  # looking at the state asks nobody
        "keyring-silent",
        "open",
        "open",
    ]
    assert 3.4 < told[2]["waited"] < 3.5 + ANSWER  # beyond what a keyring gets that asks nobody
