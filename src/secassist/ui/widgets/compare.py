"""Two addresses, one above the other, with the characters that differ boxed and named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextLayout, QTextLine
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from secassist.mail.report import Compare
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.plain import showable
from secassist.ui.theme import LARGE_TEXT, Role
from secassist.ui.widgets.label import Label, Painted
from secassist.ui.widgets.painting import painting

_MOST_SHOWN = 80


class BoxedText(Painted):
    """One address whose characters at ``odd`` stand in boxes. Long ones are cut at the end."""

    def __init__(
        self, look: Look, text: str, odd: tuple[int, ...], tone: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._text = showable(text)[:_MOST_SHOWN]
        self._odd = tuple(position for position in odd if 0 <= position < len(self._text))
        self._tone = tone
        self.setFont(look.font(Role.TITLE, address=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        a11y.name(self, text)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 8, metrics.height() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        layout = QTextLayout(self._text, self.font())
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1_000_000)
        layout.endLayout()
        width = line.naturalTextWidth()
        # It shrinks rather than lose its end, where a look-alike likes to hide.
        scale = min(1.0, (self.width() - 6) / width) if width else 1.0
        left = self.width() - width * scale - 3 if self._look.rtl else 3.0
        painter.translate(left, 5 + self.fontMetrics().height() * (1 - scale) / 2)
        painter.scale(scale, scale)
        painter.setPen(QPen(self._look.colour(self._tone), 1.6))
        painter.setBrush(self._look.colour(f"{self._tone}_soft"))
        for first, last in runs(self._odd):
            start, end = _x(line, first), _x(line, last + 1)
            box = QRectF(min(start, end) - 1.5, -3, abs(end - start) + 3, line.height() + 6)
            painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self._look.colour("text"))
        layout.draw(painter, QPointF(0, 0))
        painter.setPen(self._look.colour(self._tone))
        for position in self._odd:
            painter.save()
            start, end = _x(line, position), _x(line, position + 1)
            painter.setClipRect(QRectF(min(start, end), -3, abs(end - start), line.height() + 6))
            layout.draw(painter, QPointF(0, 0))
            painter.restore()


def runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours in ``positions``."""
    found: list[tuple[int, int]] = []
    for position in sorted(set(positions)):
        if found and found[-1][1] == position - 1:
            found[-1] = (found[-1][0], position)
        else:
            found.append((position, position))
    return found


def _x(line: QTextLine, position: int) -> float:
    # PySide answers with the position that it used beside the coordinate.
    answer: object = line.cursorToX(position)
    return float(answer[0]) if isinstance(answer, tuple) else line.naturalTextWidth()


class AddressCompare(QWidget):
    """What stands in the mail and what is real, one above the other."""

    def __init__(self, look: Look, compare: Compare, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        rows = (
            (look.tr("In this mail"), compare.given, compare.odd_in_given, "bad"),
            (look.tr("The real one"), compare.real, compare.odd_in_real, "good"),
        )
        for row, (words, address, odd, tone) in enumerate(rows):
            caption = Label(look, words, Role.SMALL, "text2", wrap=False)
            boxed = BoxedText(look, address, odd, tone)
            if look.theme.scale < LARGE_TEXT:
                grid.addWidget(caption, row, 0)
                grid.addWidget(boxed, row, 1)
            else:
                grid.addWidget(caption, 2 * row, 0, 1, 2)
                grid.addWidget(boxed, 2 * row + 1, 0, 1, 2)
        column.addLayout(grid)
        if compare.note:
            column.addWidget(Label(look, compare.note, Role.SMALL, "bad", address=True))
        if compare.ascii_form:
            written = look.tr("Written in plain letters: {name}", name=compare.ascii_form)
            column.addWidget(Label(look, written, Role.SMALL, "text2", address=True))
