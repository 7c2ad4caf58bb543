"""Keeping the window out of screen captures, where the system offers that: on Windows.

macOS no longer heeds its own switch, X11 has none, and on Wayland the desktop asks the person.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

from PySide6.QtWidgets import QWidget

_EXCLUDE: Final = 0x11  # WDA_EXCLUDEFROMCAPTURE
_NONE: Final = 0x00


def keep_out_of_captures(window: QWidget, out: bool) -> bool:
    """Leave ``window`` out of captures, or in; whether the system did so."""
    if sys.platform != "win32":
        return False
    wanted = _EXCLUDE if out else _NONE
    return bool(ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), wanted))
