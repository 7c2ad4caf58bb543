"""Tables (CSV) of browsers and password managers; see ``layouts`` for which."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.passwords.credential import Credential, Listing
from secassist.passwords.importers import collect
from secassist.passwords.importers.collect import Collector
from secassist.passwords.importers.layouts import OTHER, Layout, Names, layout_named, recognise
from secassist.passwords.importers.source import DAMAGED, NOT_A_LIST

_DELIMITERS: Final = (",", ";", "\t")
_MAX_HEAD: Final = 64 * 1024  # characters
_MAX_FIELD: Final = 16 * 1024 * 1024  # characters; a password of a megabyte is read, not refused
_LONE_BACKSLASH: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(?![\\\"])")
"""One that escapes nothing: then none of them does."""
_SECURE_NOTE: Final = "http://sn"  # LastPass writes it for an address where there is none
_FIREFOX_ACCOUNT: Final = "chrome://"


def fits(text: str) -> bool:
    """Is the first line the columns of a program that we know?"""
    found = _head(text)
    return found is not None and found[2] is not OTHER


def read(text: str, *, format_name: str = "") -> Listing:
    """All accounts of a table. ``format_name``: the layout, where the head should not decide.

    Raises UnusableInput for a table without passwords, or one that is damaged.
    """
    text = text.lstrip("\r\n")
    found = _head(text)
    wanted = layout_named(format_name) if format_name else None
    if found is None:
        raise UnusableInput(NOT_A_LIST)
    delimiter, columns, layout = found
    layout = wanted or layout
    collector = Collector(layout.name)
    csv.field_size_limit(_MAX_FIELD)
    escape = "\\" if layout.escapes and not _LONE_BACKSLASH.search(text) else None
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, escapechar=escape
    )
    try:
        next(rows)
        for row in rows:
            if any(row):
                _take(row, columns, layout, collector)
    except csv.Error:
        raise UnusableInput(DAMAGED) from None
    return collector.listing()


def _take(
    row: Sequence[str], columns: Mapping[str, int], layout: Layout, collector: Collector
) -> None:
    width = max(columns.values()) + 1
    if not layout.open_ended and any(cell.strip() for cell in row[width:]):
        collector.skip(collect.UNEVEN)
        return

    def cell(names: Names) -> str:
        places = (columns[name] for name in names if name in columns)
        return next((row[place] for place in places if place < len(row) and row[place]), "")

    kind = cell((layout.kind,)).strip().lower() if layout.kind in columns else None
    url = cell(layout.url).strip()
    if (kind is not None and kind not in layout.logins) or url == _SECURE_NOTE:
        collector.skip(collect.PASSKEY if kind == "passkey" else collect.NOTE)
        return
    if layout.name == "firefox" and url.startswith(_FIREFOX_ACCOUNT):
        collector.skip(collect.NOTE)
        return
    collector.add(
        Credential(
            title=cell(layout.title).strip(),
            username=cell(layout.username).strip(),
            password=cell(layout.password),
            urls=tuple(part.strip() for part in url.split(",") if part.strip()),
            folder=cell(layout.folder).strip(),
            changed_at=moment(cell(layout.changed).strip()),
            code=cell(layout.code).strip(),
        )
    )


def moment(text: str) -> int | None:
    """Unix time of a number of seconds or milliseconds, or of an ISO 8601 time."""
    if text.isascii() and text.isdigit() and len(text) <= 14:
        number = int(text)
        return number // 1000 if number > 10**11 else number or None
    try:
        parsed = datetime.fromisoformat(text)
        aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return max(0, int(aware.timestamp()))
    except (ValueError, OverflowError):
        return None


def _head(text: str) -> tuple[str, Mapping[str, int], Layout] | None:
    """Delimiter, columns by their name, and layout."""
    first = text[:_MAX_HEAD]
    for delimiter in _DELIMITERS:
        try:
            row = next(csv.reader(io.StringIO(first, newline=""), delimiter=delimiter), [])
        except csv.Error:
            continue
        names = [" ".join(name.lower().split()) for name in row]
        columns = {name: place for place, name in reversed(list(enumerate(names))) if name}
        layout = recognise(frozenset(columns))
        if layout is not None:
            return delimiter, columns, layout
    return None
