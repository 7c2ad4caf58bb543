"""Who sends from where, and where a person goes by themself: ``assets/organisations.toml``.

The head of that file explains every field to the people who correct it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from sys import intern
from types import MappingProxyType
from typing import Any, Final

from secassist.facts.assets import read_table
from secassist.facts.entry import Entry, read_entries

FILE: Final = "organisations.toml"
PLATFORM: Final = "platform"


@dataclass(frozen=True, slots=True)
class Relay:
    """An address, or a set of them, through which an organisation's users send."""

    pattern: str
    """``x@y.example``, ``y.example``, ``*.y.example`` or ``x@y.*``; see the head of the asset."""
    what: str
    """The kind of words that a stranger can put there."""
    mixed: bool = False
    """The organisation also writes its own mail from this very address."""
    slots: bool = False
    """Strangers only fill in slots of its forms there; see ``mail.own_letter``."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation. Domains are A-labels in lower case; empty text: we do not know."""

    id: str
    name: str
    names: tuple[str, ...]
    """Every name by which a mail may call it, in any script."""
    kind: str
    senders: tuple[str, ...]
    """Domains from which it writes itself, with all below them; or whole addresses."""
    confidence: str
    """``seen``, ``known`` or ``guess``."""
    as_of: date
    country: str = ""
    family: str = ""
    """Organisations of one house may send for each other and share domains."""
    common_words: tuple[str, ...] = ()
    """Those of ``names`` that are ordinary words too: weak signs in running text."""
    branches: bool = False
    """Local branches have domains of their own with the name in them, which nobody could list."""
    programs: tuple[str, ...] = ()
    """Programs of that name run on servers of others too, and write from there."""
    mailboxes: tuple[str, ...] = ()
    """Domains at which anybody can have an address."""
    notices_from: tuple[str, ...] = ()
    """Those of ``mailboxes`` from which it also writes itself, by names that nobody can open."""
    relays: tuple[Relay, ...] = ()
    not_theirs: str = ""
    sites: tuple[str, ...] = ()
    """More domains that are its own, though no mail comes from there."""
    real_site: str = ""
    security_page: str = ""
    recent_mails_place: str = ""
    hacked_help: str = ""
    report_to: tuple[str, ...] = ()
    two_factor_page: str = ""
    totp: bool | None = None
    passkey: bool | None = None
    source: str = ""

    @property
    def is_platform(self) -> bool:
        """Anybody can send through it, without an account of the reader."""
        return self.kind == PLATFORM

    def is_kin_of(self, other: Organisation) -> bool:
        """The same organisation, or one of the same house (Instagram and Facebook)."""
        return self.id == other.id or (self.family != "" and self.family == other.family)


_KNOWN: Final = frozenset(field.name for field in fields(Organisation)) - {"id"}
_KNOWN_RELAY: Final = frozenset({"from", "what", "mixed", "slots"})


@cache
def organisations() -> Mapping[str, Organisation]:
    """All organisations of the asset by id, read once, in the order of the file."""
    return parse(read_table(FILE))


def parse(table: Mapping[str, Any]) -> Mapping[str, Organisation]:
    """The organisations of such a table; CouldNotFinish names the entry that has a slip.

    ``as_of`` at the top of the file is the day of the entries that have none.
    """
    as_of = Entry(FILE, "(top)", table).day("as_of")
    entries = read_entries(FILE, {id_: value for id_, value in table.items() if id_ != "as_of"})
    return MappingProxyType({entry.id: _organisation(entry, as_of) for entry in entries})


def _organisation(entry: Entry, as_of: date) -> Organisation:
    entry.check_fields(_KNOWN)
    # Interned is what many of them have in common: these are held in two processes.
    return Organisation(
        id=entry.id,
        name=entry.text("name"),
        names=entry.texts("names"),
        kind=intern(entry.text("kind")),
        senders=entry.texts("senders"),
        confidence=intern(entry.text("confidence", "known")),
        as_of=entry.day("as_of", as_of),
        country=intern(entry.text("country", "")),
        family=intern(entry.text("family", "")),
        common_words=entry.texts("common_words"),
        branches=entry.flag("branches"),
        programs=entry.texts("programs"),
        mailboxes=entry.texts("mailboxes"),
        notices_from=entry.texts("notices_from"),
        relays=tuple(_relay(relay) for relay in entry.entries("relays")),
        not_theirs=entry.text("not_theirs", ""),
        sites=entry.texts("sites"),
        real_site=entry.text("real_site", ""),
        security_page=entry.text("security_page", ""),
        recent_mails_place=entry.text("recent_mails_place", ""),
        hacked_help=entry.text("hacked_help", ""),
        report_to=entry.texts("report_to"),
        two_factor_page=entry.text("two_factor_page", ""),
        totp=entry.maybe("totp"),
        passkey=entry.maybe("passkey"),
        source=intern(entry.text("source", "general knowledge")),
    )


def _relay(entry: Entry) -> Relay:
    entry.check_fields(_KNOWN_RELAY)
    return Relay(entry.text("from"), entry.text("what"), entry.flag("mixed"), entry.flag("slots"))
