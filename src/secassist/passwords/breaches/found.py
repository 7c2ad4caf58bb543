"""What a look into a list of breaches means for an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from secassist.passwords import tags
from secassist.passwords.findings import Code, Finding

VARIANT: Final = -1
"""Stands for the count where only a neighbour of the password was seen."""
NOT_ASKED = "the check was not asked for (see --breaches)"
UNANSWERED = "{count} of {all} could not be asked about: the service did not answer"
TOO_WEAK = "{count} passwords are too short to be remembered, and were not checked again"


def breached(count: int, checked_at: str) -> Finding:
    """The finding for a password that was seen ``count`` times."""
    times = "once" if count == 1 else f"{count:,} times"
    return Finding(
        Code.BREACHED,
        f"This password stands in lists of stolen passwords ({times}). Change it first.",
        checked_at=checked_at,
        seen=count,
    )


def breached_variant(checked_at: str) -> Finding:
    """The finding for a password of which only a neighbour was seen."""
    return Finding(
        Code.BREACHED_VARIANT,
        "A password that is nearly this one, with another year, number or ending, "
        "stands in lists of stolen passwords. Guessers try its neighbours next.",
        checked_at=checked_at,
    )


def times(finding: Finding) -> int:
    """What is remembered of a finding: how often it was seen, VARIANT, or 0 for other findings."""
    if finding.code is Code.BREACHED_VARIANT:
        return VARIANT
    return finding.seen if finding.code is Code.BREACHED else 0


def again(count: int, checked_at: str) -> Finding | None:
    """The finding of what ``times`` told earlier."""
    if count == VARIANT:
        return breached_variant(checked_at)
    return breached(count, checked_at) if count else None


def count_in(range_: Mapping[str, int], tag: bytes, key: bytes) -> int:
    """How often the password with this tag was seen, by the suffixes of its range; 0: never.

    About a microsecond a suffix: the tag is known, the password is not.
    """
    return next((n for suffix, n in range_.items() if tags.tag(key, suffix) == tag), 0)
