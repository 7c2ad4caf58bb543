"""Names joined by lines: a solid one for the same, a dotted one for nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.plain import showable
from secassist.ui.theme import Role
from secassist.ui.widgets.label import Painted
from secassist.ui.widgets.painting import painting

_GAP: Final = 30  # pixels from one chip to the next: room for the line
_BETWEEN_LINES: Final = 10


@dataclass(frozen=True, slots=True)
class Joined:
    """One name, and how it is joined to the one before it."""

    name: str
    solid: bool = True
    plain: bool = False
    """No account of its own: "12 more"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a chip stands. ``x`` counts from the side where a line of text starts."""

    x: int
    line: int
    width: int


def arranged(widths: Sequence[int], room: int, gap: int = _GAP) -> tuple[Spot, ...]:
    """Chips of these widths side by side, in the next line where one does not fit."""
    spots: list[Spot] = []
    x = line = 0
    for width in widths:
        narrow = min(width, room)
        if x and x + narrow > room:
            x, line = 0, line + 1
        spots.append(Spot(x, line, narrow))
        x += narrow + gap
    return tuple(spots)


class Chips(Painted):
    """Linked chips. Its name says the same in a sentence."""

    def __init__(
        self, look: Look, joined: Sequence[Joined], spoken: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._joined = [Joined(showable(one.name), one.solid, one.plain) for one in joined]
        self._spots: tuple[Spot, ...] = ()
        self.setFont(look.font(Role.SMALL_STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        a11y.name(self, spoken)
        self._arrange(300)

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange(event.size().width())

    def _arrange(self, room: int) -> None:
        self._spots = arranged([self._width(one) for one in self._joined], max(room, 1))
        lines = self._spots[-1].line + 1 if self._spots else 0
        height = lines * (self._height() + _BETWEEN_LINES) - _BETWEEN_LINES
        self.setFixedHeight(max(height, 0))

    def _height(self) -> int:
        return self._look.px(32)

    def _tile(self) -> int:
        return self._look.px(20)

    def _width(self, one: Joined) -> int:
        tile = 0 if one.plain else self._tile() + 6
        return self.fontMetrics().horizontalAdvance(one.name) + tile + 24

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        if self._look.rtl:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for place, (one, spot) in enumerate(zip(self._joined, self._spots, strict=True)):
            if place:
                self._paint_line(painter, self._spots[place - 1], spot, solid=one.solid)
        for one, spot in zip(self._joined, self._spots, strict=True):
            self._paint_chip(painter, one, spot)

    def _middle(self, spot: Spot) -> float:
        return spot.line * (self._height() + _BETWEEN_LINES) + self._height() / 2

    def _paint_line(self, painter: QPainter, before: Spot, after: Spot, *, solid: bool) -> None:
        pen = QPen(self._look.colour("warn"), 2.4)
        if not solid:
            pen = QPen(self._look.colour("warn"), 2.4, Qt.PenStyle.CustomDashLine)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setDashPattern([0.1, 2.4])
        painter.setPen(pen)
        start = QPointF(before.x + before.width + 2, self._middle(before))
        if before.line == after.line:
            painter.drawLine(start, QPointF(after.x - 2, self._middle(after)))
        else:  # it goes on in the next line
            painter.drawLine(start, start + QPointF(_GAP / 2, 0))

    def _paint_chip(self, painter: QPainter, one: Joined, spot: Spot) -> None:
        look, height = self._look, self._height()
        area = QRectF(spot.x, self._middle(spot) - height / 2, spot.width, height)
        painter.setPen(QPen(look.colour("warn_line"), 1))
        painter.setBrush(look.colour("warn_soft"))
        radius = (height - 1) / 2
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.save()
        if look.rtl:  # words are not to be mirrored with the rest
            painter.translate(2 * area.center().x(), 0)
            painter.scale(-1, 1)
        painter.setPen(look.colour("text"))
        painter.setFont(self.font())
        words = area.adjusted(12, 0, -12, 0)
        if not one.plain:
            side = words.right() - self._tile() if look.rtl else words.left()
            self._paint_tile(painter, one.name, QRectF(side, area.center().y() - self._tile() / 2,
                                                       self._tile(), self._tile()))  # fmt: skip
            room = self._tile() + 6
            words.adjust(0 if look.rtl else room, 0, -room if look.rtl else 0, 0)
        shown = self.fontMetrics().elidedText(
            one.name, Qt.TextElideMode.ElideRight, round(words.width()) + 1
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()

    def _paint_tile(self, painter: QPainter, name: str, area: QRectF) -> None:
        letters = [character for character in name if character.isalnum()]
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("surface"))
        painter.drawRoundedRect(area, 5, 5)
        font = self._look.font(Role.SMALL_STRONG)
        font.setPointSizeF(font.pointSizeF() * 0.75)
        painter.setFont(font)
        painter.setPen(self._look.colour("warn"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letters[0].upper() if letters else "?")
        painter.restore()
