"""Which mails may a flood have been meant to bury? Chosen by what the subject says, then ranked.

Fields of bulk mail never hide one: shops and banks set them in the very mails that count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from secassist.facts.ownership import OwnershipKind, owner_of
from secassist.mailbox.flood import DAY, NEW_FOR, Flood
from secassist.mailbox.normal import HOUR
from secassist.mailbox.words import Critical

BEFORE: Final = 48 * HOUR  # the fraud may come first
AFTER: Final = 24 * HOUR
MOST: Final = 60
"""Mails that are shown for one flood."""
RECENT: Final = 90 * DAY
MATTERS: Final = 24
"""From this score on a mail is one of those to read first."""
_EVERYDAY: Final = 8  # up to this weight, words of sign-ups and advertising count in full

_SAID_BY_MANY: Final = 12
_ROUTINE_DAYS: Final = 14
_WORD = re.compile(r"[^\W\d_]+")

_OWN_KINDS: Final = (OwnershipKind.ORGANISATION, OwnershipKind.RELAY)


class Candidate(NamedTuple):
    """One mail whose subject fits a class of ``assets/flood.toml``."""

    time: int
    store: int
    """Which of the stores it lies in."""
    place: str
    local: str
    domain: str
    sender: int
    subject: str
    critical: Critical
    decoy: bool
    promotion: bool
    uncertain: bool
    """It is not certain that the mail begins where it seems to."""


@dataclass(frozen=True, slots=True)
class Buried:
    """One mail that is worth a look, and why."""

    store: int
    place: str
    time: int
    sender: str
    """Its From address, not proved."""
    subject: str
    kind: str
    reasons: tuple[str, ...]
    """Codes: ``known-sender``, ``known-organisation``, ``during``, ``before``, ``after``,
    ``sign-up-words``, ``advertising-words``, ``like-the-flood``,
    ``routine``, ``uncertain-split``."""
    score: int
    organisation: str = ""
    """Whose address it would be, if it is one of ``organisations``."""

    @property
    def matters(self) -> bool:
        """Whether it is one of those to read first; the others may be."""
        return self.score >= MATTERS


def surface(
    candidates: Iterable[Candidate], floods: tuple[Flood, ...], first_seen: Mapping[int, int]
) -> tuple[Buried, ...]:
    """The mails around each flood, the most urgent first, at most ``MOST`` for one flood."""
    candidates = tuple(candidates)
    near: list[list[Buried]] = [[] for _ in floods]
    routine = [_routine(candidates, flood) for flood in floods]
    for candidate in candidates:
        for place, flood in enumerate(floods):
            if flood.start - BEFORE <= candidate.time <= flood.end + AFTER:
                is_routine = (candidate.sender, candidate.critical.name) in routine[place]
                near[place].append(_ranked(candidate, flood, first_seen, is_routine))
                break
    near = [_lowered(found) for found in near]
    chosen = [each for found in near for each in sorted(found, key=_urgency)[:MOST]]
    return tuple(sorted(chosen, key=_urgency))


def recent_security_mail(
    candidates: Iterable[Candidate], last: int, first_seen: Mapping[int, int]
) -> tuple[Buried, ...]:
    """Security mail of the 90 days before ``last``, the newest first."""
    found = [
        _described(candidate, [], candidate.critical.weight, first_seen, candidate.time)
        for candidate in candidates
        if last - RECENT <= candidate.time <= last and candidate.critical.security
    ]
    return tuple(sorted(found, key=lambda each: -each.time))


def _urgency(mail: Buried) -> tuple[int, int]:
    return -mail.score, mail.time


def _routine(candidates: Iterable[Candidate], flood: Flood) -> frozenset[tuple[int, str]]:
    """Who wrote such mails day after day before the flood (sender and class): a shop's own sales,
    a bank's daily notes."""
    end = flood.start - 6 * HOUR
    written = Counter(
        (each.sender, each.critical.name)
        for each in candidates
        if end - _ROUTINE_DAYS * DAY <= each.time < end
    )
    return frozenset(key for key, count in written.items() if count >= 2 * _ROUTINE_DAYS)


def _ranked(
    mail: Candidate, flood: Flood, first_seen: Mapping[int, int], is_routine: bool
) -> Buried:
    score = 3 * mail.critical.weight
    reasons: list[str] = []
    if mail.time < flood.start:
        reasons.append("before")
    elif mail.time > flood.end:
        reasons.append("after")
    else:
        reasons.append("during")
    if flood.start - 6 * HOUR <= mail.time <= flood.end + 2 * HOUR:
        score += 5
    if is_routine:
        reasons.append("routine")
        score -= 8
    if mail.decoy:
        reasons.append("sign-up-words")
        score -= 9 if mail.critical.weight <= _EVERYDAY else 4
    if mail.promotion:
        reasons.append("advertising-words")
        score -= 9 if mail.critical.weight <= _EVERYDAY else 2
    return _described(mail, reasons, score, first_seen, flood.start)


def _lowered(mails: list[Buried]) -> list[Buried]:
    """Put back what many strangers say in the same words: it is the flood that speaks so."""
    spoken: Counter[tuple[str, ...]] = Counter()
    for mail in mails:
        if _is_strange(mail):
            spoken.update(_pieces(mail.subject))
    often = {piece for piece, count in spoken.items() if count >= _SAID_BY_MANY}
    if not often:
        return mails
    return [
        replace(mail, score=mail.score - 15, reasons=(*mail.reasons, "like-the-flood"))
        if _is_strange(mail) and not often.isdisjoint(_pieces(mail.subject))
        else mail
        for mail in mails
    ]


def _is_strange(mail: Buried) -> bool:
    return not mail.organisation and "known-sender" not in mail.reasons


def _pieces(subject: str) -> set[tuple[str, ...]]:
    """Every three words that stand side by side, numbers aside."""
    words = _WORD.findall(subject.lower())
    return {tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))}


def _described(
    mail: Candidate, reasons: list[str], score: int, first_seen: Mapping[int, int], before: int
) -> Buried:
    if first_seen.get(mail.sender, mail.time) < before - NEW_FOR:
        reasons.append("known-sender")
        score += 2
    owner = owner_of(mail.domain, mail.local)
    known = owner.organisation is not None and owner.kind in _OWN_KINDS
    if known:
        reasons.append("known-organisation")
        score += 3
    if mail.uncertain:
        reasons.append("uncertain-split")
    return Buried(
        store=mail.store,
        place=mail.place,
        time=mail.time,
        sender=f"{mail.local}@{mail.domain}" if mail.domain else "",
        subject=mail.subject,
        kind=mail.critical.name,
        reasons=tuple(reasons),
        score=score,
        organisation=owner.organisation.id if known and owner.organisation else "",
    )
