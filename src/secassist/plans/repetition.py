"""What one mail alone does not tell: the same again and again, or two at once.

Only genuine mails count. A forger can send as many as he likes; they say nothing about an account.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from secassist.base.language import mark
from secassist.facts.organisations import organisations
from secassist.mail.verdict import Verdict
from secassist.plans.journal import Entry, Event

AGAIN: Final = 3
"""So many mails of one organisation …"""
WITHIN: Final = 7 * 24 * 3600
"""… within so many seconds."""
AT_ONCE: Final = 10 * 60
"""Seconds between mails of two organisations that somebody set off together."""
ASKING: Final = frozenset({"reset-requested", "code"})
TOUCHING: Final = ASKING | {"changed", "new-sign-in"}


@dataclass(frozen=True, slots=True)
class Repetition:
    """What was seen, the plan that fits, and a sentence. ``since``: Unix time of the first mail."""

    code: str
    """``again-and-again`` or ``two-at-once``."""
    plan: str
    organisations: tuple[str, ...]
    since: int
    sentence: str


TWO_AT_ONCE: Final = mark(
    "Two sites wrote to you within minutes. Someone may be in your mail. Start with your mail."
)
AGAIN_AND_AGAIN: Final = mark(
    "The same site wrote three times in a week, and you did not ask. Make that account safer."
)


def look(entries: Iterable[Entry], now: int) -> Repetition | None:
    """The most urgent repetition among the mails that came in the last seven days, if any.

    A mail that was checked twice counts once; one for which the person asked does not count.
    """
    mails = sorted(_mails(entries, now), key=lambda entry: (_came(entry), entry.organisation))
    return _two_at_once(mails) or _again_and_again(mails)


def _mails(entries: Iterable[Entry], now: int) -> list[Entry]:
    seen: dict[str, Entry] = {}
    for number, entry in enumerate(entries):  # the newest answer for a mail wins
        if (
            entry.event is Event.JUDGED
            and entry.verdict == Verdict.GENUINE
            and entry.organisation
            and entry.kind in TOUCHING
            and entry.asked != "yes"
            and now - WITHIN <= _came(entry) <= now
        ):
            seen[entry.message or f"#{number}"] = entry
        elif entry.event is Event.JUDGED and entry.message:
            seen.pop(entry.message, None)
    return list(seen.values())


def _two_at_once(mails: list[Entry]) -> Repetition | None:
    """The newest pair. ``mails`` are in the order of time, so neighbours suffice."""
    for first, second in reversed(list(pairwise(mails))):
        apart = _house(first) != _house(second)
        if apart and _came(second) - _came(first) <= AT_ONCE:
            both = (first.organisation, second.organisation)
            return Repetition("two-at-once", "taken-over", both, _came(first), TWO_AT_ONCE)
    return None


def _again_and_again(mails: list[Entry]) -> Repetition | None:
    by_organisation: dict[str, list[Entry]] = defaultdict(list)
    for mail in mails:
        if mail.kind in ASKING:
            by_organisation[mail.organisation].append(mail)
    for organisation, found in by_organisation.items():
        if len(found) >= AGAIN:
            since = _came(found[0])
            return Repetition(
                "again-and-again", "unexpected", (organisation,), since, AGAIN_AND_AGAIN
            )
    return None


def _house(entry: Entry) -> str:
    """Organisations of one house (Instagram, Facebook) may write together about one change."""
    organisation = organisations().get(entry.organisation)
    return organisation.family or organisation.id if organisation else entry.organisation


def _came(entry: Entry) -> int:
    """When the mail came; when it was checked, where nobody knows."""
    return entry.mail_at or entry.at
