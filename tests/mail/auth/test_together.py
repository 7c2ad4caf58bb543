"""The four methods side by side: what they say together, and in how many rounds of questions."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from secassist.mail.auth.dmarc import DmarcResult
from secassist.mail.auth.together import Authentication, Envelope, authenticate
from secassist.network.dns import Answer, ZoneResolver
from secassist.network.dns.once import OnceResolver
from support.sign import SIGNED_AT, key_record, letter, seal, sign

AT = datetime.fromtimestamp(SIGNED_AT + 60, UTC)
FROM = "mail.bank.example"
BOUNCES = "bounce.mail.bank.example"
ENVELOPE = Envelope("192.0.2.7", f"b-1@{BOUNCES}", f"out.{BOUNCES}")
ZONE: dict[str, Any] = {
    **key_record(FROM, "a"),
    **key_record("bank.example", "b", "ed25519"),
    **key_record("relay.example", "arc"),
    BOUNCES: {"TXT": ["v=spf1 include:_a.bank.example include:_b.bank.example -all"]},
    "_a.bank.example": {"TXT": ["v=spf1 ip4:198.51.100.0/24 -all"]},
    "_b.bank.example": {"TXT": ["v=spf1 ip4:192.0.2.0/24 -all"]},
    "_dmarc.bank.example": {"TXT": ["v=DMARC1; p=reject"]},
}


class Rounds:
    """Answers in rounds: what is asked while others wait is answered together with them."""

    def __init__(self, zone: Mapping[str, Any]) -> None:
        self.zone = ZoneResolver(zone)
        self.rounds: list[list[str]] = []
        self._next: asyncio.Event | None = None

    async def query(self, name: str, rdtype: str) -> Answer:
        if self._next is None:
            self._next = asyncio.Event()
            self.rounds.append([])
            asyncio.get_running_loop().call_later(0.02, self._answer)
        self.rounds[-1].append(f"{name} {rdtype}")
        await self._next.wait()
        return await self.zone.query(name, rdtype)

    def _answer(self) -> None:
        assert self._next is not None
        self._next.set()
        self._next = None


def mail() -> bytes:
    text = letter(sender=f"Bank <news@{FROM}>")
    text = sign(text, domain="bank.example", selector="b", key="ed25519")
    return seal(sign(text, domain=FROM, selector="a"), domain="relay.example")


def checked(
    message: bytes, zone: Mapping[str, Any] = ZONE, envelope: Envelope | None = ENVELOPE
) -> Authentication:
    return asyncio.run(
        authenticate(message, FROM, envelope, OnceResolver(ZoneResolver(zone)), at=AT)
    )


def test_all_four() -> None:
    found = checked(mail())
    assert [(s.domain, s.result) for s in found.signatures] == [
        (FROM, "pass"),
        ("bank.example", "pass"),
    ]
    assert found.arc.result == "pass"
    assert found.spf is not None
    assert (found.spf.result, found.spf.domain) == ("pass", BOUNCES)
    assert found.dmarc == DmarcResult("pass", "reject", "bank.example", "dkim")


def test_changed_text_leaves_it_to_spf() -> None:
    found = checked(mail().replace(b"somebody", b"nobody"))
    assert {s.result for s in found.signatures} == {"fail"}
    assert found.arc.result == "fail"
    assert found.dmarc == DmarcResult("pass", "reject", "bank.example", "spf")


def test_unknown_envelope_leaves_open_what_spf_would_have_proved() -> None:
    changed = mail().replace(b"somebody", b"nobody")
    found = checked(changed, envelope=None)
    assert found.spf is None
    assert (found.dmarc.result, found.dmarc.reason) == ("unknown", "spf-open")


def test_spf_fault_leaves_dmarc_open() -> None:
    changed = mail().replace(b"somebody", b"nobody")
    found = checked(changed, ZONE | {"_b.bank.example": "TIMEOUT"})
    assert found.spf is not None
    assert found.spf.result == "temperror"
    assert (found.dmarc.result, found.dmarc.reason) == ("unknown", "spf-open")


def test_null_sender_is_judged_by_helo() -> None:
    zone = ZONE | {f"out.{BOUNCES}": {"TXT": ["v=spf1 ip4:192.0.2.7 -all"]}}
    found = checked(mail(), zone, Envelope("192.0.2.7", "", f"out.{BOUNCES}"))
    assert found.spf is not None
    assert (found.spf.result, found.spf.domain) == ("pass", f"out.{BOUNCES}")


@pytest.mark.parametrize("signed", [True, False])
def test_two_rounds_of_questions(signed: bool) -> None:
    resolver = Rounds(ZONE)
    message = mail() if signed else letter(sender=f"Bank <news@{FROM}>")
    asyncio.run(authenticate(message, FROM, ENVELOPE, OnceResolver(resolver), at=AT))
    first, second = map(set, resolver.rounds)
    assert f"{BOUNCES} TXT" in first
    assert {f"_dmarc.{BOUNCES} TXT", f"_dmarc.{FROM} TXT", "_dmarc.bank.example TXT"} <= first
    assert second == {"_a.bank.example TXT", "_b.bank.example TXT"}
    keys = {f"a._domainkey.{FROM} TXT", "b._domainkey.bank.example TXT"}
    assert (keys <= first) is signed
    assert len(first) + len(second) == len([q for r in resolver.rounds for q in r])


def test_each_method_is_told() -> None:
    told: list[str] = []
    asyncio.run(
        authenticate(mail(), FROM, None, OnceResolver(ZoneResolver(ZONE)), at=AT, done=told.append)
    )
    assert sorted(told) == ["dkim", "dmarc", "spf"]
