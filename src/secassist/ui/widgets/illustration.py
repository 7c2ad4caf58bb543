"""The picture on the first page."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.painting import painting


class Illustration(QWidget):
    """A letter on its way under a magnifying glass. It says nothing that words do not say."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(290, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        if look.rtl:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        accent = look.colour("accent")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_soft"))
        painter.drawEllipse(QPointF(127, 75), 73, 73)
        dots = QPen(accent, 2.4, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        dots.setDashPattern([0.1, 2.6])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(dots)
        way = QPainterPath(QPointF(4, 124))
        way.cubicTo(QPointF(34, 150), QPointF(46, 96), QPointF(76, 88))
        painter.drawPath(way)
        way = QPainterPath(QPointF(184, 64))
        way.cubicTo(QPointF(206, 60), QPointF(222, 86), QPointF(250, 80))
        painter.drawPath(way)
        painter.save()
        painter.translate(127, 75)
        painter.rotate(-7)
        painter.setPen(QPen(accent, 2.6))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(-53, -36, 106, 72), 8, 8)
        flap = QPainterPath(QPointF(-48, -31))
        flap.lineTo(0, 6)
        flap.lineTo(48, -31)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(flap)
        painter.restore()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(268, 73), 19, 19)
        painter.setPen(
            QPen(look.colour("on_accent"), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(266.5, 71.5), 7, 7)
        painter.drawLine(QPointF(272, 77), QPointF(276, 81))
