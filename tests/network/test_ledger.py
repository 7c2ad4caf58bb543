from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from secassist.network.dns import Answer, Outcome, Resolver, ZoneResolver
from secassist.network.dns.live import OfflineResolver
from secassist.network.ledger import Entry, Ledger, RecordingResolver

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
ZONE = {"a.test": {"TXT": ["x"]}, "late.test": "TIMEOUT"}


def recorded(resolver: Resolver, *questions: tuple[str, str]) -> tuple[Entry, ...]:
    recording = RecordingResolver(resolver, now=lambda: NOON)

    async def run() -> None:
        for name, rdtype in questions:
            await recording.query(name, rdtype)

    asyncio.run(run())
    return recording.ledger.entries


def test_every_question_is_written_down() -> None:
    entries = recorded(ZoneResolver(ZONE), ("a.test", "TXT"), ("b.test.", "A"), ("late.test", "A"))
    assert [(e.question, e.outcome, e.why, e.at) for e in entries] == [
        ("a.test TXT", Outcome.FOUND, "", NOON),
        ("b.test A", Outcome.ABSENT, "nxdomain", NOON),
        ("late.test A", Outcome.FAILED, "timeout", NOON),
    ]


def test_form_for_the_report() -> None:
    (entry,) = recorded(ZoneResolver(ZONE), ("a.test", "TXT"))
    assert entry.as_json() == {
        "kind": "dns",
        "question": "a.test TXT",
        "outcome": "found",
        "cached": False,
        "ms": 0,
    }


def test_what_was_not_asked_is_not_written() -> None:
    assert recorded(OfflineResolver(), ("a.test", "TXT")) == ()
    assert recorded(ZoneResolver(ZONE), ("a..test", "TXT"), ("\x00.test", "A")) == ()


def test_question_that_was_given_up_is_written() -> None:
    class Silent:
        async def query(self, name: str, rdtype: str) -> Answer:
            await asyncio.Event().wait()
            raise AssertionError

    recording = RecordingResolver(Silent())

    async def run() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(recording.query("a.test", "A"), 0.01)

    asyncio.run(run())
    assert [(e.question, e.why) for e in recording.ledger.entries] == [("a.test A", "cancelled")]


def test_ledger_is_bounded_and_tells_of_each_entry() -> None:
    seen: list[Entry] = []
    ledger = Ledger(limit=2, on_entry=seen.append)
    recording = RecordingResolver(ZoneResolver(ZONE), ledger)

    async def run() -> None:
        for n in range(3):
            await recording.query(f"n{n}.test", "A")

    asyncio.run(run())
    assert [e.question for e in ledger.entries] == ["n1.test A", "n2.test A"]
    assert len(seen) == 3
