"""What everything that has the keyboard and that we paint ourselves has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.focus import Ring
from secassist.ui.widgets.painting import painting

if TYPE_CHECKING:
    _Button = QWidget
else:
    _Button = object  # the class that is dressed brings Qt's own, and there can be only one


class Ringed(_Button):
    """Dresses one of Qt's buttons: painted by ``_paint``, with a ring while it has the keyboard."""

    _look: Look
    _ring: Ring

    def dress(self, look: Look, radius: int) -> None:
        """``radius``: of the corners around which the ring goes, in pixels."""
        self._look = look
        self._ring = Ring(self, look, radius)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _paint(self, painter: QPainter) -> None:
        """Paint it as it is now."""
        raise NotImplementedError

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring.focus_in(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring.focus_out()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)


class Pressable(Ringed, QPushButton):
    """A button that knows whether the pointer is over it."""

    def __init__(self, look: Look, radius: int, parent: QWidget | None = None) -> None:
        """``radius``: of the corners around which the ring goes, in pixels."""
        super().__init__(parent)
        self.dress(look, radius)
        self._hover = False
        self.setAutoDefault(False)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        super().leaveEvent(event)
