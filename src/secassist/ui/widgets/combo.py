"""A list that drops down, in our own dress."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.plain import showable
from secassist.ui.theme import Role
from secassist.ui.widgets.painting import painting


class Combo(QComboBox):
    """One choice out of many. The mouse wheel scrolls the page, not the choice."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        name: str,
        options: Sequence[tuple[str, str]],
        current: str,
        parent: QWidget | None = None,
    ) -> None:
        """``options`` are pairs of a value and the words for it."""
        super().__init__(parent)
        self._look = look
        self.setFont(look.font(Role.BODY))
        for value, words in options:
            self.addItem(showable(words), value)
        self.setCurrentIndex(max(self.findData(current), 0))
        self.setMinimumWidth(look.px(200))
        self.setMaxVisibleItems(12)
        a11y.name(self, name)
        self.activated.connect(lambda index: self.chosen.emit(str(self.itemData(index))))

    def value(self) -> str:
        return str(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        size = self._look.px(20)
        left = 12 if self._look.rtl else self.width() - size - 12
        pixmap = self._look.icon("down", size, "text2", dpr=self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - size) // 2, pixmap)
