"""How to get the full message out of each mail program: ``assets/mail_programs.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from secassist.base.errors import CouldNotFinish
from secassist.facts.assets import read_table
from secassist.facts.entry import Entry, read_entries

FILE: Final = "mail_programs.toml"


class Gives(StrEnum):
    """How much of a mail the steps lead to."""

    WHOLE = "whole"
    HEADERS = "headers"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class MailProgram:
    """One mail program on one kind of device."""

    id: str
    program: str
    platform: str
    steps: tuple[str, ...]
    """One thing to press each, as short sentences without a full stop."""
    gives: Gives
    confidence: str
    as_of: date
    receivers: tuple[str, ...] = ()
    """Ids of the receivers whose mail people mostly read there."""
    save: str = ""
    """How to save the mail as a file; empty if it cannot, or we do not know."""
    notes: str = ""
    source: str = ""


_KNOWN: Final = frozenset(field.name for field in fields(MailProgram)) - {"id"}


@cache
def mail_programs() -> tuple[MailProgram, ...]:
    """All programs of the asset, read once, in the order of the file."""
    return parse(read_table(FILE))


def parse(table: Mapping[str, Any]) -> tuple[MailProgram, ...]:
    """The programs of such a table; CouldNotFinish names the entry that has a slip."""
    return tuple(_program(entry) for entry in read_entries(FILE, table))


def _program(entry: Entry) -> MailProgram:
    entry.check_fields(_KNOWN)
    gives = entry.text("gives")
    if gives not in list(Gives):
        raise CouldNotFinish(f"{FILE}, entry {entry.id}: “gives” cannot be “{gives}”.")
    return MailProgram(
        id=entry.id,
        program=entry.text("program"),
        platform=entry.text("platform"),
        steps=entry.texts("steps"),
        gives=Gives(gives),
        confidence=entry.text("confidence"),
        as_of=entry.day("as_of"),
        receivers=entry.texts("receivers"),
        save=entry.text("save", ""),
        notes=entry.text("notes", ""),
        source=entry.text("source", ""),
    )
