"""The icon beside the clock, where the desktop has a place for it: its menu, and its notes.

A note names no site and no person, for others may see the screen. It makes no sound, and leads to
the page that it speaks of.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from secassist.ui.look import Look
from secassist.ui.part import Errand

_SIZE: Final = 64
_SHOWN_MS: Final = 15_000


def tray_is_there() -> bool:
    """Whether this desktop shows icons of programs beside its clock."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The icon, while the program runs."""

    check_copied = Signal()
    """Check the e-mail that was copied."""
    look_for_leaks = Signal()
    lock_wanted = Signal()
    open_wanted = Signal()
    quit_wanted = Signal()
    note_clicked = Signal(object)
    """The note that is shown was clicked; what it led to (Errand)."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._about: Errand | None = None
        self.menu = QMenu()
        self.icon = QSystemTrayIcon(self)
        self.icon.setToolTip("secassist")
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self._clicked)
        self._lock_is_shown = False
        self.show_in(look)

    def show_in(self, look: Look) -> None:
        """Put the menu into the words, and all icons into the colours, that are used now."""
        tr = look.tr
        self.menu.clear()
        self.icon.setIcon(QIcon(look.icon("logo", _SIZE, "accent")))
        entries = (
            (tr("Check the e-mail I copied"), "mailcheck", self.check_copied),
            None,
            (tr("Check passwords now"), "refresh", self.look_for_leaks),
            None,
            (tr("Open secassist"), "home", self.open_wanted),
            (tr("Lock"), "lock", self.lock_wanted),
            (tr("Quit"), "x", self.quit_wanted),
        )
        for entry in entries:
            if entry is None:
                self.menu.addSeparator()
                continue
            words, icon, signal = entry
            action = self.menu.addAction(QIcon(look.icon(icon, 24, "text2")), words)
            action.triggered.connect(signal)
            if signal is self.lock_wanted:
                action.setVisible(self._lock_is_shown)
                self.lock = action

    def show_lock(self, shown: bool) -> None:
        """Whether there is something to lock."""
        self._lock_is_shown = shown
        self.lock.setVisible(shown)

    def tell(self, headline: str, sentence: str, about: Errand) -> None:
        """Show a note; it leads to ``about``."""
        self._about = about
        self.icon.showMessage(headline, sentence, self.icon.icon(), _SHOWN_MS)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_wanted.emit()

    def _clicked(self) -> None:
        if self._about is not None:
            self.note_clicked.emit(self._about)
