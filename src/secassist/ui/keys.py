"""Keys that hold everywhere in the window: shortcuts, what Enter presses, what Alt shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from secassist.ui.pages.page import Page
from secassist.ui.pages.stack import PageStack
from secassist.ui.places import PAGES
from secassist.ui.widgets.button import Button

if TYPE_CHECKING:
    from secassist.ui.window import Window


def acts(window: Window) -> dict[str, Callable[[], None]]:
    """What each key does in the window; places by their order in the navigation."""

    def in_stack(act: Callable[[PageStack], None]) -> None:
        shown = window.shown()
        if isinstance(shown, PageStack):
            act(shown)

    by_number = {f"Ctrl+{number}": partial(window.go, name) for number, name in enumerate(PAGES, 1)}
    return {
        **by_number,
        "Ctrl+V": window.paste,
        "Ctrl+O": window.choose_file,
        "Ctrl+,": lambda: window.go("settings"),
        "Esc": window.go_back,
        "Ctrl+L": window.lock,
        "Ctrl+F": lambda: in_stack(lambda stack: stack.go_to_search()),
        "Ctrl+C": lambda: in_stack(lambda stack: stack.copy_selected()),
        "F1": window.show_how_to,
        "F6": window.go_to_next_pane,
        "Return": lambda: press_enter(window.shown_page()),
        "Enter": lambda: press_enter(window.shown_page()),
    }


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
