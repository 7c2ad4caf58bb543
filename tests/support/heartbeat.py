"""How long the window's thread was busy at a stretch."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS: Final = 5
HELD_UP: Final = 0.25
"""Seconds of work at a stretch that are out of all proportion, on a loaded machine, too.

The goal is 0.1; ``make heartbeat`` measures it."""


class Heartbeat:
    """Beats every 5 ms while the event loop turns.

    ``longest`` is the longest gap between two beats in seconds; ``longest_running`` leaves out the
    time in a gap for which this thread was ready but had no processor, where the system tells
    (Linux). ``busiest`` is the most time that this thread itself worked in one gap. The last two
    hardly grow when other programs load the machine.

    Used as a context manager around what may keep the window's thread busy::

        with Heartbeat() as heart:
            window.check_text(hostile)
            qtbot.waitUntil(...)
        assert heart.busiest < HELD_UP
    """

    def __init__(self, parent: QObject | None = None) -> None:
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last = self._last_work = self._last_queued = 0.0
        self.longest = self.longest_running = self.busiest = 0.0
        self.beats = 0

    def __enter__(self) -> Self:
        self._last, self._last_work = time.monotonic(), time.thread_time()
        self._last_queued = _queued()
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.stop()
        self._beat()  # a loop that stood still until the end counts too

    def _beat(self) -> None:
        now, work, queued = time.monotonic(), time.thread_time(), _queued()
        gap = now - self._last
        self.longest = max(self.longest, gap)
        self.longest_running = max(self.longest_running, gap - (queued - self._last_queued))
        self.busiest = max(self.busiest, work - self._last_work)
        self._last, self._last_work, self._last_queued = now, work, queued
        self.beats += 1


def _queued() -> float:
    """Seconds for which this thread has waited for a processor so far; 0 where nobody tells."""
    try:
        told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text("ascii")
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1e9
