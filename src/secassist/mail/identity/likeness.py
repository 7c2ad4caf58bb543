"""How an address imitates another: what ``lookalikes`` and ``edits`` find out, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LookalikeKind(StrEnum):
    """How the address imitates the real one."""

    SCRIPT = "script"
    """Letters of another script, or accents."""
    DIGIT = "digit"
    """Digits or signs for letters."""
    LETTERS = "letters"
    """Letters that look alike, or a hyphen inside the name."""
    TYPO = "typo"
    ENDING = "ending"
    """The very name under another ending."""
    ADDED = "added-word"
    SUBDOMAIN = "subdomain"
    """The name in front of somebody else's domain."""
    HOSTING = "free-hosting"
    """The name below a domain where anybody can have one."""


@dataclass(frozen=True, slots=True)
class Odd:
    """One place where two names differ."""

    index: int
    """Where in the given name; the place of the gap where something was left out."""
    given: str
    """Characters of the given name; empty where something was left out."""
    expected: str
    """Characters of the real name; empty where something was put in."""
    real_index: int
    """The same place in the real name."""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """An address, and the one that it was made to be taken for."""

    organisation: str
    real_domain: str
    kind: LookalikeKind
    given: str
    """The host as people read it (U-labels)."""
    ascii: str
    """The host in A-labels, or empty if it is no domain name."""
    strong: bool
    """Made to deceive beyond reasonable doubt; else it may be a fan, a reseller, a branch."""
    positions: tuple[Odd, ...] = ()
    """Where ``given`` differs from ``real_domain``; empty where the comparison says nothing."""

    @property
    def distance(self) -> int:
        return len(self.positions)
