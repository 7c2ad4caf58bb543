"""Where people keep passwords, and how a list gets out: ``assets/password_managers.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Final

from secassist.base.errors import CouldNotFinish
from secassist.facts.assets import read_table
from secassist.facts.entry import Entry, read_entries

FILE: Final = "password_managers.toml"
KINDS: Final = ("browser", "manager", "file")
FORMS: Final = ("csv", "json", "1pux", "zip", "xml")


@dataclass(frozen=True, slots=True)
class PasswordManager:
    """One program that keeps passwords."""

    id: str
    name: str
    kind: str
    """``browser``, ``manager`` (with an account at its maker) or ``file`` (of one's own)."""
    page: str
    """The maker's own address, https."""
    keeps: str
    """Where new passwords are then, and who gets at them."""
    devices: str
    export: tuple[str, ...]
    """How to get a list out, one thing to press each, without a full stop."""
    brings: str
    """The form to choose: one of FORMS."""
    confidence: str
    as_of: date
    open: str = ""
    """What brings a person to the saved passwords when typed into the address line."""
    suggest: bool = True
    source: str = ""


_KNOWN: Final = frozenset(field.name for field in fields(PasswordManager)) - {"id"}


@cache
def password_managers() -> tuple[PasswordManager, ...]:
    """All programs of the asset, read once, in the order of the file."""
    return parse(read_table(FILE))


def where_to_keep() -> tuple[PasswordManager, ...]:
    """Those to choose from for new passwords, the browser's own among them."""
    return tuple(one for one in password_managers() if one.suggest)


def parse(table: Mapping[str, Any]) -> tuple[PasswordManager, ...]:
    """The programs of such a table; CouldNotFinish names the entry that has a slip."""
    return tuple(_manager(entry) for entry in read_entries(FILE, table))


def _manager(entry: Entry) -> PasswordManager:
    entry.check_fields(_KNOWN)
    suggest = entry.maybe("suggest")
    return PasswordManager(
        id=entry.id,
        name=entry.text("name"),
        kind=_one_of(entry, "kind", KINDS),
        page=entry.text("page"),
        keeps=entry.text("keeps"),
        devices=entry.text("devices"),
        export=entry.texts("export"),
        brings=_one_of(entry, "brings", FORMS),
        confidence=entry.text("confidence"),
        as_of=entry.day("as_of"),
        open=entry.text("open", ""),
        suggest=suggest is not False,
        source=entry.text("source", ""),
    )


def _one_of(entry: Entry, name: str, values: tuple[str, ...]) -> str:
    found = entry.text(name)
    if found not in values:
        raise CouldNotFinish(f"{FILE}, entry {entry.id}: “{name}” cannot be “{found}”.")
    return found
