"""What a mail says, as facts: nothing looked up, nothing judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secassist.mail.fields import Field, Split


class Parts(StrEnum):
    """How much of the mail we were given."""

    WHOLE = "whole"
    HEADERS = "headers"
    TEXT_ONLY = "text-only"


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of an address field, read on bytes (RFC 5322, 3.4)."""

    display_name: str
    """Decoded (RFC 2047), control and invisible characters still in it."""
    local: str
    domain: str
    """Lower case, A-labels decoded to Unicode only for show: this stays as written, lower-cased."""

    @property
    def spec(self) -> str:
        return f"{self.local}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree (RFC 2045), decoded."""

    content_type: str
    """Lower case, without parameters."""
    filename: str
    """Decoded; empty if none."""
    attachment: bool
    payload: bytes
    """Transfer encoding removed; cut at ``base.limits.MAX_TEXT`` for text."""
    text: str
    """The payload of text/* in Unicode, undecodable bytes replaced; else empty."""
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: header fields, addresses, parts, and what was odd or mended while reading."""

    source: bytes
    """The message with CRLF line ends, as its signatures are checked."""
    parts: Parts
    split: Split
    from_addresses: tuple[Address, ...]
    """All mailboxes of all From fields; a sound mail has exactly one."""
    reply_to: tuple[Address, ...]
    return_path: Address | None
    recipients: tuple[Address, ...]
    """To and Cc."""
    subject: str
    """Decoded; invisible characters still in it."""
    date: datetime | None
    leaves: tuple[Part, ...]
    oddities: tuple[str, ...] = ()
    """Codes of what a sound mail never has, e.g. ``two-from``, ``nul``."""
    repairs: tuple[str, ...] = ()
    """Codes of what ``paste`` mended, e.g. ``unfolded``, ``quoted``."""
    attached: bool = False
    """It was found inside another message, so no Received or result line of it can be trusted."""
    unread: tuple[str, ...] = ()
    """Codes of what was not read, because a limit was reached."""

    @property
    def sender(self) -> Address | None:
        """The one From address, or None where there is none or more than one."""
        return self.from_addresses[0] if len(self.from_addresses) == 1 else None

    def fields(self, name: str) -> tuple[Field, ...]:
        return self.split.all(name)
