"""What a look-up can say. The distinction of three survives to the words on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Rdata = str | bytes | tuple[int, str]
"""TXT: bytes, strings joined · A, AAAA, PTR, CNAME: str without trailing dot · MX: (pref, host)."""


class Outcome(StrEnum):
    """The three answers to a DNS question."""

    FOUND = "found"
    ABSENT = "absent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    ``why`` names the reason where there are no records: ``nxdomain`` or ``nodata`` when absent;
    ``timeout``, ``servfail``, ``refused``, ``truncated``, ``cname-loop``, ``malformed``,
    ``offline``, ``withheld`` (not asked for the sake of privacy) or ``unreachable`` when failed.
    """

    outcome: Outcome
    records: tuple[Rdata, ...] = ()
    why: str = ""
    ttl: int = 0
    """Seconds for which the answer may be kept."""
    cached: bool = False
    milliseconds: int = 0

    @property
    def found(self) -> bool:
        return self.outcome is Outcome.FOUND

    @property
    def absent(self) -> bool:
        return self.outcome is Outcome.ABSENT

    @property
    def failed(self) -> bool:
        return self.outcome is Outcome.FAILED

    @property
    def not_asked(self) -> bool:
        """Failed by choice, not by a fault: nothing left the computer."""
        return self.failed and self.why in {"offline", "withheld"}

    @property
    def texts(self) -> tuple[bytes, ...]:
        """TXT records, each with its strings joined (RFC 7208, 3.3; RFC 6376, 3.6.2.2)."""
        return tuple(r for r in self.records if isinstance(r, bytes))

    @property
    def names(self) -> tuple[str, ...]:
        """Addresses (A, AAAA) or host names (PTR, CNAME)."""
        return tuple(r for r in self.records if isinstance(r, str))

    @property
    def exchanges(self) -> tuple[tuple[int, str], ...]:
        """MX records as (preference, host)."""
        return tuple(r for r in self.records if isinstance(r, tuple))

    @classmethod
    def of(cls, *records: Rdata, ttl: int = 300) -> Answer:
        return cls(Outcome.FOUND, tuple(records), ttl=ttl)

    @classmethod
    def none(cls, why: str = "nxdomain", ttl: int = 300) -> Answer:
        return cls(Outcome.ABSENT, why=why, ttl=ttl)

    @classmethod
    def fault(cls, why: str) -> Answer:
        return cls(Outcome.FAILED, why=why)


class Resolver(Protocol):
    """Anything that answers DNS questions. It never raises for what the network does."""

    async def query(self, name: str, rdtype: str) -> Answer:
        """Answer for ``name`` (trailing dot or not): TXT, A, AAAA, MX or PTR records."""
        ...
