"""Known waves of genuine mail that nobody asked for: ``assets/incidents.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from secassist.facts.assets import read_table
from secassist.facts.entry import Entry, read_entries

FILE: Final = "incidents.toml"
_CLOCKS: Final = timedelta(days=1)  # a day is not the same day everywhere


@dataclass(frozen=True, slots=True)
class Incident:
    """One wave, and what the organisation said about it."""

    id: str
    organisation: str
    """Id of the organisation whose mail it was."""
    kinds: tuple[str, ...]
    """Kinds of mail, as in the report: ``reset-requested`` and so on."""
    first: date
    last: date
    """Days on which such mail was sent, both included."""
    statement: str
    """Word for word."""
    said_by: str
    said_on: date
    said_where: str
    reported_in: str
    as_of: date

    def covers(self, organisation: str, kind: str, sent: date) -> bool:
        """Whether a genuine mail of that organisation, kind and day (UTC) belongs to the wave.

        One day is allowed on both sides, because a day begins and ends at other hours elsewhere.
        """
        return (
            organisation == self.organisation
            and kind in self.kinds
            and self.first - _CLOCKS <= sent <= self.last + _CLOCKS
        )


_KNOWN: Final = frozenset(field.name for field in fields(Incident)) - {"id"}


@cache
def incidents() -> tuple[Incident, ...]:
    """All waves of the asset, read once."""
    return parse(read_table(FILE))


def incident_of(
    organisation: str, kind: str, sent: date, among: Iterable[Incident] | None = None
) -> Incident | None:
    """The wave that a genuine mail of that organisation, kind and day belongs to, if any.

    ``among``: the waves that are known; None: those of the asset.
    """
    all_known = incidents() if among is None else among
    return next((one for one in all_known if one.covers(organisation, kind, sent)), None)


def parse(table: Mapping[str, Any]) -> tuple[Incident, ...]:
    """The waves of such a table; CouldNotFinish names the entry that has a slip."""
    return tuple(_incident(entry) for entry in read_entries(FILE, table))


def _incident(entry: Entry) -> Incident:
    entry.check_fields(_KNOWN)
    return Incident(
        id=entry.id,
        organisation=entry.text("organisation"),
        kinds=entry.texts("kinds"),
        first=entry.day("first"),
        last=entry.day("last"),
        statement=entry.text("statement"),
        said_by=entry.text("said_by"),
        said_on=entry.day("said_on"),
        said_where=entry.text("said_where"),
        reported_in=entry.text("reported_in"),
        as_of=entry.day("as_of"),
    )
