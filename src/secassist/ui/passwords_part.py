"""Passwords in the window, for as long as the window is open, whatever dress it wears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from secassist.ui.clipboard import SecretClipboard
from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.passwords import PasswordsPages
from secassist.ui.pages.passwords_last import Begun
from secassist.ui.part import Errand, Part, alive

if TYPE_CHECKING:
    from secassist.ui.ports import UseCases
    from secassist.usecases.passwords_known import Desk

ACCOUNT: Final = "account"
"""Show the account of an organisation or a site (errand; about: its id or host)."""
FIRST: Final = "first"
"""Show what is to be fixed first (errand)."""
IMPORT: Final = "import"
"""Ask for a list, or read the ones that were dropped (errand; about: their paths, or nothing)."""
LEAKS: Final = "leaks"
"""Look for leaks again (errand)."""

SCHEDULE: Final = "schedule"
"""Show how often passwords are looked at again (errand)."""


class PasswordsPart(Part):
    """What lasts: a list that was judged and not remembered yet, and where it lies."""

    def __init__(self, window: QWidget, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window, usecases, jobs)
        self._pages: PasswordsPages | None = None
        self._begun = Begun()
        self.clipboard = SecretClipboard(self)

    def make_pages(self, look: Look) -> PasswordsPages:
        """The pages in another dress; what was judged is shown again."""
        pages = PasswordsPages(look, self.usecases, self.jobs, self.clipboard, self._begun)
        pages.errand.connect(self.errand)
        pages.viewed.connect(self._viewed)
        pages.settings_changed.connect(self.settings_changed)
        self._pages = pages
        return pages

    def take(self, errand: Errand) -> None:
        """Takes ``account``, ``first``, ``import``, ``leaks`` and ``schedule``."""
        if self._pages is None:
            return
        if errand.what == ACCOUNT:
            self.show_account(str(errand.about or ""), errand.then)
        elif errand.what == FIRST:
            self.show_first()
        elif errand.what == IMPORT:
            if isinstance(errand.about, tuple):
                self._pages.read_lists(errand.about)
            else:
                self._pages.ask_for_list()
        elif errand.what == LEAKS:
            self._pages.look_for_leaks()
        elif errand.what == SCHEDULE:
            self._pages.show_schedule()

    def show_account(self, of: str, then: Errand | None = None) -> None:
        """Show the account of an organisation (its id) or a site (its host).

        ``then``: what to do when it is put right.
        """
        if self._pages is not None:
            self._pages.show_account_of(of, then)

    def show_first(self) -> None:
        """Show what is to be fixed first."""
        if self._pages is not None:
            self._pages.refresh()

    def lock(self, *, everywhere: bool) -> None:
        """Close the store, and forget what was judged and not kept."""
        self.clipboard.clear()
        pages = alive(self._pages)
        if pages is not None:
            pages.lock(everywhere=everywhere)
        else:
            self._begun.forget()

    def close(self) -> None:
        """The window closes."""
        self.clipboard.clear()

    def _viewed(self, desk: Desk) -> None:
        self.store_seen.emit(desk.view.state.value == "open")
