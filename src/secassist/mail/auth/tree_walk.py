"""The DNS tree walk: from a name to its organizational domain (RFC 9989, 4.10).

RFC 9989 asks the DNS where owners change: it looks for DMARC records from the name upwards and
takes the highest, unless a ``psd`` tag says otherwise. That leaves a hole which matters to us. A
suffix under which strangers have names, and which publishes a record without ``psd=y`` (as many
hosting suffixes do, and as any resolver does that answers every question alike), would become the
organizational domain of them all: ``a.github.io`` would speak for ``b.github.io``.

So there is a guard: **an organizational domain is never shorter than the registrable domain by the
public suffix list**, private section included. Where the walk ends higher, the registrable domain
stands in (for a public suffix: the name itself). The guard only ever makes owners smaller, so no
record, wherever an attacker publishes it, can make two strangers one. ``psd=n`` on a listed suffix
does not lift it; ``psd=y`` below the registrable domain makes owners smaller still, and counts.

A failed question leaves open what stands there; the walk then gives every domain that the
organizational domain may be. With one left, the fault did not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from secassist.facts.domains import registrable_domain
from secassist.mail.auth.dmarc_record import DmarcRecord, select_record
from secassist.network.dns.answer import Answer, Resolver
from secassist.network.dns.once import query_all

SHORTENED: Final = 7  # labels to which a name of eight or more is cut after the first question
_PREFIX: Final = "_dmarc."
_MAX_ASKED: Final = 253  # RFC 1035, 2.3.4


@dataclass(frozen=True, slots=True)
class Step:
    """One name on the way up, and what was found there."""

    domain: str
    record: DmarcRecord | None
    failed: bool = False
    """The question failed: there may be a record, or none."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The way up from one name, longest name first, up to the step at which it stopped."""

    start: str
    steps: tuple[Step, ...]

    @property
    def found(self) -> bool:
        """Whether a record was found for certain."""
        return any(step.record for step in self.steps)

    @property
    def by_rfc(self) -> frozenset[str]:
        """The organizational domain by RFC 9989, 4.10.2, alone; several where faults leave it open.

        For comparison only: judge by ``organizational``.
        """
        possible: set[str] = set()
        highest = {self.start}  # where the highest record so far may stand
        for step in self.steps:
            below = _one_below(self.start, step.domain)
            if step.failed:
                possible |= {step.domain, below}
                highest = highest | {step.domain}
            elif step.record and step.record.psd == "y" and step.domain != self.start:
                return frozenset(possible | {below})
            elif step.record:
                highest = {step.domain}
                if step.record.psd == "n":
                    break
        return frozenset(possible | highest)

    @property
    def organizational(self) -> frozenset[str]:
        """The organizational domain, guarded; several where faults leave it open."""
        floor = registrable_domain(self.start) or self.start
        return frozenset(max(domain, floor, key=len) for domain in self.by_rfc)

    def step_at(self, domain: str) -> Step | None:
        return next((step for step in self.steps if step.domain == domain), None)


def walked_names(name: str) -> tuple[str, ...]:
    """The names that a walk from ``name`` (A-labels) visits, itself first: at most eight.

    A name of eight or more labels is cut to seven after the first (RFC 9989, 4.10, step 4).
    """
    labels = name.split(".")
    upwards = range(1, len(labels)) if len(labels) <= SHORTENED else range(-SHORTENED, 0)
    return (name, *(".".join(labels[first:]) for first in upwards))


def questions(name: str) -> tuple[str, ...]:
    """The names whose TXT records a walk from ``name`` needs, to be asked ahead, all at once."""
    return tuple(asked for d in walked_names(name) if len(asked := _PREFIX + d) <= _MAX_ASKED)


async def walk_all(names: Iterable[str], resolver: Resolver) -> dict[str, Walk]:
    """Walk up from every name, with all questions at once and none asked twice."""
    starts = tuple(dict.fromkeys(names))
    asked = tuple(dict.fromkeys(q for name in starts for q in questions(name)))
    given = await query_all(resolver, asked, "TXT")
    answers = dict(zip(asked, given, strict=True))
    return {name: _walk(name, answers) for name in starts}


def _walk(start: str, answers: Mapping[str, Answer]) -> Walk:
    steps: list[Step] = []
    for domain in walked_names(start):
        answer = answers.get(_PREFIX + domain)  # a name too long to be asked holds no record
        record = select_record(answer.texts) if answer else None
        steps.append(Step(domain, record, failed=bool(answer and answer.failed)))
        if record and record.psd != "u":
            break
    return Walk(start, tuple(steps))


def _one_below(start: str, domain: str) -> str:
    """The name one label below ``domain`` on the way to ``start``; ``start`` itself at its end."""
    return ".".join(start.split(".")[-(domain.count(".") + 2) :])
