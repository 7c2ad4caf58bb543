"""Action plans: which page follows which, from the list to the finished plan."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from secassist.plans import which
from secassist.plans.progress import State
from secassist.ui import a11y
from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.opening import open_page
from secassist.ui.pages.arriving import ArrivingPage
from secassist.ui.pages.page import Page
from secassist.ui.pages.plans_list import PlansListPage
from secassist.ui.pages.plans_page import PlanPage
from secassist.ui.pages.plans_site import WhichSitePage
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.store_closed import LockedPage, StoreClosedPage
from secassist.ui.pages.store_door import StoreDoor
from secassist.ui.pages.storing import Storing
from secassist.ui.part import Errand
from secassist.ui.places import PAGES
from secassist.ui.plan_doors import Door, doors
from secassist.usecases.plans import Begin, ToStart

if TYPE_CHECKING:
    from secassist.plans.plan import Step
    from secassist.usecases.keeper import Keeper
    from secassist.usecases.plan_desk import Kept, PlanDesk, Standing

_PLACES = {
    "check-password": "passwords",
    "check-mail": "check",
    "scan-mailbox": "mailbox",
    "two-step": "two-factor",
}
"""Buttons of steps that lead to another place of the window."""


class PlansPages(PageStack):
    """The list, and one plan at a time."""

    errand = Signal(object)
    """Something is to be done at another place (Errand)."""
    stood = Signal(object)
    """The plans were looked at (Standing)."""

    def __init__(
        self,
        look: Look,
        desk: PlanDesk,
        keeper: Keeper,
        jobs: Jobs,
        shown: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``shown``: the run that was shown before the window was built anew."""
        super().__init__(look, parent)
        self._desk = desk
        self.storing = Storing(self, keeper, jobs)
        self._door = StoreDoor(
            self,
            keeper,
            self.storing,
            name=look.tr("Action plans"),
            unlocked=lambda _: self._look_and_keep(),
            refresh=self._look_and_keep,
            check=lambda: self.errand.emit(Errand("check")),
        )
        self._standing: Standing | None = None
        self._waiting: Callable[[], None] | None = None
        self.shown_run = shown
        """Id of the run whose page is shown; empty: the list."""
        self._sent_away = False
        """The person is at another place for a step: what became known there is looked up then."""
        self.keep(ArrivingPage(look, look.tr("Action plans"), look.tr("Your plans are opened…")))

    # The store, and the list

    def enter(self) -> None:
        """Look anew each time: codes or another program may have changed something."""
        if self._standing is not None:
            super().enter()
        self.refresh()

    def refresh(self) -> None:
        """Look at all plans anew, and show the plan that was shown, or the list."""
        self._run(self._desk.look, self._show_standing)

    def _run(
        self, work: Callable[[], Coroutine[Any, Any, Any]], then: Callable[[Any], None]
    ) -> None:
        self.storing.run(work, then, self.show_error)

    def _show_standing(self, standing: Standing) -> None:
        before, self._standing = self._standing, standing
        self.stood.emit(standing)
        self.shown_run = standing.renamed.get(self.shown_run, self.shown_run)
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            waiting()
        elif standing.is_open and isinstance(self.page(), LockedPage | StoreClosedPage):
            self._kept(standing)  # it was opened at another place
        elif self.shown_run:
            found = standing.find(self.shown_run)
            if found is None:
                self.show_list()
            elif self._is_old(standing):
                self.open_plan(self.shown_run)
        elif isinstance(self.page(), PlanPage) or (  # that plan is closed away
            isinstance(self.page(), PlansListPage | ArrivingPage) and before != standing
        ):
            self.show_list()

    def _is_old(self, standing: Standing) -> bool:
        """Whether the page of the plan shows something else than is there now."""
        page = self.page()
        if not isinstance(page, PlanPage):
            return isinstance(page, ArrivingPage)
        return self._sent_away or standing.find(self.shown_run) != page.kept.progress

    def show_list(self) -> None:
        """All plans."""
        self.shown_run = ""
        if self._standing is None:
            self.refresh()
            return
        page = PlansListPage(self.look, self._standing, datetime.now(UTC))
        page.continued.connect(self.open_plan)
        page.chosen.connect(self.begin_at)
        page.check_wanted.connect(lambda: self.errand.emit(Errand("check")))
        page.open_wanted.connect(self._open_store)
        self.show_page(page)

    def to_list(self) -> None:
        """All plans, looked at anew."""
        self.shown_run = ""
        self.show_list()
        self.refresh()

    def go_back(self) -> bool:
        if isinstance(self.page(), PlansListPage | ArrivingPage):
            return False
        return super().go_back()

    # Starting

    def begin_at(self, door: Door) -> None:
        """Start the plan for what happened."""
        self.choose(ToStart(door.plan, Begin(door.now)))

    def choose(self, wanted: ToStart) -> None:
        """Start a plan; ask before which site it is about, where that helps and nobody said it."""
        asks = {door.plan for door in doors(self.look) if door.about_a_site}
        if wanted.begin.organisation or wanted.plan not in asks:
            self.start(wanted)
            return
        page = WhichSitePage(self.look, which.find)
        page.back.connect(self.to_list)
        page.chosen.connect(
            lambda id_: self.start(replace(wanted, begin=replace(wanted.begin, organisation=id_)))
        )
        self._show_first(page)

    def _show_first(self, page: Page) -> None:
        """Show a page; the store is looked at before where nobody did it yet."""
        if self._standing is None:
            self._waiting = lambda: self.show_page(page)
            self.refresh()
        else:
            self.show_page(page)

    def start(self, wanted: ToStart) -> None:
        """Start a plan, and show it."""
        self._run(lambda: self._desk.start(wanted), self._show_started)

    def _show_started(self, kept: Kept) -> None:
        self.shown_run = kept.progress.run.id
        if self._standing is None:
            self._waiting = lambda: self.show_plan(kept)
            self.refresh()
        else:
            self.show_plan(kept)
            self._run(self._desk.look, self._count)

    def _count(self, standing: Standing) -> None:
        self._standing = standing
        self.stood.emit(standing)

    # One plan

    def open_plan(self, run: str) -> None:
        """Show a plan that was started."""
        self.shown_run = run
        self._sent_away = False
        self._run(lambda: self._desk.learn(run), self.show_plan)

    def show_plan(self, kept: Kept, *, more: tuple[str, ...] = ()) -> None:
        """Show a plan as it is now; ``more``: lines in its open step."""
        run = kept.progress.run.id
        again = isinstance(self.page(), PlanPage)
        self.shown_run = run
        view = self._standing.view if self._standing is not None else None
        page = PlanPage(
            self.look,
            kept,
            datetime.now(UTC),
            can=lambda step: self._can(kept, step),
            more=more,
            locked=view is not None and view.state.value == "locked",
            at_step=again,
        )
        page.back.connect(self.to_list)
        page.marked.connect(lambda step, state: self._mark(run, step, State(state)))
        page.acted.connect(lambda step: self._act(kept, step))
        page.undo_wanted.connect(lambda: self._run(lambda: self._desk.undo(run), self._changed))
        page.leave_wanted.connect(lambda: self._run(lambda: self._desk.leave(run), self._changed))
        page.remind_wanted.connect(lambda: self._remind(run))
        page.report_wanted.connect(lambda: self._save(kept, None))
        page.copy_wanted.connect(self._copy)
        page.keep_wanted.connect(self._keep)
        page.next_wanted.connect(lambda plan: self._start_next(kept, plan))
        self.show_page(page)

    def _mark(self, run: str, step: str, state: State) -> None:
        if state is State.OPEN:
            raise ValueError("a step is opened again by undo")
        self._run(lambda: self._desk.mark(run, step, state), self._changed)

    def _changed(self, kept: Kept) -> None:
        self.show_plan(kept)
        self._run(self._desk.look, self._count)

    def _remind(self, run: str) -> None:
        self._run(lambda: self._desk.remind(run), self._changed)

    def _start_next(self, kept: Kept, plan: str) -> None:
        run = kept.progress.run
        begin = Begin(run.situation, run.organisation, run.message, run.noticed_at, run.judged_at)
        self.start(ToStart(plan, begin))

    # What the buttons of steps do

    def _can(self, kept: Kept, step: Step) -> bool:
        """Whether the button of a step does something here."""
        one = kept.progress
        if step.button in _PLACES:
            return _PLACES[step.button] in PAGES
        if step.button in {"open-site", "change-password"}:
            return step.address(one.organisation) is not None
        if step.button == "sent-list":
            return one.organisation is not None and bool(one.organisation.recent_mails_place)
        return True

    def _act(self, kept: Kept, step: Step) -> None:
        one = kept.progress
        acts: dict[str, Callable[[], None]] = {
            "open-site": lambda: self._open(kept, step),
            "change-password": lambda: self._open(kept, step),
            "two-step": lambda: self._set_up(kept),
            "check-password": lambda: self._look_at_password(kept),
            "check-mail": lambda: self.errand.emit(Errand("check")),
            "scan-mailbox": lambda: self.errand.emit(Errand("mailbox")),
            "sent-list": lambda: self._tell(kept, (self._place(kept),)),
            "report-and-delete": lambda: self._tell(kept, self._how_to_report(kept)),
            "save-report": lambda: self._save(kept, step),
            "remind-later": lambda: self._remind(one.run.id),
        }
        acts[step.button]()

    def _open(self, kept: Kept, step: Step) -> None:
        if not open_page(kept.progress.organisation, step.address(kept.progress.organisation)):
            a11y.announce(self, self.look.tr("This address could not be opened."), urgent=True)

    def _set_up(self, kept: Kept) -> None:
        organisation = kept.progress.organisation
        self._sent_away = True
        host = organisation.real_site.partition("://")[2].partition("/")[0] if organisation else ""
        back = Errand("plans", "continue", kept.progress.run.id)
        self.errand.emit(Errand("two-factor", "set-up", host, back))

    def _look_at_password(self, kept: Kept) -> None:
        run = kept.progress.run
        self._sent_away = True
        back = Errand("plans", "continue", run.id)
        self.errand.emit(
            Errand("passwords", "account", run.organisation, back)
            if run.organisation
            else Errand("passwords", "first")
        )

    def _tell(self, kept: Kept, lines: tuple[str, ...]) -> None:
        self.show_plan(kept, more=lines)

    def _place(self, kept: Kept) -> str:
        organisation = kept.progress.organisation
        place = organisation.recent_mails_place if organisation is not None else ""
        return self.look.tr("Look there: {place}", place=place)

    def _how_to_report(self, kept: Kept) -> tuple[str, ...]:
        tr, organisation = self.look.tr, kept.progress.organisation
        addresses = organisation.report_to[:1] if organisation is not None else ()
        return (
            tr(
                "In your mail program, open the menu of the mail."
                " Choose “Report phishing” or “Spam”."
            ),
            *(
                tr("{name} takes fakes at {address}.", name=organisation.name, address=address)
                for address in addresses
                if organisation is not None
            ),
            tr("Do not answer it. Do not click in it to “unsubscribe”."),
            tr("Delete the mail, then empty the bin."),
        )

    # The report

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        a11y.announce(self, self.look.tr("Copied"))

    def _save(self, kept: Kept, step: Step | None) -> None:
        run = kept.progress.run.id

        def write(text: str) -> None:
            from secassist.ui.saving import save_new

            name = f"secassist-{kept.progress.plan.id}.txt"
            try:
                saved = save_new(self, self.look.tr("Save the report"), name, text.encode())
            except OSError as error:
                self.show_error(error)
                return
            if saved and step is not None:
                self._mark(run, step.id, State.DONE)
            elif saved:
                a11y.announce(self, self.look.tr("Saved"))

        self._run(lambda: self._desk.report(run, self.look.tr), write)

    # The store

    def _keep(self) -> None:
        """Keep what is in memory: open the store, or make one."""
        state = self._standing.view.state.value if self._standing is not None else "none"
        if state not in {"open", "none"}:
            self._open_store()
            return
        self.storing.keep(self._desk.look, self._kept, self.show_error)

    def _kept(self, standing: Standing) -> None:
        self._standing = standing
        self.stood.emit(standing)
        run = standing.renamed.get(self.shown_run, self.shown_run)
        if run and standing.find(run) is not None:
            self.open_plan(run)
        else:
            self.show_list()

    def _open_store(self) -> None:
        """Unlock the store, or show what can be done where it does not open."""
        if self._standing is not None:
            self._door.show(self._standing.view)
            self.page().back.connect(self._back_from_lock)

    def _look_and_keep(self) -> None:
        self._run(self._desk.look, self._kept)

    def _back_from_lock(self) -> None:
        if self.shown_run:
            self.open_plan(self.shown_run)
        else:
            self.show_list()

    def locked(self) -> None:
        """The store is being closed: show nothing of it any more."""
        if self._standing is None or not self._standing.is_open:
            return
        self.shown_run = self.shown_run if self.shown_run.startswith("~") else ""
        self._standing = None
        self.refresh()
