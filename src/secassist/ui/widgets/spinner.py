"""Something is going on: a turning arc, and the state of one step of a check."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.painting import painting

_FRAME_MS: Final = 50
_STEP: Final = 18  # degrees a frame


class Spinner(QWidget):
    """A turning arc; it stands still where less motion is wanted. Words beside it say the rest."""

    def __init__(self, look: Look, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._angle = 90
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._turn)
        self.setFixedSize(look.px(size), look.px(size))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._look.reduced_motion:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        width = max(self.width() * 0.11, 2.0)
        circle = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.setPen(QPen(self._look.colour("line"), width))
        painter.drawEllipse(circle)
        arc = QPen(self._look.colour("accent"), width)
        arc.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(arc)
        painter.drawArc(circle, self._angle * 16, -110 * 16)

    def _turn(self) -> None:
        self._angle = (self._angle - _STEP) % 360
        self.update()


class Bar(QWidget):
    """How much is done. A label beside it says it in words, so it has no name."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._part = 0.0
        self.setFixedHeight(look.px(8))

    def set_part(self, part: float) -> None:
        """``part`` from 0 to 1."""
        self._part = min(max(part, 0.0), 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(self._look.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        done = QRectF(0, 0, self.width() * self._part, self.height())
        if self._look.rtl:
            done.moveRight(self.width())
        if self._part:
            painter.setBrush(self._look.colour("accent"))
            painter.drawRoundedRect(done, radius, radius)
