"""``secassist mailbox``: the form of the answer, the exit codes, the sentences."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.cli import main as program
from secassist.usecases import mail_account
from support.mailboxes import BEGIN, DAY, PEOPLE, Letter, alerts, flood, mbox, year

AT = BEGIN + 40 * DAY


@pytest.fixture
def flooded(tmp_path: Path) -> Path:
    path = tmp_path / "mails.mbox"
    letters = [*year(PEOPLE["quiet"], seed=1, days=45), *alerts(AT, count=3, seed=1)]
    path.write_bytes(mbox(sorted([*letters, *flood("confirmations", AT, 300, per_hour=900)])))
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = program.main(["mailbox", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_json_as_the_contract_says(flooded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, flooded, "--json", "--offline")
    answer = json.loads(out)
    assert (code, err, out.count("\n")) == (1, "", 1)
    assert answer["schema"] == "secassist.mailbox/1"
    assert {"messages", "seconds", "floods", "buried", "limits"} <= answer.keys()
    (found,) = answer["floods"]
    assert {"start", "end", "messages", "peak_per_hour", "domains", "signals"} <= found.keys()
    assert found["start"].startswith("2025-02-10T00:0")
    for mail in answer["buried"]:
        assert {"offset", "date", "from", "subject", "kind", "why", "verdict"} <= mail.keys()
        assert flooded.read_bytes()[mail["offset"] :].startswith(b"From ")
        assert mail["verdict"] == "cannot-tell"


def test_words_for_people(flooded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, flooded, "--no-judge")
    assert code == 1
    assert "Flood from 2025-02-10" in out
    assert "delete nothing yet" in out


def test_a_calm_mailbox(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(year(PEOPLE["quiet"], seed=1, days=20)))
    code, out, _ = run(capsys, path, "--no-judge")
    assert code == 0
    assert "No flood was found." in out


def test_what_a_sender_writes_does_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox([Letter(AT, "a@b.example", "Your password was changed \x1b[2J\u202e")]))
    _, out, _ = run(capsys, path, "--no-judge")
    assert "password was changed" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["nothing-here"], 2, "There is no"),
        ([], 2, "Name one mailbox"),
        (["imap://example.org"], 2, "imap://name@server"),
        (["imap://me@127.0.0.1", "--offline"], 2, "--offline"),
        (["imap://me@127.0.0.1:1", "--password-file", "nothing-here"], 2, "could not be read"),
        (["x", "--unknown"], 2, "unknown"),
    ],
)
def test_what_is_unusable_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], code: int, says: str
) -> None:
    got, out, err = run(capsys, *words)
    assert (got, out, err.count("\n")) == (code, "", 1)
    assert says in err


def test_no_server_is_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "password").write_text("secret\n")
    code, out, err = run(capsys, "imap://me@127.0.0.1:1", "--password-file", tmp_path / "password")
    assert (code, out) == (3, "")
    assert "secret" not in err


def test_the_password_is_the_first_line_as_every_editor_writes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def opened(account: object, password: str, closing: object) -> tuple[()]:
        given.append(password)
        raise CouldNotFinish("Enough.")

    monkeypatch.setattr(mail_account, "open_account", opened)
    file = tmp_path / "password"
    file.write_bytes("\N{ZERO WIDTH NO-BREAK SPACE}geheim\r\nmore\r\n".encode())
    assert run(capsys, "imap://me@127.0.0.1:1", "--password-file", file)[0] == 3
    assert given == ["geheim"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run(capsys, tmp_path / "pipe")[0] == 2
