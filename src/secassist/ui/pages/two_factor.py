"""Two-step sign-in: which page follows which, from the closed store to the codes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.facts import site_search
from secassist.twofactor import setup as guide
from secassist.ui import a11y
from secassist.ui.clipboard import SecretClipboard
from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.account import AccountPage
from secassist.ui.pages.arriving import ArrivingPage
from secassist.ui.pages.clock_watch import ClockWatch
from secassist.ui.pages.codes import CodesPage
from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.no_codes import NoCodesPage
from secassist.ui.pages.setup_bring import BringPage
from secassist.ui.pages.setup_flow import SetupFlow
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.store_closed import LockedPage, StoreClosedPage
from secassist.ui.pages.store_door import StoreDoor
from secassist.ui.pages.storing import Storing
from secassist.ui.pages.transfer import ImportPage
from secassist.ui.pages.transfer_flow import TransferFlow
from secassist.ui.pages.unfinished import unfinished_strip

if TYPE_CHECKING:
    from secassist.facts.site_search import Place
    from secassist.twofactor.codes import Code
    from secassist.twofactor.importers import Outcome
    from secassist.twofactor.repository import Saved
    from secassist.twofactor.setup import Setup
    from secassist.usecases.keeper import Keeper, View

_FIRST: Final = (CodesPage, NoCodesPage, LockedPage, StoreClosedPage, ArrivingPage)
"""The pages from which nothing leads back."""


class TwoFactorPages(PageStack):
    """The codes, and what leads to them. The store is opened when this is first shown."""

    check_wanted = Signal()
    lock_wanted = Signal()
    """Lock everything: these pages are told by ``lock``, like all others."""
    set_up_left = Signal()
    """A set-up is done, or the person left it."""
    viewed = Signal(object)
    """The store was looked at (View)."""

    def __init__(
        self,
        look: Look,
        keeper: Keeper,
        jobs: Jobs,
        clipboard: SecretClipboard,
        correct_clock: Callable[[int], None],
        setup: Setup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``correct_clock`` gets the seconds by which this computer's clock is off besides what
        is corrected already. ``setup``: one to go on with, after the window was built anew."""
        super().__init__(look, parent)
        self._keeper = keeper
        self._clipboard = clipboard
        self.storing = Storing(self, keeper, jobs)
        self.door = StoreDoor(
            self,
            keeper,
            self.storing,
            name=look.tr("Two-step sign-in"),
            unlocked=self.show_view,
            refresh=self.refresh,
            check=self.check_wanted.emit,
        )
        self._view: View | None = None
        self.clock = ClockWatch(look, keeper, self.storing, correct_clock)
        self.setup = SetupFlow(self, keeper, self.storing, clipboard, self.clock)
        self.setup.ended = self._after_setup
        self.transfer = TransferFlow(self, keeper, self.storing, self.refresh)
        self._go_on_with = setup
        self._brought: Outcome | None = None
        self.keep(
            ArrivingPage(look, look.tr("Two-step sign-in"), look.tr("Your codes are being opened…"))
        )

    # The store

    def enter(self) -> None:
        if self._view is None:
            self.refresh()
            return
        super().enter()
        if isinstance(self.page(), _FIRST):
            # Another program may have changed it meanwhile.
            self.storing.run(self._keeper.view, self._show_if_changed, self.show_error)

    def _show_if_changed(self, view: View) -> None:
        if view != self._view and isinstance(self.page(), _FIRST):
            self.show_view(view)

    def refresh(self) -> None:
        """Look at the store anew, and show what it is like."""
        self.storing.run(self._keeper.view, self.show_view, self.show_error)

    def show_view(self, view: View) -> None:
        """Show the page for the state of the store."""
        self._view = view
        self.viewed.emit(view)
        state = view.state.value
        if self._go_on_with is not None and state in {"open", "none"}:
            setup, self._go_on_with = self._go_on_with, None
            self.setup.start(setup)
        elif self._brought is not None and state in {"open", "none"}:
            brought, self._brought = self._brought, None
            self.transfer.bring(brought)
        elif state == "open" and view.entries:
            self._show_codes(view)
        elif state in {"open", "none"}:
            self._show_no_codes()
        else:
            self.door.show(view)

    def begin(self, site: str = "") -> None:
        """Begin a set-up; for the site at the host ``site`` where that is known."""

        async def known() -> Place | None:
            return await asyncio.to_thread(site_search.place_of, site) if site else None

        self.storing.run(known, self._begin_at, self.show_error)

    def _begin_at(self, place: Place | None) -> None:
        setup = guide.start()
        if place is not None:
            setup = guide.choose_site(setup, place.name, place.domain)
        if self._view is None:
            self._go_on_with = setup  # as soon as the store was looked at
        else:
            self.setup.start(setup)

    def bring(self, outcome: Outcome) -> None:
        """Show what would come over of what was read elsewhere; nothing is kept yet."""
        if self._view is None:
            self._brought = outcome  # as soon as the store was looked at
        else:
            self.transfer.bring(outcome)

    def _show_codes(self, view: View) -> None:
        page = CodesPage(self.look, self._keeper, view)
        page.add_wanted.connect(self.setup.start)
        page.go_on_wanted.connect(self.setup.start)
        page.copied.connect(self._clipboard.copy)
        page.next_wanted.connect(lambda saved: self._count_up(page, saved))
        self.clock.watch(page.clock, self.refresh)
        self.clock.drop_if_set(page)
        page.clock_wanted.connect(lambda: self.clock.ask_system(page, page.clock.offer))
        page.more_wanted.connect(self.show_account)
        page.import_wanted.connect(self.transfer.start_import)
        page.export_wanted.connect(self.transfer.start_export)
        page.keys_wanted.connect(self.show_keys)
        page.lock_wanted.connect(self.lock_wanted)
        page.looked_after.connect(
            lambda saved: self.storing.run(
                lambda: self._keeper.looked_after(saved), lambda _: self.refresh(), self.show_error
            )
        )
        page.passphrase_wanted.connect(self.choose_passphrase)
        page.spare_key_wanted.connect(self._new_spare_key)
        self.show_page(page)

    def _show_no_codes(self) -> None:
        opened = self._view is not None and self._view.state.value == "open"
        page = NoCodesPage(self.look, opened=opened)
        page.add_wanted.connect(self.setup.start)
        page.import_wanted.connect(self.transfer.start_import)
        page.keys_wanted.connect(self.show_keys)
        for setup in (self._view.unfinished if self._view is not None else ())[:1]:
            page.show_strip(unfinished_strip(self.look, setup, self.setup.start))
        self.show_page(page)

    def show_keys(self) -> None:
        """Show what opens the codes, and the copies that the program made by itself."""
        from secassist.ui.pages.keys_and_copies import KeysAndCopiesPage

        if self._view is None:
            return
        page = KeysAndCopiesPage(self.look, self._view, datetime.now(UTC))
        page.back.connect(self.refresh)
        page.passphrase_wanted.connect(self.choose_passphrase)
        page.spare_key_wanted.connect(self._new_spare_key)
        page.copy_wanted.connect(
            lambda: self.storing.run(self._keeper.back_up, self._copied, self.show_error)
        )
        page.put_back_wanted.connect(
            lambda name: self.storing.run(
                lambda: self._keeper.put_back(name), self._put_back, self.show_error
            )
        )
        self.show_page(page)

    def _copied(self, view: View) -> None:
        self._view = view
        self.show_keys()
        a11y.announce(self, self.look.tr("The copy is saved."))

    def _put_back(self, view: View) -> None:
        self.show_view(view)
        a11y.announce(self, self.look.tr("The copy is back."))

    def lock(self, *, everywhere: bool) -> None:
        """Close the codes; ``everywhere``: for other programs too."""
        if self._view is None or self._view.state.value != "open":
            return
        self._clipboard.clear()
        # Told again while it is being closed, there is no set-up any more.
        self._go_on_with = self.setup.put_by() or self._go_on_with
        self.storing.run(
            lambda: self._keeper.lock(everywhere=everywhere), self._locked, self.show_error
        )

    def _locked(self, view: View) -> None:
        a11y.announce(self, self.look.tr("Locked"))
        self.show_view(view)

    # Keys

    def _new_spare_key(self) -> None:
        one_before = self._view is not None and self._view.spare_key_kept
        self.storing.run(
            self._keeper.new_spare_key,
            lambda key: self.storing.hand_over(key, self.refresh, used=one_before),
            self.show_error,
        )

    def choose_passphrase(self) -> None:
        """Choose one, or another one, or give it up."""
        view = self._view
        page = PassphrasePage(
            self.look,
            reason=self.look.tr("Then your codes can be locked while this computer is on."),
            removable=view is not None and view.needs_passphrase,
        )

        def failed(error: Exception) -> None:
            page.failed()
            self.show_error(error)

        page.back.connect(self.refresh)
        page.chosen.connect(
            lambda chosen: self.storing.run(
                lambda: self._keeper.set_passphrase(chosen), self.show_view, failed
            )
        )
        page.remove_wanted.connect(
            lambda: self.storing.run(self._keeper.remove_passphrase, self.show_view, failed)
        )
        self.show_page(page)

    # Accounts

    def _after_setup(self, saved: Saved | None) -> None:
        if saved is None:
            self.refresh()
            self.set_up_left.emit()
        else:
            self.show_account(saved, show_picture=True)
            self.page().back.connect(self.set_up_left)

    def show_account(self, saved: Saved, *, show_picture: bool = False) -> None:
        """Show what there is besides the code."""
        page = AccountPage(self.look, saved, show_picture=show_picture)
        page.back.connect(self.refresh)
        page.copied.connect(self._clipboard.copy)
        page.remove_wanted.connect(
            lambda: self.storing.run(
                lambda: self._keeper.remove(saved), lambda _: self.refresh(), self.show_error
            )
        )
        self.show_page(page)

    def _count_up(self, page: CodesPage, saved: Saved) -> None:
        def shown(code: Code) -> None:
            row = page.row_of(saved.id)
            if row is not None:
                row.show_code(code)
                self._clipboard.copy(code.code)
                row.say_copied()

        self.storing.run(lambda: self._keeper.next_code(saved), shown, self.show_error, page=page)

    def copy_selected(self) -> None:
        """Copy the code that has the keyboard (Ctrl+C)."""
        page = self.page()
        if isinstance(page, CodesPage):
            page.copy_selected()

    def go_to_search(self) -> None:
        """Go to the search (Ctrl+F)."""
        page = self.page()
        if isinstance(page, CodesPage):
            page.go_to_search()

    def go_back(self) -> bool:
        if isinstance(self.page(), _FIRST):
            return False
        return super().go_back()

    # What is dropped, pasted or opened while the set-up or the import waits for it

    def paste(self) -> bool:
        """Take what was copied; False where nothing here waits for it (Ctrl+V)."""
        if self.setup.reader is None:
            return False
        self.setup.reader.paste()
        return True

    def choose_file(self) -> bool:
        """Ask for a file; False where nothing here waits for one (Ctrl+O)."""
        if self.setup.reader is not None:
            self.setup.reader.choose_file()
        elif self.transfer.takes_files:
            self.transfer.choose_files()
        else:
            return False
        return True

    def drop(self, files: list[Path]) -> bool:
        """Take files that were dropped; False where nothing here waits for them."""
        if self.setup.reader is not None:
            self.setup.reader.read_file(files[0])
        elif self.transfer.takes_files:
            self.transfer.read(files)
        else:
            return False
        return True

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        page = self.currentWidget()
        if isinstance(page, BringPage | ImportPage):
            page.set_welcoming(welcoming)
