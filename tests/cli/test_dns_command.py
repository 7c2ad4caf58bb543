"""``secassist dns`` against real DNS messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from secassist.cli.main import main
from secassist.store import settings
from support.dns_server import DnsServer

SPF = "v=spf1 ip4:192.0.2.0/24 -all"
ZONE: dict[str, Any] = {
    "a.example": {"TXT": [SPF]},
    "_dmarc.a.example": {"TXT": ["v=DMARC1; p=reject; sp=quarantine"]},
    "s._domainkey.a.example": {"TXT": ["v=DKIM1; p=MIIB"]},
    "esc._domainkey.a.example": {"TXT": ["v=DKIM1\x1b[2J"]},
    "xn--bcher-kva.example": {"TXT": [SPF]},
    "down.example": "SERVFAIL",
    "_dmarc.down.example": "SERVFAIL",
    "s._domainkey.down.example": "SERVFAIL",
}


@pytest.fixture(scope="module")
def server() -> Iterator[DnsServer]:
    with DnsServer(ZONE) as running:
        yield running


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECASSIST_DATA", str(tmp_path))


def told(
    server: DnsServer, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, dict[str, Any]]:
    code = main(["dns", *words, "--json", "--dns", f"{server.address}:{server.port}"])
    out, err = capsys.readouterr()
    assert err == ""
    (line,) = out.splitlines()
    return code, json.loads(line)


@pytest.mark.parametrize(
    ("words", "result"),
    [
        (("192.0.2.7", "anna@a.example"), "pass"),
        (("192.0.2.7", "a.example"), "pass"),
        (("2001:db8::1", "a.example"), "fail"),
        (("192.0.2.7", "", "a.example"), "pass"),  # a bounce: HELO is asked about
        (("192.0.2.7", "<>", "a.example"), "pass"),
        (("192.0.2.7", "bücher.example"), "pass"),
        (("192.0.2.7", "nothing.example"), "none"),
    ],
)
def test_spf(
    words: tuple[str, ...], result: str, server: DnsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = told(server, capsys, "spf", *words)
    assert code == 0
    assert found["result"] == result
    assert isinstance(found["lookups"], int)
    assert isinstance(found["trace"], list)


@pytest.mark.parametrize(
    ("domain", "policy", "found_at"),
    [
        ("a.example", "reject", "a.example"),
        ("A.Example.", "reject", "a.example"),
        ("sub.a.example", "quarantine", "a.example"),
        ("b.example", None, None),
    ],
)
def test_dmarc(
    domain: str,
    policy: str | None,
    found_at: str | None,
    server: DnsServer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, found = told(server, capsys, "dmarc", domain)
    assert code == 0
    assert (found["policy"], found["found_at"]) == (policy, found_at)


def test_dkim_and_org(server: DnsServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(server, capsys, "dkim", "s", "a.example") == (
        0,
        {"outcome": "found", "why": "", "records": ["v=DKIM1; p=MIIB"]},
    )
    code, absent = told(server, capsys, "dkim", "t", "a.example")
    assert (code, absent["outcome"]) == (0, "absent")
    assert told(server, capsys, "org", "x.y.a.example")[1] == {"organizational_domain": "a.example"}


def test_the_settings_hold_here_too(
    server: DnsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = settings.Settings(dns=f"{server.address}:{server.port}")
    settings.save(wanted, tmp_path)
    assert main(["dns", "dkim", "s", "a.example", "--json"]) == 0
    before = len(server.questions)
    settings.save(replace(wanted, offline=True), tmp_path)
    assert main(["dns", "dkim", "s", "a.example", "--json"]) == 3
    assert len(server.questions) == before > 0
    assert '"why": "offline"' in capsys.readouterr().out


def test_a_record_does_not_steer_the_terminal(
    server: DnsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["dns", "dkim", "esc", "a.example", "--dns", f"{server.address}:{server.port}"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "v=DKIM1" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    "words",
    [
        ["spf", "192.0.2.7", "down.example"],
        ["dmarc", "down.example"],
        ["dkim", "s", "down.example"],
        ["org", "x.down.example"],
        ["org", "x.a.example", "--offline"],
        ["spf", "192.0.2.7", "a.example", "--offline"],
        ["dkim", "s", "a.example", "--offline"],
    ],
)
def test_what_could_not_be_asked_is_not_finished(
    words: list[str], server: DnsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(server.questions)
    code, found = told(server, capsys, *words)
    assert code == 3
    assert found.get("result") not in {"pass", "fail", "none"}
    assert found.get("outcome") in {None, "failed"}
    assert found.get("organizational_domain") is None
    assert ("--offline" in words) == (len(server.questions) == before)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["frob"],
        ["spf", "192.0.2.7"],
        ["spf", "nonsense", "a.example"],
        ["spf", "192.0.2.7", "a b"],
        ["spf", "192.0.2.7", ""],
        ["dmarc", ""],
        ["dmarc", "a b"],
        ["org", "192.0.2.7"],
        ["dkim", "s", ""],
        ["org", "a.example", "--dns", ""],
        ["org", "a.example", "--dns", "nobody:0"],
    ],
)
def test_calls_that_make_no_sense(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dns", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
