"""What can be wrong with an account: one finding each, and the order in which to look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """Kinds of findings, the gravest first. A code never changes its meaning."""

    BREACHED = "breached"
    BREACHED_VARIANT = "breached-variant"
    REUSED = "reused"
    SIMILAR = "similar"
    SITE_BREACHED = "site-breached"
    WEAK = "weak"
    NO_2FA = "no-2fa"
    PLAIN_HTTP = "plain-http"


_RANK: Final = {code: rank for rank, code in enumerate(Code)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to fix. Neither a password nor a part of one ever stands in it."""

    code: Code
    detail: str
    others: tuple[str, ...] = ()
    """Titles of the other accounts that are concerned."""
    other_ids: tuple[str, ...] = ()
    """Their ids, in the same order."""
    relation: str = ""
    """How the passwords are related: ``same``, ``case``, ``year``, …; see ``relations``."""
    checked_at: str = ""
    """When a list of breaches was asked (ISO 8601)."""
    seen: int = 0
    """How often a breached password was seen."""


@dataclass(frozen=True, slots=True)
class Audited:
    """One account with what was found about it."""

    title: str
    site: str
    username: str
    findings: tuple[Finding, ...] = ()
    guesses_log10: float | None = None
    """How many guesses the password withstands; None: it is not known any more."""
    grave: bool = False
    """Mail and bank accounts: who has them has the others, too."""
    id: str = ""
    """The same for the same account, import after import."""
    folder: str = ""
    hidden: tuple[Finding, ...] = ()
    """Findings that the person does not want to hear of; see ``exclusions``."""
    ticked_at: str = ""
    """When the person said "I changed it" (ISO 8601), without typing the new one."""

    @property
    def rank(self) -> tuple[int, bool, str]:
        """Sorts what matters most first."""
        worst = min((_RANK[finding.code] for finding in self.findings), default=len(_RANK))
        return worst, not self.grave, self.title.casefold()


@dataclass(frozen=True, slots=True)
class Report:
    """All accounts of an audit. ``not_checked``: what → why, ``skipped``: reason → rows."""

    accounts: tuple[Audited, ...]
    not_checked: Mapping[str, str] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    """Ids and titles of remembered accounts that this list of the same program has no more."""
    codes_found: int = 0
    """Secrets for two-step sign-in that stand in the files."""

    @property
    def by_code(self) -> dict[str, int]:
        """How many accounts have a finding of each code."""
        codes = [{finding.code for finding in account.findings} for account in self.accounts]
        return {str(code): n for code in Code if (n := sum(code in found for found in codes))}


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """The gravest first."""
    return tuple(sorted(findings, key=lambda finding: _RANK[finding.code]))
