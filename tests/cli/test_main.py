from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from secassist.cli.main import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_helps(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(import_module(f"secassist.cli.{name}").run)
    assert main([name, "--help"]) == 0
    assert "Usage: secassist" in capsys.readouterr().out


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [["frob"], ["--frob"], ["--page", "frob"], ["--page"], ["a", "b"], ["check", "a\0b"]],
)
def test_calls_that_make_no_sense(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_fault_of_ours_is_one_line_without_what_it_worked_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(words: list[str]) -> int:
        raise KeyError("secret of the person")

    broken = ModuleType("secassist.cli.check")
    broken.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "secassist.cli.check", broken)
    assert main(["check"]) == 3
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "secret" not in err


@pytest.mark.parametrize(
    "words",
    [
        ["vault", "status"],
        ["runbook", "list"],
        ["mailbox", "MAILS"],
    ],
)
def test_more_and_less_on_stderr_leave_stdout_alone(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = tmp_path / "mails" / "mail.eml"
    mail.parent.mkdir()
    mail.write_bytes(b"From: a@example.org\r\nSubject: hi\r\n\r\nhi\r\n")
    call = [str(mail.parent) if word == "MAILS" else word for word in words]
    told = []
    for how in ("--quiet", "-v"):
        assert main([*call, "--json", how, "--data", str(tmp_path / "data")]) == 0
        told.append(capsys.readouterr())
    assert told[0].err == ""
    assert str(tmp_path) in told[1].err or mail.parent.name in told[1].err
    assert all(json.loads(line) for each in told for line in each.out.splitlines())


@pytest.mark.parametrize("command", [["vault", "status"], ["runbook", "list"], ["mailbox", "."]])
def test_an_empty_data_folder_is_not_the_folder_we_are_in(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--data", ""]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
