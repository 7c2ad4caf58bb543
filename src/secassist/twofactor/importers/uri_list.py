"""Lists of addresses, one a line: plain lists, Ente's plain export, codes from pictures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.twofactor import migration, otpauth
from secassist.twofactor.account import Account
from secassist.twofactor.entries import Batch, Entry, Rejected, attempt, one_line
from secassist.twofactor.importers.fields import mapping, text
from secassist.twofactor.importers.source import Source

FORMAT: Final = "addresses"
ENTE: Final = "Ente Auth"
_DISPLAY: Final = "codeDisplay"  # how Ente shows an entry: note, tags, whether in the bin
_MOTP: Final = "motp://"
_MAX_LINES: Final = 100_000


def fits(source: Source) -> bool:
    """Does any line hold an address?"""
    return source.text is not None and any(map(_is_address, source.text.splitlines()))


def lines(source: Source) -> list[str]:
    """The lines that say something; blank ones and comments (``#``) do not."""
    return lines_of(source.text or "")


def lines_of(text: str) -> list[str]:
    """As ``lines``, of a text."""
    found = (line.strip() for line in text.splitlines()[:_MAX_LINES])
    return [line for line in found if line and not line.startswith(("#", "//"))]


def read_lines(texts: Iterable[str]) -> Batch:
    """The accounts of these addresses; anything else is listed as rejected."""
    entries: list[Entry] = []
    parts: list[str] = []
    name = FORMAT
    for line in texts:
        if migration.looks_like_one(line):
            try:
                migration.read_part(line)
            except UnusableInput as error:
                entries.append(Rejected(error.sentence))
            else:
                parts.append(line)
            continue
        if _DISPLAY in line:
            name = ENTE
        entries.append(_entry(line))
    series = migration.read(parts)
    if parts and not entries:
        name = migration.FORMAT
    return Batch(name, (*entries, *series.entries), series.notes)


def _is_address(line: str) -> bool:
    return otpauth.looks_like_one(line) or migration.looks_like_one(line)


def _entry(line: str) -> Entry:
    if line.lower().startswith(_MOTP):
        return Rejected("Its codes are of another kind (mOTP).", name=one_line(line[7:47]))
    if not _is_address(line):
        return Rejected("This is no address of a code.", name=one_line(line[:40]))
    label = one_line(line.partition("?")[0].rpartition("/")[2])
    return attempt(lambda: _with_note(otpauth.read(line).account), name=label)


def _with_note(account: Account) -> Account:
    if _DISPLAY not in account.extra:
        return account
    extra = {key: value for key, value in account.extra.items() if key != _DISPLAY}
    try:
        display = mapping(json.loads(account.extra[_DISPLAY]))
    except (ValueError, RecursionError):
        display = {}
    return replace(account, note=text(display, "note"), extra=extra)
