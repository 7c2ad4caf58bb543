"""Databases out of a rooted phone: Stratum's, and Google Authenticator's where it is not encrypted.

Read in memory, with bounds on rows and on what a query may cost: such a file can be as hostile as
any other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.twofactor import base32
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers import stratum
from secassist.twofactor.importers.fields import numbered, text
from secassist.twofactor.importers.source import Damaged, Source

_MARK: Final = b"SQLite format 3\0"
_VERSIONS: Final = slice(18, 20)  # of the header: 2 stands for a log beside the file, 1 for none
_GOOGLE: Final = "Google Authenticator"
_GOOGLE_COLUMNS: Final = frozenset({"email", "secret", "type", "issuer"})
_GOOGLE_KINDS: Final = {"0": Kind.TOTP, "1": Kind.HOTP}
_STRATUM_TABLE: Final = "authenticator"
_GOOGLE_TABLE: Final = "accounts"
_MAX_ROWS: Final = 10_000
_STEPS: Final = 1_000  # of SQLite's machine between two looks at
_MAX_LOOKS: Final = 10_000  # far more than reading so many rows takes

Rows = Sequence[Mapping[str, Any]]


def fits(source: Source) -> bool:
    """Is it an SQLite database that is not encrypted?"""
    return source.data.startswith(_MARK)


def read(source: Source, password: str | None) -> Batch:
    """All accounts; these formats know no password. Raises Damaged, UnusableInput."""
    try:
        with _opened(source.data) as database:
            rows = _rows(database, _STRATUM_TABLE)
            if rows:
                return Batch(stratum.FORMAT, tuple(map(_stratum, rows)))
            rows = _rows(database, _GOOGLE_TABLE)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError):
        raise Damaged from None
    if rows and rows[0].keys() >= _GOOGLE_COLUMNS:
        return Batch(_GOOGLE, tuple(map(_google, rows)))
    raise UnusableInput("There are no codes in this database that we can read.")


@contextmanager
def _opened(data: bytes) -> Iterator[sqlite3.Connection]:
    copy = bytearray(data)
    copy[_VERSIONS] = b"\1\1"  # a file in memory has no log beside it
    looks = 0

    def look() -> bool:
        nonlocal looks
        looks += 1
        return looks > _MAX_LOOKS

    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(bytes(copy))
        database.execute("PRAGMA trusted_schema = 0")
        database.set_progress_handler(look, _STEPS)
        database.row_factory = sqlite3.Row
        yield database


def _rows(database: sqlite3.Connection, table: str) -> Rows:
    """The rows of a table by the names of its columns; none where there is no such table."""
    kinds = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    if database.execute(kinds, (table,)).fetchone() is None:
        return ()
    found = database.execute(f"SELECT * FROM {table} LIMIT {_MAX_ROWS}")
    return [{name.lower(): row[name] for name in row.keys()} for row in found]  # noqa: SIM118 (a Row)


def _stratum(row: Mapping[str, Any]) -> Entry:
    """The columns are called as the fields of its backup, in small letters."""
    return stratum.entry({name.capitalize(): value for name, value in row.items()})


def _google(row: Mapping[str, Any]) -> Entry:
    issuer, name = text(row, "issuer"), text(row, "email")
    name = name.removeprefix(f"{issuer}:").strip() if issuer else name

    def make() -> Account:
        kind = _GOOGLE_KINDS.get(text(row, "type"))
        if kind is None:
            raise UnusableInput("Its codes are of a kind that we do not know.")
        secret = base32.decode(text(row, "secret"))
        return numbered(row, kind=kind, secret=secret, algorithm="", issuer=issuer, name=name)

    return attempt(make, issuer=issuer, name=name)
