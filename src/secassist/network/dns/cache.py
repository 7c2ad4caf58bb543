"""Answers that may be used again, for as long as their zone allows (RFC 1035, 7.4; RFC 2308)."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from secassist.network.dns.answer import Answer

MAX_ENTRIES: Final = 5_000
MAX_OCTETS: Final = 8 * 1024 * 1024
MAX_TTL: Final = 86_400  # a day
MAX_NEGATIVE_TTL: Final = 3_600  # RFC 2308, 5: one to three hours work well

Question = tuple[str, str]
"""A name in lower case, and a type."""


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    until: float
    octets: int


class AnswerCache:
    """The answers used last, bounded in number and size. Faults are never kept."""

    def __init__(self, *, max_entries: int = MAX_ENTRIES, max_octets: int = MAX_OCTETS) -> None:
        self._kept: OrderedDict[Question, _Kept] = OrderedDict()
        self._octets = 0
        self._max_entries = max_entries
        self._max_octets = max_octets

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, question: Question, now: float) -> Answer | None:
        """The answer, marked as cached and with the TTL that is left; ``now`` in seconds."""
        kept = self._kept.get(question)
        if kept is None:
            return None
        if kept.until <= now:
            self._drop(question)
            return None
        self._kept.move_to_end(question)
        known = kept.answer
        return Answer(known.outcome, known.records, known.why, int(kept.until - now), cached=True)

    def put(self, question: Question, answer: Answer, now: float) -> None:
        """Keep an answer that was found or is absent, if its TTL allows."""
        if answer.failed:
            return
        seconds = min(answer.ttl, MAX_TTL if answer.found else MAX_NEGATIVE_TTL)
        if seconds <= 0:
            return
        self._drop(question)
        octets = 200 + sum(_size(record) for record in answer.records)
        self._kept[question] = _Kept(answer, now + seconds, octets)
        self._octets += octets
        while len(self._kept) > self._max_entries or self._octets > self._max_octets:
            self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything: another server may say something else."""
        self._kept.clear()
        self._octets = 0

    def _drop(self, question: Question) -> None:
        kept = self._kept.pop(question, None)
        if kept is not None:
            self._octets -= kept.octets


def _size(record: object) -> int:
    return 60 + (len(record) if isinstance(record, str | bytes) else 300)
