"""How mail providers mark what they receive: ``assets/receivers.toml``.

What these facts are used for, and when a line may be believed, is decided in ``mail.trust``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, Final

from secassist.base.errors import CouldNotFinish
from secassist.facts.assets import read_table
from secassist.facts.domains import to_ascii
from secassist.facts.entry import Entry, read_entries

FILE: Final = "receivers.toml"
_MAX_NAME: Final = 253  # host names; a longer one fits nothing


class Position(StrEnum):
    """Where a receiver's result line stands, read from the top down."""

    ABOVE_BORDER = "above-border"
    """Among its own Received lines, above the one of the border."""
    BELOW_BORDER = "below-border"
    """Right below the border's Received line; only ``Receiver.between`` may come first."""
    REGROUPED = "regrouped"
    """Fields of one name stand together: above the border's Received line, or below the last
    Received of all. What came with the mail follows in the same group, so only the first line
    for each method is the receiver's."""
    ARC_ONLY = "arc-only"
    """Only ARC-Authentication-Results."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Receiver:
    """One receiving system. All patterns fit whole names, in lower case."""

    id: str
    name: str
    position: Position
    confidence: str
    """``seen``, ``known`` or ``guess``."""
    as_of: date
    provider_keys: tuple[str, ...] = ()
    """What a person may type for it."""
    mailboxes: tuple[str, ...] = ()
    """Domains whose mail it receives."""
    authserv_id: re.Pattern[str] | None = None
    nameless: bool = False
    """Its line carries no authserv-id (Microsoft)."""
    border_by: tuple[re.Pattern[str], ...] = ()
    internal_by: tuple[re.Pattern[str], ...] = ()
    internal_net: tuple[IPv4Network | IPv6Network, ...] = ()
    """Public addresses from which its own servers hand a mail to each other."""
    between: tuple[str, ...] = ()
    """Fields that it writes between the border's Received and its line, lower case; a ``*`` at
    the end stands for any ending."""
    several_fields: bool = False
    """One line for each method, to be put together."""
    dmarc: bool | None = None
    """Whether it says ``dmarc=``; None: not known."""
    gateway: bool = False
    """In front of the real receiver, or on outgoing mail: never the receiver unless named."""
    trusted: bool = False
    """Form and place were seen in real mail, so its line may count."""
    oddities: str = ""
    source: str = field(default="", repr=False)

    def is_border(self, by: str) -> bool:
        """Whether this host takes mail in from outside for the receiver.

        Some hosts hand a mail to themselves again (Fastmail, Yandex): a hop whose client has a
        private address is not the border, whatever its name.
        """
        return _fits_any(self.border_by, by)

    def is_internal(self, by: str) -> bool:
        """Whether this host stands behind the border."""
        return _fits_any(self.internal_by, by)

    def is_internal_address(self, ip: str) -> bool:
        """Whether one of its own servers has this public address. Raises ValueError for none."""
        address = ip_address(ip)
        return any(address in net for net in self.internal_net)

    def writes(self, authserv_id: str | None) -> bool:
        """Whether a result line of that name is in the receiver's form; no name: None or empty."""
        if not authserv_id:
            return self.nameless
        return self.authserv_id is not None and _fits_any((self.authserv_id,), authserv_id)

    def puts_between(self, field_name: str) -> bool:
        """Whether a field of that name may stand between the border's Received and the line."""
        name = field_name.lower()
        return any(
            name.startswith(entry[:-1]) if entry.endswith("*") else name == entry
            for entry in self.between
        )

    def is_called(self, key: str) -> bool:
        """Whether a person may mean it by ``key``; blanks and hyphens do not count in a name."""
        wanted = key.strip().lower()
        names = (self.id, *self.provider_keys)
        if "." in wanted:  # a host or a domain is what it is, letter by letter
            return wanted in (*names, *self.mailboxes)
        return _joined(wanted) in map(_joined, names)

    @classmethod
    def own_server(cls, host: str) -> Receiver:
        """The receiver that a person named by its host: that host, and names below it.

        Its line counts above the border's Received only. Right below, the sender could have put
        one just as well, and whether this server writes any is not known.
        """
        name = to_ascii(host.strip())
        below = re.compile(rf"([a-z0-9_-]+\.)*{re.escape(name)}") if name else None
        return cls(
            id=f"host:{name or ''}",
            name=name or host.strip(),
            position=Position.ABOVE_BORDER,
            confidence="named",
            as_of=date.max,  # a person's word does not age
            authserv_id=below,
            border_by=(below,) if below else (),
            internal_by=(re.compile("localhost"),),
            several_fields=True,
            trusted=below is not None,
        )


_KNOWN: Final = frozenset(f.name for f in fields(Receiver)) - {"id"}


@cache
def receivers() -> tuple[Receiver, ...]:
    """All receivers of the asset, read once, in the order of the file."""
    return parse(read_table(FILE))


def receiver_named(key: str) -> Receiver | None:
    """The receiver that a person calls so (``gmail``), or None; a mailbox domain does as well."""
    return next((receiver for receiver in receivers() if receiver.is_called(key)), None)


def _joined(name: str) -> str:
    return name.replace(" ", "").replace("-", "")


def parse(table: Mapping[str, Any]) -> tuple[Receiver, ...]:
    """The receivers of such a table; CouldNotFinish names the entry that has a slip."""
    return tuple(_receiver(entry) for entry in read_entries(FILE, table))


def _receiver(entry: Entry) -> Receiver:
    entry.check_fields(_KNOWN)
    position = entry.text("position")
    if position not in list(Position):
        raise CouldNotFinish(f"{FILE}, entry {entry.id}: there is no position “{position}”.")
    authserv_id = entry.text("authserv_id", "")
    return Receiver(
        id=entry.id,
        name=entry.text("name"),
        position=Position(position),
        confidence=entry.text("confidence"),
        as_of=entry.day("as_of"),
        provider_keys=entry.texts("provider_keys"),
        mailboxes=entry.texts("mailboxes"),
        authserv_id=_pattern(entry, authserv_id) if authserv_id else None,
        nameless=entry.flag("nameless"),
        border_by=tuple(_pattern(entry, text) for text in entry.texts("border_by")),
        internal_by=tuple(_pattern(entry, text) for text in entry.texts("internal_by")),
        internal_net=tuple(_network(entry, text) for text in entry.texts("internal_net")),
        between=entry.texts("between"),
        several_fields=entry.flag("several_fields"),
        dmarc=entry.maybe("dmarc"),
        gateway=entry.flag("gateway"),
        trusted=entry.flag("trusted"),
        oddities=entry.text("oddities", ""),
        source=entry.text("source", ""),
    )


def _pattern(entry: Entry, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.ASCII)
    except re.error as slip:
        raise CouldNotFinish(f"{FILE}, entry {entry.id}: “{text}” is no pattern: {slip}.") from slip


def _network(entry: Entry, text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as slip:
        raise CouldNotFinish(f"{FILE}, entry {entry.id}: “{text}” is no network: {slip}.") from slip


def _fits_any(patterns: tuple[re.Pattern[str], ...], name: str) -> bool:
    # A dot stands between the labels of every repeated group, so matching takes linear time;
    # the limit keeps even a slip in the asset from being dear.
    lowered = name.lower().rstrip(".")
    return len(lowered) <= _MAX_NAME and any(p.fullmatch(lowered) for p in patterns)
