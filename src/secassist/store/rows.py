"""What the store keeps: rows of JSON by kind and id, and how a transaction changes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import apsw


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is kept. ``data`` is an object of JSON; ``changed_at`` is Unix time."""

    kind: str
    id: str
    data: Mapping[str, Any] = field(repr=False)  # secrets: not for a log
    changed_at: int = 0
    """Set by the store when the row is put."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that could not be understood, kept byte for byte."""

    number: int
    kind: str
    id: str
    data: bytes = field(repr=False)
    reason: str
    since: int


class Transaction:
    """What can be done inside ``Vault.transaction``."""

    def __init__(self, connection: apsw.Connection, now: int) -> None:
        self._connection = connection
        self._now = now

    def put(self, row: Row) -> None:
        """Add a row, or replace the one of that kind and id."""
        data = json.dumps(dict(row.data), separators=(",", ":")).encode()
        self._connection.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE"
            " SET data = excluded.data, changed_at = excluded.changed_at",
            (row.kind, row.id, data, self._now),
        )

    def delete(self, kind: str, id_: str) -> None:
        """Delete a row, if it is there."""
        self._connection.execute("DELETE FROM entries WHERE kind = ? AND id = ?", (kind, id_))

    def set_aside(self, kind: str, id_: str, reason: str) -> None:
        """Move a row out of the way, byte for byte."""
        self._connection.execute(
            "INSERT INTO set_aside (kind, id, data, reason, since)"
            " SELECT kind, id, data, ?, ? FROM entries WHERE kind = ? AND id = ?",
            (reason, self._now, kind, id_),
        )
        self.delete(kind, id_)


def as_object(data: bytes) -> dict[str, Any] | None:
    """The JSON object that a row holds; None where it holds none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
