"""Everything about a mail that has to be asked in DNS, all at once.

DKIM keys, ARC keys, the DMARC walk and SPF's first record go out together, as soon as their names
are known; the second round asks what the first one named.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from secassist.facts.hosts import hosts
from secassist.facts.ownership import Ownership, OwnershipKind
from secassist.mail.auth import arc, dkim, dmarc, spf
from secassist.mail.auth.arc import ArcResult, ChainResult
from secassist.mail.auth.dkim import SignatureResult
from secassist.mail.auth.dmarc import DmarcResult, DomainResult
from secassist.mail.auth.spf import SpfResult
from secassist.mail.message import Message
from secassist.mail.proof import Checks, result_domains
from secassist.mail.steps import Steps
from secassist.mail.trace import ReceivedHop
from secassist.mail.traces import Traces, read_traces
from secassist.mail.trust import Border, ReceiverWord, envelope_sender
from secassist.network.dns import Resolver

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Way:
    """How the mail came in, as far as it can be believed."""

    hops: tuple[ReceivedHop, ...]
    border: Border | None
    word: ReceiverWord | None
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
) -> Checks:
    """Verify, look up and align. Never raises for what the network does."""
    from_domain = message.sender.domain if message.sender else ""
    as_of = at or way.received_at or now
    steps.asking(from_domain, "seal", "server", "policy")
    signatures, chain, sender_policy, policy = await asyncio.gather(
        _then(steps, "seal", dkim.verify(message.source, resolver, at=as_of)),
        arc.verify(message.source, resolver, at=as_of),
        _then(steps, "server", _spf(message, way, resolver)),
        _then(steps, "policy", dmarc.evaluate(from_domain, (), None, resolver)),
    )
    spf_domain = sender_policy.domain if sender_policy else ""
    domains = {s.domain for s in signatures} | {spf_domain}
    domains |= result_domains(way.word.results) if way.word else set()
    aligned = await _aligned(from_domain, domains, ownership, resolver)
    return Checks(
        from_domain=from_domain,
        signatures=signatures,
        spf=sender_policy,
        spf_domain=spf_domain,
        arc=chain,
        dmarc=await _dmarc(from_domain, policy, signatures, sender_policy, resolver),
        aligned=aligned,
        border=way.border,
        word=way.word,
        traces=read_traces(
            message,
            arc=chain,
            hops=way.hops,
            border=way.border,
            known_sealers=hosts().arc_sealers,
            received_at=way.received_at,
            signed_at=_signed_at(signatures, aligned),
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


async def _then(steps: Steps, step: str, work: Awaitable[T]) -> T:
    result = await work
    steps.done(step)
    return result


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
        traces=Traces(),
        known_organisation=False,
        age=None,
        reply_to_given=False,
    )


async def _spf(message: Message, way: Way, resolver: Resolver) -> SpfResult | None:
    if way.border is None or not way.border.client_ip:
        return None
    sender = envelope_sender(message.split, way.border, way.word)
    if sender is None:
        return None
    return await spf.check_host(
        way.border.client_ip, sender, way.border.hop.helo, resolver, reveal_sender=False
    )


async def _dmarc(
    from_domain: str,
    policy: DmarcResult,
    signatures: Iterable[SignatureResult],
    sender_policy: SpfResult | None,
    resolver: Resolver,
) -> DmarcResult:
    results = [DomainResult(s.domain, s.result.value) for s in signatures if s.domain]
    path = (
        DomainResult(sender_policy.domain, _three(sender_policy))
        if sender_policy
        else DomainResult("", "unknown")
    )
    if not results and sender_policy is None:
        return policy
    return await dmarc.evaluate(from_domain, results, path, resolver)


def _three(found: SpfResult) -> str:
    """Pass, fail or unknown: a fail on whose way a question had no answer is none (5.5)."""
    is_open = found.result in {"temperror", "unknown"} or (found.result != "pass" and found.reason)
    return "unknown" if is_open else found.result


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
