"""Everything about a mail that has to be asked in DNS, in two rounds: see ``auth.together``."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from secassist.facts.hosts import hosts
from secassist.facts.ownership import Ownership, OwnershipKind
from secassist.facts.receivers import receivers
from secassist.mail.auth import dmarc
from secassist.mail.auth.arc import ArcResult, ChainResult
from secassist.mail.auth.dkim import SignatureResult
from secassist.mail.auth.dmarc import DmarcResult
from secassist.mail.auth.proving import Prove, prove_here
from secassist.mail.auth.together import Envelope, Method, authenticate
from secassist.mail.message import Message
from secassist.mail.proof import Checks, result_domains
from secassist.mail.steps import Steps
from secassist.mail.trace import ReceivedHop
from secassist.mail.traces import Traces, read_traces
from secassist.mail.trust import Border, ReceiverWord, envelope_sender
from secassist.network.dns import Resolver

_STEPS: Mapping[Method, str] = {"dkim": "seal", "spf": "server", "dmarc": "policy"}


@dataclass(frozen=True, slots=True)
class Way:
    """How the mail came in, as far as it can be believed."""

    hops: tuple[ReceivedHop, ...]
    border: Border | None
    word: ReceiverWord | None
    word_below: ReceiverWord | None
    """A line of the receiver's form that stands where copying may have put it."""
    received_at: datetime | None
    """The time that the server nearest to the person wrote, None where there is none."""


async def look_up(
    message: Message,
    way: Way,
    ownership: Ownership,
    resolver: Resolver,
    steps: Steps,
    *,
    at: datetime | None,
    now: datetime,
    prove: Prove = prove_here,
) -> Checks:
    """Verify, look up and align. Never raises for what the network does."""
    from_domain = message.sender.domain if message.sender else ""
    # The Received lines of an attached mail are the writing of whoever attached it.
    as_of = at or (None if message.attached else way.received_at) or now
    steps.asking(from_domain, "seal", "server", "policy")
    word = way.word or way.word_below
    named = result_domains(word.results) if word else set()
    envelope, claimed = _envelope(message, way)
    found, _ = await asyncio.gather(
        authenticate(
            message.source,
            from_domain,
            envelope,
            resolver,
            at=as_of,
            prove=prove,
            done=lambda method: steps.done(_STEPS[method]),
        ),
        _aligned(from_domain, named, ownership, resolver),  # so that it was asked by then
    )
    spf_domain = found.spf.domain if found.spf else ""
    named |= {s.domain for s in found.signatures} | {spf_domain}
    aligned = await _aligned(from_domain, named, ownership, resolver)
    return Checks(
        from_domain=from_domain,
        signatures=found.signatures,
        spf=found.spf,
        spf_domain=spf_domain,
        spf_claimed=claimed,
        arc=found.arc,
        dmarc=found.dmarc,
        aligned=aligned,
        border=way.border,
        word=way.word,
        word_below=way.word_below,
        traces=read_traces(
            message,
            arc=found.arc,
            hops=way.hops,
            border=way.border,
            known_sealers=hosts().arc_sealers,
            known_receivers=receivers(),
            received_at=way.received_at,
            signed_at=_signed_at(found.signatures, aligned),
        ),
        known_organisation=ownership.kind is OwnershipKind.ORGANISATION,
        known_mailbox=ownership.kind is OwnershipKind.MAILBOX,
        age=now - way.received_at if way.received_at else None,
        reply_to_given=bool(message.fields("reply-to")),
    )


def _signed_at(signatures: Iterable[SignatureResult], aligned: frozenset[str]) -> datetime | None:
    """The earliest time that a right signature of the sender carries (t=)."""
    times = [
        s.timestamp
        for s in signatures
        if s.result == "pass" and s.domain in aligned and s.timestamp is not None
    ]
    return datetime.fromtimestamp(min(times), UTC) if times else None


def nothing_to_look_up(now: datetime) -> Checks:
    """For a mail of which only the text is at hand."""
    return Checks(
        from_domain="",
        signatures=(),
        spf=None,
        spf_domain="",
        arc=ArcResult(ChainResult.NONE),
        dmarc=DmarcResult("none"),
        aligned=frozenset(),
        border=None,
        word=None,
        word_below=None,
        traces=Traces(),
        known_organisation=False,
        age=None,
        reply_to_given=False,
    )


def _envelope(message: Message, way: Way) -> tuple[Envelope | None, bool]:
    """What the border saw, None where that is not known; and whether only a claim names the sender.

    Such a claim stands in a line that copying may have moved: ours is to see if it fits.
    """
    if way.border is None or not way.border.client_ip:
        return None, False
    sender = envelope_sender(message.split, way.border, way.word)
    claimed = sender is None and way.word_below is not None
    if claimed:
        sender = envelope_sender(message.split, way.border, way.word_below)
    if sender is None:
        return None, False
    return Envelope(way.border.client_ip, sender, way.border.hop.helo), claimed


async def _aligned(
    from_domain: str, domains: Iterable[str], ownership: Ownership, resolver: Resolver
) -> frozenset[str]:
    """Those domains that speak for the From domain (relaxed alignment, RFC 9989, 4.10)."""
    named = sorted({d for d in domains if d})
    if not from_domain:
        return frozenset()
    if ownership.strict:
        return frozenset(d for d in named if d == from_domain)
    answers = await asyncio.gather(*(dmarc.aligned(from_domain, d, resolver) for d in named))
    return frozenset(d for d, yes in zip(named, answers, strict=True) if yes)
