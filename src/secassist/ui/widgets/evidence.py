"""Why we think so: a plain sentence a finding, and the technical line behind it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from secassist.mail.findings import Weighs
from secassist.mail.report import Evidence
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.card import Dot
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.painting import painting

_ICON: Final = {Weighs.FOR: "check", Weighs.AGAINST: "x", Weighs.NEITHER: "dots"}
_TONE: Final = {Weighs.FOR: "good", Weighs.AGAINST: "bad", Weighs.NEITHER: "slate"}


class Sunken(QWidget):
    """Technical text on a sunken surface, a line a paragraph."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        self.label = Label(look, text, Role.SMALL, "text2", address=True)
        column.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)


class EvidenceLine(QWidget):
    """✓ for, ✕ against, … neither; said in words for those who cannot see it."""

    def __init__(self, look: Look, evidence: Evidence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        dot = Dot(look, _ICON[evidence.weighs], _TONE[evidence.weighs], 24)
        row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.setContentsMargins(0, look.px(2), 0, 0)
        title = Label(look, evidence.title, address=True)
        says = {
            Weighs.FOR: look.tr("For it: {sentence}", sentence=title.accessibleName()),
            Weighs.AGAINST: look.tr("Against it: {sentence}", sentence=title.accessibleName()),
            Weighs.NEITHER: look.tr("Neither: {sentence}", sentence=title.accessibleName()),
        }
        a11y.name(title, says[evidence.weighs])
        words.addWidget(title)
        self.technical = Sunken(look, evidence.detail) if evidence.detail else None
        if self.technical is not None:
            self.technical.hide()
            words.addWidget(self.technical)
        row.addLayout(words, 1)

    def show_technical(self, shown: bool) -> None:
        if self.technical is not None:
            self.technical.setVisible(shown)
