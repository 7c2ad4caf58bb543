"""Action plans in the window: in the store where it is open, in memory until then.

A person in a hurry starts with the first step; whether the plan is kept is asked beside it. A plan
in memory is kept as soon as the store opens, and is gone when the window closes before that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from secassist.base.errors import UnusableCall
from secassist.base.language import Translate, english
from secassist.mail.report import Report
from secassist.mail.verdict import Verdict
from secassist.plans.journal import Entry
from secassist.plans.own import Shelf
from secassist.plans.plan import Plan
from secassist.plans.progress import Marked, Run
from secassist.plans.repetition import Repetition
from secassist.store.states import State
from secassist.store.vault import Vault
from secassist.usecases import plan_changes as changes
from secassist.usecases import plans as use
from secassist.usecases.account_facts import account_facts
from secassist.usecases.advice import AccountFacts
from secassist.usecases.plan_changes import Progress, ToStart

if TYPE_CHECKING:
    from secassist.usecases.keeper import Keeper, View

MAX_NOTED: Final = 100
"""Of so many mails that were checked at once a note is kept."""
LOOSE: Final = "~"
"""The ids of plans in memory begin so; no id in the store does."""
_GONE: Final = "This plan is no longer there."
Change = Callable[[Progress], tuple[Run, list[Entry]]]


@dataclass(frozen=True, slots=True)
class Standing:
    """All plans that were started, the oldest first, and the store that keeps them or not."""

    view: View
    runs: tuple[Progress, ...]
    set_aside: tuple[str, ...] = ()
    """A sentence for each of the person's own plans that cannot be used."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Plans that were in memory, and their ids in the store that keeps them now."""

    @property
    def is_open(self) -> bool:
        return self.view.state is State.OPEN

    def find(self, run: str) -> Progress | None:
        """The run of that id, also by the id that it had in memory."""
        wanted = self.renamed.get(run, run)
        return next((one for one in self.runs if one.run.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Kept:
    """One plan, and what the journal says of it, the oldest first."""

    progress: Progress
    entries: tuple[Entry, ...]
    following: tuple[Plan, ...] = ()
    """Plans that may be wanted afterwards."""

    @property
    def is_kept(self) -> bool:
        return not self.progress.run.id.startswith(LOOSE)


@dataclass(frozen=True, slots=True)
class Noted:
    """What the store tells about mails that were checked."""

    repetition: Repetition | None
    """What is repeated, where the mails at hand are part of it."""
    account: AccountFacts
    """What is known of the person's account at the organisation that the one mail names."""


class PlanDesk:
    """All coroutines run on one loop, one change after the other."""

    def __init__(self, keeper: Keeper, translate: Translate = english) -> None:
        self._keeper = keeper
        self._translate = translate
        self._loose: dict[str, Kept] = {}
        self._renamed: dict[str, str] = {}
        self._number = 0
        self._told: set[tuple[str, int]] = set()
        self._alone = asyncio.Lock()

    def now(self) -> int:
        """Unix time, by the corrected clock."""
        return self._keeper.now()

    def is_news(self, due: Progress) -> bool:
        """Whether nobody was told yet that this reminder is due; they are from now on."""
        new = (due.run.id, due.run.remind_at) not in self._told
        self._told.add((due.run.id, due.run.remind_at))
        return new

    @property
    def unkept(self) -> int:
        """How many plans are in memory alone."""
        return len(self._loose)

    async def look(self, *, prompt: bool = True) -> Standing:
        """What there is; what was in memory is kept from now on if the store is open.

        ``prompt``: whether the system may ask the person to unlock the keyring for that.
        """
        async with self._alone:
            shelf = await self._shelf()
            view = await self._keeper.view(prompt=prompt)
            stored: tuple[Progress, ...] = ()
            if view.state is State.OPEN:
                await self._keep(shelf)
                stored = await self._keeper.read(lambda vault: use.runs(vault, shelf))
            loose = tuple(kept.progress for kept in self._loose.values())
            return Standing(view, (*stored, *loose), shelf.set_aside, dict(self._renamed))

    async def start(self, wanted: ToStart) -> Kept:
        """Start a plan: in the store if that is open, else in memory."""
        async with self._alone:
            shelf = await self._shelf()
            if (await self._keeper.view()).state is State.OPEN:
                now = self._keeper.now()
                one = await self._keeper.change(
                    lambda vault: use.start(vault, shelf, wanted.plan, wanted.begin, now)
                )
                return await self._stored(one, shelf)
            self._number += 1
            run, entry = changes.begun(
                f"{LOOSE}{self._number}", shelf, wanted.plan, wanted.begin, self._keeper.now()
            )
            one = changes.view(run, shelf.plans[run.plan])
            kept = Kept(one, (entry,), _following(one, shelf))
            self._loose[run.id] = kept
            return kept

    async def open(self, run: str) -> Kept:
        """One plan as it is now. Raises UnusableCall where it is gone, StoreClosed."""
        async with self._alone:
            id_ = self._renamed.get(run, run)
            if id_ in self._loose:
                return self._loose[id_]
            shelf = await self._shelf()
            found = await self._keeper.read(lambda vault: use.runs(vault, shelf))
            one = next((one for one in found if one.run.id == id_), None)
            if one is None:
                raise UnusableCall(_GONE)
            return await self._stored(one, shelf)

    async def mark(self, run: str, step: str, state: Marked) -> Kept:
        """Mark a step; on disk on return where the plan is kept."""
        now = self._keeper.now()
        return await self._change(
            run,
            lambda before: changes.marked(before, step, state, now),
            lambda vault, shelf, id_: use.mark(vault, shelf, id_, step, state, now),
        )

    async def leave(self, run: str) -> Kept:
        """Leave out all steps that are open."""
        now = self._keeper.now()
        return await self._change(
            run,
            lambda before: changes.left(before, now),
            lambda vault, shelf, id_: use.leave(vault, shelf, id_, now),
        )

    async def undo(self, run: str) -> Kept:
        """Take back the last mark."""
        now = self._keeper.now()
        return await self._change(
            run,
            lambda before: changes.taken_back(before, now),
            lambda vault, shelf, id_: use.undo(vault, shelf, id_, now),
        )

    async def remind(self, run: str) -> Kept:
        """Remind in 24 hours."""
        now = self._keeper.now()
        return await self._change(
            run,
            lambda before: changes.reminded(before, now),
            lambda vault, shelf, id_: use.remind(vault, shelf, id_, now),
        )

    async def note(self, reports: Sequence[Report], asked: str = "") -> Noted:
        """Note that mails were checked, and what the person answered; the store is open.

        Raises StoreClosed.
        """
        now = self._keeper.now()
        named = reports[0].message.claimed or "" if len(reports) == 1 else ""

        def work(vault: Vault) -> Noted:
            for report in reports[:MAX_NOTED]:
                use.note_check(vault, report, report.fingerprint, asked, now)
            return Noted(use.repeated(vault, now), account_facts(vault, named))

        noted = await self._keeper.change(work)
        here = {report.message.claimed for report in reports if report.verdict is Verdict.GENUINE}
        found = noted.repetition
        if found is not None and not here.intersection(found.organisations):
            return replace(noted, repetition=None)
        return noted

    async def report(self, run: str, translate: Translate = english) -> str:
        """The report of one run, to save or to hand on."""
        kept = await self.open(run)
        return use.report_of(kept.progress, kept.entries, translate=translate)

    async def learn(self, run: str) -> Kept:
        """One plan, with what is known about the account by now; its open step may be done by it.

        Nothing is known while the store is not open.
        """
        async with self._alone:
            is_open = (await self._keeper.view()).state is State.OPEN
        if not is_open:
            return await self.open(run)
        await self.look()  # a plan in memory is kept now
        now = self._keeper.now()
        return await self._change(
            run,
            lambda before: (before.run, []),
            lambda vault, shelf, id_: use.learn(vault, shelf, id_, now),
        )

    async def _change(
        self, run: str, loosely: Change, stored: Callable[[Vault, Shelf, str], Progress]
    ) -> Kept:
        async with self._alone:
            id_ = self._renamed.get(run, run)
            before = self._loose.get(id_)
            if before is not None:
                after, noted = loosely(before.progress)
                one = changes.view(after, before.progress.plan)
                kept = Kept(one, (*before.entries, *noted), before.following)
                self._loose[id_] = kept
                return kept
            shelf = await self._shelf()
            one = await self._keeper.change(lambda vault: stored(vault, shelf, id_))
            return await self._stored(one, shelf)

    async def _keep(self, shelf: Shelf) -> None:
        for id_, kept in tuple(self._loose.items()):
            if kept.progress.plan.id in shelf.plans:  # a plan of the person's own may be gone
                one = await self._keep_one(shelf, kept)
                del self._loose[id_]
                self._renamed[id_] = one.run.id

    async def _keep_one(self, shelf: Shelf, kept: Kept) -> Progress:
        run, noted = kept.progress.run, kept.entries
        return await self._keeper.change(lambda vault: use.keep(vault, shelf, run, noted))

    async def _stored(self, one: Progress, shelf: Shelf) -> Kept:
        found = await self._keeper.read(lambda vault: use.entries(vault, one.run.id))
        return Kept(one, found, _following(one, shelf))

    async def _shelf(self) -> Shelf:
        folder = self._keeper.folder
        return await asyncio.to_thread(use.shelf, folder, self._translate)


def _following(one: Progress, shelf: Shelf) -> tuple[Plan, ...]:
    return tuple(shelf.plans[id_] for id_ in one.plan.next if id_ in shelf.plans)
