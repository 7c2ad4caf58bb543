"""One line over time: how much there is to fix. Everything in it can be read as a table, too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.label import Painted
from secassist.ui.widgets.painting import painting

_HEIGHT: Final = 150  # pixels at 100 %
_GRID: Final = 2  # parts of the height, between lines


@dataclass(frozen=True, slots=True)
class Point:
    """One value and what it is called under the line."""

    label: str
    value: int


def top_of(values: Sequence[int]) -> int:
    """The value of the highest line of the grid: a round number, and an even one."""
    highest = max(values, default=0)
    step: int = 10 ** max(len(str(highest)) - 1, 0)
    for factor in (1, 2, 4, 5, 10):
        if highest <= factor * step:
            return max(factor * step + factor * step % 2, 2)
    return 10 * step


def placed(values: Sequence[int], top: int, area: QRectF) -> tuple[QPointF, ...]:
    """Where the points stand: the first at the left edge, the last at the right one."""
    count = max(len(values) - 1, 1)
    return tuple(
        QPointF(
            area.left() + area.width() * place / count,
            area.bottom() - area.height() * value / top,
        )
        for place, value in enumerate(values)
    )


class Chart(Painted):
    """The line, with three lines of a grid; the last point is filled. Time runs to the right."""

    def __init__(
        self, look: Look, points: Sequence[Point], spoken: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._points = tuple(points)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        a11y.name(self, spoken)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(260), self._look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(look.font(Role.SMALL))
        metrics = painter.fontMetrics()
        values = [point.value for point in self._points]
        top = top_of(values)
        numbers = [look.locale.toString(top * part // _GRID) for part in range(_GRID + 1)]
        left = max(map(metrics.horizontalAdvance, numbers)) + 14
        line = metrics.height()
        area = QRectF(left + 8, line / 2 + 4, 1, 1)
        area.setRight(self.width() - 8)
        area.setBottom(self.height() - line - 10)
        self._paint_grid(painter, area, numbers, left)
        spots = placed(values, top, area)
        self._paint_line(painter, spots, area)
        self._paint_labels(painter, spots, area)

    def _paint_grid(
        self, painter: QPainter, area: QRectF, numbers: Sequence[str], left: int
    ) -> None:
        height = painter.fontMetrics().height()
        for part, number in enumerate(numbers):
            y = area.bottom() - area.height() * part / (len(numbers) - 1)
            painter.setPen(QPen(self._look.colour("line"), 1))
            painter.drawLine(QPointF(left, y), QPointF(self.width(), y))
            painter.setPen(self._look.colour("text2"))
            words = QRectF(0, y - height / 2, left - 10, height)
            painter.drawText(
                words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number
            )

    def _paint_line(self, painter: QPainter, spots: Sequence[QPointF], area: QRectF) -> None:
        look = self._look
        below = [QPointF(spots[-1].x(), area.bottom()), QPointF(spots[0].x(), area.bottom())]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_soft"))
        painter.drawPolygon(QPolygonF([*spots, *below]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("accent"), 2.2))
        painter.drawPolyline(QPolygonF(list(spots)))
        for spot in spots[:-1]:
            painter.setPen(QPen(look.colour("accent"), 1.6))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(spot, 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(spots[-1], 5.5, 5.5)

    def _paint_labels(self, painter: QPainter, spots: Sequence[QPointF], area: QRectF) -> None:
        """The first, the last, and the one in the middle where there is room for it."""
        painter.setPen(self._look.colour("text2"))
        metrics = painter.fontMetrics()
        last = len(spots) - 1
        taken_from = math.inf
        taken_to = -math.inf
        for place in dict.fromkeys((0, last, last // 2)):
            label = self._points[place].label
            width = metrics.horizontalAdvance(label)
            x = min(max(spots[place].x() - width / 2, 0), self.width() - width)
            if place not in (0, last) and (x < taken_to + 12 or x + width > taken_from - 12):
                continue
            if place == last and x < taken_to + 12:
                continue
            if place == 0:
                taken_to = x + width
            elif place == last:
                taken_from = x
            painter.drawText(
                QRectF(x, area.bottom() + 8, width + 2, metrics.height()),
                Qt.AlignmentFlag.AlignLeft,
                label,
            )
