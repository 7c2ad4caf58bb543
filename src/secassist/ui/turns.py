"""Work in several turns of the event loop, so that what waits between them is not held up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

_SOON: Final = 5
"""Milliseconds. With 0 Qt would post the call, and go on with it before it paints or listens."""


def in_next_turn(receiver: QObject, call: Callable[[], None]) -> None:
    """Call ``call`` once all that waits now was done; never if ``receiver`` is gone by then."""
    QTimer.singleShot(_SOON, receiver, call)
