"""Where the mail of an address lies on a server: ``assets/mail_servers.toml``."""

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

FILE: Final = "mail_servers.toml"


class Password(StrEnum):
    """Which password lets a program in."""

    APP = "app"
    """One that is made for programs, in the account."""
    MAIL = "mail"
    """That of the mailbox."""
    NONE = "none"
    """None does."""


class NameIs(StrEnum):
    """What the name to sign in with is."""

    ADDRESS = "address"
    LOCAL = "local"
    """What stands before the @."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """One provider's IMAP server, reached with TLS at port 993."""

    id: str
    name: str
    domains: tuple[str, ...]
    host: str
    """Empty if there is none."""
    password: Password
    as_of: date
    name_is: NameIs = NameIs.ADDRESS
    note: str = ""
    source: str = ""
    confidence: str = ""

    def user(self, address: str) -> str:
        """The name to sign in with."""
        return address.rpartition("@")[0] if self.name_is is NameIs.LOCAL else address


_KNOWN: Final = frozenset(field.name for field in fields(MailServer)) - {"id"}


@cache
def mail_servers() -> tuple[MailServer, ...]:
    """All providers of the asset, read once."""
    return parse(read_table(FILE))


@cache
def _by_domain() -> Mapping[str, MailServer]:
    return {domain: server for server in mail_servers() for domain in server.domains}


def server_for(address: str) -> MailServer | None:
    """The provider of this address; None if we do not know it."""
    return _by_domain().get(address.rpartition("@")[2].strip().lower())


def likely_host(address: str) -> str:
    """The server of an address: the one we know, else the usual name; empty if there is none."""
    domain = address.rpartition("@")[2].strip().lower()
    if "." not in domain:
        return ""
    known = server_for(address)
    return known.host if known is not None else f"imap.{domain}"


def parse(table: Mapping[str, Any]) -> tuple[MailServer, ...]:
    """The providers of such a table; CouldNotFinish names the entry that has a slip."""
    return tuple(_server(entry) for entry in read_entries(FILE, table))


def _server(entry: Entry) -> MailServer:
    entry.check_fields(_KNOWN)
    password = entry.text("password")
    name_is = entry.text("name_is", "address")
    if password not in list(Password) or name_is not in list(NameIs):
        raise CouldNotFinish(
            f"{FILE}, entry {entry.id}: “password” or “name_is” has no value that we know."
        )
    return MailServer(
        id=entry.id,
        name=entry.text("name"),
        domains=entry.texts("domains"),
        host=entry.text("host"),
        password=Password(password),
        as_of=entry.day("as_of"),
        name_is=NameIs(name_is),
        note=entry.text("note", ""),
        source=entry.text("source", ""),
        confidence=entry.text("confidence", ""),
    )
