"""Look through a mailbox: its flood, what the flood buried, each buried mail judged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from secassist.base.errors import SecassistError, UnusableInput
from secassist.mail.verdict import Verdict
from secassist.mailbox.buried import Buried
from secassist.mailbox.flood import Flood
from secassist.mailbox.scan import Found, Past, Progress, scan
from secassist.mailbox.sources.discover import Since, stores_at
from secassist.mailbox.sources.mail import Stopped, Store, never
from secassist.mailbox.sources.thunderbird import profiles
from secassist.mailbox.words_for_people import why

if TYPE_CHECKING:  # judging takes 20 MB of code, which a scan alone does without
    from secassist.mail.report import Report

JUDGED: Final = 25
"""Mails that are judged of one list: each may take some seconds."""
_FLOODS: Final = 4
_OF_A_FLOOD: Final = 10
_AT_ONCE: Final = 4

Tell = Callable[[Progress], None]


class Judge(Protocol):
    """The e-mail check, as it is asked here; see ``judge_buried.judge_with``."""

    async def __call__(self, name: str, data: bytes, uncertain: bool) -> Report | None:
        """The report on one mail, None if it cannot be read at all."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """One mail of a list, with its verdict."""

    mail: Buried
    file: str
    """Name of the file, folder or account in which it lies."""
    verdict: Verdict | None
    """None where it was not judged."""
    report: Report | None = None

    def of(self, mail: Buried) -> Judged:
        """The same judgement of the same mail, as it is described in another list."""
        return replace(self, mail=mail)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The whole answer."""

    found: Found
    buried: tuple[Judged, ...]
    """The most urgent first."""
    security: tuple[Judged, ...]
    """Security mail of the last 90 days, the newest first."""
    limits: tuple[str, ...]

    def with_judged(self, judged: Judged) -> Scanned:
        """The same with one more verdict, in every list where the mail stands."""
        key = _key(judged.mail)
        buried, security = (
            tuple(judged.of(each.mail) if _key(each.mail) == key else each for each in mails)
            for mails in (self.buried, self.security)
        )
        return replace(self, buried=buried, security=security)


def untold(_: object) -> None:
    """For a scan that nobody watches."""


def thunderbird_stores(home: Path | None = None, since: Since | None = None) -> tuple[Store, ...]:
    """All mail of Thunderbird on this computer. Raises UnusableInput where there is none.

    ``since``: of the stores in it, only what came after that position.
    """
    found: list[Store] = []
    for folder in profiles(home or Path.home()):
        try:
            found += stores_at(folder, since)
        except UnusableInput:
            continue  # a profile without mail
    if not found:
        raise UnusableInput("No mail of Thunderbird was found on this computer.")
    return tuple(found)


async def scan_stores(
    stores: Sequence[Store],
    judge: Judge | None,
    *,
    tell: Tell = untold,
    stopped: Stopped = never,
    past: Past | None = None,
) -> Scanned:
    """Read every mail and judge what may have been buried; without ``judge``, only read.

    See ``read_stores`` and ``judge_scanned``.
    """
    scanned = await read_stores(stores, tell=tell, stopped=stopped, past=past)
    if judge is None:
        return scanned
    return await judge_scanned(scanned, stores, judge, stopped=stopped)


async def read_stores(
    stores: Sequence[Store],
    *,
    tell: Tell = untold,
    stopped: Stopped = never,
    past: Past | None = None,
) -> Scanned:
    """Read every mail; nothing is judged.

    For stores that hand out only what is new, ``past`` is ``found.past`` of the time before.
    ``tell`` is called in another thread, about ten times a second. Raises UnusableInput where
    nothing can be read. Cancelled, it ends at once, and the thread within a tenth of a second (on a
    server: once the answer is there that it waits for).
    """
    given_up = False

    def is_stopped() -> bool:
        return given_up or stopped()

    try:
        found = await asyncio.to_thread(scan, stores, tell=tell, stopped=is_stopped, past=past)
    except asyncio.CancelledError:
        given_up = True  # the thread sees it before its next mail
        raise
    buried, security = (
        tuple(Judged(mail, stores[mail.store].name, None) for mail in mails)
        for mails in (found.buried, found.security)
    )
    return Scanned(found, buried, security, found.limits)


async def judge_scanned(
    scanned: Scanned,
    stores: Sequence[Store],
    judge: Judge,
    *,
    judged: Callable[[Judged], None] = untold,
    stopped: Stopped = never,
) -> Scanned:
    """The same with the verdicts on the most urgent mails; ``judged`` gets each as it comes."""
    wanted = {_key(each.mail): each for each in _worth_judging(scanned)}
    verdicts = await _judged(wanted, stores, judge, judged, stopped)
    buried, security = (
        tuple(verdicts.get(_key(each.mail), each).of(each.mail) for each in mails)
        for mails in (scanned.buried, scanned.security)
    )
    limits = list(scanned.limits)
    unjudged = sum(_key(each.mail) not in wanted for each in scanned.buried)
    if unjudged:
        limits.append(f"Only the most urgent mails were judged; {unjudged} more follow.")
    return Scanned(scanned.found, _ranked(buried), security, tuple(limits))


def _worth_judging(scanned: Scanned) -> Iterator[Judged]:
    """The first of each list, and the first around each of the last floods."""
    yield from scanned.buried[:JUDGED]
    yield from scanned.security[:JUDGED]
    for hours in scanned.found.timelines[-_FLOODS:]:
        near = (each for each in scanned.buried if hours.start <= each.mail.time < hours.end)
        yield from islice(near, _OF_A_FLOOD)


def _key(mail: Buried) -> tuple[int, str]:
    return mail.store, mail.place


async def _judged(
    wanted: Mapping[tuple[int, str], Judged],
    stores: Sequence[Store],
    judge: Judge,
    told: Callable[[Judged], None],
    stopped: Stopped,
) -> dict[tuple[int, str], Judged]:
    """Each mail with its verdict; a mail that stands in both lists is judged once."""
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(unjudged: Judged) -> Judged:
        async with turn:
            if stopped():
                return unjudged
            report = await _report(unjudged.mail, stores[unjudged.mail.store], judge)
            verdict = report.verdict if report else None
            done = Judged(unjudged.mail, unjudged.file, verdict, report)
            told(done)
            return done

    return dict(zip(wanted, await asyncio.gather(*map(one, wanted.values())), strict=True))


async def _report(mail: Buried, store: Store, judge: Judge) -> Report | None:
    """The judgement of one mail; None if the mail can no longer be read."""
    try:
        data = await asyncio.to_thread(store.whole, mail.place)
    except SecassistError:
        return None
    return await judge(f"{store.name}#{mail.place}", data, "uncertain-split" in mail.reasons)


def _ranked(mails: tuple[Judged, ...]) -> tuple[Judged, ...]:
    """A forgery is no sign of what was done in the accounts, so it comes behind the others."""
    return tuple(sorted(mails, key=lambda each: each.verdict is Verdict.FAKE))


def as_json(scanned: Scanned) -> dict[str, Any]:
    """The form of ``secassist mailbox --json``."""
    found = scanned.found
    return {
        "schema": "secassist.mailbox/1",
        "messages": found.messages,
        "seconds": round(found.seconds, 3),
        "complete": found.complete,
        "floods": [_flood(flood) for flood in found.floods],
        "buried": [_mail(each) for each in scanned.buried],
        "security": [_mail(each) for each in scanned.security],
        "limits": list(scanned.limits),
    }


def _flood(flood: Flood) -> dict[str, Any]:
    return {
        "start": _iso(flood.start),
        "end": _iso(flood.end),
        "messages": flood.messages,
        "peak_per_hour": flood.peak_per_hour,
        "domains": flood.domains,
        "signals": list(flood.signals),
        "confidence": flood.confidence,
    }


def _mail(each: Judged) -> dict[str, Any]:
    mail = each.mail
    return {
        "file": each.file,
        "offset": int(mail.place) if mail.place.isdecimal() else mail.place,
        "date": _iso(mail.time),
        "from": mail.sender,
        "subject": mail.subject,
        "kind": mail.kind,
        "why": why(mail),
        "reasons": list(mail.reasons),
        "organisation": mail.organisation or None,
        "verdict": each.verdict.value if each.verdict else None,
    }


def _iso(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).isoformat().replace("+00:00", "Z")
