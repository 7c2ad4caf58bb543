"""When was this mailbox flooded? A pure function over its mails in the order of time.

List bombing fills a mailbox with mail that thousands of honest web forms send to an address that
somebody else typed in. No single mark tells it from a busy day, so each mail gets a likeness from
0 to 1 by several marks together: a sender that never wrote before, words of sign-up forms, list
fields, automatic replies, a foreign script, no conversation. What a person already knows counts
next to nothing; so digest days, sales days and ticket storms stay quiet however many mails they
bring. In a sliding window the sum of likeness has to pass a bound, on top of what is normal for
this person, and to come from many senders.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple, TypeVar

from secassist.mailbox.normal import HOUR, Normal
from secassist.mailbox.records import NO_LIST, SIGN_UP, Record
from secassist.mailbox.summary import Mark

Key = TypeVar("Key")

DAY: Final = 86_400

NEW_FOR: Final = 3 * DAY
"""A sender is new for so long after the first mail, and to the end of a flood that brought it."""
NO_PAST: Final = 7 * DAY
"""For so long after the first mail of a mailbox nobody can say who is new in it."""
OVER_AFTER: Final = 5 * HOUR
"""So long below the bound ends a flood; with shorter pauses it is one."""

_ASKED: Final = SIGN_UP | Mark.FORM
_TRAITS: Final = (SIGN_UP, Mark.FORM, Mark.BULK, Mark.AUTOMATIC)
_FLOOD_LIKE: Final = 0.2  # mails of at least this likeness are members of a flood around them
_MASS: Final = 0.6  # a new sender that writes to many, by its list fields or its name
_PLAIN: Final = 0.48  # a new sender and no other mark: customers and applicants write so, too
_MARKED: Final = 0.25  # share of likeness that has to come from mails with a mark
_SO_MANY: Final = 3  # times the bound, and mails without a mark are a flood all the same
_GOES_ON: Final = 7.0  # likeness an hour that keeps a flood going
_WORTH_A_NOTE: Final = 0.3  # share of a flood's mails that makes a mark a signal
_MANY: Final = 60  # mails an hour
_RECENT: Final = 40  # members by which the pace of a flood is told


@dataclass(frozen=True, slots=True)
class Window:
    """A sliding window, and what has to be in it."""

    seconds: int
    likeness: float
    senders: int
    normal: float
    """How often the normal likeness of an hour is added to the bound."""


WINDOWS: Final = (Window(HOUR, 28.0, 14, 1.0), Window(6 * HOUR, 90.0, 40, 3.0))


@dataclass(frozen=True, slots=True)
class Flood:
    """One flood. Times in seconds since 1970."""

    start: int
    end: int
    messages: int
    """Mails that look like a part of it."""
    peak_per_hour: int
    domains: int
    """Different senders of these mails."""
    signals: tuple[str, ...]
    """What speaks for a flood: codes, see ``docs/codes.md``."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Course:
    """What happened in a mailbox."""

    floods: tuple[Flood, ...]
    first_seen: Mapping[int, int]
    """Number of a sender → when the first mail came."""
    last: int
    """Time of the last mail; 0 if there is none."""
    began: int = 0
    """Time of the first mail, read now or another time."""


def follow(
    records: Iterable[Record], first_seen: Mapping[int, int] | None = None, began: int = 0
) -> Course:
    """Every flood in a mailbox. ``records`` in the order of time; linear, one pass.

    ``first_seen`` and ``began`` tell of mail that was read another time: who wrote when for the
    first time, and when the mailbox began (0 if nothing is known).
    """
    detector = Detector(first_seen or {}, began)
    found: list[Flood] = []
    last = 0
    for record in records:
        flood = detector.add(record)
        if flood is not None:
            found.append(flood)
        last = record.time
    return Course((*found, *detector.end()), detector.first_seen, last, detector.began)


def likeness(record: Record, newness: float, usual_script: bool) -> float:
    """How much one mail looks like a part of a flood, 0 to 1.

    ``newness`` is 1 for a sender that never wrote before and 0 for one that did. Where the mailbox
    is too young to tell, it is 0.5 for the first mail of a sender and 0.4 for the others.
    """
    traits = record.traits
    asked = traits & _ASKED
    if traits & Mark.REPLY and not asked and not traits & Mark.AUTOMATIC:
        return 0.0
    if newness == 0.0:
        return 0.0
    if asked:
        return 1.0 if newness == 1.0 else 0.9
    if traits & Mark.AUTOMATIC:
        return 0.9 if newness == 1.0 else 0.6
    if newness < 1.0:
        return 0.25 if traits & Mark.BULK and newness == 0.5 else 0.0
    if not usual_script:
        return 0.8
    return _MASS if traits & (Mark.BULK | Mark.ROLE) else _PLAIN


class _Entry(NamedTuple):
    record: Record
    likeness: float
    source: tuple[int, int]
    new: bool


class _Sliding:
    """The entries of one window, with their sums."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.entries: deque[_Entry] = deque()
        self.likeness = 0.0
        self._plain = 0
        self._senders: Counter[int] = Counter()
        self._sources: Counter[tuple[int, int]] = Counter()

    def move(self, now: int) -> None:
        """Drop what is older than the window at ``now``."""
        while self.entries and self.entries[0].record.time <= now - self.window.seconds:
            old = self.entries.popleft()
            self.likeness -= old.likeness
            self._plain -= old.likeness == _PLAIN
            _less(self._senders, old.record.sender)
            _less(self._sources, old.source)

    def add(self, entry: _Entry) -> None:
        self.entries.append(entry)
        self.likeness += entry.likeness
        self._plain += entry.likeness == _PLAIN
        self._senders[entry.record.sender] += 1
        self._sources[entry.source] += 1

    def is_full(self, normal: float) -> bool:
        window = self.window
        bound = window.likeness + window.normal * normal
        marked = self.likeness - _PLAIN * self._plain
        return (
            self.likeness >= bound
            and (marked >= _MARKED * self.likeness or self.likeness >= _SO_MANY * bound)
            # One list has many writers, and one writer may have many lists: neither is a flood.
            and min(len(self._senders), len(self._sources)) >= window.senders
        )


@dataclass(slots=True)
class _Current:
    """The flood that goes on."""

    start: int
    end: int
    hot: int
    """When it last was above the bound that keeps it going."""
    messages: int = 0
    peak: int = 0
    new: int = 0
    senders: set[int] = field(default_factory=set)
    traits: Counter[int] = field(default_factory=Counter)
    scripts: Counter[int] = field(default_factory=Counter)
    last_hour: deque[int] = field(default_factory=deque)
    recent: deque[int] = field(default_factory=lambda: deque(maxlen=_RECENT))
    waiting: list[_Entry] = field(default_factory=list)
    """Members only if the flood goes on after them."""

    def add(self, entry: _Entry) -> None:
        time = entry.record.time
        self.end = time
        self.messages += 1
        self.new += entry.new
        self.senders.add(entry.record.sender)
        for trait in _TRAITS:
            if entry.record.traits & trait:
                self.traits[trait] += 1
        self.scripts[entry.record.script] += 1
        self.recent.append(time)
        self.last_hour.append(time)
        while self.last_hour[0] <= time - HOUR:
            self.last_hour.popleft()
        self.peak = max(self.peak, len(self.last_hour))


class Detector:
    """Takes the mails of a mailbox one after the other, in the order of time."""

    def __init__(self, first_seen: Mapping[int, int], began: int) -> None:
        self.began = began
        self.first_seen = dict(first_seen)
        self._lists: dict[int, int] = {}
        self._scripts: Counter[int] = Counter()
        self._windows = tuple(_Sliding(window) for window in WINDOWS)
        self._normal = Normal()
        self._current: _Current | None = None

    def add(self, record: Record) -> Flood | None:
        """Take in the next mail; the flood before it, once that is over."""
        if not self.began:
            self.began = record.time
        over = self._close(record.time)
        new = self._newness(record)
        usual = self._is_usual(record.script)
        entry = _Entry(
            record,
            likeness(record, new, usual),
            (record.list_id, 0) if record.list_id != NO_LIST else (0, record.sender),
            new > 0,
        )
        if entry.likeness:
            for sliding in self._windows:
                sliding.move(record.time)
                sliding.add(entry)
            self._continue(entry)
        self._normal.add(record.time, entry.likeness, flooded=self._current is not None)
        return over

    def end(self) -> tuple[Flood, ...]:
        """The flood that still went on at the last mail, if there is one."""
        if self._current is None:
            return ()
        return (self._result(self._current),)

    def _newness(self, record: Record) -> float:
        time, sender, list_id = record.time, record.sender, record.list_id
        first = self.first_seen.setdefault(sender, time)
        if list_id != NO_LIST:
            first = min(first, self._lists.setdefault(list_id, time))
        since = time - NEW_FOR
        if self._current is not None:
            since = min(since, self._current.start - NEW_FOR)
        if first < since:
            return 0.0
        if first - self.began >= NO_PAST:
            return 1.0
        return 0.5 if first == time else 0.4

    def _is_usual(self, script: int) -> bool:
        """Is the subject in a script that this person gets more than now and then?"""
        scripts = self._scripts
        if self._current is None:
            scripts[script] += 1
        return script == 0 or scripts[script] >= max(5, scripts.total() // 100)

    def _continue(self, entry: _Entry) -> None:
        now = entry.record.time
        current = self._current
        if current is not None:
            if entry.likeness >= _FLOOD_LIKE:
                current.waiting.append(entry)
            if self._windows[0].likeness >= _GOES_ON:
                current.hot = now
                for waiting in current.waiting:
                    current.add(waiting)
                current.waiting.clear()
            return
        full = next((s for s in self._windows if s.is_full(self._normal.likeness())), None)
        if full is None:
            return
        members = self._begun(full)
        self._current = _Current(members[0].record.time, now, now)
        for member in members:
            self._current.add(member)

    def _begun(self, full: _Sliding) -> list[_Entry]:
        """The first members of a flood, from where its pace begins: a slow one fills the window
        only after a while."""
        seen = [e for e in self._windows[-1].entries if e.likeness >= _FLOOD_LIKE]
        within = [e for e in full.entries if e.likeness >= _FLOOD_LIKE]
        place = len(seen) - len(within) + _strays([e.record.time for e in within])
        times = [e.record.time for e in seen]
        pace = max(60.0, 8 * median(after - before for before, after in pairwise(times[place:])))
        while place and times[place] - times[place - 1] <= pace:
            place -= 1
        return seen[place:]

    def _close(self, now: int) -> Flood | None:
        current = self._current
        if current is None or now - current.hot <= OVER_AFTER:
            return None
        self._current = None
        self._windows = tuple(_Sliding(window) for window in WINDOWS)
        return self._result(current)

    def _result(self, current: _Current) -> Flood:
        tail = list(current.recent)[::-1]
        strays = _strays([-time for time in tail]) if len(tail) == _RECENT else 0
        signals = self._signals(current)
        return Flood(
            start=current.start,
            end=tail[strays],
            messages=current.messages - strays,
            peak_per_hour=current.peak,
            domains=len(current.senders),
            signals=signals,
            confidence=_confidence(len(signals), current.peak),
        )

    def _signals(self, current: _Current) -> tuple[str, ...]:
        enough = current.messages * _WORTH_A_NOTE
        traits = current.traits
        scripts = sum(count >= current.messages / 50 for count in current.scripts.values())
        told = {
            "high-rate": current.peak >= max(_MANY, 6 * self._normal.mails()),
            "many-senders": len(current.senders) >= 30,
            "new-senders": current.new >= enough,
            "sign-up-words": traits[SIGN_UP] >= enough,
            "list-fields": traits[Mark.BULK] >= enough,
            "automatic-replies": traits[Mark.AUTOMATIC] >= enough,
            "web-forms": traits[Mark.FORM] > 0,
            "many-scripts": scripts >= 3,
        }
        return tuple(code for code, holds in told.items() if holds)


def _confidence(signals: int, peak: int) -> float:
    """A rough measure: the more marks and the faster, the surer."""
    return round(min(0.99, 0.5 + 0.08 * signals + min(0.1, peak / 6_000)), 2)


def _strays(times: list[int]) -> int:
    """How many of the first times stand apart from the pace of the others."""
    gaps = [after - before for before, after in pairwise(times)]
    if not gaps:
        return 0
    apart = max(600.0, 10 * median(gaps))
    # Only in the first half: a flood may pause.
    return max((n + 1 for n, gap in enumerate(gaps[: len(gaps) // 2]) if gap > apart), default=0)


def _less(counts: Counter[Key], key: Key) -> None:
    counts[key] -= 1
    if not counts[key]:
        del counts[key]
