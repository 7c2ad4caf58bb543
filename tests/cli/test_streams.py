"""The real program with the streams that shells and schedulers really hand over."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from secassist.cli.main import main
from support.dns_server import DnsServer

SAMPLES = Path(__file__).resolve().parents[2] / "assets" / "samples"
PAYPAL = SAMPLES / "paypal-lookalike.eml"
PROGRAM = "import sys; from secassist.cli.main import main; sys.exit(main())"
posix = pytest.mark.skipif(os.name != "posix", reason="shells of other systems differ")


def environment(folder: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LC_", "LANG"))}
    return {**kept, "SECASSIST_DATA": str(folder / "data"), **(extra or {})}


def in_shell(
    line: str, folder: Path, extra: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """``line`` with ``$S`` as the program; its exit code is that of the first part of a pipe."""
    script = f'S() {{ "$PYTHON" -c "$PROGRAM" "$@"; }}\n{line}\n'
    return subprocess.run(
        ["bash", "-c", script],
        env={**environment(folder, extra), "PYTHON": sys.executable, "PROGRAM": PROGRAM},
        capture_output=True,
        timeout=60,
        check=False,
    )


@posix
def test_who_reads_only_the_first_line_is_no_fault(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.eml").write_bytes(PAYPAL.read_bytes())
    done = in_shell(
        f"S check --offline --json {tmp_path} | head -1; exit ${{PIPESTATUS[0]}}", tmp_path
    )
    assert done.returncode == 3
    assert done.stderr == b""
    assert json.loads(done.stdout)["verdict"] == "fake"


@posix
@pytest.mark.parametrize("words", ["--help", "vault status --json", f"check --offline {PAYPAL}"])
def test_a_full_disk_behind_the_output_is_one_sentence(words: str, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = in_shell(f"S {words} >/dev/full", tmp_path)
    assert done.returncode == 3
    (line,) = done.stderr.decode().splitlines()
    assert "could not be finished" in line


@posix
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("S check <&-", 2),
        ("S totp add - <&-", 2),
        (f"S check --offline {PAYPAL} >&-", 1),
        ("S check /no/such/file 2>&-", 2),
        ("S check /no/such/file <&- >&- 2>&-", 2),
    ],
)
def test_closed_streams(line: str, code: int, tmp_path: Path) -> None:
    done = in_shell(line, tmp_path)
    assert done.returncode == code
    assert done.stdout == b""  # not even what belongs to a stderr that is closed
    assert len(done.stderr.splitlines()) <= 1


@posix
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_json_is_utf_8_whatever_the_terminal_speaks(encoding: str, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"From: a@example.org\r\nSubject: =?utf-8?b?wrvDvMKrIOKGkg==?=\r\n\r\nhi\r\n")
    named = tmp_path / os.fsdecode(b"odd\xff.eml")
    try:
        named.write_bytes(mail.read_bytes())
    except OSError:
        pytest.skip("this disk takes no such name")
    extra = {"PYTHONIOENCODING": encoding}
    done = in_shell(f"S check --offline --json {tmp_path}", tmp_path, extra)
    assert done.returncode == 1
    reports = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [r["message"]["subject"] for r in reports] == ["»ü« →"] * 2
    assert [os.fsencode(r["source"]) for r in reports] == [bytes(mail), bytes(named)]
    text = in_shell(f"S check --offline {mail}", tmp_path, extra)
    assert text.returncode == 1
    assert text.stderr == b""
    assert text.stdout.decode(encoding)


def test_what_the_terminal_has_no_character_for_is_a_question_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["runbook", "show", "flood"]) == 0
    out.flush()
    assert b"?" in out.buffer.getvalue()  # type: ignore[attr-defined]


def test_the_name_of_a_file_does_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "a\x1b[2J\nb\u202e.eml")]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "\x1b" not in err
    assert "\u202e" not in err


# Whoever runs the tests in the background of a script has SIGINT ignored, and children inherit it.
ASKED_TO_STOP = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


@posix
@pytest.mark.parametrize("words", [["check", "--json", "MAIL"], ["dns", "org", "a.example"]])
def test_ctrl_c_is_one_word_and_leaves_nothing_behind(words: list[str], tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"From: a@b.example\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\nhi\r\n")
    with DnsServer({}, faults={"*": "drop"}) as server:
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", ASKED_TO_STOP + PROGRAM),
                *(str(mail) if word == "MAIL" else word for word in words),
                *("--dns", f"{server.address}:{server.port}"),
            ],
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        end = time.monotonic() + 20
        while not server.questions and time.monotonic() < end:
            time.sleep(0.01)  # until it waits for an answer
        assert server.questions
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 3
    assert out == b""
    assert err == b"secassist: stopped.\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
def test_where_nobody_can_be_told_the_code_still_tells(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "check", str(tmp_path / "nothing-here.eml")],
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stdout) == (2, b"")
