"""Several pages that are one in the navigation, one shown at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import Page


class PageStack(QStackedWidget):
    """A page that is built for one moment goes when another comes; ``lasting`` ones stay."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._narrow = False
        self._lasting: list[Page] = []

    def keep(self, page: Page) -> None:
        """Let ``page`` stay, and keep what is in it, while others are shown."""
        self._lasting.append(page)
        self.addWidget(page)

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

    def show_page(self, page: Page, *, enter: bool = True) -> None:
        """Show ``page``."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        page.set_narrow(self._narrow)
        self.setCurrentWidget(page)
        for place in reversed(range(self.count())):
            old = self.widget(place)
            if old is not None and old is not page and old not in self._lasting:
                self.removeWidget(old)
                old.deleteLater()
        if enter:
            page.enter()
