"""Tables of password managers (CSV) with a column for codes: Bitwarden, KeePassXC, and others."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers.fields import from_field
from secassist.twofactor.importers.source import Source

# Names of the column with the code, those of the title and the user, in the order of preference
_CODES: Final = ("login_totp", "totp", "otpauth", "otpurl", "otp", "2fa", "otp_auth")
_TITLES: Final = ("issuer", "name", "title", "account")
_USERS: Final = ("login_username", "username", "user name", "user", "email", "login")
_BITWARDEN: Final = "login_totp"
_KEEPASSXC: Final = frozenset({"group", "title", "totp"})
_MAX_ROWS: Final = 100_000
_MAX_HEAD: Final = 10_000  # characters


def fits(source: Source) -> bool:
    """Is the first line a list of columns, one of them for codes?"""
    if source.text is None or source.json is not None:
        return False
    return _column(_columns(source.text), _CODES) is not None


def read(source: Source, password: str | None) -> Batch:
    """Every row with a code; this format knows no password."""
    whole = source.text or ""
    columns = _columns(whole)
    code, title, user = (_column(columns, names) for names in (_CODES, _TITLES, _USERS))
    assert code is not None  # see fits
    entries = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(whole))):
            if number == 0 or number > _MAX_ROWS:
                continue
            value = _cell(row, code)
            if not value:
                continue
            issuer, name = _cell(row, title), _cell(row, user)
            entries.append(_entry(value, issuer, name))
    except csv.Error:
        raise UnusableInput("This table is damaged: a field in it never ends.") from None
    return Batch(_format(columns), tuple(entries))


def _entry(value: str, issuer: str, name: str) -> Entry:
    return attempt(lambda: from_field(value, issuer=issuer, name=name), issuer=issuer, name=name)


def _columns(text: str) -> Mapping[str, int]:
    head = text[:_MAX_HEAD].splitlines()[:1]
    try:
        row = next(csv.reader(head), [])
    except csv.Error:
        row = []
    return {name.strip().lower(): place for place, name in reversed(list(enumerate(row)))}


def _column(columns: Mapping[str, int], names: tuple[str, ...]) -> int | None:
    return next((columns[name] for name in names if name in columns), None)


def _cell(row: list[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _format(columns: Mapping[str, int]) -> str:
    if _BITWARDEN in columns:
        return "Bitwarden"
    return "KeePassXC" if columns.keys() >= _KEEPASSXC else "a table"
