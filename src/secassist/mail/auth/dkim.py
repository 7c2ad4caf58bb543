"""DKIM: every signature of a message, verified here (RFC 6376, 8301, 8463).

The one rule behind the results: ``fail`` is only said for cryptography that failed over intact
input. Whatever stands in the way of credit, right cryptography or not, is ``unknown`` with its
reason, and ``headers_verified`` and ``body_verified`` tell what the cryptography said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from secassist.base.limits import MAX_SIGNATURES
from secassist.base.times import aware
from secassist.mail.auth import signature
from secassist.mail.auth.proving import Prove, prove_here, proved
from secassist.mail.auth.reasons import Reason, Result, Scope
from secassist.mail.auth.seals import Key, Proved, Seal
from secassist.mail.auth.signature import Signature
from secassist.mail.auth.signed import SignedContent
from secassist.network.dns import Resolver

CLOCK_LEEWAY = 36_000
"""Seconds by which the clock of a signer may be fast."""


@dataclass(frozen=True, slots=True)
class SignatureResult:
    """What is known about one DKIM-Signature, topmost first in the tuple of ``verify``."""

    result: Result
    scope: Scope
    reason: Reason
    """Empty where the result is a plain pass."""
    domain: str
    """``d=``, lower case, A-labels; empty where it could not be read."""
    selector: str
    identity: str
    """``i=``, or ``@`` and the domain."""
    algorithm: str
    key_bits: int
    """Size of the key (Ed25519: 256); 0 where there was none."""
    signed_headers: tuple[str, ...]
    """``h=``, lower case, in order and with repetitions."""
    body_length: int | None
    """``l=`` in octets of the canonical body; None where there is none."""
    uncovered: int = 0
    """Octets of the canonical body that stand after ``l=`` and are not signed."""
    covered_headers: frozenset[str] = frozenset()
    """The names in ``h=`` of which no unsigned field stands in the message as well."""
    headers_verified: bool | None = None
    """Whether the signature is right for the header fields; None where that was not tried."""
    body_verified: bool | None = None
    """Whether the body hash is right; None where there was no body or it was not tried."""
    timestamp: int | None = None
    """``t=``, Unix time."""
    expires: int | None = None
    """``x=``, Unix time."""
    testing: bool = False
    """The key is in test mode."""
    detail: str = ""
    """Why DNS had no key: ``timeout``, ``nxdomain``, …"""

    def covers(self, name: str) -> bool:
        """Every field of that name is signed, so nobody added or removed one."""
        return name.lower() in self.covered_headers


async def verify(
    message: bytes, resolver: Resolver, *, at: datetime | None = None
) -> tuple[SignatureResult, ...]:
    """Verify every DKIM signature of ``message`` (LF or CRLF), at most MAX_SIGNATURES of them.

    ``at`` is the time (without a zone: UTC) as of which t= and x= are judged; None means now. All
    keys are asked for at once. Raises OverLimit where the message passes a limit.
    """
    return await verify_content(SignedContent(message), resolver, at=at)


async def verify_content(
    content: SignedContent,
    resolver: Resolver,
    *,
    at: datetime | None = None,
    prove: Prove = prove_here,
) -> tuple[SignatureResult, ...]:
    """``verify`` for a message that was split already; ``prove`` does the cryptography."""
    found = [signature.dkim(field) for field in content.split.all("dkim-signature")]
    looked_at = found[:MAX_SIGNATURES]
    seals = [seal_of(read, content) for read in looked_at if not read.defect]
    results = judge(content, looked_at, await proved(seals, resolver, prove), at=at)
    excess = (_unverified(s, Reason.TOO_MANY) for s in found[MAX_SIGNATURES:])
    return (*results, *excess)


def seal_of(read: Signature, content: SignedContent) -> Seal:
    """What the cryptography has to be asked about a signature without a defect."""
    digest = content.header_digest(read.headers, read.field, read.header_style)
    return Seal(read.key_name, read.key_type, read.value, digest)


def judge(
    content: SignedContent,
    signatures: Sequence[Signature],
    found: Sequence[Proved],
    *,
    at: datetime | None = None,
) -> tuple[SignatureResult, ...]:
    """Judge signatures by what came of the seals of those without a defect. Asks nothing."""
    now = aware(at).timestamp()
    results = []
    of_seals = iter(found)
    for read in signatures:
        if read.defect:
            results.append(_unverified(read, read.defect))
            continue
        seal = next(of_seals)
        result = _cryptography(read, seal, content)
        obstacle = (
            key_obstacle(read, seal.key)
            or time_obstacle(read, now)
            or (Reason.NONE if content.read_alike else Reason.MALFORMED_MESSAGE)
            or (Reason.FROM_REPEATED if _from_repeated(result) else Reason.NONE)
        )
        results.append(replace(result, reason=obstacle) if obstacle else _decided(result))
    return tuple(results)


def _cryptography(read: Signature, seal: Proved, content: SignedContent) -> SignatureResult:
    """The result with what the cryptography says filled in, still ``unknown``."""
    body = _body(read, content)
    short = body is not None and body.length_short
    return replace(
        _unverified(read, Reason.BODY_LENGTH_SHORT if short else Reason.NONE),
        scope=Scope.MESSAGE if body else Scope.HEADERS,
        key_bits=seal.key.bits,
        uncovered=body.uncovered if body else 0,
        covered_headers=content.covered(read.headers, read.field),
        headers_verified=seal.right,
        body_verified=body.right if body else None,
        testing=seal.key.testing,
        detail=seal.key.detail,
    )


class _Body(NamedTuple):
    """What a signature says of the body."""

    right: bool
    length_short: bool
    uncovered: int


def _body(read: Signature, content: SignedContent) -> _Body | None:
    """The body as the signature sees it; None where there is none.

    An empty body counts as absent unless the signature covers just that: what was pasted may have
    been the header fields and a blank line.
    """
    octets = content.body_octets(read.body_style)
    length = octets if read.length is None else read.length
    right = length <= octets and content.body_hash(read.body_style, length) == read.body_hash
    if content.text_absent and not (content.has_body and right and read.length is None):
        return None
    return _Body(right, length > octets, max(0, octets - length))


def _decided(result: SignatureResult) -> SignatureResult:
    """The outcome of a signature that nothing but the cryptography stands against."""
    if not result.headers_verified:
        return replace(result, result=Result.FAIL, reason=Reason.SIGNATURE)
    if result.scope is Scope.HEADERS:
        return replace(result, result=Result.PASS, reason=Reason.BODY_ABSENT)
    if result.reason is Reason.BODY_LENGTH_SHORT:
        return result
    if not result.body_verified:
        return replace(result, result=Result.FAIL, reason=Reason.BODY_HASH)
    return replace(result, result=Result.PASS)


def key_obstacle(read: Signature, key: Key) -> Reason:
    """Why a signature by this key gets no credit, however right it is; NONE where it may."""
    if key.defect:
        return key.defect
    if key.type != read.key_type:
        return Reason.KEY_MISMATCH
    if key.strict and read.identity and signature.identity_domain(read) != read.domain:
        return Reason.IDENTITY
    return Reason.TEST_MODE if key.testing else Reason.NONE


def time_obstacle(read: Signature, now: float) -> Reason:
    """Why a signature gets no credit at this Unix time; NONE where it may."""
    if read.expires is not None and now > read.expires:
        return Reason.EXPIRED
    if read.timestamp is not None and read.timestamp > now + CLOCK_LEEWAY:
        return Reason.FUTURE
    return Reason.NONE


def _from_repeated(result: SignatureResult) -> bool:
    """A second From field is the oldest way to show another sender above a right signature."""
    return "from" in result.signed_headers and not result.covers("from")


def _unverified(read: Signature, reason: Reason) -> SignatureResult:
    return SignatureResult(
        result=Result.UNKNOWN,
        scope=Scope.MESSAGE,
        reason=reason,
        domain=read.domain,
        selector=read.selector,
        identity=read.identity,
        algorithm=read.algorithm,
        key_bits=0,
        signed_headers=read.headers,
        body_length=read.length,
        timestamp=read.timestamp,
        expires=read.expires,
    )
