"""ARC: the chain of those who handed a message on, each vouching for what it saw (RFC 8617).

A chain that passes says who sealed, not whether they are to be believed: anybody can seal.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from secassist.base.limits import MAX_ARC_SETS
from secassist.base.times import aware
from secassist.mail.auth import canonical, dkim, signature
from secassist.mail.auth.canonical import Style
from secassist.mail.auth.dkim import SignatureResult
from secassist.mail.auth.proving import Prove, prove_here, proved
from secassist.mail.auth.reasons import Reason, Result
from secassist.mail.auth.seals import Proved, Seal
from secassist.mail.auth.signature import Signature
from secassist.mail.auth.signed import SignedContent, last_field
from secassist.mail.fields import Field, Split
from secassist.network.dns import Resolver

RESULTS, MESSAGE_SIGNATURE, SEAL = (
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
)

UNDECIDED = frozenset(
    {
        Reason.DNS_FAILED,
        Reason.MALFORMED_MESSAGE,
        Reason.BODY_ABSENT,
        Reason.BODY_LENGTH_SHORT,
        Reason.FROM_REPEATED,
        Reason.TEST_MODE,
        Reason.EXPIRED,
        Reason.FUTURE,
    }
)
"""What leaves a chain unknown; everything else that is wrong with one breaks it (RFC 8617, 5.2)."""

_INSTANCE = re.compile(rb"[ \t]*i[ \t]*=[ \t]*([0-9]{1,3})[ \t]*;[ \t]*")


class ChainResult(StrEnum):
    """The state of a chain."""

    NONE = "none"
    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ArcResult:
    """What is known about the ARC chain of a message. Tuples run from the oldest set to the newest.

    Unless ``result`` is ``pass``, sealers and results are only what the fields claim.
    """

    result: ChainResult
    sealers: tuple[str, ...] = ()
    """``d=`` of each ARC-Seal, i=1 first."""
    reason: str = ""
    """A code of ``reasons.Reason``, or of this module: ``incomplete`` (a set lacks a field, has one
    twice, or a number is missing), ``chain-status`` (cv= is wrong for its place),
    ``chain-failed`` (the newest sealer already found it broken), ``too-many``."""
    authentication_results: tuple[str, ...] = ()
    """What each sealer found: ARC-Authentication-Results without its ``i=``, unfolded."""
    signed_headers: tuple[str, ...] = ()
    """``h=`` of the newest ARC-Message-Signature."""
    covered_headers: frozenset[str] = frozenset()
    """Those of them of which no unsigned field stands in the message as well."""
    uncovered: int = 0
    """Octets of the text that the newest ARC-Message-Signature leaves out by ``l=``."""
    oldest_pass: int = 0
    """On ``pass``: the message is unchanged since this set was made; 0 means since the first."""


@dataclass(frozen=True, slots=True)
class _Set:
    """The three fields of one instance."""

    results: Field
    message_signature: Signature
    seal: Signature

    @property
    def fields(self) -> tuple[Field, Field, Field]:
        """In the order in which they are sealed (RFC 8617, 5.1.1)."""
        return self.results, self.message_signature.field, self.seal.field


async def verify(message: bytes, resolver: Resolver, *, at: datetime | None = None) -> ArcResult:
    """Verify the ARC chain of ``message`` (LF or CRLF), asking for all keys at once.

    ``at`` is the time (without a zone: UTC) as of which t= and x= are judged; None means now.
    Raises OverLimit where the message passes a limit.
    """
    return await verify_content(SignedContent(message), resolver, at=at)


async def verify_content(
    content: SignedContent,
    resolver: Resolver,
    *,
    at: datetime | None = None,
    prove: Prove = prove_here,
) -> ArcResult:
    """``verify`` for a message that was split already; ``prove`` does the cryptography."""
    chain = _chain(content.split)
    if isinstance(chain, ArcResult):
        return chain
    messages = [
        dkim.seal_of(one.message_signature, content)
        for one in chain
        if not one.message_signature.defect
    ]
    found = await proved([*messages, *_seals(chain)], resolver, prove)
    half = len(messages)
    return _validated(content, chain, found[:half], found[half:], aware(at))


def _chain(split: Split) -> list[_Set] | ArcResult:
    """The sets, oldest first, or the result where they are none or form no chain."""
    results = [(_instance(field), field) for field in split.all(RESULTS)]
    messages = [signature.message_signature(field) for field in split.all(MESSAGE_SIGNATURE)]
    seals = [signature.seal(field) for field in split.all(SEAL)]
    if not results and not messages and not seals:
        return ArcResult(ChainResult.NONE)
    if len(seals) > MAX_ARC_SETS:
        return ArcResult(ChainResult.FAIL, reason=Reason.TOO_MANY)
    wanted = list(range(1, len(seals) + 1))
    results.sort(key=lambda numbered: numbered[0])
    messages.sort(key=lambda read: read.instance)
    seals.sort(key=lambda read: read.instance)
    if not (
        [number for number, _ in results]
        == [read.instance for read in messages]
        == [read.instance for read in seals]
        == wanted
    ):
        return ArcResult(ChainResult.FAIL, reason="incomplete")
    return [
        _Set(field, message, seal)
        for (_, field), message, seal in zip(results, messages, seals, strict=True)
    ]


def _instance(results: Field) -> int:
    """``i=`` at the start of ARC-Authentication-Results; 0 where there is none."""
    match = _INSTANCE.match(results.value)
    return int(match[1]) if match else 0


def _seals(chain: list[_Set]) -> Iterable[Seal]:
    """The ARC-Seals without a defect, the oldest first (RFC 8617, 5.1.1)."""
    pieces = [[canonical.header(field.raw, Style.RELAXED) for field in one.fields] for one in chain]
    before = hashlib.sha256()  # of all older sets
    for one, canonical_fields in zip(chain, pieces, strict=True):
        seal, sealed = one.seal, before.copy()
        sealed.update(b"".join(canonical_fields[:2]) + last_field(seal.field, Style.RELAXED))
        if not seal.defect:
            yield Seal(seal.key_name, seal.key_type, seal.value, sealed.digest())
        before.update(b"".join(canonical_fields))


def _validated(
    content: SignedContent,
    chain: list[_Set],
    messages: Sequence[Proved],
    seals: Sequence[Proved],
    at: datetime,
) -> ArcResult:
    """RFC 8617, 5.2, with every check made: what breaks a chain outweighs what leaves it open.

    ``messages`` and ``seals`` are what came of the signatures without a defect, the oldest first.
    """
    signatures = [one.message_signature for one in chain]
    judged = dkim.judge(content, signatures, messages, at=at)
    newest = judged[-1]
    claimed = ArcResult(
        ChainResult.FAIL,
        sealers=tuple(one.seal.domain for one in chain),
        authentication_results=tuple(_payload(one.results) for one in chain),
        signed_headers=newest.signed_headers,
        covered_headers=newest.covered_headers,
        uncovered=newest.uncovered,
    )
    status = _status_fault(chain)
    if status:
        return replace(claimed, reason=status)
    reasons = [newest.reason, *_seal_reasons(chain, seals, at.timestamp())]
    if not content.read_alike:
        reasons.append(Reason.MALFORMED_MESSAGE)
    broken = next((r for r in reasons if r and r not in UNDECIDED), None)
    if broken:
        return replace(claimed, reason=broken)
    undecided = next((r for r in reasons if r), None)
    if undecided:
        return replace(claimed, result=ChainResult.UNKNOWN, reason=undecided)
    return replace(claimed, result=ChainResult.PASS, oldest_pass=_oldest_pass(judged))


def _status_fault(chain: list[_Set]) -> str:
    """What is wrong with the ``cv=`` of the seals; empty where nothing is."""
    if chain[-1].seal.tags.get("cv") == "fail":
        return "chain-failed"
    for place, one in enumerate(chain):
        if not one.seal.defect and one.seal.tags["cv"] != ("pass" if place else "none"):
            return "chain-status"
    return ""


def _seal_reasons(chain: list[_Set], found: Sequence[Proved], now: float) -> Iterable[Reason]:
    """What is wrong with each seal, the newest first."""
    of_seals = reversed(found)
    for one in reversed(chain):
        if one.seal.defect:
            yield one.seal.defect
            continue
        seal = next(of_seals)
        obstacle = dkim.key_obstacle(one.seal, seal.key) or dkim.time_obstacle(one.seal, now)
        yield obstacle or (Reason.NONE if seal.right else Reason.SIGNATURE)


def _oldest_pass(judged: Sequence[SignatureResult]) -> int:
    """The oldest set since which every ARC-Message-Signature is right; 0 for all of them."""
    for place in reversed(range(len(judged))):
        if judged[place].result is not Result.PASS:
            return place + 2
    return 0


def _payload(field: Field) -> str:
    return _INSTANCE.sub(b"", field.value, count=1).decode("utf-8", "replace")
