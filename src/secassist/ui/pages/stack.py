"""Several pages that are one in the navigation, one shown at a time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from secassist.ui.faults import show_fault
from secassist.ui.look import Look
from secassist.ui.pages.page import Page


class PageStack(QStackedWidget):
    """A page that is built for one moment goes when another comes; ``lasting`` ones stay."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._narrow = False
        self._lasting: list[Page] = []
        self._held: Page | None = None

    def keep(self, page: Page) -> None:
        """Let ``page`` stay, and keep what is in it, while others are shown."""
        self._lasting.append(page)
        self.addWidget(page)

    def hold(self, page: Page) -> None:
        """Let ``page`` stay until it was shown once more."""
        self._held = page

    def show_error(self, error: Exception) -> None:
        """Say on the page that is shown that something failed."""
        show_fault(self.page(), error)

    def page(self) -> Page:
        """The page that is shown."""
        page = self.currentWidget()
        if not isinstance(page, Page):
            raise TypeError("every page of a stack is a Page")
        return page

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        for place in range(self.count()):
            page = self.widget(place)
            if isinstance(page, Page):
                page.set_narrow(narrow)

    def enter(self) -> None:
        """The stack is shown."""
        self.page().enter()

    def go_back(self) -> bool:
        """One step back (Esc); False where this is the first page."""
        self.page().back.emit()
        return True

    def paste(self) -> bool:
        """Take what was copied (Ctrl+V); False where nothing here waits for it."""
        return False

    def choose_file(self) -> bool:
        """Ask for a file (Ctrl+O); False where nothing here waits for one."""
        return False

    def drop(self, files: list[Path]) -> bool:
        """Take files that were dropped; False where nothing here waits for them."""
        return False

    def go_to_search(self) -> None:
        """Go to the search of this page (Ctrl+F)."""

    def copy_selected(self) -> None:
        """Copy what is selected on this page (Ctrl+C)."""

    def show_page(self, page: Page, *, enter: bool = True) -> None:
        """Show ``page``."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        if page is self._held:
            self._held = None
        page.set_narrow(self._narrow)
        self.setCurrentWidget(page)
        for place in reversed(range(self.count())):
            old = self.widget(place)
            if old is not None and old not in {page, self._held, *self._lasting}:
                self.removeWidget(old)
                old.deleteLater()
        if enter:
            page.enter()
