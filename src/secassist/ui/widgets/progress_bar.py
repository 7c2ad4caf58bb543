"""How far a plan is: one piece of the bar for each step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.painting import painting

_GAP = 5
_LEAST = 3


class ProgressBar(QWidget):
    """Done, then the one that is open, then the rest. It has no name: words beside it say it.

    Where the theme has one tone for the first two, all but what is done is hollow.
    """

    def __init__(self, look: Look, done: int, steps: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._done, self._steps = done, max(steps, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, self._look.px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._look.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        gap = _GAP if self.width() > self._steps * (_GAP + _LEAST) else 1
        width = (self.width() - gap * (self._steps - 1)) / self._steps
        radius = min(self.height(), width) / 2
        flat = look.colour("accent_line") == look.colour("accent")
        for place in range(self._steps):
            now = place == self._done
            tone = "accent" if now or place < self._done else "line"
            hollow = flat and place >= self._done
            painter.setPen(look.colour(tone) if hollow else Qt.PenStyle.NoPen)
            fill = "accent_line" if now else tone
            painter.setBrush(look.colour("surface" if hollow else fill))
            left = place * (width + gap)
            if look.rtl:
                left = self.width() - left - width
            piece = QRectF(left, 0, width, self.height()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(piece, radius - 0.5, radius - 0.5)
