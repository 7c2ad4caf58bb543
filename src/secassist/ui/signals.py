"""Ctrl+C in the terminal, and the end of the session, close the window as its own button does.

Python runs its signal handlers only between two steps of Python, and Qt's loop may wait for long
without one. So the number of each signal is written into a pair of sockets that wakes Qt's loop.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from PySide6.QtCore import QCoreApplication, QSocketNotifier

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def closing_on_signals(application: QCoreApplication) -> Iterator[None]:
    """While this holds, both signals end the application's loop. Only for the main thread."""

    def end(_: int, __: FrameType | None) -> None:
        application.exit(0)

    inner, outer = socket.socketpair()
    inner.setblocking(False)
    outer.setblocking(False)
    notifier = QSocketNotifier(inner.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: inner.recv(64))
    previous = {number: signal.signal(number, end) for number in _SIGNALS}
    wake = signal.set_wakeup_fd(outer.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wake)
        for number, handler in previous.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        inner.close()
        outer.close()
