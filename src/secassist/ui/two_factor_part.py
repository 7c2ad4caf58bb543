"""Two-step sign-in in the window, for as long as the window is open, whatever dress it wears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from secassist.store.autolock import Rules
from secassist.ui.capture import keep_out_of_captures
from secassist.ui.clipboard import SecretClipboard
from secassist.ui.jobs import Jobs
from secassist.ui.locking import Locker, rules
from secassist.ui.look import Look
from secassist.ui.pages.two_factor import TwoFactorPages
from secassist.usecases.keeper import View

if TYPE_CHECKING:
    from secassist.ui.ports import UseCases


class TwoFactorPart(QObject):
    """What lasts: the clipboard's half minute, the watch over the open codes, a set-up."""

    check_wanted = Signal()
    clock_corrected = Signal()

    def __init__(self, window: QWidget, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._usecases = usecases
        self._jobs = jobs
        self._pages: TwoFactorPages | None = None
        self.clipboard = SecretClipboard(self)
        self.locker = Locker(self._rules(), window)
        self.locker.due.connect(self._lock_by_itself)

    def make_pages(self, look: Look) -> TwoFactorPages:
        """The pages in another dress; a set-up goes on where it was."""
        before = self._pages
        pages = TwoFactorPages(
            look,
            self._usecases.keeper(),
            self._jobs,
            self.clipboard,
            self._correct_clock,
            before.setup.setup if before is not None else None,
        )
        pages.check_wanted.connect(self.check_wanted)
        pages.viewed.connect(self._viewed)
        self._pages = pages
        return pages

    def lock(self) -> None:
        """Close the codes (Ctrl+L)."""
        if self._pages is not None:
            self._pages.lock()

    def show_settings(self) -> None:
        """The settings were changed."""
        self.locker.set_rules(self._rules())

    def close(self) -> None:
        """The window closes."""
        self.clipboard.clear()

    def _rules(self) -> Rules:
        settings = self._usecases.settings()
        return rules(settings.lock_minutes, settings.lock_with_screen)

    def _viewed(self, view: View) -> None:
        is_open = view.state.value == "open"
        if is_open:
            self.locker.opened()
        else:
            self.locker.closed()
        keep_out_of_captures(self._window, is_open)

    def _lock_by_itself(self) -> None:
        if self._pages is not None:
            self._pages.lock_by_itself()

    def _correct_clock(self, seconds: int) -> None:
        offset = self._usecases.settings().clock_offset + seconds
        self._usecases.change_settings(clock_offset=offset)
        self.clock_corrected.emit()
