"""How many mails came in each hour: what is drawn of a flood, and said of a calm mailbox."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from secassist.mailbox.normal import HOUR

MOST_HOURS: Final = 24 * 60
"""A longer stretch is cut at its end."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Mails an hour over one stretch of time."""

    start: int
    """Unix time of a full hour (UTC)."""
    counts: tuple[int, ...]
    """Mails in each hour from then on."""

    @property
    def end(self) -> int:
        return self.start + HOUR * len(self.counts)


@dataclass(frozen=True, slots=True)
class Extent:
    """From when to when a mailbox reaches, in Unix time, and its busiest hour."""

    first: int = 0
    last: int = 0
    busiest: int = 0
    """Mails in the busiest hour of the clock."""

    @property
    def days(self) -> int:
        """Days from the first mail to the last one, both counted."""
        return 1 + (self.last - self.first) // (24 * HOUR) if self.last else 0


def around(times: Sequence[int], start: int, end: int) -> Timeline:
    """The hours from ``start`` to ``end`` (Unix time); ``times`` in order."""
    begin = start - start % HOUR
    hours = min(MOST_HOURS, max(1, -(-(end - begin) // HOUR)))
    edges = [bisect_left(times, begin + HOUR * hour) for hour in range(hours + 1)]
    return Timeline(begin, tuple(after - before for before, after in pairwise(edges)))


def extent(times: array[int]) -> Extent:
    """The reach of a mailbox; ``times`` in order. Linear."""
    if not times:
        return Extent()
    busiest = place = 0
    while place < len(times):
        after = bisect_left(times, times[place] - times[place] % HOUR + HOUR, place)
        busiest = max(busiest, after - place)
        place = after
    return Extent(times[0], times[-1], busiest)
