"""The icon beside the clock, where the desktop has a place for it."""

from __future__ import annotations

from PySide6.QtWidgets import QSystemTrayIcon


def tray_is_there() -> bool:
    """Whether this desktop shows icons of programs beside its clock."""
    return QSystemTrayIcon.isSystemTrayAvailable()
