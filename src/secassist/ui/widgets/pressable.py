"""What everything that can be pressed and that we paint ourselves has in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.focus import Ring
from secassist.ui.widgets.painting import painting


class Pressable(QPushButton):
    """Knows whether the pointer is over it, and wears the ring while it has the keyboard."""

    def __init__(self, look: Look, radius: int, parent: QWidget | None = None) -> None:
        """``radius``: of the corners around which the ring goes, in pixels."""
        super().__init__(parent)
        self._look = look
        self._hover = False
        self._ring = Ring(self, look, radius)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def _paint(self, painter: QPainter) -> None:
        """Paint it as it is now."""
        raise NotImplementedError

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring.focus_in(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring.focus_out()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)
