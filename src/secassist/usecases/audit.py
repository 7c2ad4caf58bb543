"""Password hygiene, as a person meets it: judge exported lists, remember them, check again.

Passwords are read in a process of its own, which ends with them. What this process gets to see,
and the store to keep, are findings and keyed tags.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from secassist.base.errors import CouldNotFinish, OverLimit, UnusableCall
from secassist.base.garbage import unsearched
from secassist.base.progress import News, Tell
from secassist.base.worker import Worker
from secassist.passwords import audit as reading
from secassist.passwords import notes, recall, report_forms, tags
from secassist.passwords.analysis import sites as about_site
from secassist.passwords.audit import Listed, Wanted
from secassist.passwords.breaches import found as breach
from secassist.passwords.clusters import clusters
from secassist.passwords.exclusions import applied
from secassist.passwords.findings import Audited, Report, in_order
from secassist.passwords.memory import Memory, gone, related
from secassist.passwords.notes import Note
from secassist.store.vault import Vault
from secassist.usecases import hygiene
from secassist.usecases.breaches import (
    Asking,
    Breaches,
    as_last_time,
    asked,
    looked_up,
    with_counts,
)
from secassist.usecases.hygiene import (
    Earlier,
    earlier,
    exclude,
    exclusions,
    forget,
    history,
    include_again,
    remembered,
)

__all__ = [
    "Asking",
    "Breaches",
    "Earlier",
    "Judgement",
    "audit_files",
    "check_again",
    "clusters",
    "earlier",
    "exclude",
    "exclusions",
    "forget",
    "history",
    "include_again",
    "judge_again",
    "judge_files",
    "keep",
    "news",
    "remembered",
    "report_csv",
    "report_html",
    "report_json",
    "report_text",
    "review",
    "review_of",
]

TIMEOUT: Final = 600.0
"""Seconds by the clock: 200,000 accounts are read to the end."""
MEMORY: Final = 4 * 1024 * 1024 * 1024
"""Bytes of address space, most of which is never touched."""
_TOO_MUCH: Final = (
    "This file could not be read: it asks for more time or memory than any real list of passwords."
)
_NOTHING_KEPT: Final = "Nothing is remembered yet. “secassist audit FILE --remember” begins it."
_OTHER_STORE: Final = "The store is another one by now. Read your list once more."
_NO_DATE: Final = "{count} of {all}: their list does not tell when they were last changed"
_NO_NEWER: Final = "to find what is new in the rules of this program, import your list again"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, before anything of it is kept; ``keep`` makes the report."""

    accounts: tuple[Audited, ...]
    memories: tuple[Memory, ...]
    """What may be remembered of each, in the same order."""
    not_checked: Mapping[str, str]
    skipped: Mapping[str, int] = field(default_factory=dict)
    codes_found: int = 0
    gone: tuple[Memory, ...] = ()
    """Remembered accounts that this list of the same program has no more."""


async def audit_files(
    wanted: Wanted, breaches: Breaches, vault: Vault | None = None, asking: Asking | None = None
) -> Report:
    """Judge exported lists. ``vault``: remember the accounts there, compared with earlier ones.

    Raises UnusableInput, CouldNotFinish. Nothing is remembered where the list cannot be read.
    """
    before = earlier(vault)
    judgement = await judge_files(wanted, breaches, before, asking, remember=vault is not None)
    return keep(vault, judgement, before)


async def check_again(vault: Vault, breaches: Breaches, asking: Asking | None = None) -> Report:
    """Judge what is remembered, without a password. Raises UnusableCall where nothing is."""
    before = earlier(vault)
    return keep(vault, await judge_again(breaches, before, asking), before)


def review(vault: Vault) -> Report:
    """What is remembered, with what the last look into breaches found. Nothing is asked or kept."""
    with unsearched():
        return review_of(earlier(vault))


def review_of(before: Earlier) -> Report:
    """As ``review``; the store is not needed meanwhile."""
    with unsearched():
        return _report(_again(before), before)


async def judge_files(
    wanted: Wanted,
    breaches: Breaches,
    before: Earlier,
    asking: Asking | None = None,
    *,
    remember: bool = True,
) -> Judgement:
    """Judge exported lists; the store is not needed meanwhile, see ``earlier`` and ``keep``.

    ``remember``: make tags. Cancelling it ends the process that reads. Raises UnusableInput,
    CouldNotFinish.
    """
    how = asking or Asking()
    needs_tags = remember or breaches.online
    wanted = replace(
        wanted,
        secret=before.secret if needs_tags else b"",
        codes=before.codes,
        breach_file=breaches.file,
        checked_at=hygiene.now(),
    )
    found = await _read(wanted, how.tell)
    with unsearched():
        accounts, kept = _compared(found, breaches, before, remember=remember)
    not_checked = {} if breaches.file else {"breached": breach.NOT_ASKED}
    if breaches.online:
        probes = [(one.prefix, one.tag) for one in found.judged]
        counts, not_checked = await asked(probes, before.secret, breaches, how)
        accounts, kept = with_counts(accounts, kept, counts)
    kept = [_without_what_tells(one) for one in kept]
    missing = gone(kept, before.accounts) if remember else []
    return Judgement(
        tuple(accounts), tuple(kept), not_checked, found.skipped, found.codes, tuple(missing)
    )


async def judge_again(
    breaches: Breaches, before: Earlier, asking: Asking | None = None
) -> Judgement:
    """Judge what is remembered; the store is not needed meanwhile. Raises UnusableCall."""
    if not before.accounts:
        raise UnusableCall(_NOTHING_KEPT)
    judgement = _again(before)
    if not breaches.online and not breaches.file:
        return judgement
    probes = [
        ("", b"") if one.ticked_at else (one.tags.breach_prefix, one.tags.breach_tag)
        for one in before.accounts
    ]
    not_checked = {what: why for what, why in judgement.not_checked.items() if what != "breached"}
    if breaches.online:
        counts, silent = await asked(probes, before.secret, breaches, asking or Asking())
        not_checked |= silent
    else:
        counts = looked_up(probes, before.secret, breaches.file)
    accounts, kept = with_counts(judgement.accounts, judgement.memories, counts)
    without = sum(not one.tags.breach_prefix and not one.ticked_at for one in kept)
    if without:
        not_checked["breached, weak ones"] = breach.TOO_WEAK.format(count=without)
    return Judgement(tuple(accounts), tuple(kept), not_checked)


def keep(
    vault: Vault | None, judgement: Judgement, before: Earlier, *, shown: bool = True
) -> Report:
    """The report; ``vault``: remember what it is about, and its counts.

    What was changed there since ``before`` stays as it is.

    Not ``shown``: nobody got to see it, so what is new in it stays new.
    """
    with unsearched():
        report = _report(judgement, before)
        if vault is not None:
            told = notes.told_after(report.accounts, before.told) if shown else None
            with vault.alone():
                changed = hygiene.not_overtaken(vault, before, judgement.memories)
                if not hygiene.adopt(vault, before.secret):
                    raise CouldNotFinish(_OTHER_STORE)
                hygiene.remember(vault, changed, hygiene.run_of(report), told)
    return report


def news(report: Report, before: Earlier) -> Note | None:
    """What a notification says of what is new since the last report; None: nothing is."""
    return notes.note(notes.fresh(report.accounts, before.told))


def report_text(report: Report) -> str:
    """The report as plain text. There is no secret in this or any other form."""
    return report_forms.as_text(report, hygiene.now())


def report_csv(report: Report) -> str:
    """The report as a table that no table program takes for formulas."""
    return report_forms.as_csv(report, hygiene.now())


def report_json(report: Report) -> str:
    """The report as one object of JSON."""
    return report_forms.as_json(report, hygiene.now())


def report_html(report: Report) -> str:
    """The report as a page that needs nothing else."""
    return report_forms.as_html(report, hygiene.now())


async def _read(wanted: Wanted, tell: Tell) -> Listed:
    async with Worker(timeout=TIMEOUT, memory=MEMORY, cpu_seconds=int(TIMEOUT)) as worker:
        try:
            tell(News("read", "Reading your list", "asking"))
            count = f"{await worker.run(reading.count, wanted):,}"
            tell(News("read", "Reading your list", "done", count))
            tell(News("compare", "Comparing the passwords", "asking", count))
            found = await worker.run(reading.audit, wanted)
            tell(News("compare", "Comparing the passwords", "done", count))
        except OverLimit as error:
            if error.__cause__ is None:  # a limit of the reader, with its own sentence
                raise
            raise OverLimit(_TOO_MUCH) from None
    return found


def _compared(
    found: Listed, breaches: Breaches, before: Earlier, *, remember: bool
) -> tuple[list[Audited], list[Memory]]:
    """With earlier imports, and with what was found about breaches earlier."""
    accounts = [one.account for one in found.judged]
    kept = _with_last_look([one.memory for one in found.judged], before)
    if remember:
        accounts = _with_earlier(kept, accounts, before.accounts)
    if not breaches.file:
        accounts = [as_last_time(*pair) for pair in zip(accounts, kept, strict=True)]
    return accounts, kept


def _again(before: Earlier) -> Judgement:
    not_checked = {"breached": breach.NOT_ASKED}
    if any(one.rules < tags.RULES for one in before.accounts):
        not_checked["new rules"] = _NO_NEWER
    accounts = recall.accounts(before.accounts, before.codes)
    return Judgement(tuple(accounts), before.accounts, not_checked)


def _with_last_look(fresh: Iterable[Memory], before: Earlier) -> list[Memory]:
    """With what was learned before: of breaches where the password is the same, and of its age."""
    known = {one.id: one for one in before.accounts}
    found = []
    for one in fresh:
        old = known.get(one.id)
        if old is not None and old.tags.exact and one.tags.exact:
            same = old.tags.exact == one.tags.exact
            if same and not one.breach_checked_at:
                one = replace(one, breached=old.breached, breach_checked_at=old.breach_checked_at)
            if not one.changed_at:  # a list that tells no date: it was changed since the last one
                one = replace(one, changed_at=old.changed_at if same else int(time.time()))
        found.append(one)
    return found


def _without_what_tells(one: Memory) -> Memory:
    """How often a short password was seen would tell which one it is."""
    return one if one.tags.exact else replace(one, breached=0, breach_checked_at="")


def _with_earlier(
    fresh: Sequence[Memory], accounts: Sequence[Audited], kept: Iterable[Memory]
) -> list[Audited]:
    """The accounts, and what they have in common with those of earlier imports."""
    here = {one.id for one in fresh}
    others = [one for one in kept if one.id not in here and not one.ticked_at]
    if not others:
        return list(accounts)
    found = related([*fresh, *others], fresh=len(fresh))
    return [
        replace(account, findings=in_order([*account.findings, *extra])) if extra else account
        for account, extra in zip(accounts, found, strict=False)
    ]


def _with_site(account: Audited, memory: Memory, before: Earlier) -> Audited:
    """With what is known of its site: did that lose passwords after the last change?"""
    changed_at = 0 if memory.ticked_at else memory.changed_at
    extra = about_site.site_breached(memory.site, changed_at, before.breached_sites)
    if extra is None:
        return account
    return replace(account, findings=in_order([*account.findings, extra]))


def _report(judgement: Judgement, before: Earlier) -> Report:
    found = [
        _with_site(*pair, before)
        for pair in zip(judgement.accounts, judgement.memories, strict=True)
    ]
    accounts = applied(found, before.exclusions)
    not_checked = dict(judgement.not_checked)
    undated = sum(not one.changed_at and not one.ticked_at for one in judgement.memories)
    if undated:
        not_checked["site-breached"] = _NO_DATE.format(count=undated, all=len(accounts))
    return Report(
        tuple(sorted(accounts, key=lambda one: one.rank)),
        not_checked,
        judgement.skipped,
        gone=tuple((one.id, one.title) for one in judgement.gone),
        codes_found=judgement.codes_found,
    )
