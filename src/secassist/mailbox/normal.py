"""What is normal for a person: mails, and likeness to a flood, in the hours without one."""

from __future__ import annotations

from collections import Counter
from typing import Final

HOUR: Final = 3_600
MOST_LIKENESS: Final = 30.0
"""However busy a person is, no more is taken for normal, or a slow flood would go unseen."""


class Normal:
    """What an hour with mail brings to this person outside of floods: the 99th percentile."""

    def __init__(self) -> None:
        self._hour = 0
        self._now = (0.0, 0)  # likeness and mails of this hour
        self._flooded = False
        self._likeness: Counter[int] = Counter()
        self._mails: Counter[int] = Counter()
        self._hours = 0
        self._known: tuple[int, float] = (0, 0.0)  # hours, likeness: computed once an hour

    def add(self, time: int, likeness: float, *, flooded: bool) -> None:
        hour = time // HOUR
        if hour != self._hour:
            if not self._flooded and self._now[1]:
                self._likeness[round(self._now[0])] += 1
                self._mails[self._now[1]] += 1
                self._hours += 1
            self._hour, self._now, self._flooded = hour, (0.0, 0), False
        self._now = (self._now[0] + likeness, self._now[1] + 1)
        self._flooded = self._flooded or flooded

    def likeness(self) -> float:
        if self._known[0] != self._hours:
            self._known = (self._hours, min(MOST_LIKENESS, float(_high(self._likeness))))
        return self._known[1]

    def mails(self) -> int:
        return _high(self._mails)


def _high(hours: Counter[int]) -> int:
    """The 99th percentile."""
    left = hours.total() // 100
    for value in sorted(hours, reverse=True):
        left -= hours[value]
        if left < 0:
            return value
    return 0
