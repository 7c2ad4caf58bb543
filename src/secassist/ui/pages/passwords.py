"""Passwords: which page follows which, from the first list to the last fix."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.ui import a11y
from secassist.ui.clipboard import SecretClipboard
from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.arriving import ArrivingPage
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_flow import ReadingFlow
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.store_closed import LockedPage, StoreClosedPage
from secassist.ui.pages.store_door import StoreDoor
from secassist.ui.pages.storing import Storing
from secassist.ui.part import Errand
from secassist.ui.ports import UseCases
from secassist.usecases.passwords_desk import Desk, Draft

if TYPE_CHECKING:
    from secassist.usecases.audit import Breaches
    from secassist.usecases.exported_list import ExportedList
    from secassist.usecases.keeper import View

_FIRST: Final = (ReportPage, PasswordImportPage, LockedPage, StoreClosedPage, ArrivingPage)
"""The pages from which nothing leads back."""


@dataclass
class Begun:
    """What was begun and must not be lost when the window changes its dress."""

    draft: Draft | None = None
    """A list that was judged and is not remembered yet."""
    files: tuple[ExportedList, ...] = ()
    """Lists that were read and still lie on the disk."""


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
        self._desk = usecases.passwords()
        self._keeper = usecases.keeper()
        self._clipboard = clipboard
        self._begun = begun
        self._shown: Desk | None = None
        self._wanted: Callable[[], None] | None = None
        self.storing = Storing(self, self._keeper, jobs)
        self.door = StoreDoor(
            self,
            self._keeper,
            self.storing,
            unlocked=lambda _: self.refresh(),
            refresh=self.refresh,
            check=lambda: self.errand.emit(Errand("check")),
        )
        self.reading = ReadingFlow(
            self, usecases, self.storing, jobs, came=self._came, ended=self.refresh
        )
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
            self.reading.ask_for_list(again=False)
        else:
            self._show_report(desk)

    def _show_report(self, desk: Desk) -> None:
        page = ReportPage(self.look, desk, datetime.now(UTC))
        page.fix_wanted.connect(self.show_account)
        page.new_list_wanted.connect(self.ask_for_list)
        page.keep_wanted.connect(self.remember)
        page.leaks_wanted.connect(self._look_for_leaks)
        self.show_page(page)

    # Reading

    def ask_for_list(self) -> None:
        """Ask for a list."""
        if self._shown is None:
            self._wanted = self.ask_for_list
            return
        self.reading.ask_for_list(again=self._shown.report is not None)

    def _came(self, draft: Draft, files: Sequence[ExportedList]) -> None:
        self._begun.files = tuple(files)
        self._begun.draft = draft
        if self._shown is not None and self._shown.view.state.value == "open":
            self.remember()
        else:
            self.refresh()

    def remember(self, then: Callable[[], None] | None = None) -> None:
        """Keep what was judged; where there is no store yet, one is made before."""
        draft = self._begun.draft
        if draft is None:
            return

        def kept(desk: Desk) -> None:
            self._begun.draft = None
            self._wanted = then
            self.show_desk(desk)

        self.storing.keep(lambda: self._desk.keep(draft), kept, self.show_error)

    def _look_for_leaks(self) -> None:
        def look(breaches: Breaches) -> None:
            self.settings_changed.emit()
            self.reading.watch(
                lambda tell: self._desk.judge_again(breaches, tell), self.show_desk, self._failed
            )

        if self._begun.draft is None:
            self.reading.choose_leaks(look, ask_again=True)
        else:
            self.remember(lambda: self.reading.choose_leaks(look, ask_again=True))

    def _failed(self, error: Exception) -> None:
        self.refresh()
        self.show_error(error)

    # Accounts

    def show_account(self, account_id: str) -> None:
        """Show the page of an account."""
        report = self._shown.report if self._shown is not None else None
        accounts = report.accounts if report is not None else ()
        account = next((one for one in accounts if one.id == account_id), None)
        if account is None:
            self.refresh()
            return
        page = PasswordAccountPage(self.look, account, datetime.now(UTC))
        page.back.connect(self.refresh)
        page.changed.connect(lambda: self._mark(account_id, self._desk.changed))
        page.not_changed.connect(lambda: self._mark(account_id, self._desk.not_changed))
        self.show_page(page)

    def show_account_of(self, of: str) -> None:
        """Show the account of an organisation (its id) or a site (its host)."""
        if self._shown is None:
            self._wanted = lambda: self.show_account_of(of)
            return
        self.refresh()

    def _mark(self, account_id: str, act: Callable[[str], Coroutine[Any, Any, Desk]]) -> None:
        def mark() -> None:
            self.storing.run(lambda: act(account_id), self.show_desk, self.show_error)

        if self._begun.draft is None:
            mark()
        else:
            self.remember(mark)

    # The window

    def lock(self, *, everywhere: bool = True) -> None:
        """Close the store; ``everywhere``: for other programs too."""
        self._begun.draft = None
        if self._shown is None or self._shown.view.state.value != "open":
            return
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
        if self.reading.takes_files:
            self.reading.choose_files()
        return self.reading.takes_files

    def drop(self, files: list[Path]) -> bool:
        """Take lists that were dropped; False where no page waits for them."""
        if not self.reading.takes_files and not isinstance(self.page(), ReportPage):
            return False
        self.reading.read(files)
        return True

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        page = self.page()
        if isinstance(page, PasswordImportPage):
            page.set_welcoming(welcoming)
