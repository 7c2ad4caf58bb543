"""Were remembered or fresh passwords seen in breaches? Asked by their prefixes and tags alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from secassist.base.progress import Tell, untold
from secassist.network.ledger import Ledger
from secassist.passwords import tags
from secassist.passwords.breaches import found as breach
from secassist.passwords.breaches.offline import HashFile
from secassist.passwords.findings import Audited, Code, in_order
from secassist.passwords.memory import Memory
from secassist.usecases import hygiene

Probe = tuple[str, bytes]
"""Five digits of a hash, and the tag of the others; empty: there is nothing to ask."""
Counts = Sequence[int | None]
"""How often each was seen; None: there is no answer."""
_OF_BREACHES: Final = (Code.BREACHED, Code.BREACHED_VARIANT)


@dataclass(frozen=True, slots=True)
class Breaches:
    """Whether and where to ask about breaches: nowhere, a service, or a downloaded list."""

    online: bool = False
    server: str = ""
    """Empty: the usual one."""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """How questions to the service are told and written down."""

    tell: Tell = untold
    ledger: Ledger = field(default_factory=Ledger)


async def asked(
    probes: Sequence[Probe], secret: bytes, breaches: Breaches, how: Asking
) -> tuple[Counts, dict[str, str]]:
    """How often each was seen (None: there is no answer), and what could not be asked."""
    from secassist.network import https  # noqa: PLC0415 (large, and most audits ask nobody)

    prefixes = {prefix for prefix, _ in probes if prefix}
    server = breaches.server or https.SERVER
    answers = await https.ranges(prefixes, server=server, ledger=how.ledger, tell=how.tell)
    key = tags.keys(secret).breach
    counts = [
        breach.count_in(answers[prefix], tag, key) if prefix in answers else None
        for prefix, tag in probes
    ]
    silent = sum(bool(prefix) and prefix not in answers for prefix, _ in probes)
    if not silent:
        return counts, {}
    return counts, {"breached": breach.UNANSWERED.format(count=silent, all=len(probes))}


def looked_up(probes: Sequence[Probe], secret: bytes, path: str) -> Counts:
    """The same from a downloaded list. Raises UnusableInput for one that cannot be relied on."""
    key = tags.keys(secret).breach
    with HashFile.open(path) as file:
        return [
            breach.count_in(dict(file.range(prefix)), tag, key) if prefix else None
            for prefix, tag in probes
        ]


def with_counts(
    accounts: Iterable[Audited], kept: Iterable[Memory], counts: Counts
) -> tuple[list[Audited], list[Memory]]:
    """With the answers; where there is none, the last one stands, under its own date."""
    checked_at = hygiene.now()
    judged, memories = [], []
    for account, memory, count in zip(accounts, kept, counts, strict=True):
        if count is not None:
            # A neighbour was seen in a downloaded list; the service is not asked about those.
            seen = breach.VARIANT if not count and memory.breached == breach.VARIANT else count
            memory = replace(memory, breached=seen, breach_checked_at=checked_at)
            account = as_last_time(account, memory)
        judged.append(account)
        memories.append(memory)
    return judged, memories


def as_last_time(account: Audited, memory: Memory) -> Audited:
    """The account with what the memory says of breaches, and nothing else about them."""
    extra = breach.again(memory.breached, memory.breach_checked_at)
    others = [one for one in account.findings if one.code not in _OF_BREACHES]
    return replace(account, findings=in_order(others if extra is None else [*others, extra]))
