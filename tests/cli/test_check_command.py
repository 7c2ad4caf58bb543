"""The command line as people and acceptance call it: real files, real DNS messages, real output."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from secassist.cli.main import main
from secassist.network.dns.server import Server
from secassist.store import settings
from support.dns_server import DnsServer
from support.mails import RECEIVED_AT, at_gmail, at_unknown
from support.sign import key_record, letter, sign

DOMAIN = "mail.instagram.com"
ZONE = {**key_record(DOMAIN), f"_dmarc.{DOMAIN}": {"TXT": ["v=DMARC1; p=reject"]}}
RESET = sign(
    letter(sender=f"Instagram <security@{DOMAIN}>", subject="Reset your Instagram password"),
    domain=DOMAIN,
)
SAMPLES = Path(__file__).resolve().parents[2] / "assets" / "samples"


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECASSIST_DATA", str(tmp_path / "data"))


def run(*arguments: str | Path) -> int:
    return main(["check", *map(str, arguments)])


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_over_real_dns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(at_unknown(RESET))
    with DnsServer(ZONE) as server:
        code = run("--json", "--dns", f"{server.address}:{server.port}", mail)
    out, err = capsys.readouterr()
    (report,) = objects(out)
    assert code == 0
    assert err == ""
    assert report["schema"] == "secassist.check/1"
    assert report["verdict"] == "genuine"
    assert report["source"] == str(mail)
    assert report["message"]["from"] == f"security@{DOMAIN}"
    assert report["message"]["claimed"] == "instagram"
    assert report["authentication"]["dkim"][0]["result"] == "pass"
    assert report["authentication"]["dkim"][0]["scope"] == "message"
    assert report["authentication"]["dmarc"]["policy"] == "reject"
    asked = {entry["question"]: entry["outcome"] for entry in report["network"]}
    assert asked[f"s._domainkey.{DOMAIN} TXT"] == "found"
    assert all(entry["kind"] == "dns" for entry in report["network"])


def test_nothing_in_links_is_ever_asked(tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    body = "See https://secret-link.example/x and http://other.test/y\r\n"
    mail.write_bytes(at_unknown(sign(letter(body=body), domain="bank.example")))
    with DnsServer(key_record("bank.example")) as server:
        run("--dns", f"{server.address}:{server.port}", mail)
        asked = {question.name for question in server.questions}
    assert asked
    assert not any("secret-link" in name or "other.test" in name for name in asked)


@pytest.mark.parametrize(
    ("mail", "code"),
    [("instagram-reset.eml", 0), ("paypal-lookalike.eml", 1)],
)
def test_the_samples_offline(mail: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--offline", SAMPLES / mail) == code
    assert capsys.readouterr().out


def test_answers_choose_the_action(capsys: pytest.CaptureFixture[str]) -> None:
    run("--offline", "--json", "--asked", "no", SAMPLES / "instagram-reset.eml")
    (report,) = objects(capsys.readouterr().out)
    assert report["verdict"] == "genuine"
    assert report["action"]["code"] == "make-safer"
    assert report["incident"] == "instagram-resets-2026-01"


def test_several_inputs_one_object_each_and_the_worst_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = tmp_path / "two.mbox"
    good = (SAMPLES / "instagram-reset.eml").read_bytes()
    bad = (SAMPLES / "paypal-lookalike.eml").read_bytes()
    start = b"From x@example.com Thu Jan  1 00:00:00 2026\n"
    box.write_bytes(start + good + b"\n" + start + bad)
    assert run("--offline", "--json", box) == 1
    reports = objects(capsys.readouterr().out)
    assert [r["verdict"] for r in reports] == ["genuine", "fake"]
    assert [r["source"] for r in reports] == [f"{box}#1", f"{box}#2"]


def test_stdin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    data = io.TextIOWrapper(io.BytesIO(at_gmail(RESET, results=f"dmarc=pass header.from={DOMAIN}")))
    monkeypatch.setattr(sys, "stdin", data)
    assert run("--offline", "--json") == 0
    (report,) = objects(capsys.readouterr().out)
    assert report["source"] == "-"


def test_provider_and_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(at_gmail(RESET, results=f"dmarc=pass header.from={DOMAIN}"))
    at = RECEIVED_AT.isoformat()
    assert run("--offline", "--json", "--at", at, "--provider", "gmail", mail) == 0
    assert run("--offline", "--json", "--at", at, "--provider", "outlook", mail) == 1
    gmail, outlook = objects(capsys.readouterr().out)
    assert gmail["authentication"]["receiver"]["trusted"] is True
    assert outlook["authentication"]["receiver"]["trusted"] is False


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing here"),
        (b"%PDF-1.7\n\x00\x01\x02", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
    ],
)
def test_what_is_no_mail(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert run(path) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.splitlines()) == 1


def test_missing_fifo_folder_and_unreadable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    empty = tmp_path / "empty"
    empty.mkdir()
    for path in (tmp_path / "missing", fifo, empty):
        assert run(path) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.eml").write_bytes(b"")
    assert run("--offline", "--json", tmp_path / "bad.eml", SAMPLES / "instagram-reset.eml") == 2
    assert len(objects(capsys.readouterr().out)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--at", "soon"],
        ["--nonsense"],
        ["--dns", "not a server"],
        ["--dns", ""],
        ["--asked", "maybe"],
        ["--provider", ""],
        ["--provider", "my provider"],
        ["--data", ""],
        [""],
    ],
)
def test_calls_that_make_no_sense(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments, SAMPLES / "instagram-reset.eml") == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


def test_an_unknown_provider_is_named_and_taken_for_a_host(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("--offline", "--json", "--provider", "gmial", SAMPLES / "instagram-reset.eml")
    out, err = capsys.readouterr()
    (report,) = objects(out)
    assert report["authentication"]["receiver"]["trusted"] is False
    assert "gmial" in err
    assert len(err.splitlines()) == 1


def test_offline_in_the_settings_holds_here_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.save(replace(settings.Settings(), offline=True), tmp_path / "data")
    mail = tmp_path / "mail.eml"
    mail.write_bytes(at_unknown(RESET))
    with DnsServer(ZONE) as server:
        assert run("--json", "--dns", f"{server.address}:{server.port}", mail) == 1
        assert server.questions == []
    (report,) = objects(capsys.readouterr().out)
    assert report["network"] == []


def test_more_on_stderr_and_nothing_else_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(at_unknown(RESET))
    with DnsServer(ZONE) as server:
        assert run("-v", "--json", "--dns", f"{server.address}:{server.port}", mail) == 0
    out, err = capsys.readouterr()
    (report,) = objects(out)
    assert len(err.splitlines()) == len(report["network"]) > 0
    assert f"asked s._domainkey.{DOMAIN} TXT: found" in err


def test_the_subject_is_the_mails_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs compare it; only what is handed on to others is redacted."""
    mail = tmp_path / "mail.eml"
    mail.write_bytes(letter(subject="Invoice 20261105 for anna@example.com"))
    run("--offline", "--json", mail)
    (report,) = objects(capsys.readouterr().out)
    assert report["message"]["subject"] == "Invoice 20261105 for anna@example.com"


def test_a_folder_goes_on_behind_a_file_that_is_no_mail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.eml").write_bytes(b"")
    (tmp_path / "b.eml").write_bytes((SAMPLES / "instagram-reset.eml").read_bytes())
    assert run("--offline", "--json", tmp_path) == 2
    out, err = capsys.readouterr()
    assert len(objects(out)) == 1
    assert "a.eml" in err


def test_a_mail_that_was_smuggled_into_a_mailbox_is_never_genuine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A body line in the form of a mailbox line: who wrote what follows it is not certain."""
    start = b"From x@example.com Thu Jan  1 00:00:00 2026\n"
    inner = at_gmail(RESET, results=f"dmarc=pass header.from={DOMAIN}").replace(b"\r\n", b"\n")
    outer = at_gmail(letter(body="hi"), results="dmarc=none").replace(b"\r\n", b"\n")
    box = tmp_path / "box.mbox"
    box.write_bytes(start + outer + b"\nFrom x@example.com  Thu Jan  1 00:00:00 2026\n" + inner)
    run("--offline", "--json", box)
    for report in objects(capsys.readouterr().out):
        assert report["verdict"] != "genuine"


def test_the_systems_own_servers_answer_every_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ``--dns``, as nearly everybody calls it."""
    mail = tmp_path / "mail.eml"
    mail.write_bytes(at_unknown(RESET))
    with DnsServer(ZONE) as server:
        monkeypatch.setattr(
            "secassist.network.dns.live.system_servers",
            lambda: (Server(server.address, server.port),),
        )
        assert run("--json", mail) == 0
    (report,) = objects(capsys.readouterr().out)
    assert report["verdict"] == "genuine"
    assert {entry["outcome"] for entry in report["network"]} == {"found", "absent"}


@pytest.mark.parametrize("with_mail", [True, False])
def test_a_folder_that_may_not_be_read_is_named(
    with_mail: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed = tmp_path / "mails" / "closed"
    closed.mkdir(parents=True)
    if with_mail:
        sample = (SAMPLES / "instagram-reset.eml").read_bytes()
        (closed.parent / "a.eml").write_bytes(sample)
    scandir = os.scandir

    def refuse(path: str) -> Any:  # root may read everything, so permissions show nothing
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert run("--offline", "--json", closed.parent) == 2
    out, err = capsys.readouterr()
    assert len(objects(out)) == int(with_mail)
    assert "“closed” may not be read" in err
    assert len(err.splitlines()) == 1
