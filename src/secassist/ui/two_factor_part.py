"""Two-step sign-in in the window, for as long as the window is open, whatever dress it wears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from secassist.twofactor.importers import Outcome
from secassist.ui.clipboard import SecretClipboard
from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.two_factor import TwoFactorPages
from secassist.ui.part import Errand, Part, alive

if TYPE_CHECKING:
    from secassist.ui.ports import UseCases
    from secassist.usecases.keeper import View

SET_UP: Final = "set-up"
"""Begin a set-up (errand)."""
IMPORT: Final = "import"
"""Take codes over that were read elsewhere (errand; about: an Outcome of the importers)."""


class TwoFactorPart(Part):
    """What lasts: the clipboard's half minute, and a set-up that was begun."""

    def __init__(self, window: QWidget, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window, usecases, jobs)
        self._pages: TwoFactorPages | None = None
        self._then: Errand | None = None
        self.clipboard = SecretClipboard(self)

    def make_pages(self, look: Look) -> TwoFactorPages:
        """The pages in another dress; a set-up goes on where it was."""
        before = self._pages
        pages = TwoFactorPages(
            look,
            self.usecases.keeper(),
            self.jobs,
            self.clipboard,
            self._correct_clock,
            before.setup.setup if before is not None else None,
        )
        pages.check_wanted.connect(lambda: self.errand.emit(Errand("check")))
        pages.viewed.connect(self._viewed)
        pages.lock_wanted.connect(self.lock_wanted)
        pages.set_up_left.connect(self._go_on)
        pages.setup.leads_on = self._then is not None
        self._pages = pages
        return pages

    def take(self, errand: Errand) -> None:
        """Takes ``set-up``, about the host of a site or about nothing, and ``import``."""
        if self._pages is None:
            return
        if errand.what == SET_UP:
            self._then = errand.then
            self._pages.setup.leads_on = errand.then is not None
            self._pages.begin(str(errand.about or ""))
        elif errand.what == IMPORT and isinstance(errand.about, Outcome):
            self._pages.bring(errand.about)

    def _go_on(self) -> None:
        """A set-up was left or is done: go on with what it was for."""
        then, self._then = self._then, None
        if self._pages is not None:
            self._pages.setup.leads_on = False
        if then is not None:
            self.errand.emit(then)

    def lock(self, *, everywhere: bool) -> None:
        """Close the codes; a set-up goes on after they are opened again."""
        self.clipboard.clear()
        pages = alive(self._pages)
        if pages is not None:
            pages.lock(everywhere=everywhere)

    def close(self) -> None:
        """The window closes."""
        self.clipboard.clear()

    def _viewed(self, view: View) -> None:
        self.store_seen.emit(view.state.value == "open")

    def _correct_clock(self, seconds: int) -> None:
        offset = self.usecases.settings().clock_offset + seconds
        self.usecases.change_settings(clock_offset=offset)
        self.settings_changed.emit()
