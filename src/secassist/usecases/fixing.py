"""Put one account right: where its password is changed, and how the new one is ticked off.

A typed password goes into a process of its own, and nowhere else.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Final

from secassist.base.errors import OverLimit, UnusableCall
from secassist.base.worker import Worker
from secassist.facts.account_pages import security_page
from secassist.passwords import notes
from secassist.passwords import typed as typing
from secassist.passwords.analysis import strength
from secassist.passwords.analysis.relations import SENTENCES
from secassist.passwords.credential import host
from secassist.passwords.memory import Memory, related
from secassist.passwords.tags import Tags
from secassist.store.vault import Vault
from secassist.usecases import hygiene
from secassist.usecases.audit import review
from secassist.usecases.breaches import Asking, Breaches, asked
from secassist.usecases.hygiene import Earlier, earlier, not_ticked, ticked

__all__ = [
    "Address",
    "Alike",
    "Outcome",
    "Tried",
    "change_address",
    "compare_typed",
    "judge_typed",
    "keep_typed",
    "not_ticked",
    "tick_off",
    "ticked",
    "tried",
]

WELL_KNOWN: Final = "/.well-known/change-password"
"""Where a site leads to its page for that (W3C, A Well-Known URL for Changing Passwords)."""
_TOO_MUCH: Final = "This could not be compared in time. Try it again."
_NOT_REMEMBERED: Final = "This account is not remembered any more. Import your list again."


@dataclass(frozen=True, slots=True)
class Address:
    """Where a password is changed. Typed by us, never taken from a mail. Empty: we know none."""

    url: str
    known: bool
    """It is the organisation's own page that we know, and not a guess by the standard."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An account whose password is this one or its like."""

    id: str
    title: str
    relation: str

    @property
    def words(self) -> str:
        """The relation in words."""
        return SENTENCES[self.relation]


@dataclass(frozen=True, slots=True)
class Tried:
    """Where a typed password is used. ``comparable``: too short a one finds nothing."""

    found: tuple[Alike, ...]
    comparable: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be said of a new password."""

    memory: Memory = field(repr=False)
    """What is remembered of the account from now on."""
    unchanged: bool
    """It is the password that the account had before: nothing was changed."""
    weak: bool
    shared_with: tuple[Alike, ...]
    similar_to: tuple[Alike, ...]
    seen: int | None
    """How often it stands in lists of stolen passwords; None: not checked."""

    @property
    def good(self) -> bool:
        """Nothing speaks against it, as far as it was checked."""
        wrong = self.unchanged or self.weak or self.shared_with or self.similar_to or self.seen
        return not wrong


def change_address(site: str) -> Address:
    """Where the password of an account at this host is changed."""
    page = security_page(site)
    if page:
        return Address(page, known=True)
    name = host(site)
    if not name or "." not in name or name.replace(".", "").isdigit():
        return Address("", known=False)  # a device at home, or an account without an address
    return Address(f"https://{name}{WELL_KNOWN}", known=False)


async def tick_off(
    vault: Vault,
    account_id: str,
    typed: str,
    breaches: Breaches | None = None,
    asking: Asking | None = None,
) -> Outcome:
    """The person typed the new password once: judge it, and remember its tags.

    Raises UnusableCall, UnusableInput. What a window does not want to wait for with the store in
    its hand: ``judge_typed``, then ``keep_typed``.
    """
    outcome = await judge_typed(earlier(vault), account_id, typed, breaches, asking)
    keep_typed(vault, outcome)
    return outcome


async def judge_typed(
    before: Earlier,
    account_id: str,
    typed: str,
    breaches: Breaches | None = None,
    asking: Asking | None = None,
) -> Outcome:
    """What is to be said of the new password of an account; nothing is kept yet."""
    old = next((one for one in before.accounts if one.id == account_id), None)
    if old is None:
        raise UnusableCall(_NOT_REMEMBERED)
    where = breaches or Breaches()
    found = await _judged(
        typing.Wanted(typed, before.secret, old.title, old.site, old.username, where.file)
    )
    seen = found.seen
    if where.online:
        probes = [(found.prefix, found.tag)]
        (seen,), _ = await asked(probes, before.secret, where, asking or Asking())
    new = replace(
        old,
        tags=found.tags,
        guesses_log10=found.guesses_log10,
        changed_at=int(time.time()),
        breached=(seen or 0) if found.tags.exact else 0,
        breach_checked_at="" if seen is None or not found.tags.exact else hygiene.now(),
        ticked_at="",
    )
    alike = _alike(new, before)
    same = bool(new.tags.exact) and new.tags.exact == old.tags.exact
    return Outcome(
        memory=new,
        unchanged=same and not old.ticked_at,
        weak=strength.weak(new.guesses_log10) is not None,
        shared_with=tuple(one for one in alike if one.relation == "same"),
        similar_to=tuple(one for one in alike if one.relation != "same"),
        seen=seen,
    )


def keep_typed(vault: Vault, outcome: Outcome) -> None:
    """Remember the new password's tags, and what is left to fix. Nothing, where it is the old."""
    if outcome.unchanged:
        return
    id_ = outcome.memory.id
    hygiene.account(vault, id_)  # forgotten meanwhile: it must not come back
    hygiene.remember(vault, [outcome.memory])
    report = review(vault)
    shown = [one for one in report.accounts if one.id == id_]  # what the outcome says is no news
    told = notes.told_after(shown, earlier(vault).told)
    hygiene.remember(vault, (), hygiene.run_of(report), told)


async def tried(vault: Vault, typed: str) -> Tried:
    """Have I used this password, or something like it? Nothing is kept."""
    return await compare_typed(earlier(vault), typed)


async def compare_typed(before: Earlier, typed: str) -> Tried:
    """As ``tried``; the store is not needed meanwhile."""
    found = await _judged(typing.Wanted(typed, before.secret))
    probe = Memory("", "", "", found.tags, found.guesses_log10)
    return Tried(_alike(probe, before), bool(found.tags.exact))


async def _judged(wanted: typing.Wanted) -> typing.Judged:
    try:
        async with Worker() as worker:
            return await worker.run(typing.judged, wanted)
    except OverLimit:
        raise OverLimit(_TOO_MUCH) from None


def _alike(one: Memory, before: Earlier) -> tuple[Alike, ...]:
    """The accounts with this password or its like, the nearest first."""
    others = [
        replace(other, tags=Tags()) if other.ticked_at else other
        for other in before.accounts
        if other.id != one.id
    ]
    found = [
        Alike(id_, title, finding.relation)
        for finding in related([one, *others], fresh=1)[0]
        for id_, title in zip(finding.other_ids, finding.others, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.relation != "same", one.title.casefold())))
