"""The watch over the open store: locked when nobody is there, kept out of pictures of the screen.

Made when a part first sees the store, because what the desktop tells comes over D-Bus.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from secassist.ui.capture import keep_out_of_captures
from secassist.ui.locking import Locker, rules
from secassist.ui.ports import Settings


class Guard(QObject):
    """Knows whether the store is open in this window."""

    due = Signal()
    """Lock now: nobody is there."""
    changed = Signal(bool)
    """The store was opened or closed here."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._open = False
        self.locker = Locker(rules(settings.lock_minutes, settings.lock_with_screen), window)
        self.locker.due.connect(self.due)

    @property
    def is_open(self) -> bool:
        """Whether the store was open when it was last looked at."""
        return self._open

    def see(self, is_open: bool) -> None:
        """A part looked at the store."""
        if is_open:
            self.locker.opened()
        else:
            self.locker.closed()
        keep_out_of_captures(self._window, is_open)
        if is_open is not self._open:
            self._open = is_open
            self.changed.emit(is_open)

    def show_settings(self, settings: Settings) -> None:
        """The settings were changed."""
        self.locker.set_rules(rules(settings.lock_minutes, settings.lock_with_screen))
