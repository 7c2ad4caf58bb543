"""Password hygiene for as long as the window is open: judged aside, kept on the store's thread.

The store is held only while something is read from it or written to it: an import of many
accounts, or a slow answer about leaks, makes nothing else wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from secassist.base.errors import SecassistError, UnusableCall, UnusableInput
from secassist.base.progress import Tell, untold
from secassist.passwords.audit import Wanted
from secassist.passwords.clusters import Cluster, clusters
from secassist.passwords.exclusions import Exclusion
from secassist.passwords.findings import Audited, Report
from secassist.passwords.history import Run
from secassist.passwords.importers import bitwarden_box
from secassist.passwords.memory import Memory
from secassist.store.states import State
from secassist.store.vault import Vault
from secassist.usecases import audit as use
from secassist.usecases import hygiene
from secassist.usecases.audit import Asking, Breaches, Earlier, Judgement
from secassist.usecases.keeper import Keeper, View

if TYPE_CHECKING:
    from secassist.network.ledger import Ledger

FIRST: Final = 3
"""So many accounts are to be fixed first."""
_OTHER_STORE: Final = "Your list has to be read once more, for the store is another one now."


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


class FileLocked(UnusableInput):
    """The file needs its password; ``wrong``: the one that came with it does not open it."""

    def __init__(self, sentence: str, *, wrong: bool) -> None:
        super().__init__(sentence)
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Draft:
    """A list that was judged and is not remembered yet."""

    judgement: Judgement
    before: Earlier


class PasswordsDesk:
    """What a person can do about their passwords."""

    def __init__(self, keeper: Keeper, ledger: Callable[[], Ledger]) -> None:
        self._keeper = keeper
        self._ledger = ledger

    # Looking

    async def look(self) -> Desk:
        """The store, opened where the keyring alone opens it, and what is remembered."""
        view = await self._keeper.view()
        if view.state is not State.OPEN:
            return Desk(view)
        return await self._keeper.read(lambda vault: _desk(vault, view))

    async def summary(self) -> Summary | None:
        """Counts of what is remembered; None: nothing is, or the store is not open."""
        return summary(await self.look())

    # Judging

    async def judge(
        self,
        files: Sequence[Path],
        breaches: Breaches,
        password: str | None = None,
        tell: Tell = untold,
    ) -> Draft:
        """Judge exported lists; nothing is kept. Cancelling it ends the process that reads.

        Raises FileLocked, UnusableInput, CouldNotFinish.
        """
        view = await self._keeper.view()
        before = use.earlier(None)
        if view.state is State.OPEN:
            before = await self._keeper.read(use.earlier)
        wanted = Wanted(tuple(map(str, files)), password=password)
        asking = Asking(tell, self._ledger())
        try:
            return Draft(await use.judge_files(wanted, breaches, before, asking), before)
        except SecassistError as error:  # the other process hands over sentences, no classes
            if error.sentence in (bitwarden_box.NEEDED, bitwarden_box.WRONG):
                wrong = error.sentence == bitwarden_box.WRONG
                raise FileLocked(error.sentence, wrong=wrong) from None
            raise

    async def judge_again(self, breaches: Breaches, tell: Tell = untold) -> Desk:
        """Judge what is remembered, without a password, and keep what came of it."""
        before = await self._keeper.read(use.earlier)
        judgement = await use.judge_again(breaches, before, Asking(tell, self._ledger()))
        return await self.keep(Draft(judgement, before))

    async def show(self, draft: Draft) -> Desk:
        """The report of a list that is not remembered."""
        report = use.keep(None, draft.judgement, draft.before)
        leaks = _leaks(draft.judgement.memories)
        view = await self._keeper.view()
        return Desk(view, report, clusters(report), leaks=leaks, kept=False)

    async def keep(self, draft: Draft) -> Desk:
        """Remember what was judged: tags and findings, never a password.

        Raises StoreClosed; UnusableCall where another store was made meanwhile.
        """

        def work(vault: Vault) -> None:
            if not hygiene.adopt(vault, draft.before.secret):
                raise UnusableCall(_OTHER_STORE)
            use.keep(vault, draft.judgement, draft.before)

        await self._keeper.change(work)
        return await self.look()

    # Fixing

    async def changed(self, account_id: str) -> Desk:
        """“I changed it”: what was found counts no more, until the next list."""
        await self._keeper.change(lambda vault: hygiene.ticked(vault, account_id))
        return await self.look()

    async def not_changed(self, account_id: str) -> Desk:
        """Take “I changed it” back."""
        await self._keeper.change(lambda vault: hygiene.not_ticked(vault, account_id))
        return await self.look()

    # Leaving out

    async def leave_out(self, kind: str, value: str, reason: str) -> Desk:
        """Hear no more of an account, a folder, a site or a rule. Raises UnusableCall."""
        await self._keeper.change(lambda vault: use.exclude(vault, kind, value, reason))
        return await self.look()

    async def take_back_in(self, exclusion_id: str) -> Desk:
        """Leave it out no more."""
        await self._keeper.change(lambda vault: use.include_again(vault, exclusion_id))
        return await self.look()


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


def _desk(vault: Vault, view: View) -> Desk:
    report = use.review(vault)
    if not report.accounts:
        return Desk(view, exclusions=use.exclusions(vault))
    return Desk(
        view,
        report,
        clusters(report),
        use.history(vault),
        use.exclusions(vault),
        _leaks(use.remembered(vault)),
    )


def _leaks(memories: Iterable[Memory]) -> Leaks:
    asked = [one for one in memories if one.tags.breach_prefix and not one.ticked_at]
    return Leaks(
        max((one.breach_checked_at for one in asked), default=""),
        sum(not one.breach_checked_at for one in asked),
    )
