"""What happened, when, and what was known then: one entry an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from secassist.base.errors import UnusableInput

KIND: Final = "journal"
"""The kind of these rows in the store."""
VERSION: Final = 1
MAX_RECORDS: Final = 50
MAX_RECORD: Final = 300
"""Characters of one record."""


class Event(StrEnum):
    """What happened."""

    JUDGED = "judged"
    """A mail was checked."""
    STARTED = "started"
    DONE = "done"
    NOT_FOR_ME = "not-for-me"
    UNDONE = "undone"
    REMINDER = "reminder"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. Empty text: does not apply, or is not known."""

    at: int
    """Unix time."""
    event: Event
    run: str = ""
    """Id of the run of a plan."""
    step: str = ""
    organisation: str = ""
    verdict: str = ""
    kind: str = ""
    """Kind of the mail."""
    asked: str = ""
    """Did the person ask for it? ``yes``, ``no``, ``unsure``."""
    message: str = ""
    """SHA-256 of the mail in hexadecimal digits."""
    mail_at: int = 0
    """Unix time at which the mail came; 0: not known."""
    records: tuple[str, ...] = ()
    """What was asked on the internet, and the outcome."""


def to_data(entry: Entry) -> dict[str, Any]:
    """The object of JSON for the store."""
    return {
        "version": VERSION,
        "at": entry.at,
        "event": str(entry.event),
        "run": entry.run,
        "step": entry.step,
        "organisation": entry.organisation,
        "verdict": entry.verdict,
        "kind": entry.kind,
        "asked": entry.asked,
        "message": entry.message,
        "mail_at": entry.mail_at,
        "records": [record[:MAX_RECORD] for record in entry.records[:MAX_RECORDS]],
    }


def from_data(data: Mapping[str, Any]) -> Entry:
    """The entry of a row. Raises UnusableInput where it makes no sense; the row is kept then."""
    try:
        if data["version"] > VERSION:
            raise UnusableInput("A newer Secassist wrote this entry.")
        names = ("run", "step", "organisation", "verdict", "kind", "asked", "message")
        texts = {name: data[name] for name in names}
        records, numbers = data["records"], (data["at"], data["mail_at"])
        if not all(isinstance(text, str) for text in (*texts.values(), *records)):
            raise TypeError
        if not all(type(number) is int for number in numbers):
            raise TypeError
        return Entry(
            at=numbers[0],
            event=Event(data["event"]),
            mail_at=numbers[1],
            records=tuple(records),
            **texts,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableInput(f"This entry makes no sense ({type(error).__name__}).") from error
