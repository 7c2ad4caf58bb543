"""The first page, and how things stand on it: looked up when the page is painted, not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.home import HomePage
from secassist.ui.part import alive
from secassist.ui.parts import Parts
from secassist.ui.ports import UseCases

if TYPE_CHECKING:
    from secassist.ui.overview_part import OverviewPart
    from secassist.usecases.overview import Overview

_AFTER_MS: Final = 250  # the page is painted by then


class Home(QObject):
    """What outlives a page: when to look, and what looks."""

    def __init__(
        self,
        window: QWidget,
        usecases: UseCases,
        jobs: Jobs,
        parts: Parts,
        look: Callable[[], Look],
        is_shown: Callable[[], bool],
    ) -> None:
        """``look``: the dress that is worn now; ``is_shown``: whether the person is here."""
        super().__init__(window)
        self._window = window
        self._usecases = usecases
        self._jobs = jobs
        self._parts = parts
        self._look = look
        self._is_shown = is_shown
        self._page: HomePage | None = None
        self.overview: OverviewPart | None = None
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(_AFTER_MS)
        self.soon.timeout.connect(self._look_around)

    def make_page(self) -> HomePage:
        """The page in the dress that is worn now."""
        page = HomePage(self._look(), looks_up=self._usecases.has_overview())
        page.errand.connect(self._parts.send)
        self._page = page
        return page

    def look_soon(self) -> None:
        """Look how things stand, where the person is here and there is anything to look at."""
        self.soon.start()

    def _look_around(self) -> None:
        if not self._is_shown() or not self._usecases.has_overview():
            return
        if self.overview is None:
            from secassist.ui.overview_part import OverviewPart

            self.overview = OverviewPart(self._window, self._usecases, self._jobs, self._look)
            self.overview.found.connect(self.show_overview)
            self._parts.adopt("home", self.overview, counts="plans")
        self.overview.look()

    def show_overview(self, overview: Overview) -> None:
        """Show how things stand."""
        page = alive(self._page)
        if page is not None:
            page.show_overview(overview)
