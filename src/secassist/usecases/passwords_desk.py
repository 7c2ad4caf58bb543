"""Password hygiene for as long as the window is open: judged aside, kept on the store's thread.

The store is held only while something is read from it or written to it: an import of many
accounts, or a slow answer about leaks, makes nothing else wait. What is given out is in
``usecases.passwords_known``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from secassist.base import progress
from secassist.passwords.audit import Wanted
from secassist.passwords.findings import Finding, Report
from secassist.passwords.notes import Note
from secassist.store.states import State
from secassist.store.vault import Vault
from secassist.usecases import audit as use
from secassist.usecases import fixing, hygiene
from secassist.usecases.audit import Asking, Breaches
from secassist.usecases.keeper import Keeper
from secassist.usecases.passwords_known import (
    Desk,
    Draft,
    Summary,
    Ticked,
    desk_of,
    desk_of_draft,
    not_to_be_kept,
    summary,
)

if TYPE_CHECKING:
    from secassist.network.ledger import Ledger
    from secassist.twofactor.importers import Outcome

Tell = Callable[[Note], Awaitable[bool]]
"""Shows a note to the person; whether it could be shown."""


class Wishes(Protocol):
    """What a person wants to be asked: the settings of that name."""

    @property
    def leaks(self) -> str: ...

    @property
    def offline(self) -> bool: ...


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
        return await asyncio.to_thread(desk_of, view, before, runs, dict(self._seen))

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
        view = await self._keeper.view()
        return await asyncio.to_thread(desk_of_draft, view, draft)

    async def keep(self, draft: Draft) -> Desk:
        """Remember what was judged: tags and findings, never a password.

        Raises StoreClosed; CouldNotFinish where another store was made meanwhile.
        """

        await self._keeper.change(lambda vault: use.keep(vault, draft.judgement, draft.before))
        self._seen |= not_to_be_kept(draft.judgement)
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
