"""The flooded inbox: which page follows which, from the choice of a mailbox to its result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.mailbox_account import MailboxAccountPage
from secassist.ui.pages.mailbox_reading import MailboxReadingPage
from secassist.ui.pages.mailbox_result import FloodPage
from secassist.ui.pages.mailbox_security import SecurityPage
from secassist.ui.pages.mailbox_start import MailboxStartPage
from secassist.ui.pages.stack import PageStack
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.mailbox.scan import Progress
    from secassist.usecases.scan_mailbox import Judged, Scanned


class MailboxPages(PageStack):
    """The pages; what was found is kept by the part."""

    path_chosen = Signal(object)
    """Look into this file or folder (Path)."""
    thunderbird_chosen = Signal()
    account_chosen = Signal(str, str, str)
    """Look into this account: e-mail address, server, password."""
    cancelled = Signal()
    forgotten = Signal()
    """The person wants another mailbox: what was found is no longer needed."""
    mail_opened = Signal(object)
    """Show the verdict on this mail (Judged)."""
    watch_wanted = Signal()
    """Show what is watched."""
    plan_wanted = Signal()

    def __init__(
        self,
        look: Look,
        *,
        has_thunderbird: bool,
        has_plans: bool,
        watches: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._has_plans = has_plans
        self._scanned: Scanned | None = None
        self._pending = False
        self._flood = 0
        self._account: MailboxAccountPage | None = None
        """While its account is being read: it comes back if that fails."""
        self.start = MailboxStartPage(look, has_thunderbird=has_thunderbird, watches=watches)
        self.start.open_wanted.connect(self.choose_file)
        self.start.folder_wanted.connect(self.choose_folder)
        self.start.watch_wanted.connect(self.watch_wanted)
        self.start.account_wanted.connect(self.ask_account)
        self.start.thunderbird_wanted.connect(self.thunderbird_chosen)
        self.keep(self.start)

    # Choosing

    def show_found(self) -> None:
        """What was found in the mailbox that was read last; the first page if none was."""
        if self._scanned is None:
            self.show_start()
        elif self._scanned.found.floods:
            self._show_flood(self._scanned)
        else:
            self._show_security(self._scanned)

    def show_start(self) -> None:
        """Let the person choose a mailbox."""
        self._scanned = None
        self._drop_account()
        self.start.show_strip(None)
        self.show_page(self.start)

    def choose_file(self) -> bool:
        """Ask for a mailbox file (Ctrl+O)."""
        if isinstance(self.page(), MailboxReadingPage):
            return True
        tr = self.look.tr
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("Open a mailbox"),
            str(Path.home()),
            f"{tr('Mailboxes')} (*.mbox *.mbx *.mbs Inbox INBOX);;{tr('All files')} (*)",
        )
        if chosen:
            self.path_chosen.emit(Path(chosen))
        return True

    def choose_folder(self) -> None:
        """Ask for a folder: a Maildir, or one of saved mail."""
        chosen = QFileDialog.getExistingDirectory(
            self, self.look.tr("Open a folder of mail"), str(Path.home())
        )
        if chosen:
            self.path_chosen.emit(Path(chosen))

    def ask_account(self, why: str = "") -> None:
        """Ask for an account on a mail server; ``why`` once more."""
        page = MailboxAccountPage(self.look)
        page.back.connect(self.show_start)
        page.entered.connect(self.account_chosen)
        self._account = page
        self.show_page(page)
        if why:
            page.address.complain(why)

    def refuse_account(self, sentence: str) -> None:
        """The account could not be looked into; what was typed is still there."""
        if self._account is not None:
            self.show_page(self._account)
            self._account.refuse(sentence)

    def _drop_account(self) -> None:
        """Its password is no longer needed."""
        if self._account is not None:
            self._account.password.clear()
            self._account = self._held = None

    def drop(self, files: list[Path]) -> bool:
        """Take a file or folder that was dropped."""
        if isinstance(self.page(), MailboxReadingPage):
            return False
        self.path_chosen.emit(files[0])
        return True

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        self.start.set_welcoming(welcoming)

    def show_note(self, headline: str, sentence: str, act: Callable[[], None]) -> None:
        """Say on the page that is shown what the watch has seen; ``act`` shows it."""
        button = Button(self.look, self.look.tr("Show it"), icon="search")
        button.activated.connect(act)
        strip = Strip(self.look, headline, sentence, icon="flood", tone="warn", buttons=(button,))
        self.page().show_strip(strip)

    # Reading

    def show_reading(self) -> None:
        """A mailbox is being read."""
        if self._account is not None and self.page() is self._account:
            self.hold(self._account)
        else:
            self._account = None
        page = MailboxReadingPage(self.look)
        page.cancelled.connect(self.cancelled)
        self.show_page(page)

    def show_progress(self, news: Progress) -> None:
        page = self.page()
        if isinstance(page, MailboxReadingPage):
            page.advance(news)

    # Results

    def show_scanned(self, scanned: Scanned, *, pending: bool) -> None:
        """Show what was found; ``pending``: verdicts are still to come."""
        self._scanned, self._pending = scanned, pending
        self._drop_account()
        if scanned.found.floods:
            self._flood = len(scanned.found.floods) - 1
            self._show_flood(scanned)
        else:
            self._show_security(scanned)

    def _show_flood(self, scanned: Scanned) -> None:
        page = FloodPage(
            self.look,
            scanned,
            _now(),
            place=self._flood,
            has_plans=self._has_plans,
            pending=self._pending,
        )
        page.flood_chosen.connect(self._choose_flood)
        page.plan_wanted.connect(self.plan_wanted)
        page.security_wanted.connect(self._go_to_security)
        page.watch_wanted.connect(self.watch_wanted)
        page.opened.connect(self.mail_opened)
        page.another_wanted.connect(self.forgotten)
        page.back.connect(self.forgotten)
        self.show_page(page)

    def _choose_flood(self, place: int) -> None:
        self._flood = place
        if self._scanned is not None:
            self._show_flood(self._scanned)

    def _go_to_security(self) -> None:
        if self._scanned is not None:
            self._show_security(self._scanned)

    def _show_security(self, scanned: Scanned) -> None:
        page = SecurityPage(self.look, scanned, _now(), pending=self._pending)
        page.watch_wanted.connect(self.watch_wanted)
        page.opened.connect(self.mail_opened)
        page.another_wanted.connect(self.forgotten)
        page.back.connect(self._back_from_security)
        self.show_page(page)

    def _back_from_security(self) -> None:
        if self._scanned is not None and self._scanned.found.floods:
            self._show_flood(self._scanned)
        else:
            self.forgotten.emit()

    def show_judged(self, judged: Judged, scanned: Scanned) -> None:
        """The verdict on one mail has come, and stands in ``scanned``."""
        self._scanned = scanned
        page = self.page()
        if isinstance(page, FloodPage | SecurityPage):
            page.show_judged(judged)

    def show_all_judged(self, scanned: Scanned) -> None:
        """All verdicts are there. A fake among the first mails makes way for the others."""
        before, self._scanned, self._pending = self._scanned, scanned, False
        page = self.page()
        if isinstance(page, FloodPage):
            if before is None or page.first_of(scanned) != page.first_of(before):
                self._show_flood(scanned)
            else:
                page.end_waiting()
        elif isinstance(page, SecurityPage):
            page.end_waiting()

    def go_back(self) -> bool:
        if self.page() is self.start:
            return False
        return super().go_back()


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
