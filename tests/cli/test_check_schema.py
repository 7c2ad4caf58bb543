"""Every object of ``check --json`` has every field, whatever the input was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secassist.cli.main import main
from support.check_schema import deviations
from support.dns_server import DnsServer, Fault
from support.mails import at_gmail, at_unknown
from support.msg_file import compound_file, msg
from support.shared import shared
from support.sign import key_record, letter, sign

DOMAIN = "bank.example"
ZONE = {
    **key_record(DOMAIN),
    f"_dmarc.{DOMAIN}": {"TXT": ["v=DMARC1; p=reject"]},
    "sender.example": {"TXT": ["v=spf1 -all"]},
}
SIGNED = sign(letter(), domain=DOMAIN)
HEAD = SIGNED.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
START = b"From x@example.com Thu Jan  1 00:00:00 2026\n"
ATTACHED = (
    b"From: anna@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\n\r\nlook\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + SIGNED + b"\r\n--b--\r\n"
)
INPUTS = {
    "whole.eml": at_unknown(SIGNED),
    "received.eml": at_gmail(SIGNED, results=f"dmarc=pass header.from={DOMAIN}"),
    "damaged.eml": SIGNED.replace(b"DKIM-Signature: v=1", b"DKIM-Signature: v=9"),
    "headers.eml": at_gmail(HEAD, results="dmarc=fail"),
    "outlook.msg": compound_file(msg(headers=HEAD.decode(), body="hello")),
    "rebuilt.msg": compound_file(msg(subject="Hello", sender="Anna", body="hello")),
    "text.txt": b"Dear customer, log in at http://paypa1.example/x at once",
    "two.mbox": START + SIGNED.replace(b"\r\n", b"\n") + b"\n" + START + b"From: a@b.c\n\nhi\n",
    "attached.eml": ATTACHED,
    "bare.eml": b"From: a@example.org\r\nSubject: hi\r\n\r\n",
    "odd.eml": b"From:\r\nFrom: x@y.z, <@>\r\nDate: yesterday\r\nSubject: =?x?q?=ff?=\r\n\r\n\x00",
    "chain.eml": b"ARC-Seal: i=1\r\nARC-Authentication-Results: i=1; a\r\n" + SIGNED,
}


def reports(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, list[dict[str, Any]]]:
    code = main(["check", "--json", *map(str, arguments)])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECASSIST_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("fault", [None, "servfail"])
def test_every_kind_of_input(
    name: str, fault: Fault | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(INPUTS[name])
    with DnsServer(ZONE, faults={"*": fault} if fault else {}) as server:
        code, found = reports(capsys, "--dns", f"{server.address}:{server.port}", path)
    assert found
    for report in found:
        assert deviations(report) == []
        assert report["source"].startswith(str(path))
    calm = all(report["verdict"] in {"genuine", "proven-domain"} for report in found)
    assert code == (0 if calm else 1)


ASKED, LANDING = ("yes", "no", "unsure"), ("official", "other", "unknown")
ANSWERS = [
    (asked, touched, LANDING[(a + t) % 3])  # each pair of answers once
    for a, asked in enumerate(ASKED)
    for t, touched in enumerate(("none", "looked", "typed", "opened"))
]


@pytest.mark.parametrize(("asked", "touched", "landing"), ANSWERS)
def test_every_answer(
    asked: str, touched: str, landing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(INPUTS["received.eml"])
    answers = ["--asked", asked, "--touched", touched, "--landing", landing]
    _, (report,) = reports(capsys, "--offline", *answers, path)
    assert deviations(report) == []
    assert report["runbook"]
    codes = (Path(__file__).resolve().parents[2] / "docs" / "codes.md").read_text(encoding="utf-8")
    assert f"`{report['action']['code']}`" in codes
    assert f"`{report['runbook']}`" in codes


def test_real_mail(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = reports(capsys, "--offline", shared("corpus/legit"), shared("corpus/phish"))
    assert code == 1
    assert len(found) > 100
    codes = (Path(__file__).resolve().parents[2] / "docs" / "codes.md").read_text(encoding="utf-8")
    for report in found:
        assert deviations(report) == [], report["source"]
        for finding in report["findings"]:
            assert f"`{finding['code']}`" in codes


def test_the_form_itself_can_be_missed() -> None:
    assert len(deviations({})) > 10
    assert deviations({"result": 1}, {"result": ("pass",)}) != []
    assert deviations({"n": True}, {"n": "count"}) != []
    assert deviations({"n": [None]}, {"n": ["text"]}) != []
