"""Whom a mail names, and how plainly: what ``named`` finds out, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Place(StrEnum):
    """Where a mail names an organisation."""

    DISPLAY_NAME = "display-name"
    FROM_ADDRESS = "from-address"
    SUBJECT = "subject"
    BODY_CLAIM = "body-claim"
    BODY_MENTION = "body-mention"
    LINK_TEXT = "link-text"
    SIGNATURE = "signature"


class Claim(IntEnum):
    """How plainly a mail says that it comes from an organisation."""

    NONE = 0
    WEAK = 1
    MEDIUM = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Naming:
    """One organisation that the mail names."""

    organisation: str
    where: frozenset[Place]
    disguised: bool
    """Written in a way that hides the name from programs but not from the eye."""
    score: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Named:
    """All organisations that the mail names, the most plainly claimed first."""

    all: tuple[Naming, ...] = ()
    claimed: str | None = None
    """The organisation that it says to come from; None where it only mentions, or names nobody."""
    strength: Claim = Claim.NONE
    own_provider: bool = False
    """It speaks as the reader's own mail system or company."""

    def of(self, organisation: str) -> Naming | None:
        return next((n for n in self.all if n.organisation == organisation), None)
