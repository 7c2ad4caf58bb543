"""Keys that hold everywhere in the window: shortcuts, what Enter presses, what Alt shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from secassist.ui.pages.page import Page
from secassist.ui.widgets.button import Button


def bind(window: QWidget, acts: Mapping[str, Callable[[], None]]) -> None:
    """Have each key or chord, e.g. ``Ctrl+O``, do its act wherever the keyboard is."""
    for keys, act in acts.items():
        QShortcut(QKeySequence(keys), window).activated.connect(act)


def press_enter(page: Page) -> None:
    """Enter presses the button that has the keyboard, else the filled one of the page."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractButton):
        focused.click()
    elif isinstance(focused, QComboBox):
        focused.showPopup()
    elif isinstance(focused, QLineEdit):
        focused.editingFinished.emit()
        focused.returnPressed.emit()
    else:
        page.press_main()


class Letters:
    """The underlined letters of the buttons, shown while Alt is held down."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._shown = False

    def pressed(self, key: int) -> None:
        """A key went down."""
        if key == Qt.Key.Key_Alt and not self._shown:
            self._show(True)

    def released(self, key: int) -> None:
        """A key went up."""
        if key == Qt.Key.Key_Alt:
            self._show(False)

    def left(self) -> None:
        """Another window has the keyboard: its keys going up are not seen here."""
        self._show(False)

    def _show(self, shown: bool) -> None:
        self._shown = shown
        for button in self._window.findChildren(Button):
            button.show_letter(shown)
