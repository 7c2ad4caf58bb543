"""A row that goes on in the next line where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.button import Button


class FlowRow(QWidget):
    """Buttons (or other parts) side by side; ``last`` stands at the far end of its line."""

    def __init__(self, look: Look, gap: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._gap = gap
        self._items: list[QWidget] = []
        self._last: QWidget | None = None
        self._stacked = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add(self, widget: QWidget, *, at_end: bool = False) -> None:
        widget.setParent(self)
        self._items.append(widget)
        if at_end:
            self._last = widget
        self.refresh()

    def buttons(self) -> list[Button]:
        return [item for item in self._items if isinstance(item, Button)]

    def set_stacked(self, stacked: bool) -> None:
        """One part a line, however much room there is."""
        self._stacked = stacked
        self.refresh()

    def refresh(self) -> None:
        """Place the parts anew, after one was shown, hidden or renamed."""
        self._place(self.width())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(self._size(item, 0).width() for item in shown) + self._gap * (len(shown) - 1)
        return QSize(max(width, 0), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place(event.size().width())

    def _shown(self) -> list[QWidget]:
        return [item for item in self._items if not item.isHidden()]

    def _place(self, width: int) -> None:
        y = 0
        for line in self._lines(width):
            height = max(size.height() for _, size in line)
            x = 0
            for item, size in line:
                left = x
                if item is self._last and x:
                    left = max(x, width - size.width())
                item.resize(size)
                mirrored = width - left - size.width() if self._look.rtl else left
                item.move(mirrored, y + (height - size.height()) // 2)
                x = left + size.width() + self._gap
            y += height + self._gap
        self.setFixedHeight(max(y - self._gap, 0))

    def _lines(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        lines: list[list[tuple[QWidget, QSize]]] = []
        x = 0
        for item in self._shown():
            size = self._size(item, width)
            if not lines or self._stacked or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self._gap
        return lines

    @staticmethod
    def _size(item: QWidget, width: int) -> QSize:
        hint = item.sizeHint().expandedTo(item.minimumSize())
        if hint.width() <= width or width <= 0:
            return hint
        height = item.height_at(width) if isinstance(item, Button) else hint.height()
        return QSize(width, height)
