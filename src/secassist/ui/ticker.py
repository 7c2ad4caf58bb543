"""Something that goes on once a second, as long as a widget can be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_EVERY_MS: Final = 1_000


class Ticker(QObject):
    """Calls ``tick`` when ``watched`` is shown, and every second until it is hidden."""

    def __init__(self, watched: QWidget, tick: Callable[[], None]) -> None:
        super().__init__(watched)
        self._tick = tick
        self._timer = QTimer(self)
        self._timer.timeout.connect(tick)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._tick()
            self._timer.start(_EVERY_MS)
        elif event.type() is QEvent.Type.Hide:
            self._timer.stop()
        return False
