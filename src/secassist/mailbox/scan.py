"""Reads a whole mailbox once: its flood, what the flood buried, its security mail.

Memory holds twenty bytes of every mail and a line of each mail that may be critical, nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from secassist.base.errors import CouldNotFinish, SecassistError
from secassist.mailbox.buried import (
    AFTER,
    BEFORE,
    Buried,
    Candidate,
    recent_security_mail,
    surface,
)
from secassist.mailbox.flood import Course, Flood, follow
from secassist.mailbox.records import Record, Records
from secassist.mailbox.sources.mail import Mail, Reading, Stopped, Store, never
from secassist.mailbox.summary import MAX_SUBJECT, Mark, summarise
from secassist.mailbox.timeline import Extent, Timeline, around, extent
from secassist.mailbox.words import words

FIRST_RESULT: Final = 0.6
"""Seconds until the first look at what was read so far."""
_TELL: Final = 0.1  # seconds between two pieces of news
_MANY_CANDIDATES: Final = 50_000
_URGENT: Final = 8  # beyond that number, only classes of this weight are kept


@dataclass(frozen=True, slots=True)
class Progress:
    """News of the work: told about ten times a second."""

    done: int
    total: int
    """Of the same unit as ``done``: bytes or mails; 0 if it is not known."""
    messages: int
    seconds: float
    floods: tuple[Flood, ...]
    """As far as can be seen yet."""
    store: str
    buried: tuple[Buried, ...] = ()
    """What these floods may bury, as far as can be seen yet, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of mail that was read another time, as plain values that can be stored."""

    began: int = 0
    """When the mailbox began, seconds since 1970; 0 if nothing is known."""
    first_seen: Mapping[str, int] = field(default_factory=dict)
    """Domain of a sender → when its first mail came."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a mailbox."""

    messages: int
    seconds: float
    floods: tuple[Flood, ...]
    buried: tuple[Buried, ...]
    security: tuple[Buried, ...]
    """Security mail of the last 90 days, the newest first."""
    limits: tuple[str, ...]
    """What was not read or is not certain, each in one sentence."""
    complete: bool
    """False if it was stopped, or something outside failed."""
    past: Past
    """For the next time, when only new mail is read."""
    timelines: tuple[Timeline, ...] = ()
    """The hours around each of ``floods``."""
    extent: Extent = field(default_factory=Extent)


def scan(
    stores: Sequence[Store],
    *,
    tell: Callable[[Progress], None] = lambda _: None,
    stopped: Stopped = never,
    past: Past | None = None,
) -> Found:
    """Read every mail of all ``stores``.

    With stores that hand out only what is new, ``past`` is what the scan before found.

    What cannot be read of one store is told in ``limits``; if there is nothing at all that can be
    read, the error of the first store is raised.
    """
    return Scanner(past or Past()).scan(stores, tell, stopped)


class Scanner:
    """Reads a mailbox once, or on and on: what came in the last days stays in memory then."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._words = words()
        self._records = Records(self._words.shared, past.first_seen)
        self._candidates: list[Candidate] = []

    def scan(
        self, stores: Sequence[Store], tell: Callable[[Progress], None], stopped: Stopped
    ) -> Found:
        """Read every mail that these stores hand out, besides what is in memory. See ``scan``."""
        self._begin(tell, stopped)
        for number, store in enumerate(stores):
            self._read(number, store)
            if stopped():
                break
        if not self.messages and self.errors:
            raise self.errors[0]
        return self._result()

    def fresh(self) -> tuple[Buried, ...]:
        """The security mail that the last scan added, the newest first."""
        course = self._course()
        return recent_security_mail(
            self._candidates[self._first_new :], course.last, course.first_seen
        )

    def go_on(self, past: Past, since: int) -> None:
        """Keep in memory what came ``since`` (Unix time), and of the rest what ``past`` says."""
        self._past = past
        self._records.forget_before(since)
        self._candidates = [each for each in self._candidates if each.time >= since]

    def _begin(self, tell: Callable[[Progress], None], stopped: Stopped) -> None:
        self._tell = tell
        self._stopped = stopped
        self._started = time.monotonic()
        self._told = 0.0
        self._look_at = FIRST_RESULT
        self._first_new = len(self._candidates)
        self._readings: list[Reading] = []
        self._floods: tuple[Flood, ...] = ()
        self._buried: tuple[Buried, ...] = ()
        self._unfinished = False
        self.messages = 0
        self.errors: list[SecassistError] = []

    def _read(self, number: int, store: Store) -> None:
        reading = Reading()
        self._readings.append(reading)
        try:
            for mail in store.mails(reading, self._stopped):
                self._take(number, mail)
                if not self.messages & 127:
                    self._news(reading, store)
        except SecassistError as error:
            self.errors.append(error)
            self._unfinished = self._unfinished or isinstance(error, CouldNotFinish)
            reading.note(error.sentence)

    def _result(self) -> Found:
        course = self._course()
        limits = [sentence for reading in self._readings for sentence in reading.limits]
        uncertain = sum(reading.uncertain for reading in self._readings)
        if uncertain:
            limits.append(
                f"In {uncertain} places it is not certain where one mail ends and the next begins."
            )
        if self._records.undated:
            limits.append(f"{self._records.undated} mails have no date that can be read.")
        if len(self._candidates) >= _MANY_CANDIDATES:
            limits.append("There are so many orders and payments that only some are listed.")
        times = self._records.times_in_order()
        return Found(
            messages=self.messages,
            seconds=time.monotonic() - self._started,
            floods=course.floods,
            buried=surface(self._candidates, course.floods, course.first_seen),
            security=recent_security_mail(self._candidates, course.last, course.first_seen),
            limits=tuple(dict.fromkeys(limits)),
            past=self._next_past(course),
            complete=not self._unfinished and not self._stopped(),
            timelines=tuple(
                around(times, flood.start - BEFORE, flood.end + AFTER) for flood in course.floods
            ),
            extent=extent(times),
        )

    def _take(self, number: int, mail: Mail) -> None:
        self.messages += 1
        summary = summarise(mail.head, mail.received, mail.marks)
        meaning = self._words.meaning(self._words.mask(summary.subject))
        sender = self._records.add(summary, sign_up=meaning.sign_up)
        critical = meaning.critical
        if critical is None or not summary.time:
            return
        if len(self._candidates) >= _MANY_CANDIDATES and critical.weight < _URGENT:
            return
        self._candidates.append(
            Candidate(
                summary.time,
                number,
                mail.place,
                summary.local,
                summary.domain,
                sender,
                summary.subject[:MAX_SUBJECT],
                critical,
                meaning.decoy,
                meaning.promotion,
                bool(summary.marks & Mark.UNCERTAIN),
            )
        )

    def _news(self, reading: Reading, store: Store) -> None:
        seconds = time.monotonic() - self._started
        if seconds < self._told + _TELL:
            return
        self._told = seconds
        if seconds >= self._look_at:
            course = self._course()
            self._floods = course.floods
            if course.first_seen:
                self._buried = surface(self._candidates, course.floods, course.first_seen)
            self._look_at = 2 * seconds  # so that all looks together cost as much as the last one
        self._tell(
            Progress(
                reading.done,
                reading.total,
                self.messages,
                seconds,
                self._floods,
                store.name,
                self._buried,
            )
        )

    def _course(self) -> Course:
        """What the mails read so far tell; once stopped, what was known before."""
        past = self._past
        names = self._records.names
        seen = {names[name]: time for name, time in past.first_seen.items()}
        course = follow(self._until_stopped(), seen, past.began)
        return Course(self._floods, {}, 0) if self._stopped() else course

    def _next_past(self, course: Course) -> Past:
        if not course.first_seen:
            return self._past
        names = self._records.names
        seen = {name: course.first_seen[n] for name, n in names.items() if n in course.first_seen}
        return Past(course.began, seen)

    def _until_stopped(self) -> Iterator[Record]:
        for count, record in enumerate(self._records.in_time()):
            if not count & 1023 and self._stopped():
                return
            yield record
