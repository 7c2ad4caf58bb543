"""Passwords: which page follows which, from the first list to the last fix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.base.errors import SecassistError, UnusableCall
from secassist.ui import a11y
from secassist.ui.clipboard import SecretClipboard
from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.arriving import ArrivingPage
from secassist.ui.pages.passwords_fixing import FixingFlow
from secassist.ui.pages.passwords_flow import ReadingFlow
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_last import Begun, LastListFlow
from secassist.ui.pages.passwords_list import AccountsPage
from secassist.ui.pages.passwords_more import MoreFlow
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.store_closed import LockedPage, StoreClosedPage
from secassist.ui.pages.store_door import StoreDoor
from secassist.ui.pages.storing import Storing
from secassist.ui.part import Errand
from secassist.ui.ports import UseCases
from secassist.usecases.passwords_known import Desk, Draft, account_of

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited
    from secassist.usecases.audit import Breaches
    from secassist.usecases.exported_list import ExportedList
    from secassist.usecases.keeper import View

_FIRST: Final = (ReportPage, PasswordImportPage, LockedPage, StoreClosedPage, ArrivingPage)
"""The pages from which nothing leads back."""


class PasswordsPages(PageStack):
    """The report, and what leads to it and away from it."""

    errand = Signal(object)
    viewed = Signal(object)
    """The store was looked at (Desk)."""
    settings_changed = Signal()

    def __init__(
        self,
        look: Look,
        usecases: UseCases,
        jobs: Jobs,
        clipboard: SecretClipboard,
        begun: Begun,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._usecases = usecases
        self._desk = usecases.passwords()
        self._keeper = usecases.keeper()
        self._begun = begun
        self._shown: Desk | None = None
        self._wanted: Callable[[], None] | None = None
        self.storing = Storing(self, self._keeper, jobs)
        self.door = StoreDoor(
            self,
            self._keeper,
            self.storing,
            name=look.tr("Passwords"),
            unlocked=lambda _: self.refresh(),
            refresh=self.refresh,
            check=lambda: self.errand.emit(Errand("check")),
        )
        self.reading = ReadingFlow(
            self,
            usecases,
            self.storing,
            jobs,
            came=self._came,
            ended=self.refresh,
            failed=self._failed,
            changed=self._change_setting,
            known=lambda: self._shown is not None and self._shown.report is not None,
        )
        self.more = MoreFlow(
            self,
            usecases,
            self.storing,
            shown=self.show_desk,
            back=self._back,
            account=self.show_account,
            remembered=self.when_remembered,
            changed=self._change_setting,
            draft=lambda: begun.draft,
        )
        self.fixing = FixingFlow(
            self,
            usecases,
            self.storing,
            clipboard,
            shown=self.show_desk,
            back=self._back,
            remembered=self.when_remembered,
            set_up=lambda site: self.errand.emit(Errand("two-factor", "set-up", site)),
            leave_out=self.more.leave_out,
            done=self._go_on,
        )
        self.last = LastListFlow(
            self,
            self._desk,
            self.storing,
            begun,
            look=lambda then: self.storing.run(self._look, then, self.show_error),
            shown=self.show_desk,
            errand=self.errand.emit,
        )
        self.reading.promise = self.more.show_kept
        self.keep(
            ArrivingPage(look, look.tr("Passwords"), look.tr("Your passwords are being looked up…"))
        )

    # Looking

    def enter(self) -> None:
        if self._shown is None:
            self.refresh()
            return
        super().enter()
        if isinstance(self.page(), _FIRST):
            # Another part or program may have changed it meanwhile.
            self.storing.run(self._look, self._show_if_changed, self.show_error)

    def refresh(self) -> None:
        """Look at the store anew, and show what it is like."""
        self.storing.run(self._look, self.show_desk, self.show_error)

    def _back(self) -> None:
        """The report again, as it was; only what another program changed takes a moment."""
        shown = self._shown
        if shown is None or shown.report is None:
            self.refresh()
            return
        self._show_report(shown)
        self.storing.run(self._look, self._show_if_changed, self.show_error)

    async def _look(self) -> Desk:
        desk, draft = await self._desk.look(), self._begun.draft
        if draft is not None and desk.view.state.value in {"open", "none"}:
            return await self._desk.show(draft)
        return desk

    def _show_if_changed(self, desk: Desk) -> None:
        if desk != self._shown and isinstance(self.page(), _FIRST):
            self.show_desk(desk)

    def show_desk(self, desk: Desk) -> None:
        """Show the page for the state of the store, or what was asked for meanwhile."""
        self._shown = desk
        self.viewed.emit(desk)
        if desk.view.state.value not in {"open", "none"}:
            self.door.show(desk.view)
            return
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()
        elif desk.report is None:
            self.reading.ask_for_list()
        else:
            self._show_report(desk)

    def _show_report(self, desk: Desk) -> None:
        page = ReportPage(
            self.look,
            desk,
            self._begun.last(),
            datetime.now(UTC),
            offer_schedule=not self._usecases.watches_passwords(),
        )
        page.every_wanted.connect(self.more.set_schedule)
        page.fix_wanted.connect(self.show_account)
        page.new_list_wanted.connect(self.ask_for_list)
        page.keep_wanted.connect(lambda: self.when_remembered(self.refresh))
        page.leaks_wanted.connect(self.look_for_leaks)
        page.sites_wanted.connect(self._fetch_sites)
        self.last.serve(page)
        page.all_wanted.connect(lambda: self.more.show_all(desk))
        page.typed_wanted.connect(self.more.show_typed)
        page.schedule_wanted.connect(self.more.show_schedule)
        page.left_out_wanted.connect(lambda: self.more.show_left_out(desk))
        page.save_wanted.connect(lambda: self.more.show_save(desk))
        self.show_page(page)

    # Reading

    def ask_for_list(self) -> None:
        """Ask for a list."""
        if self._shown is None:
            self._wanted = self.ask_for_list
            return
        self.reading.ask_for_list()

    def read_lists(self, paths: Sequence[Path]) -> None:
        """Read lists that were dropped elsewhere."""
        if self._shown is None or self._shown.view.state.value not in {"open", "none"}:
            self._wanted = lambda: self.reading.read(paths)
        else:
            self.reading.read(paths)

    def _came(self, draft: Draft, files: Sequence[ExportedList], password: str | None) -> None:
        self._begun.came(draft, tuple(files), password)
        if self._shown is not None and self._shown.view.state.value == "open":
            self.when_remembered(self.refresh)
        else:
            self.refresh()

    def when_remembered(self, then: Callable[[], None]) -> None:
        """``then``, once what was judged is kept; where there is no store yet, one is made."""
        draft = self._begun.draft
        if draft is None:
            then()
            return

        def kept(desk: Desk) -> None:
            self._begun.draft = None
            self._shown = desk
            self.viewed.emit(desk)
            then()

        self.storing.keep(lambda: self._desk.keep(draft), kept, self.show_error)

    def show_schedule(self) -> None:
        """Show how often they are looked at again."""
        if self._shown is None:
            self._wanted = self.show_schedule
            return
        self.more.show_schedule()

    def look_for_leaks(self) -> None:
        """Look for leaks, as the person chose or chooses now."""
        if self._shown is None or self._shown.view.state.value not in {"open", "none"}:
            self._wanted = self.look_for_leaks
            return
        if self._shown.report is None:
            self.refresh()
            return

        def look(breaches: Breaches) -> None:
            self.reading.watch(
                lambda tell: self._desk.judge_again(breaches, tell), self.show_desk, self._failed
            )

        self.when_remembered(lambda: self.reading.choose_leaks(look, ask_again=True))

    def _fetch_sites(self) -> None:
        if self._usecases.settings().offline:
            self.show_error(UnusableCall(self.look.tr("You chose to stay offline.")))
            return
        self.when_remembered(
            lambda: self.reading.watch(self._desk.fetch_sites, self.show_desk, self._failed)
        )

    def _failed(self, error: Exception) -> None:
        """Show what there is, and on it that something failed."""

        def shown(desk: Desk) -> None:
            self.show_desk(desk)
            self.show_error(error)

        self.storing.run(self._look, shown, self.show_error)

    # Accounts

    def show_account(self, account_id: str) -> None:
        """Show the page of an account."""
        report = self._shown.report if self._shown is not None else None
        accounts = report.accounts if report is not None else ()
        account = next((one for one in accounts if one.id == account_id), None)
        if account is None:
            self.refresh()
        else:
            self._fix(account)

    def _fix(self, account: Audited) -> None:
        self.fixing.show(account, self._shown.source if self._shown is not None else "")

    def show_account_of(self, of: str, then: Errand | None = None) -> None:
        """Show the account of an organisation (its id) or a site (its host).

        ``then``: what to do when it is put right.
        """
        self._begun.then = then
        if self._shown is None or self._shown.view.state.value not in {"open", "none"}:
            self._wanted = lambda: self.show_account_of(of, then)
            return
        account = account_of(self._shown, of)
        if account is not None:
            self._fix(account)
        elif self._shown.report is None:
            self.ask_for_list()
        else:
            self.refresh()

    def _go_on(self) -> None:
        """An account was put right: go on with what that was for."""
        then, self._begun.then = self._begun.then, None
        if then is not None:
            self.errand.emit(then)

    def _change_setting(self, name: str, value: object) -> None:
        try:
            self._usecases.change_settings(**{name: value})
        except SecassistError as error:
            self.show_error(error)
            return
        self.settings_changed.emit()

    # The window

    def lock(self, *, everywhere: bool) -> None:
        """Close the store; ``everywhere``: for other programs too."""
        unkept = self._begun.forget()
        if self._shown is None or self._shown.view.state.value != "open":
            if unkept:
                self.refresh()
            return
        self.reading.stop()
        self.storing.run(
            lambda: self._keeper.lock(everywhere=everywhere), self._locked, self.show_error
        )

    def _locked(self, view: View) -> None:
        a11y.announce(self, self.look.tr("Locked"))
        self.show_desk(Desk(view))

    def go_back(self) -> bool:
        page = self.page()
        if isinstance(page, PasswordImportPage) and self._shown is not None:
            if self._shown.report is None:
                return False
            self.refresh()
            return True
        if isinstance(page, _FIRST):
            return False
        return super().go_back()

    def choose_file(self) -> bool:
        """Ask for a list; False where no page waits for one (Ctrl+O)."""
        waits = self.reading.takes_files
        if waits:
            self.reading.choose_files()
        return waits

    def drop(self, files: list[Path]) -> bool:
        """Take lists that were dropped; False where no page waits for them."""
        if not self.reading.takes_files and not isinstance(self.page(), ReportPage):
            return False
        self.reading.read(files)
        return True

    def go_to_search(self) -> None:
        """Go to the search (Ctrl+F)."""
        page = self.page()
        if isinstance(page, AccountsPage):
            page.go_to_search()

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        page = self.page()
        if isinstance(page, PasswordImportPage):
            page.set_welcoming(welcoming)
