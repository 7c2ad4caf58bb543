"""Known waves of real mail: those that ship, and a newer signed list that a person asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from secassist.base.errors import CouldNotFinish, SecassistError, UnusableInput
from secassist.base.language import mark as _
from secassist.facts.incidents import Incident, incidents
from secassist.store.atomic import write_atomically

if TYPE_CHECKING:
    from secassist.facts.incident_list import IncidentList
    from secassist.network.ledger import Ledger

FILE: Final = "incidents.signed"
"""The key on a line, and below it the list as it was fetched."""
KIND: Final = "incidents"
"""The kind of its questions in the ledger."""
_OLDER: Final = _("That list is older than the one that is here. Nothing was changed.")
_NOT_SAVED: Final = _("The list could not be saved. Is the disk full, or the folder closed to you?")


@dataclass(frozen=True, slots=True)
class Known:
    """All known waves, and how old the list is."""

    incidents: tuple[Incident, ...]
    as_of: date
    """The day of the newest list that is used."""
    fetched: bool = False
    """It was fetched; False: it came with the program."""

    def days_old(self, today: date) -> int:
        return max((today - self.as_of).days, 0)


def known(folder: Path, now: datetime | None = None) -> Known:
    """What ships, and what was fetched, which wins. A fetched list that is damaged counts for
    nothing.
    """
    shipped = incidents()
    as_of = max((one.as_of for one in shipped), default=date(2026, 1, 1))
    found = _fetched(folder, now or datetime.now(UTC))
    if found is None:
        return Known(shipped, as_of)
    by_id = {one.id: one for one in (*shipped, *found.incidents)}
    day = found.made_at.date()
    return Known(tuple(by_id.values()), max(as_of, day), fetched=day >= as_of)


async def refresh(
    folder: Path, address: str, key: str, ledger: Ledger, now: datetime | None = None
) -> Known:
    """Fetch a newer list from ``address``, signed with ``key`` (Base64), and use it from now on.

    Raises UnusableCall for an address or key that is none, UnusableInput for a list that is not to
    be trusted, CouldNotFinish. What was here before stays then.
    """
    from secassist.facts.incident_list import MAX_BYTES, read_key, read_list  # noqa: PLC0415 (late)
    from secassist.network.download import fetch  # noqa: PLC0415 (only on request)

    when = now or datetime.now(UTC)
    public = read_key(key)
    data = await fetch(address, kind=KIND, ledger=ledger, limit=MAX_BYTES)
    new = read_list(data, public, when)
    before = _fetched(folder, when)
    if before is not None and new.made_at < before.made_at:
        raise UnusableInput(_OLDER)
    try:
        write_atomically(folder / FILE, key.strip().encode("ascii") + b"\n" + data)
    except OSError as error:
        raise CouldNotFinish(_NOT_SAVED) from error
    return known(folder, when)


def _fetched(folder: Path, now: datetime) -> IncidentList | None:
    """The list that was fetched, its signature checked once more."""
    path = folder / FILE
    if not path.exists():
        return None
    from secassist.facts.incident_list import MAX_BYTES, read_key, read_list  # noqa: PLC0415 (late)

    try:
        with path.open("rb") as file:
            key, _end, data = file.read(2 * MAX_BYTES).partition(b"\n")
        return read_list(data, read_key(key.decode("ascii")), now)
    except (OSError, ValueError, SecassistError):
        return None
