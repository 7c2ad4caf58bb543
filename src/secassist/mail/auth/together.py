"""SPF, DKIM, ARC and DMARC of one message, side by side, in two rounds of questions.

All that can be asked at once is: keys, SPF's first record, and the DMARC records of every name
whose alignment may matter. The second round is what the first one named: SPF's includes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from secassist.mail.auth import arc, dkim, dmarc, spf
from secassist.mail.auth.arc import ArcResult
from secassist.mail.auth.dkim import SignatureResult
from secassist.mail.auth.dmarc import DmarcResult, DomainResult
from secassist.mail.auth.proving import Prove, prove_here
from secassist.mail.auth.signed import SignedContent
from secassist.mail.auth.spf import SpfResult
from secassist.network.dns import Resolver
from secassist.network.dns.once import query_all

Method = Literal["dkim", "spf", "dmarc"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """How the message was handed over, as the server that took it saw it."""

    ip: str
    """The client's address."""
    mail_from: str
    """Empty for the null sender."""
    helo: str

    @property
    def domain(self) -> str:
        """What SPF judges."""
        return self.mail_from.rpartition("@")[2] or self.helo


@dataclass(frozen=True, slots=True)
class Authentication:
    """The results of one message."""

    signatures: tuple[SignatureResult, ...]
    arc: ArcResult
    spf: SpfResult | None
    """None without an envelope."""
    dmarc: DmarcResult


def _told_nobody(_: Method) -> None:
    """Nobody waits for news."""


async def authenticate(
    message: bytes,
    from_domain: str,
    envelope: Envelope | None,
    resolver: Resolver,
    *,
    at: datetime | None = None,
    prove: Prove = prove_here,
    done: Callable[[Method], None] = _told_nobody,
) -> Authentication:
    """Check ``message`` (LF or CRLF) in every way; ``from_domain`` is that of its one From address.

    ``resolver`` should answer a question that it was asked before without asking again. ``at`` is
    the aware time as of which signatures are judged; None means now. ``prove`` does the
    cryptography. ``done`` is told each method as its questions are answered. Raises OverLimit where
    the message passes a limit.
    """
    content = SignedContent(message)

    async def signed() -> tuple[SignatureResult, ...]:
        found = await dkim.verify_content(content, resolver, at=at, prove=prove)
        done("dkim")
        names = dmarc.questions(from_domain, (s.domain for s in found))
        await query_all(resolver, names, "TXT")
        return found

    async def sent() -> SpfResult | None:
        found = None
        if envelope is not None:
            found = await spf.check_host(
                envelope.ip, envelope.mail_from, envelope.helo, resolver, reveal_sender=False
            )
        done("spf")
        return found

    async def wanted() -> None:
        path = (envelope.domain,) if envelope is not None else ()
        await query_all(resolver, dmarc.questions(from_domain, path), "TXT")
        done("dmarc")

    signatures, chain, path, _ = await asyncio.gather(
        signed(), arc.verify_content(content, resolver, at=at, prove=prove), sent(), wanted()
    )
    return Authentication(
        signatures, chain, path, await _dmarc(from_domain, signatures, path, resolver)
    )


async def _dmarc(
    from_domain: str,
    signatures: Iterable[SignatureResult],
    path: SpfResult | None,
    resolver: Resolver,
) -> DmarcResult:
    """DMARC; an envelope that is not known leaves open what SPF would have proved."""
    results = [DomainResult(s.domain, s.result.value) for s in signatures if s.domain]
    sent = DomainResult("", "unknown") if results else None
    if path is not None:
        sent = DomainResult(path.domain, _three(path))
    return await dmarc.evaluate(from_domain, results, sent, resolver)


def _three(found: SpfResult) -> str:
    """Pass, fail or unknown: a fail on whose way a question had no answer is none (5.5)."""
    is_open = found.result in {"temperror", "unknown"} or (found.result != "pass" and found.reason)
    return "unknown" if is_open else found.result
