"""Switches and segments: a check box and radio buttons in our own dress."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.painting import painting
from secassist.ui.widgets.pressable import Ringed


class Switch(Ringed, QCheckBox):
    """On or off; shows a tick when on, so colour is not needed."""

    def __init__(self, look: Look, name: str, on: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dress(look, look.px(13))
        self.setChecked(on)
        self.setFixedSize(look.px(46), look.px(32))
        a11y.name(self, name)

    def sizeHint(self) -> QSize:
        return self.size()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        height = look.px(26)
        track = QRectF(0, (self.height() - height) / 2, self.width(), height).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        painter.setPen(QPen(look.colour("accent" if on else "outline"), 1.6))
        painter.setBrush(look.colour("accent" if on else "surface"))
        painter.drawRoundedRect(track, height / 2 - 1, height / 2 - 1)
        knob = look.px(18)
        right = on != look.rtl
        left = self.width() - knob - look.px(5) if right else look.px(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("on_accent" if on else "outline"))
        painter.drawEllipse(QRectF(left, (self.height() - knob) / 2, knob, knob))
        if on:
            size = look.px(14)
            start = look.px(6) if right else self.width() - look.px(6) - size
            painter.drawPixmap(
                start,
                (self.height() - size) // 2,
                look.icon("check", size, "on_accent", dpr=self.devicePixelRatioF()),
            )


class Segment(Ringed, QRadioButton):
    """One of a few choices that stand side by side."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dress(look, 8)
        self.setText(text.replace("&", "&&"))
        self.setFont(look.font(Role.SMALL_STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width + 28, self._look.px(34))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        if self.isChecked():
            painter.setPen(QPen(look.colour("outline"), 1))
            painter.setBrush(look.colour("surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(self.font())
        painter.setPen(look.colour("text" if self.isChecked() else "text2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text().replace("&&", "&"))


class Segments(FlowRow):
    """A row of segments, one of them chosen. Arrow keys go through them."""

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
        super().__init__(look, 2, parent)
        self._group = QButtonGroup(self)
        for value, words in options:
            segment = Segment(look, words)
            segment.setChecked(value == current)
            a11y.name(segment, f"{name}: {words}")
            segment.clicked.connect(lambda _=False, v=value: self.chosen.emit(v))
            self._group.addButton(segment)
            self.add(segment)
        a11y.name(self, name)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
