"""What every source hands out, and what it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Mail(NamedTuple):
    """The header block of one mail, and where it lies."""

    place: str
    """For people and for ``Store.whole``: a byte offset, a file, a ``folder/UID``."""
    head: bytes
    """From the first field to the blank line, at most ``summary.MAX_HEAD`` bytes."""
    received: int = 0
    """Seconds since 1970 that the mailbox itself noted, 0 if it noted none."""
    marks: int = 0
    """Of ``summary.Mark``: ``UNCERTAIN`` where the split is in doubt."""


@dataclass(slots=True)
class Reading:
    """How far one source was read: the work in progress, as numbers and sentences."""

    done: int = 0
    """Bytes of a file; mails of a Maildir, a folder or a server."""
    total: int = 0
    limits: list[str] = field(default_factory=list)
    """What was not read, or is not certain, each in one sentence."""
    uncertain: int = 0
    """Places at which it is not certain where one mail ends and the next begins."""

    def note(self, sentence: str) -> None:
        """Add a sentence, once."""
        if sentence not in self.limits:
            self.limits.append(sentence)


Stopped = Callable[[], bool]


def never() -> bool:
    """For work that nobody stops."""
    return False


class Store(Protocol):
    """One place with mail."""

    name: str
    """As it is shown: a file name, a folder, an account."""

    def mails(self, reading: Reading, stopped: Stopped) -> Iterator[Mail]:
        """Every mail in it, in its own order; ends early once ``stopped`` says so.

        Raises UnusableInput or CouldNotFinish with one sentence; what was read before it counts.
        """
        ...

    def whole(self, place: str) -> bytes:
        """One mail as a whole, at most ``limits.MAX_SOURCE`` bytes.

        Raises UnusableInput where it is gone, CouldNotFinish.
        """
        ...
