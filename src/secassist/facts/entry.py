"""One entry of an asset, read with a word to whoever made a slip in it.

People who cannot program correct the assets, so a wrong value names file, entry and field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from secassist.base.errors import CouldNotFinish

FRESH_FOR: Final = timedelta(days=180)


def stale(as_of: date, today: date) -> bool:
    """Whether a fact is older than 180 days, so that the program has to say so."""
    return today - as_of > FRESH_FOR


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of one table of an asset; every reader raises CouldNotFinish on a slip."""

    file: str
    id: str
    fields: Mapping[str, Any]

    def check_fields(self, known: frozenset[str]) -> None:
        """Refuse a misspelt field: it would be ignored without a word."""
        for name in self.fields:
            if name not in known:
                raise self._slip(name, "is no field that we know")

    def text(self, name: str, default: str | None = None) -> str:
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise self._slip(name, "must be a text in quotation marks")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._slip(name, "must be a list of texts in quotation marks")
        return tuple(value)

    def flag(self, name: str) -> bool:
        return self.maybe(name) is True

    def maybe(self, name: str) -> bool | None:
        """True, false, or None where the entry does not say."""
        value = self.fields.get(name)
        if value is not None and not isinstance(value, bool):
            raise self._slip(name, "must be true or false")
        return value

    def day(self, name: str, default: date | None = None) -> date:
        value = self.fields.get(name, default)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self._slip(name, "must be a day, written 2026-11-25, without quotation marks")
        return value

    def entries(self, name: str) -> tuple[Entry, ...]:
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._slip(name, "must be a list of { … }")
        return tuple(Entry(self.file, f"{self.id}, {name}", item) for item in value)

    def part(self, name: str) -> Entry:
        """The table inside this one; an empty one where there is none."""
        value = self.fields.get(name, {})
        if not isinstance(value, dict):
            raise self._slip(name, "must be { … }")
        return Entry(self.file, f"{self.id}, {name}", value)

    def _slip(self, name: str, what: str) -> CouldNotFinish:
        return CouldNotFinish(f"{self.file}, entry {self.id}: “{name}” {what}.")


def read_entries(file: str, table: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Every ``[id]`` table of an asset, in the order of the file."""
    for id_, fields in table.items():
        if not isinstance(fields, dict):
            raise CouldNotFinish(f"{file}: “{id_}” stands outside of any entry.")
    return tuple(Entry(file, id_, fields) for id_, fields in table.items())
