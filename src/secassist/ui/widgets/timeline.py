"""Messages an hour, with the flood marked and the mails that matter as pins. Time runs from left
to right, whatever way the language is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.label import Painted
from secassist.ui.widgets.painting import painting
from secassist.ui.widgets.timeline_shape import Box, Shape, shape

_HOURS: Final = (6, 12, 24, 48, 168, 336)  # between two labels below the line
_HEIGHT: Final = 150  # of the highest bar


@dataclass(frozen=True, slots=True)
class Hours:
    """What is drawn. All times are Unix time."""

    start: int
    """A full hour."""
    counts: Sequence[int]
    """Messages in each hour from then on."""
    flood: tuple[int, int]
    pins: Sequence[int]
    """When the mails that matter came, in the order of the list."""


class TimelineView(Painted):
    """The drawing; what it says is its accessible name."""

    def __init__(
        self, look: Look, hours: Hours, flood_words: str, name: str, parent: QWidget | None = None
    ) -> None:
        """``flood_words`` stand above the flood; ``name`` says the whole."""
        super().__init__(parent)
        self._look = look
        self._hours = hours
        self._flood_words = flood_words
        self._metrics = QFontMetrics(look.font(Role.SMALL))
        self._head = look.px(10)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._above() + _HEIGHT + self._below())
        a11y.name(self, name)

    def sizeHint(self) -> QSize:
        return QSize(600, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def shape_at(self, width: int) -> Shape:
        """Where everything stands when the drawing is that wide."""
        highest = shape(
            self._hours.start, self._hours.counts, self._hours.flood, (), Box(0, 0, width, 1), 1
        ).ticks[-1]
        left = self._metrics.horizontalAdvance(self._number(highest.count)) + 10
        area = Box(left, self._above(), max(width - left - 2, 20), _HEIGHT)
        hours = self._hours
        return shape(hours.start, hours.counts, hours.flood, hours.pins, area, self._head)

    def labels_at(self, made: Shape) -> list[tuple[float, str]]:
        """What stands below the line, and where its middle is."""
        for step in _HOURS:
            found = self._labels(made, step)
            if all(
                later - before > (self._width(one) + self._width(two)) / 2 + 8
                for (before, one), (later, two) in pairwise(found)
            ):
                return found
        return found[:1]

    def _labels(self, made: Shape, step: int) -> list[tuple[float, str]]:
        found = []
        day = datetime.fromtimestamp(made.start).replace(hour=0, minute=0, second=0, microsecond=0)
        for hour in range(0, (made.end - made.start) // 3_600 + 25, step):
            when = day + timedelta(hours=hour)  # by the clock on the wall
            time = when.timestamp()
            if made.start <= time <= made.end:
                weekday = self._look.locale.dayName(
                    when.isoweekday(), self._look.locale.FormatType.ShortFormat
                )
                if step > 24:
                    text = f"{weekday} {when.day}."
                else:
                    text = f"{weekday} 00:00" if when.hour == 0 else f"{when.hour:02}:00"
                found.append((made.x_of(time), text))
        return found

    def _above(self) -> int:
        return self._metrics.height() + 3 * self._head + 6

    def _below(self) -> int:
        return self._metrics.height() + 8

    def _number(self, count: int) -> str:
        return self._look.locale.toString(count)

    def _width(self, text: str) -> int:
        return self._metrics.horizontalAdvance(text)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            self._paint(painter, self.shape_at(self.width()))

    def _paint(self, painter: QPainter, made: Shape) -> None:
        look = self._look
        # With a line around it, for where the colours do not part it from the card.
        painter.setPen(QPen(look.colour("warn_line"), 1))
        painter.setBrush(look.colour("warn_soft"))
        painter.drawRoundedRect(_rect(made.flood), 6, 6)
        painter.setFont(look.font(Role.SMALL))
        for tick in made.ticks:
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QLineF(made.left, tick.y, made.left + made.width, tick.y))
            painter.setPen(look.colour("text2"))
            text = self._number(tick.count)
            painter.drawText(
                QPointF(made.left - 8 - self._width(text), tick.y + self._metrics.ascent() / 2 - 1),
                text,
            )
        painter.setPen(Qt.PenStyle.NoPen)
        for bar in made.bars:
            painter.setBrush(look.colour("warn_mark" if bar.flooded else "outline"))
            painter.drawRoundedRect(_rect(bar.box), 2, 2)
        self._paint_words(painter, made)
        self._paint_pins(painter, made)

    def _paint_words(self, painter: QPainter, made: Shape) -> None:
        look = self._look
        base = made.ticks[0].y + self._metrics.ascent() + 6
        painter.setPen(look.colour("text2"))
        for middle, text in self.labels_at(made):
            half = self._width(text) / 2
            x = min(max(middle - half, 0.0), self.width() - 2 * half)
            painter.drawText(QPointF(x, base), text)
        painter.setFont(look.font(Role.SMALL_STRONG))
        painter.setPen(look.colour("warn"))
        wide = painter.fontMetrics().horizontalAdvance(self._flood_words)
        x = made.flood.x + made.flood.width / 2 - wide / 2
        x = min(max(x, 0.0), max(0.0, self.width() - wide))
        painter.drawText(QPointF(x, self._metrics.ascent()), self._flood_words)

    def _paint_pins(self, painter: QPainter, made: Shape) -> None:
        look, head = self._look, self._head
        painter.setFont(look.font(Role.SMALL_STRONG))
        for pin in made.pins:
            tone = look.colour("bad" if pin.flooded else "info")
            painter.setPen(QPen(tone, 1.6))
            painter.drawLine(QLineF(pin.x, pin.y + head, pin.x, pin.foot))
        for pin in made.pins:
            painter.setPen(QPen(look.colour("surface"), 2))
            painter.setBrush(look.colour("bad" if pin.flooded else "info"))
            painter.drawEllipse(QPointF(pin.x, pin.y), head, head)
            painter.setPen(look.colour("on_tone"))
            area = QRectF(pin.x - head, pin.y - head, 2 * head, 2 * head)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(pin.number))


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
