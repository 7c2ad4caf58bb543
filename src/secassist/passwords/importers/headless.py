"""Tables without a line of column names: Keeper's, Dashlane's of former years, and Enpass'.

Enpass' rows name their own fields; the other two are known by where their addresses stand.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.passwords.credential import Credential, Listing, host
from secassist.passwords.importers.collect import Collector
from secassist.passwords.importers.source import DAMAGED

NAMES: Final = ("keeper", "dashlane", "enpass")
_SEEN: Final = 50  # rows that are looked at to know the format
_KEEPER_URL, _KEEPER_COLUMNS = 4, 6
_DASHLANE_URL, _DASHLANE_COLUMNS = 1, 5
_ENPASS_USER: Final = ("username", "login", "e-mail", "email")
_MAX_FIELD: Final = 16 * 1024 * 1024


def which(text: str) -> str:
    """``keeper``, ``dashlane``, ``enpass`` or nothing."""
    try:
        rows = [row for row in islice(_rows(text[: 1024 * 1024], strict=False), _SEEN) if any(row)]
    except csv.Error:
        return ""
    named = sum("password" in _pairs(row) for row in rows)
    if rows and 2 * named >= len(rows) and all(len(row) >= 3 for row in rows):
        return "enpass"
    if rows and all(len(row) >= _KEEPER_COLUMNS for row in rows) and _mostly(rows, _KEEPER_URL):
        return "keeper"
    # A note is one column longer, an empty entry shorter.
    whole = [row for row in rows if len(row) == _DASHLANE_COLUMNS]
    if 2 * len(whole) > len(rows) and _mostly(whole, _DASHLANE_URL):
        return "dashlane"
    return ""


def _mostly(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Are there more addresses than others at that place?"""
    urls = [row[place] for row in rows]
    addresses = sum(url.startswith(("http://", "https://")) and bool(host(url)) for url in urls)
    return 2 * addresses > len(rows)


def read(text: str, name: str) -> Listing:
    """All accounts; ``name`` is what ``which`` says. Raises UnusableInput."""
    collector = Collector(name)
    take = {"keeper": _keeper, "dashlane": _dashlane}.get(name, _enpass)
    csv.field_size_limit(_MAX_FIELD)
    try:
        for row in _rows(text, strict=True):
            if any(row):
                collector.add(take(row))
    except csv.Error:
        raise UnusableInput(DAMAGED) from None
    return collector.listing()


def _keeper(row: Sequence[str]) -> Credential:
    """Folder, title, login, password, address, notes, shared folder, then pairs of own fields."""
    folder, title, login, password, url = (*row, *[""] * _KEEPER_COLUMNS)[: _KEEPER_URL + 1]
    codes = (cell for cell in row[_KEEPER_COLUMNS:] if cell.startswith("otpauth:"))
    return Credential(
        title.strip(),
        login.strip(),
        password,
        tuple(filter(None, (url.strip(),))),
        folder,
        code=next(codes, ""),
    )


def _dashlane(row: Sequence[str]) -> Credential:
    """Title, address, login, password, note."""
    title, url, login, password = (*row, *[""] * 4)[:4]
    return Credential(title.strip(), login.strip(), password, tuple(filter(None, (url.strip(),))))


def _enpass(row: Sequence[str]) -> Credential:
    """Title, then name and value of each field, then the note."""
    filled = _pairs(row)
    user = next((filled[name] for name in _ENPASS_USER if filled.get(name)), "")
    url = filled.get("url") or filled.get("website") or ""
    return Credential(
        row[0].strip(),
        user.strip(),
        filled.get("password", ""),
        tuple(filter(None, (url.strip(),))),
        code=filled.get("totp", "").strip(),
    )


def _pairs(row: Sequence[str]) -> dict[str, str]:
    names = [name.strip().lstrip("*").lower() for name in row[1::2]]
    return dict(reversed(list(zip(names, row[2::2], strict=False))))


def _rows(text: str, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), strict=strict)
