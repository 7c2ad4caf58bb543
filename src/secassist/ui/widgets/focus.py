"""The ring around what has the keyboard: outside of the control, for the keyboard only."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.painting import painting

_WIDTH: Final = 2.4
_GAP: Final = 2
_OUTSET: Final = 5  # gap and width, rounded up
_KEYBOARD: Final = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
HOST: Final = "ringHost"
"""Property of the widgets that have room for a ring around what stands in them."""


class FocusRing(QWidget):
    """Drawn over the neighbours of the widget that it follows."""

    def __init__(self, target: QWidget, look: Look, radius: int) -> None:
        host = target.window()
        ancestor = target.parentWidget()
        while ancestor is not None and ancestor is not host:
            if ancestor.property(HOST):
                host = ancestor
            else:
                ancestor = ancestor.parentWidget()
        super().__init__(host)
        self._target = target
        self._look = look
        self._radius = radius
        self._host = host
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        watched: QWidget | None = target
        while watched is not None and watched is not host:
            watched.installEventFilter(self)
            watched = watched.parentWidget()
        self._place()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._look.colour("focus"), _WIDTH))
        inset = _WIDTH / 2
        radius = self._radius + _GAP + inset
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
        )

    def _place(self) -> None:
        corner = self._target.mapTo(self._host, QPoint(0, 0))
        place = QRect(corner, self._target.size())
        self.setGeometry(place.adjusted(-_OUTSET, -_OUTSET, _OUTSET, _OUTSET))
        self.raise_()


class Ring:
    """Shows and removes the ring of one widget; call it from the widget's focus events."""

    def __init__(self, widget: QWidget, look: Look, radius: int) -> None:
        self._widget = widget
        self._look = look
        self._radius = radius
        self._ring: FocusRing | None = None

    def focus_in(self, event: QFocusEvent) -> None:
        if event.reason() in _KEYBOARD and self._ring is None:
            self._ring = FocusRing(self._widget, self._look, self._radius)

    def focus_out(self) -> None:
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
            self._ring = None
