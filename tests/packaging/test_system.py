"""What is missing on a system is named, and installed only by root or with consent."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def system() -> ModuleType:
    spec = importlib.util.spec_from_file_location("system", PACKAGING / "system.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bare(
    system: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[list[str]]]:
    """A Linux without what the table names; call it with the user's id, get the calls made."""

    def make(uid: int, *, tty: bool = False, answer: str = "") -> list[list[str]]:
        table = tmp_path / "system.toml"
        table.write_text(
            '[always]\n"new-name | old-name" = "program:no-such-program"\n'
            '"here" = "module:json"\n[better]\n"nicer" = "file:/no/such/*"\n'
        )
        calls: list[list[str]] = []

        def run(command: list[str], **_: Any) -> SimpleNamespace:
            known = command[-1] == "new-name"
            return SimpleNamespace(stdout="Candidate: 1.0\n" if known else "", returncode=0)

        def call(command: list[str], **_: Any) -> int:
            calls.append(command)
            return 0

        terminal = io.StringIO(answer)
        monkeypatch.setattr(terminal, "isatty", lambda: tty)
        monkeypatch.setattr(sys, "stdin", terminal)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: tty, raising=False)
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(system, "TABLE", table)
        monkeypatch.setattr(os, "geteuid", lambda: uid, raising=False)
        monkeypatch.setattr(subprocess, "run", run)
        monkeypatch.setattr(subprocess, "call", call)
        tools = {"apt-get": "/usr/bin/apt-get", "sudo": "/usr/bin/sudo"}
        monkeypatch.setattr(system.shutil, "which", tools.get)
        return calls

    return make


def test_root_installs(bare: Callable[..., list[list[str]]], system: ModuleType) -> None:
    calls = bare(0)
    system.add_missing(["always", "better"])
    update, install = calls
    assert update[-1] == "update"
    assert install[-5:] == ["install", "-y", "--no-install-recommends", "new-name", "nicer"]


def test_person_without_a_terminal_reads_the_command(
    bare: Callable[..., list[list[str]]], system: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = bare(1000)
    with pytest.raises(SystemExit) as left:
        system.add_missing(["always"])
    assert left.value.code == 2
    assert calls == []
    assert "sudo apt-get install --no-install-recommends new-name\n" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "installs"), [("y\n", True), ("\n", False), ("", False)])
def test_sudo_needs_a_yes(
    answer: str, installs: bool, bare: Callable[..., list[list[str]]], system: ModuleType
) -> None:
    calls = bare(1000, tty=True, answer=answer)
    if installs:
        system.add_missing(["always"])
        assert calls[-1][0] == "sudo"
    else:
        with pytest.raises(SystemExit):
            system.add_missing(["always"])
        assert calls == []


def test_what_is_only_better_stops_nobody(
    bare: Callable[..., list[list[str]]], system: ModuleType
) -> None:
    calls = bare(1000)
    system.add_missing(["better"])
    assert calls == []


def test_without_apt_only_what_the_window_needs_stops(
    bare: Callable[..., list[list[str]]],
    system: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bare(0)
    monkeypatch.setattr(system.shutil, "which", lambda _: None)
    system.add_missing(["better"])
    assert "nicer" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        system.add_missing(["always"])
    assert left.value.code == 2


def test_nothing_is_asked_of_other_systems(
    bare: Callable[..., list[list[str]]], system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = bare(0)
    monkeypatch.setattr(sys, "platform", "darwin")
    system.add_missing(["always"])
    assert calls == []


@pytest.mark.parametrize(
    ("probe", "there"),
    [
        ("module:json", True),
        ("module:no_such_module", False),
        ("lib:libno-such-library.so.0", False),
        ("program:no-such-program", False),
        (f"file:{PACKAGING}/**/*.toml", True),
        (f"file:{PACKAGING}/*.nothing", False),
    ],
)
def test_probes(probe: str, there: bool, system: ModuleType) -> None:
    assert system.is_there(probe) is there


def test_every_line_of_the_table_can_be_probed() -> None:
    table = tomllib.loads((PACKAGING / "system.toml").read_text())
    for section in table.values():
        for names, probe in section.items():
            assert re.fullmatch(r"[a-z0-9.+{}-]+( \| [a-z0-9.+{}-]+)*", names), names
            assert re.fullmatch(r"(lib|program|module|file):\S+", probe), probe
