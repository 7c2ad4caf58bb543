"""Password hygiene for as long as the window is open: judged aside, kept on the store's thread.

The store is held only while something is read from it or written to it: an import of many
accounts, or a slow answer about leaks, makes nothing else wait.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from secassist.base import progress
from secassist.facts import domains as domains_of
from secassist.facts.organisations import organisations
from secassist.passwords.audit import Wanted
from secassist.passwords.clusters import Cluster, clusters
from secassist.passwords.credential import host
from secassist.passwords.exclusions import Exclusion, applied
from secassist.passwords.findings import Audited, Code, Finding, Report, in_order
from secassist.passwords.history import Run
from secassist.passwords.memory import Memory
from secassist.passwords.notes import Note
from secassist.store.states import State
from secassist.store.vault import Vault
from secassist.usecases import audit as use
from secassist.usecases import fixing, hygiene
from secassist.usecases.audit import Asking, Breaches, Earlier, Judgement
from secassist.usecases.keeper import Keeper, View

if TYPE_CHECKING:
    from secassist.network.ledger import Ledger
    from secassist.twofactor.importers import Outcome

FIRST: Final = 3
"""So many accounts are to be fixed first."""


Tell = Callable[[Note], Awaitable[bool]]
"""Shows a note to the person; whether it could be shown."""


class Wishes(Protocol):
    """What a person wants to be asked: the settings of that name."""

    @property
    def leaks(self) -> str: ...

    @property
    def offline(self) -> bool: ...


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


class PasswordsDesk:
    """What a person can do about their passwords."""

    def __init__(self, keeper: Keeper, ledger: Callable[[], Ledger], server: str = "") -> None:
        """``server``: whom to ask about leaks if the person wants that; empty: the usual."""
        self._keeper = keeper
        self._ledger = ledger
        self._server = server
        self._seen: dict[str, Finding] = {}
        """Leaks of passwords of which nothing may be kept, by the ids of their accounts: known
        until the window closes, and written nowhere."""

    # Looking

    async def look(self) -> Desk:
        """The store, opened where the keyring alone opens it, and what is remembered."""
        view = await self._keeper.view()
        if view.state is not State.OPEN:
            self._seen = {}
            return Desk(view)
        before, runs = await self._keeper.read(
            lambda vault: (use.earlier(vault), use.history(vault))
        )
        return await asyncio.to_thread(_desk, view, before, runs, dict(self._seen))

    async def summary(self) -> Summary | None:
        """Counts of what is remembered; None: nothing is, or the store is not open."""
        return summary(await self.look())

    # Judging

    async def judge(
        self,
        files: Sequence[Path],
        breaches: Breaches,
        password: str | None = None,
        tell: progress.Tell = progress.untold,
    ) -> Draft:
        """Judge exported lists; nothing is kept. Cancelling it ends the process that reads.

        Raises UnusableInput (PasswordNeeded, WrongPassword), CouldNotFinish.
        """
        view = await self._keeper.view()
        before = use.earlier(None)
        if view.state is State.OPEN:
            before = await self._keeper.read(use.earlier)
        wanted = Wanted(tuple(map(str, files)), password=password)
        asking = Asking(tell, self._ledger())
        judgement = await use.judge_files(wanted, self._of(breaches), before, asking)
        return Draft(judgement, before)

    async def judge_again(self, breaches: Breaches, tell: progress.Tell = progress.untold) -> Desk:
        """Judge what is remembered, without a password, and keep what came of it."""
        before = await self._keeper.read(use.earlier)
        asking = Asking(tell, self._ledger())
        judgement = await use.judge_again(self._of(breaches), before, asking)
        return await self.keep(Draft(judgement, before))

    async def fetch_sites(self, tell: progress.Tell = progress.untold) -> Desk:
        """Fetch the newest list of sites that had a leak, and judge by it. Raises CouldNotFinish.

        The question names no site and no account.
        """
        from secassist.usecases import breached_sites  # noqa: PLC0415 (the network's modules)

        tell(progress.News("sites", "Fetching the list of leaks", "asking"))
        server = {"server": self._server} if self._server else {}
        await breached_sites.refresh(self._keeper.folder, ledger=self._ledger(), **server)
        return await self.look()

    async def look_for_news(self, breaches: Breaches, tell: Tell) -> None:
        """Judge what is remembered; ``tell`` shows what is new since the person saw a report."""
        before = await self._keeper.read(use.earlier)
        if not before.accounts:
            return
        asking = Asking(ledger=self._ledger())
        judgement = await use.judge_again(self._of(breaches), before, asking)
        note = use.news(use.keep(None, judgement, before), before)
        shown = note is None or await tell(note)
        await self._keeper.change(lambda vault: use.keep(vault, judgement, before, shown=shown))

    async def show(self, draft: Draft) -> Desk:
        """The report of a list that is not remembered."""
        memories = draft.judgement.memories

        def work() -> Desk:
            report = use.keep(None, draft.judgement, draft.before)
            sites = draft.before.breached_sites
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

        view = await self._keeper.view()
        return await asyncio.to_thread(work)

    async def keep(self, draft: Draft) -> Desk:
        """Remember what was judged: tags and findings, never a password.

        Raises StoreClosed; CouldNotFinish where another store was made meanwhile.
        """

        await self._keeper.change(lambda vault: use.keep(vault, draft.judgement, draft.before))
        self._seen |= _not_to_be_kept(draft.judgement)
        return await self.look()

    # Fixing

    async def changed(self, account_id: str) -> Desk:
        """“I changed it”: what was found counts no more, until the next list."""
        await self._mark(lambda vault: hygiene.ticked(vault, account_id))
        return await self.look()

    async def not_changed(self, account_id: str) -> Desk:
        """Take “I changed it” back."""
        await self._mark(lambda vault: hygiene.not_ticked(vault, account_id))
        return await self.look()

    async def _mark(self, work: Callable[[Vault], object]) -> None:
        """Change an account, and keep the counts after it: the line over time goes on."""

        def marked(vault: Vault) -> None:
            work(vault)
            hygiene.remember(vault, (), hygiene.run_of(use.review(vault)))

        await self._keeper.change(marked)

    async def tick_off(self, account_id: str, typed: str, breaches: Breaches) -> Ticked:
        """The person typed the new password once; it goes to the process that compares it.

        Raises UnusableCall, UnusableInput.
        """
        before = await self._keeper.read(use.earlier)
        asking = Asking(ledger=self._ledger())
        where = self._of(breaches)
        outcome = await fixing.judge_typed(before, account_id, typed, where, asking)
        await self._keeper.change(lambda vault: fixing.keep_typed(vault, outcome))
        return Ticked(outcome, await self.look())

    async def tried(self, typed: str, draft: Draft | None = None) -> fixing.Tried:
        """Have I used this password, or something like it? Nothing is kept.

        ``draft``: compare it with a list that is not remembered.
        """
        if draft is None:
            before = await self._keeper.read(use.earlier)
        else:
            before = replace(draft.before, accounts=draft.judgement.memories)
        return await fixing.compare_typed(before, typed)

    async def new_password(self, *, words: bool) -> str:
        """A new one, which is not kept here."""

        def make() -> str:
            from secassist.passwords import generator  # noqa: PLC0415 (reads 7,776 words)

            return (generator.words_password() if words else generator.random_password()).password

        return await asyncio.to_thread(make)

    async def forget(self, ids: Sequence[str]) -> Desk:
        """Forget accounts: they are closed, or were only here by mistake."""
        await self._keeper.change(lambda vault: use.forget(vault, ids))
        return await self.look()

    def _of(self, breaches: Breaches) -> Breaches:
        return replace(breaches, server=self._server)

    # Telling others

    def as_file(self, report: Report, form: str) -> bytes:
        """The report as ``text``, ``csv``, ``json`` or ``html``; no secret is in it."""
        write = {
            "text": use.report_text,
            "csv": use.report_csv,
            "json": use.report_json,
            "html": use.report_html,
        }[form]
        return write(report).encode("utf-8", "replace")

    async def codes_in(self, files: Sequence[Path], password: str | None = None) -> Outcome:
        """The secrets for two-step sign-in in lists, once the person wants them."""
        from secassist.usecases import codes_found  # noqa: PLC0415 (for few)

        wanted = Wanted(tuple(map(str, files)), password=password)
        return await codes_found.codes_of(wanted)

    # Leaving out

    async def leave_out(self, kind: str, value: str, reason: str) -> Desk:
        """Hear no more of an account, a folder, a site or a rule. Raises UnusableCall."""
        await self._keeper.change(lambda vault: use.exclude(vault, kind, value, reason))
        return await self.look()

    async def take_back_in(self, exclusion_id: str) -> Desk:
        """Leave it out no more."""
        await self._keeper.change(lambda vault: use.include_again(vault, exclusion_id))
        return await self.look()


def breaches_of(wishes: Wishes) -> Breaches:
    """How to ask about leaks as the person chose; nothing is asked that they did not want."""
    if wishes.leaks == "online":
        return Breaches(online=not wishes.offline)
    there = wishes.leaks not in {"", "off"} and Path(wishes.leaks).is_file()
    return Breaches(file=wishes.leaks if there else "")


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


def _desk(view: View, before: Earlier, runs: tuple[Run, ...], seen: Mapping[str, Finding]) -> Desk:
    """All that there is to say of what is remembered. For many accounts this takes a second."""
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


def _source(memories: Iterable[Memory]) -> str:
    """The program that most of the accounts come from."""
    counts = Counter(one.source for one in memories if one.source)
    return counts.most_common(1)[0][0] if counts else ""


def _with_leak(account: Audited, leak: Finding | None) -> Audited:
    if leak is None:
        return account
    return replace(account, findings=in_order([*account.findings, leak]))


def _not_to_be_kept(judgement: Judgement) -> dict[str, Finding]:
    """Leaks of this session of which the store keeps nothing."""
    return {
        account.id: finding
        for account, memory in zip(judgement.accounts, judgement.memories, strict=True)
        for finding in account.findings
        if finding.code is Code.BREACHED and not memory.tags.exact
    }


def _leaks(memories: Iterable[Memory]) -> Leaks:
    asked = [one for one in memories if one.tags.breach_prefix and not one.ticked_at]
    return Leaks(
        max((one.breach_checked_at for one in asked), default=""),
        sum(not one.breach_checked_at for one in asked),
    )
