"""Check an e-mail, from the pasted text to the advice: which page follows which."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.ui import a11y
from secassist.ui.checking import Source, import_result_pages, work_on
from secassist.ui.faults import copy_report, strip_for
from secassist.ui.jobs import Job, Jobs
from secassist.ui.look import Look
from secassist.ui.pages.check_input import CheckInputPage
from secassist.ui.pages.check_running import CheckRunningPage
from secassist.ui.pages.page import Page
from secassist.ui.pages.stack import PageStack
from secassist.ui.ports import Progress, UseCases
from secassist.ui.turns import in_next_turn

if TYPE_CHECKING:
    from secassist.mail.report import Action, Report
    from secassist.plans.repetition import Repetition
    from secassist.ui.next_steps import Steps
    from secassist.ui.pages.verdict import VerdictPage
    from secassist.ui.widgets.strip import Strip
    from secassist.usecases.advice import AccountFacts


@dataclass(frozen=True, slots=True)
class CheckState:
    """What has to survive when the window is built anew in another dress."""

    text: str = ""
    source: Source | None = None
    """What is being checked just now."""
    reports: tuple[Report, ...] = ()
    place: int | None = None
    """The report that is shown; None for the list or the input."""


class CheckPage(PageStack):
    """The pages of a check, one at a time."""

    settings_changed = Signal()
    plan_wanted = Signal(object)
    """Start the plan that fits (usecases.advice.Chosen)."""
    judged = Signal(object, str)
    """These mails were judged (a tuple of Report), and what the person answered: ``yes`` …"""
    plans_wanted = Signal()
    """Show what else a plan can be about."""

    def __init__(
        self,
        look: Look,
        usecases: UseCases,
        jobs: Jobs,
        state: CheckState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._usecases = usecases
        self._jobs = jobs
        self._job: Job[Progress, Sequence[Report]] | None = None
        self._pages_are_here = False
        self._source: Source | None = None
        self._reports: tuple[Report, ...] = ()
        self._place: int | None = None
        self._judged_at = 0
        self._asked = ""
        """Code of the answer to "Did you ask for it?", for the report that is shown."""
        self._account: AccountFacts | None = None
        self._repeated: Strip | None = None
        """What the store knew of other mails, above the verdict on this one."""
        self.input = CheckInputPage(look, usecases.mail_programs)
        self.input.check.connect(self.check_text)
        self.running = CheckRunningPage(look)
        self.running.cancelled.connect(self.cancel)
        self.running.back.connect(self.cancel)
        self.keep(self.input)
        self.keep(self.running)
        if state is not None:
            self._restore(state)

    # State

    def state(self) -> CheckState:
        running = self._source if self._job is not None and self._job.running else None
        return CheckState(self.input.text(), running, self._reports, self._place)

    def _restore(self, state: CheckState) -> None:
        self.input.set_text(state.text)
        self._reports = state.reports
        if state.source is not None:
            self._start(state.source)
        elif state.place is not None:
            self.show_report(state.place)
        elif state.reports:
            self._show_list()

    def go_back(self) -> bool:
        if self.page() is self.input:
            return False
        return super().go_back()

    # Checking

    def check_text(self, text: str) -> None:
        """Judge pasted text."""
        if text.strip():
            if self.input.text() != text:
                self.input.set_text(text)
            self._start(text)

    def check_bytes(self, mail: bytes) -> None:
        """Judge one mail as it was kept."""
        self._start(mail)

    def check_file(self, path: Path) -> None:
        """Judge a file: one mail, or many."""
        self._start(path)

    def cancel(self) -> None:
        """Stop the check and go back to what was pasted."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        a11y.announce(self, self.look.tr("The check was stopped."))
        self.show_input()

    def _start(self, source: Source) -> None:
        if self._job is not None:
            self._job.cancel()
        self._source = source
        self.running.start(offline=self._usecases.settings().offline)
        self._show(self.running)
        self._job = (
            Job(self, work_on(self._usecases, source))
            .progress(self._advance)
            .success(self._finished)
            .failure(self._failed)
            .run(self._jobs)
        )

    def _advance(self, news: Progress) -> None:
        self.running.advance(news)
        if not self._pages_are_here:  # what they need was fetched by now
            self._pages_are_here = True
            in_next_turn(self, import_result_pages)

    def _finished(self, reports: Sequence[Report]) -> None:
        self._job = None
        self._judged_at = int(time.time())
        self._account = None
        self._reports = tuple(reports)
        self.judged.emit(self._reports, "")
        if len(self._reports) == 1:
            self.show_report(0)
        else:
            self._show_list()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.show_input()
        strip, button = strip_for(self.look, error)
        act: Callable[[], None] = {
            self.look.tr("Show me how"): self.input.show_how_to,
            self.look.tr("Try again"): self.check_again,
        }.get(button.label, lambda: copy_report(self.input, error))
        button.activated.connect(act)
        self.input.show_strip(strip)

    def check_again(self) -> None:
        """Judge the same mail once more, with the settings as they are now."""
        if self._source is not None:
            self._start(self._source)

    # Pages

    def show_input(self) -> None:
        """Back to the text box, with what was pasted still in it."""
        self._place = None
        self.input.show_strip(None)
        self._show(self.input)

    def new_check(self) -> None:
        """An empty text box for another mail."""
        self._reports = ()
        self.input.clear()
        self.show_input()

    def show_report(self, place: int) -> None:
        """Show the verdict on the mail at ``place``."""
        # Imported here: the words and types of reports are not needed before the first result.
        from secassist.ui.pages.verdict import VerdictPage
        from secassist.ui.pages.verdict_strips import say_offline

        self._place = place
        self._asked = ""
        report = self._reports[place]
        page = VerdictPage(self.look, report, datetime.now(UTC))
        page.back.connect(self._back_from_report)
        page.chosen.connect(lambda action: self._act(page, action))
        page.already_clicked.connect(self.ask_what_happened)
        page.copy_wanted.connect(lambda private: self._copy(page, private))
        page.save_wanted.connect(lambda private: self._save(page, private))
        # In a turn of its own, as the page does with what stands under the verdict.
        page.built.connect(lambda: in_next_turn(page, lambda: self._ask_provider(page)))
        say_offline(page, self.check_again)
        self._show(page)

    def _show_list(self) -> None:
        from secassist.ui.pages.results import ResultsPage

        self._place = None
        page = ResultsPage(self.look, self._reports, datetime.now(UTC))
        page.back.connect(self.new_check)
        page.opened.connect(self.show_report)
        self._show(page)

    def _back_from_report(self) -> None:
        if len(self._reports) > 1:
            self._show_list()
        else:
            self.new_check()

    def ask_what_happened(self) -> None:
        """I already clicked."""
        from secassist.ui.pages.already_clicked import AlreadyClickedPage

        page = AlreadyClickedPage(self.look, from_result=self._place is not None)
        page.back.connect(self._back_to_result)
        page.answered.connect(self._after_click)
        page.something_else.connect(self.plans_wanted)
        self._show(page)

    def _back_to_result(self) -> None:
        if self._place is not None:
            self.show_report(self._place)
        else:
            self.show_input()

    def _after_click(self, touched: str) -> None:
        from secassist.ui.answers import asks_where

        report = self._report()
        if report is None or not asks_where(report, touched):
            self._want_plan(touched)
            return
        from secassist.ui.pages.where_typed import WhereTypedPage

        page = WhereTypedPage(self.look, report.message.claimed_name)
        page.back.connect(self.ask_what_happened)
        page.answered.connect(lambda landing: self._want_plan(touched, landing))
        self._show(page)

    def _want_plan(self, touched: str, landing: str = "") -> None:
        from secassist.ui.answers import chosen_after_click

        self.plan_wanted.emit(
            chosen_after_click(
                self._report(), touched, self._judged_at, asked=self._asked, landing=landing
            )
        )

    def _show_steps(self, steps: Steps) -> None:
        from secassist.ui.pages.advice import AdvicePage

        has_result = self._place is not None
        back = self.look.tr("Back to the result") if has_result else self.look.tr("Back")
        page = AdvicePage(self.look, steps, back)
        page.back.connect(self._back_to_result)
        page.chosen.connect(self._open)
        self._show(page)

    def _show(self, page: Page) -> None:
        again = self.currentWidget() is page is self.input
        self.show_page(page, enter=not again)

    def _report(self) -> Report | None:
        return self._reports[self._place] if self._place is not None else None

    # What the buttons of a verdict do

    def _act(self, page: VerdictPage, action: Action) -> None:
        from secassist.ui.answers import ASKED, chosen_for, told_asked
        from secassist.ui.next_steps import steps_for
        from secassist.ui.pages.verdict import ASK_AT_HOME, LEAVE

        if action.url:
            self._open(action)
        elif action.code in {*ASKED, ASK_AT_HOME}:
            asked = "asked-no" if action.code == ASK_AT_HOME else action.code
            self._asked = asked
            page.show_told(told_asked(page.report, asked, self._account), asked)
            self.judged.emit((page.report,), ASKED[asked])
        elif action.code in {"know-yes", "know-sender"}:
            self._remember(page)
        elif action.code == "try-original":
            self.new_check()
            self.input.show_how_to()
        elif action.code == LEAVE:
            self.new_check()
        else:
            steps = steps_for(self.look, page.report, action)
            if steps is not None:
                self._show_steps(steps)
            else:
                self.plan_wanted.emit(chosen_for(page.report, page.asked, self._judged_at))

    def _open(self, action: Action) -> None:
        from secassist.ui.opening import open_site

        if not open_site(self._report(), action):
            a11y.announce(self, self.look.tr("This address could not be opened."), urgent=True)

    def _remember(self, page: VerdictPage) -> None:
        from secassist.ui.pages.verdict_strips import say_known

        domain = page.report.message.from_domain
        self._usecases.add_sender(domain)
        self.settings_changed.emit()
        say_known(page, domain)

    def _copy(self, page: VerdictPage, private: frozenset[str]) -> None:
        from secassist.ui.sharing import copy_shared

        copy_shared(page, private)

    def _save(self, page: VerdictPage, private: frozenset[str]) -> None:
        from secassist.ui.sharing import save_shared

        save_shared(page, private)

    # What is said beside a verdict

    def _ask_provider(self, page: VerdictPage) -> None:
        from secassist.ui.pages.provider import ask_provider

        page.is_complete = True
        ask_provider(page, self._usecases, self._provider_changed)

    def _provider_changed(self) -> None:
        self.settings_changed.emit()
        self.check_again()

    def know(self, reports: Sequence[Report], account: AccountFacts) -> None:
        """What the store knows of the account that these mails are about; it changes the advice."""
        if tuple(reports) == self._reports:
            self._account = account

    def forget(self) -> None:
        """The store was closed: show nothing that only it knew."""
        knew, self._account = self._account, None
        if self._place is None or (knew is None and self._repeated is None):
            return
        from secassist.ui.answers import told_asked
        from secassist.ui.pages.verdict import VerdictPage

        page = self.page()
        if not isinstance(page, VerdictPage):
            return  # a verdict is made anew when it is shown once more
        if self._repeated is not None and page.strip is self._repeated:
            page.show_strip(None)
        self._repeated = None
        if knew is not None and page.asked:
            page.show_told(told_asked(page.report, page.asked), page.asked)

    def show_repetition(self, found: Repetition, reports: Sequence[Report]) -> None:
        """Say above the verdict that such mails come again and again, or two at once."""
        from secassist.ui.answers import chosen_for
        from secassist.ui.pages.verdict import VerdictPage
        from secassist.ui.pages.verdict_strips import say_repeated

        page = self.page()
        if not isinstance(page, VerdictPage) or page.report not in reports:
            return

        def show_steps() -> None:
            chosen = chosen_for(page.report, page.asked, self._judged_at)
            self.plan_wanted.emit(replace(chosen, plan=found.plan))

        say_repeated(page, found, show_steps)
        self._repeated = page.strip
