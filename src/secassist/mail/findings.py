"""One observation each: a code, which way it weighs, how strongly, and the facts behind it.

Findings carry no sentences; ``words`` makes those from code and facts. The codes are listed in
``docs/codes.md``; a code never changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Weighs(StrEnum):
    """Which way a finding weighs."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


class Strength(StrEnum):
    """How much a finding can carry."""

    PROOF = "proof"
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation. ``facts`` holds plain strings that ``words`` puts into its sentence."""

    code: str
    weighs: Weighs
    strength: Strength
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def proves(code: str, **facts: str) -> Finding:
    """A finding that proves where the mail comes from."""
    return Finding(code, Weighs.FOR, Strength.PROOF, facts)


def supports(code: str, strength: Strength = Strength.WEAK, /, **facts: str) -> Finding:
    """A finding that speaks for the mail, short of proof."""
    return Finding(code, Weighs.FOR, strength, facts)


def contradicts(code: str, strength: Strength = Strength.STRONG, /, **facts: str) -> Finding:
    """A finding that speaks against the mail."""
    return Finding(code, Weighs.AGAINST, strength, facts)


def notes(code: str, **facts: str) -> Finding:
    """A finding that weighs neither way, but that the person should be able to see."""
    return Finding(code, Weighs.NEITHER, Strength.WEAK, facts)
