"""A short word in a coloured pill."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.label import Painted
from secassist.ui.widgets.painting import painting


class Chip(Painted):
    """One word or two; the row that it stands in gives it its meaning."""

    def __init__(self, look: Look, text: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._text, self._tone = look, text, tone
        self.setFont(look.font(Role.SMALL_STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        a11y.name(self, text)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 28, self._look.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._look.colour(f"{self._tone}_line"), 1))
        painter.setBrush(self._look.colour(f"{self._tone}_soft"))
        radius = (self.height() - 1) / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(self._look.colour(self._tone))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
