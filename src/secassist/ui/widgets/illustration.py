"""The pictures on the first pages of the places. They say nothing that words do not say."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.painting import painting

_MIDDLE: Final = (127, 75)
_THING: Final = 76  # pixels of the icon in the middle
_GLASS: Final = 22


class Illustration(QWidget):
    """Something on its way through a large disc to a small one."""

    def __init__(
        self,
        look: Look,
        icon: str = "",
        end: str = "search",
        scale: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        """``icon``: what is on its way; ``end``: the icon of the small disc."""
        super().__init__(parent)
        self._look = look
        self._icon, self._end = icon, end
        self._scale = scale
        self.setFixedSize(round(290 * scale), round(150 * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        if look.rtl:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.scale(self._scale, self._scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_soft"))
        painter.drawEllipse(QPointF(*_MIDDLE), 73, 73)
        dots = QPen(look.colour("accent"), 2.4, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        dots.setDashPattern([0.1, 2.6])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(dots)
        way = QPainterPath(QPointF(4, 124))
        way.cubicTo(QPointF(34, 150), QPointF(46, 96), QPointF(76, 88))
        painter.drawPath(way)
        way = QPainterPath(QPointF(184, 64))
        way.cubicTo(QPointF(206, 60), QPointF(222, 86), QPointF(250, 80))
        painter.drawPath(way)
        self._paint_thing(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(QPointF(268, 73), 19, 19)
        self._paint_icon(painter, self._end, QPointF(268, 73), _GLASS, "on_accent")

    def _paint_thing(self, painter: QPainter) -> None:
        """What is in the large disc."""
        self._paint_icon(painter, self._icon, QPointF(*_MIDDLE), _THING, "accent")

    def _paint_icon(
        self, painter: QPainter, name: str, middle: QPointF, size: int, colour: str
    ) -> None:
        pixmap = self._look.icon(name, size, colour, dpr=2 * self.devicePixelRatioF())
        painter.drawPixmap(middle - QPointF(size / 2, size / 2), pixmap)


class LetterIllustration(Illustration):
    """A letter on its way under a magnifying glass."""

    def _paint_thing(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(*_MIDDLE)
        painter.rotate(-7)
        painter.setPen(QPen(self._look.colour("accent"), 2.6))
        painter.setBrush(self._look.colour("surface"))
        painter.drawRoundedRect(QRectF(-53, -36, 106, 72), 8, 8)
        flap = QPainterPath(QPointF(-48, -31))
        flap.lineTo(0, 6)
        flap.lineTo(48, -31)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(flap)
        painter.restore()
