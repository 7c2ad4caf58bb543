"""Python's search for cycles, in the window's thread only.

Left to itself it begins in whatever thread makes the next object, and deletes what it finds there:
a part of the window that is deleted in the thread of the jobs, while Qt is at work on it, ends the
program. So while there is another thread, a timer of the window's thread searches instead.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 500
_FULL_AFTER: Final = 120
"""Only each so many searches may look at everything, which takes longest: once a minute."""


class Cycles(QObject):
    """Searches from ``start`` to ``stop``, in the thread in which it was made."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.search)
        self._was_on = False
        self._searches = 0

    def start(self) -> None:
        """From now on nobody else searches."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Python searches by itself again."""
        self._timer.stop()
        if self._was_on:
            gc.enable()

    def search(self) -> None:
        """Search the generations whose time it is by Python's own thresholds, the oldest first."""
        self._searches += 1
        young, middle, old = (
            count > threshold > 0
            for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if old and self._searches >= _FULL_AFTER:
            self._searches = 0
            gc.collect()
        elif middle:
            gc.collect(1)
        elif young:
            gc.collect(0)
