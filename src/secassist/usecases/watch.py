"""Look into mailboxes again and again, quietly: what is new is read, what matters is told.

What was read stays in memory for some days, twenty bytes a mail, so that a flood is seen however
slowly it comes; and how far it was read can be kept, so that the next start goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from secassist.base.errors import SecassistError
from secassist.facts.ownership import owner_of
from secassist.mail.verdict import Verdict
from secassist.mailbox.buried import Buried
from secassist.mailbox.flood import DAY, Flood
from secassist.mailbox.scan import Past, Scanner
from secassist.mailbox.sources import positions
from secassist.mailbox.sources.mail import Stopped, Store, never
from secassist.mailbox.sources.positions import Positions

if TYPE_CHECKING:
    from secassist.usecases.scan_mailbox import Judge

HELD: Final = 7 * DAY
"""So long mails stay in memory, and so far back the first look after a start reads again."""
MOST_SENDERS: Final = 20_000
"""Whose first mail is kept, the newest."""
_JUDGED: Final = 25  # mails of one look
_MOST_BYTES: Final = 32 * 1024 * 1024
_LATE: Final = 600  # mail may be on its way for so long after its time was noted
_SAME_FLOOD: Final = DAY  # a flood that begins so near to another one is the same
_USED_FOR: Final = 3 * DAY  # who wrote so long ago for the first time is known


class About(StrEnum):
    """What is worth a note."""

    FLOOD = "flood"
    CHANGED = "changed"
    """A real mail says that something was changed."""
    FAKE = "fake"
    """A fake of an organisation that the person uses."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that is worth a note."""

    about: About
    count: int
    """Mails that matter in the flood, mails that say so, fakes."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept from one start to the next."""

    positions: Positions = field(default_factory=Positions)
    """How far the mailbox was read."""
    anchors: tuple[tuple[int, Positions], ...] = ()
    """The same at earlier times (Unix time), the oldest first: from there a start goes on."""
    past: Past = field(default_factory=Past)
    looked_at: int = 0
    """Time of the last look (Unix time); 0: none yet."""
    flood: int = 0
    """When the flood began of which the person was told last; 0: none."""


Opened = AbstractContextManager[Sequence[Store]]
Open = Callable[[Positions], Opened]
"""Opens the stores of a mailbox to read on from these positions."""


class Watcher:
    """Watches one mailbox. Not for several threads at once."""

    def __init__(self, open_stores: Open, memory: Memory, clock: Callable[[], float]) -> None:
        self._open = open_stores
        self.memory = memory
        self._clock = clock
        self._scanner: Scanner | None = None

    def read(self, stopped: Stopped = never) -> Seen:
        """Read what is new. Blocks; raises a SecassistError where nothing can be read.

        The first look of all tells nothing: what was there before is no news.
        """
        now, memory = int(self._clock()), self.memory
        scanner, start = self._scanner, memory.positions
        if scanner is None:
            scanner = Scanner(memory.past)
            start = _anchor(memory, now)
        with self._open(start) as stores:
            found = scanner.scan(stores, _untold, stopped)
            again = positions.restarted(stores)
            reached = positions.after(stores, memory.positions)
            fresh = scanner.fresh()
            if again or start is not memory.positions:  # old mail was read once more
                fresh = tuple(m for m in fresh if m.time > memory.looked_at - _LATE)
            mails = _fetched(fresh[:_JUDGED], stores) if memory.looked_at else ()
        flood = found.floods[-1] if found.floods else None
        is_news = (
            flood is not None
            and memory.looked_at > 0
            and flood.end > now - DAY
            and abs(flood.start - memory.flood) > _SAME_FLOOD
        )
        scanner.go_on(found.past, now - HELD)
        self._scanner = None if again else scanner  # what was read twice would count twice
        self.memory = Memory(
            reached,
            ((now, reached),) if again else _anchors(memory, now, reached),
            _newest(found.past),
            now,
            flood.start if flood is not None else memory.flood,
        )
        return Seen(
            flood if is_news else None,
            sum(mail.matters for mail in found.buried) if is_news else 0,
            mails,
            self._uses(found.past, now),
        )

    @staticmethod
    def _uses(past: Past, now: int) -> frozenset[str]:
        """The organisations that have written here for some days."""
        owners = (
            owner_of(name) for name, first in past.first_seen.items() if first < now - _USED_FOR
        )
        return frozenset(owner.organisation.id for owner in owners if owner.organisation)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look saw, not judged yet."""

    flood: Flood | None
    """A flood of which the person was not told yet."""
    matters: int
    """Mails that matter in it."""
    mails: tuple[tuple[Buried, bytes], ...]
    """New security mail, whole."""
    uses: frozenset[str]
    """Ids of the organisations whose mail comes here."""


async def judged(seen: Seen, judge: Judge) -> tuple[Alert, ...]:
    """What of it is worth a note; the most urgent first."""
    changed = fakes = 0
    for mail, data in seen.mails:
        report = await judge("watch", data, "uncertain-split" in mail.reasons)
        if report is None:
            continue
        if report.verdict is Verdict.GENUINE and "changed" in {mail.kind, report.message.kind}:
            changed += 1
        elif report.verdict is Verdict.FAKE and report.message.claimed in seen.uses:
            fakes += 1
    told = [Alert(About.FLOOD, seen.matters)] if seen.flood is not None else []
    told += [Alert(About.CHANGED, changed)] if changed else []
    return (*told, *([Alert(About.FAKE, fakes)] if fakes else []))


def _untold(_: object) -> None:
    pass


def _fetched(mails: Sequence[Buried], stores: Sequence[Store]) -> tuple[tuple[Buried, bytes], ...]:
    found = []
    left = _MOST_BYTES
    for mail in mails:
        try:
            data = stores[mail.store].whole(mail.place)
        except SecassistError:
            continue  # moved or deleted meanwhile
        left -= len(data)
        if left < 0:
            break
        found.append((mail, data))
    return tuple(found)


def _anchor(memory: Memory, now: int) -> Positions:
    """From where to read after a start: the newest place that is old enough."""
    old = [place for time, place in memory.anchors if time <= now - HELD]
    if old:
        return old[-1]
    return memory.anchors[0][1] if memory.anchors else memory.positions


def _anchors(memory: Memory, now: int, reached: Positions) -> tuple[tuple[int, Positions], ...]:
    """One a day, and the newest of those that are older than what is held."""
    anchors = memory.anchors
    if not anchors or now - anchors[-1][0] >= DAY:
        anchors = (*anchors, (now, reached))
    while len(anchors) > 1 and anchors[1][0] <= now - HELD:
        anchors = anchors[1:]
    return anchors


def _newest(past: Past) -> Past:
    if len(past.first_seen) <= MOST_SENDERS:
        return past
    newest = sorted(past.first_seen.items(), key=lambda each: each[1])[-MOST_SENDERS:]
    return replace(past, first_seen=dict(newest))


# As JSON


def to_data(memory: Memory) -> dict[str, Any]:
    """As JSON."""
    return {
        "positions": positions.to_data(memory.positions),
        "anchors": [[time, positions.to_data(place)] for time, place in memory.anchors],
        "began": memory.past.began,
        "first_seen": dict(memory.past.first_seen),
        "looked_at": memory.looked_at,
        "flood": memory.flood,
    }


def from_data(data: Mapping[str, Any]) -> Memory:
    """Back from JSON; what makes no sense is as at the first look."""
    try:
        return Memory(
            positions.from_data(data["positions"]),
            tuple((int(time), positions.from_data(place)) for time, place in data["anchors"]),
            Past(
                int(data["began"]),
                {str(name): int(time) for name, time in data["first_seen"].items()},
            ),
            int(data["looked_at"]),
            int(data["flood"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return Memory()
