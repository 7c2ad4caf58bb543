"""One link of a mail: what ``links`` finds out, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from secassist.mail.identity.likeness import Lookalike


class Source(StrEnum):
    """Where in the mail a link stands."""

    TEXT = "text"
    FORM = "form"
    QR = "qr"


class Side(StrEnum):
    """Whose the place is that a link leads to, seen from the mail."""

    SENDER = "sender"
    CLAIMED = "claimed"
    KNOWN = "known"
    """Pages of another organisation that we know."""
    STRANGERS = "strangers"
    """A place where anybody can put up a page."""
    PASSES_ON = "passes-on"
    """A short link or a counter: where it ends cannot be told without opening it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """One link. All fields are plain text for the screen; never to be made clickable."""

    shown: str
    target: str
    """The whole address as written, at most 2000 characters."""
    host: str
    """Where it leads, as far as it says so: A-labels, or an IP address."""
    registrable: str
    """The registrable domain of ``host``, or ``host`` where it has none."""
    source: Source
    side: Side
    codes: tuple[str, ...] = ()
    """What is odd about it, e.g. ``text-differs``, ``userinfo``, ``lookalike``."""
    lookalike: Lookalike | None = None
    through: tuple[str, ...] = ()
    """Hosts that only pass on to ``host``."""
    shown_host: str = ""
    """The host that the shown text names, where it looks like an address."""
