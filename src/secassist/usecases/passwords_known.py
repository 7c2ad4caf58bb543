"""What is known of a person's passwords, as pages show it; no secret is in it.

Pure functions over what ``usecases.audit`` reads and judges; ``usecases.passwords_desk`` does what
a person wants and gives these out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from secassist.facts import domains as domains_of
from secassist.facts.organisations import organisations
from secassist.passwords.clusters import Cluster, clusters
from secassist.passwords.credential import host
from secassist.passwords.exclusions import Exclusion, applied
from secassist.passwords.findings import Audited, Code, Finding, Report, in_order
from secassist.passwords.history import Run
from secassist.passwords.memory import Memory
from secassist.usecases import audit as use
from secassist.usecases import fixing
from secassist.usecases.audit import Earlier, Judgement
from secassist.usecases.keeper import View

FIRST: Final = 3
"""So many accounts are to be fixed first."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts for a card: how many accounts there are, and how many of them need something."""

    accounts: int
    to_fix: int
    first: int
    """How many are to be fixed first; 0 to FIRST."""
    leaks: Leaks
    checked_at: str = ""
    """When they were last looked at (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class Leaks:
    """What is known about leaks. Not checked is never the same as nothing found."""

    checked_at: str = ""
    """When they were last asked about (ISO 8601); empty: never."""
    without_answer: int = 0
    """Accounts that could be asked about and have no answer yet."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, and what is known of the person's passwords where it is open."""

    view: View
    report: Report | None = None
    """None: nothing is known yet."""
    clusters: tuple[Cluster, ...] = ()
    runs: tuple[Run, ...] = ()
    """The oldest first."""
    exclusions: tuple[Exclusion, ...] = ()
    leaks: Leaks = Leaks()
    source: str = ""
    """The program that the lists came from, as ``facts.password_managers`` names it."""
    sites_as_of: str = ""
    """How old the list of sites that had a leak is (ISO 8601 date)."""
    credits: tuple[str, ...] = ()
    """What has to be said beside what is taken from it."""
    kept: bool = True
    """Whether the report is of what is remembered; else nothing of it is kept yet."""

    @property
    def to_fix(self) -> tuple[Audited, ...]:
        """The accounts with findings, what matters most first."""
        return (
            ()
            if self.report is None
            else tuple(one for one in self.report.accounts if one.findings)
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A list that was judged and is not remembered yet."""

    judgement: Judgement
    before: Earlier


@dataclass(frozen=True, slots=True)
class Ticked:
    """What is to be said of a new password, and all accounts after it."""

    outcome: fixing.Outcome
    desk: Desk


def summary(desk: Desk) -> Summary | None:
    """Counts of what a desk shows; None: nothing is known."""
    if desk.report is None:
        return None
    to_fix = len(desk.to_fix)
    return Summary(
        len(desk.report.accounts),
        to_fix,
        min(to_fix, FIRST),
        desk.leaks,
        desk.runs[-1].at if desk.runs else "",
    )


def account_of(desk: Desk, of: str) -> Audited | None:
    """The account of an organisation (its id) or a site (its host): what matters most first."""
    accounts = desk.report.accounts if desk.report is not None else ()
    known = organisations().get(of)
    hosts = {host(of)} if known is None else {host(known.real_site), *known.sites}
    domains = {domains_of.registrable_domain(one) or one for one in hosts if one}
    return next(
        (
            one
            for one in accounts
            if one.site and (domains_of.registrable_domain(one.site) or one.site) in domains
        ),
        None,
    )


def desk_of(
    view: View, before: Earlier, runs: tuple[Run, ...], seen: Mapping[str, Finding]
) -> Desk:
    """All that there is to say of what is remembered. For many accounts this takes a second.

    ``seen``: leaks of which nothing may be kept, by the ids of their accounts.
    """
    if not before.accounts:
        return Desk(view, exclusions=before.exclusions)
    report = use.review_of(before)
    forgotten = {
        one.id: seen[one.id]
        for one in before.accounts
        if one.id in seen and not one.tags.exact and not one.ticked_at
    }
    if forgotten:
        accounts = applied(
            [_with_leak(one, forgotten.get(one.id)) for one in report.accounts], before.exclusions
        )
        report = replace(report, accounts=tuple(sorted(accounts, key=lambda one: one.rank)))
    return Desk(
        view,
        report,
        clusters(report),
        runs,
        before.exclusions,
        _leaks(before.accounts),
        _source(before.accounts),
        before.breached_sites.as_of.isoformat(),
        before.breached_sites.credits,
    )


def desk_of_draft(view: View, draft: Draft) -> Desk:
    """The report of a list that is not remembered. For many accounts this takes a second."""
    memories, sites = draft.judgement.memories, draft.before.breached_sites
    report = use.keep(None, draft.judgement, draft.before)
    return Desk(
        view,
        report,
        clusters(report),
        leaks=_leaks(memories),
        source=_source(memories),
        sites_as_of=sites.as_of.isoformat(),
        credits=sites.credits,
        kept=False,
    )


def not_to_be_kept(judgement: Judgement) -> dict[str, Finding]:
    """Leaks of this session of which the store keeps nothing."""
    return {
        account.id: finding
        for account, memory in zip(judgement.accounts, judgement.memories, strict=True)
        for finding in account.findings
        if finding.code is Code.BREACHED and not memory.tags.exact
    }


def _source(memories: Iterable[Memory]) -> str:
    """The program that most of the accounts come from."""
    counts = Counter(one.source for one in memories if one.source)
    return counts.most_common(1)[0][0] if counts else ""


def _with_leak(account: Audited, leak: Finding | None) -> Audited:
    if leak is None:
        return account
    return replace(account, findings=in_order([*account.findings, leak]))


def _leaks(memories: Iterable[Memory]) -> Leaks:
    asked = [one for one in memories if one.tags.breach_prefix and not one.ticked_at]
    return Leaks(
        max((one.breach_checked_at for one in asked), default=""),
        sum(not one.breach_checked_at for one in asked),
    )
