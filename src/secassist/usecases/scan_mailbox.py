"""Look through a mailbox: its flood, what the flood buried, each buried mail judged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from secassist.base.errors import SecassistError, UnusableInput
from secassist.mail.input_files import Source
from secassist.mail.oddities import UNCERTAIN_SPLIT
from secassist.mail.report import Report
from secassist.mail.verdict import Verdict
from secassist.mailbox.buried import Buried
from secassist.mailbox.flood import Flood
from secassist.mailbox.scan import Found, Progress, scan
from secassist.mailbox.sources.discover import stores_at
from secassist.mailbox.sources.imap import ImapStore
from secassist.mailbox.sources.mail import Stopped, Store, never
from secassist.mailbox.sources.thunderbird import profiles
from secassist.mailbox.words_for_people import why
from secassist.network.imap import Account, Connection
from secassist.network.ledger import Ledger
from secassist.usecases.check_mail import Checker

JUDGED: Final = 25
"""Mails that are judged of one list: each may take some seconds."""
_AT_ONCE: Final = 4

Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """One mail of a list, with its verdict."""

    mail: Buried
    file: str
    """Name of the file, folder or account in which it lies."""
    verdict: Verdict | None
    """None where it was not judged."""
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """The whole answer."""

    found: Found
    buried: tuple[Judged, ...]
    """The most urgent first."""
    security: tuple[Judged, ...]
    """Security mail of the last 90 days, the newest first."""
    limits: tuple[str, ...]


def untold(_: Progress) -> None:
    """For a scan that nobody watches."""


def thunderbird_stores(home: Path | None = None) -> tuple[Store, ...]:
    """All mail of Thunderbird on this computer. Raises UnusableInput where there is none."""
    found: list[Store] = []
    for folder in profiles(home or Path.home()):
        try:
            found += stores_at(folder)
        except UnusableInput:
            continue  # a profile without mail
    if not found:
        raise UnusableInput("No mail of Thunderbird was found on this computer.")
    return tuple(found)


def open_account(
    account: Account, password: str, closing: ExitStack, ledger: Ledger | None = None
) -> tuple[Store, ...]:
    """The mail of an account on a server; the connection ends with ``closing``.

    Raises UnusableCall for a wrong password, CouldNotFinish where the server cannot be reached or
    is not the one it claims to be.
    """
    return (ImapStore(closing.enter_context(Connection(account, password, ledger))),)


async def scan_stores(
    stores: Sequence[Store],
    checker: Checker | None,
    *,
    tell: Tell = untold,
    stopped: Stopped = never,
) -> Scanned:
    """Read every mail and judge what may have been buried; without ``checker``, only read.

    ``tell`` is called in another thread, about ten times a second. Raises UnusableInput where
    nothing can be read. Cancelled, it ends at once, and the thread within a tenth of a second (on a
    server: once the answer is there that it waits for).
    """
    given_up = False

    def is_stopped() -> bool:
        return given_up or stopped()

    try:
        found = await asyncio.to_thread(scan, stores, tell=tell, stopped=is_stopped)
    except asyncio.CancelledError:
        given_up = True  # the thread sees it before its next mail
        raise
    buried = await _judged(found.buried, stores, checker, is_stopped)
    security = await _judged(found.security, stores, checker, is_stopped)
    limits = list(found.limits)
    unjudged = max(0, len(found.buried) - JUDGED)
    if unjudged and checker is not None:
        limits.append(f"Only the {JUDGED} most urgent mails were judged; {unjudged} more follow.")
    return Scanned(found, _ranked(buried), security, tuple(limits))


async def _judged(
    mails: Sequence[Buried], stores: Sequence[Store], checker: Checker | None, stopped: Stopped
) -> tuple[Judged, ...]:
    turn = asyncio.Semaphore(_AT_ONCE)

    async def judge(place: int, mail: Buried) -> Judged:
        store = stores[mail.store]
        if checker is None or place >= JUDGED:
            return Judged(mail, store.name, None)
        async with turn:
            if stopped():
                return Judged(mail, store.name, None)
            report = await _report(mail, store, checker)
        return Judged(mail, store.name, report.verdict if report else None, report)

    return tuple(await asyncio.gather(*(judge(place, mail) for place, mail in enumerate(mails))))


async def _report(mail: Buried, store: Store, checker: Checker) -> Report | None:
    """The verdict on one mail; None if the mail can no longer be read."""
    try:
        data = await asyncio.to_thread(store.whole, mail.place)
        odd = (UNCERTAIN_SPLIT,) if "uncertain-split" in mail.reasons else ()
        async for report in checker.judge([Source(f"{store.name}#{mail.place}", data, odd)]):
            return report
    except SecassistError:
        return None
    return None


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
