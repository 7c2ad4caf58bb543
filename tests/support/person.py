"""Somebody who has a keyboard and no mouse.

``SECASSIST_STEPS=FOLDER`` keeps a picture of each page that they come to.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secassist.ui.pages.page import Page
from secassist.ui.places import PAGES
from secassist.ui.window import Window

Shown = TypeVar("Shown", bound=Page)


class Person:
    """Does at a window what a person would do."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.bot = qtbot
        QApplication.processEvents()  # the window becomes the active one

    def at(self, kind: type[Shown]) -> Shown:
        """Wait until a page of that kind is shown."""

        def there() -> None:
            shown = self.window.shown_page()
            said = shown.strip.sentence.text() if shown.strip is not None else ""
            assert isinstance(shown, kind), (shown, said)

        self.bot.waitUntil(there, timeout=20_000)
        page = self.window.shown_page()
        assert isinstance(page, kind)
        self._keep_picture(kind.__name__)
        return page

    def _keep_picture(self, name: str) -> None:
        if not os.environ.get("SECASSIST_STEPS"):
            return
        test = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[2].partition(" ")[0]
        folder = Path(os.environ["SECASSIST_STEPS"]) / test
        folder.mkdir(parents=True, exist_ok=True)
        self.bot.wait(200)  # labels find their heights
        self.window.grab().save(str(folder / f"{len(list(folder.iterdir())):02}-{name}.png"))

    def types(self, text: str) -> None:
        self.bot.keyClicks(QApplication.focusWidget(), text)

    def enter(self) -> None:
        self.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def press(self, keys: str) -> None:
        self.bot.keySequence(self.window, QKeySequence(keys))

    def goes_to(self, place: str) -> None:
        """Go to a place of the navigation by its number."""
        self.press(f"Ctrl+{PAGES.index(place) + 1}")

    def dresses(self, theme: str) -> None:
        """Choose other colours in the settings, while another page is shown."""
        redress(self.window, theme)

    def tab_to(self, name: str) -> None:
        """Press Tab until what has the keyboard is called that."""
        for _ in range(60):
            focused = QApplication.focusWidget()
            if focused.accessibleName().startswith(name):
                return
            self.bot.keyClick(focused, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {name}")

    def says(self, words: str) -> None:
        """Wait until the strip on the page says so."""

        def said() -> None:
            strip = self.window.shown_page().strip
            assert strip is not None
            assert strip.isVisible()  # Qt shows it in a turn of its own
            assert words in f"{strip.title.text()} {strip.sentence.text()}"

        self.bot.waitUntil(said, timeout=20_000)
        self._keep_picture("says")


def redress(window: Window, theme: str) -> None:
    """Have the window built anew in other colours, where it stands."""
    window._usecases.change_settings(theme=theme)
    window.parts.settings_changed.emit()
