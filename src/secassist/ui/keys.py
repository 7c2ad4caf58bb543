"""The keys of the window (ui.md, section 5): one table, and what Enter, F6 and Alt do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from secassist.ui.pages.stack import PageStack
from secassist.ui.places import PAGES
from secassist.ui.widgets.button import Button

if TYPE_CHECKING:
    from secassist.ui.window import Window


class Keys:
    """The shortcuts of one window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._letters = False
        acts: dict[str, Callable[[], None]] = {
            "Ctrl+V": window.paste,
            "Ctrl+O": window.choose_file,
            "Ctrl+,": lambda: window.go("settings"),
            "Esc": window.go_back,
            "Ctrl+L": window.lock,
            "Ctrl+F": lambda: self._with_stack(lambda stack: stack.go_to_search()),
            "Ctrl+C": lambda: self._with_stack(lambda stack: stack.copy_selected()),
            "F1": window.show_how_to,
            "F6": window.go_to_next_pane,
            "Return": self._enter,
            "Enter": self._enter,
        }
        for number, name in enumerate(PAGES[:9], 1):
            acts[f"Ctrl+{number}"] = partial(window.go, name)
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), window).activated.connect(act)

    def pressed(self, key: int) -> None:
        """A key went down: Alt shows the letters of the buttons."""
        if key == Qt.Key.Key_Alt and not self._letters:
            self._show_letters(True)

    def released(self, key: int) -> None:
        """A key went up."""
        if key == Qt.Key.Key_Alt:
            self._show_letters(False)

    def left(self) -> None:
        """Another window has the keyboard: its keys going up are not seen here."""
        self._show_letters(False)

    def _show_letters(self, shown: bool) -> None:
        self._letters = shown
        for button in self._window.findChildren(Button):
            button.show_letter(shown)

    def _with_stack(self, act: Callable[[PageStack], None]) -> None:
        shown = self._window.shown()
        if isinstance(shown, PageStack):
            act(shown)

    def _enter(self) -> None:
        """Enter presses the button that has the focus, else the filled one."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        elif isinstance(focused, QComboBox):
            focused.showPopup()
        elif isinstance(focused, QLineEdit):
            focused.editingFinished.emit()
            focused.returnPressed.emit()
        else:
            main = self._window.shown_page().main
            if main is not None:
                main.click()
