"""What left this computer: every question, to whom it went in kind, and what came back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from secassist.network.dns.answer import Answer, Outcome, Resolver
from secassist.network.dns.names import ascii_name

MAX_ENTRIES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was asked. ``why`` is that of the answer, or ``cancelled``."""

    kind: str
    question: str
    outcome: Outcome
    why: str
    cached: bool
    """Answered from what was known already: nothing left the computer."""
    ms: int
    at: datetime

    def as_json(self) -> dict[str, str | bool | int]:
        """The form of ``network`` in ``secassist check --json``."""
        return {
            "kind": self.kind,
            "question": self.question,
            "outcome": self.outcome.value,
            "cached": self.cached,
            "ms": self.ms,
        }


class Ledger:
    """The last entries, in the order in which they were answered.

    ``on_entry`` is called with each new entry, in the thread that asked.
    """

    def __init__(
        self, *, limit: int = MAX_ENTRIES, on_entry: Callable[[Entry], None] | None = None
    ) -> None:
        self._entries: deque[Entry] = deque(maxlen=limit)
        self._on_entry = on_entry

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)
        if self._on_entry is not None:
            self._on_entry(entry)


class RecordingResolver:
    """Passes questions on to ``resolver`` and writes each into a ledger.

    What is not asked (offline, withheld, or no name that DNS can hold) is not written: nothing left
    the computer. A question that was given up is written, for it was sent.
    """

    def __init__(
        self,
        resolver: Resolver,
        ledger: Ledger | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._resolver = resolver
        self._now = now
        self.ledger = Ledger() if ledger is None else ledger

    async def query(self, name: str, rdtype: str) -> Answer:
        """The answer of the resolver behind."""
        written = ascii_name(name)
        if written is None:
            return await self._resolver.query(name, rdtype)
        at = self._now()
        try:
            answer = await self._resolver.query(name, rdtype)
        except asyncio.CancelledError:
            self._write(f"{written} {rdtype}", Answer.fault("cancelled"), at)
            raise
        if not answer.not_asked:
            self._write(f"{written} {rdtype}", answer, at)
        return answer

    def _write(self, question: str, answer: Answer, at: datetime) -> None:
        self.ledger.add(
            Entry(
                "dns", question, answer.outcome, answer.why, answer.cached, answer.milliseconds, at
            )
        )
