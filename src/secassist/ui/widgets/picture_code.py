"""A picture code on the screen, for another device to look at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.widgets.label import Painted
from secassist.ui.widgets.painting import painting

_QUIET: Final = 4  # modules of white around a picture code
_SIDE: Final = 260


class PictureCode(Painted):
    """A picture code, black on white in every dress."""

    def __init__(
        self,
        modules: tuple[tuple[bool, ...], ...],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._modules = modules
        across = len(modules) + 2 * _QUIET
        self._size = max(_SIDE // across, 3)
        self.setFixedSize(self._size * across, self._size * across)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        a11y.name(self, name)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        size = self._size
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    left, top = (x + _QUIET) * size, (y + _QUIET) * size
                    painter.fillRect(left, top, size, size, Qt.GlobalColor.black)
