"""Locking the codes by itself: nobody is there, the screen is locked, the computer sleeps.

What the desktop tells comes over D-Bus on Linux; where it tells nothing, a sleep still shows in
the clocks. The decision is made by ``store.autolock``.
"""

from __future__ import annotations

import sys
import time
from typing import Final

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from secassist.store.autolock import AutoLock, Rules

_LOOK_EVERY_MS: Final = 5_000
_USED: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_LOGIN: Final = "org.freedesktop.login1"
_SCREEN_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


class Locker(QObject):
    """Watches while the codes are open."""

    due = Signal()
    """Lock now."""

    def __init__(self, rules: Rules, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._auto = AutoLock(rules, monotonic=time.monotonic(), wall=time.time())
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if sys.platform == "linux":
            self._listen()

    def set_rules(self, rules: Rules) -> None:
        """The person chose otherwise."""
        self._auto = AutoLock(rules, monotonic=time.monotonic(), wall=time.time())

    def opened(self) -> None:
        """The codes were opened: watch from now on."""
        self._auto.opened(monotonic=time.monotonic(), wall=time.time())
        self._timer.start()
        # The system's window alone: what the person does comes by there, once, and little else.
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def closed(self) -> None:
        """They are closed: nothing to watch."""
        self._timer.stop()
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)

    def look(self) -> None:
        """Is it time?"""
        self._tell(self._auto.look(monotonic=time.monotonic(), wall=time.time()))

    @Slot(bool)
    def screen_locked(self, locked: bool) -> None:
        """The desktop says that the screen was locked, or unlocked."""
        if locked:
            self._tell(self._auto.screen_locked())

    @Slot()
    def session_locked(self) -> None:
        """The system says that the session was locked."""
        self._tell(self._auto.screen_locked())

    @Slot(bool)
    def going_to_sleep(self, sleeping: bool) -> None:
        """The system says that it goes to sleep, or woke up."""
        if sleeping:
            self._tell(self._auto.going_to_sleep())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USED:
            self._auto.used(monotonic=time.monotonic())
        return False

    def _tell(self, due: bool) -> None:
        if due and self._timer.isActive():
            self._timer.stop()
            self.due.emit()

    def _listen(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a build without it: the clocks and the idle time remain
            return

        def hear(bus: QDBusConnection, sender: tuple[str, str, str], name: str, slot: str) -> None:
            # SLOT gives a str, which is what this call takes; its stub says bytes.
            bus.connect(*sender, name, self, SLOT(slot))  # type: ignore[call-overload]

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            manager = (_LOGIN, "/org/freedesktop/login1", f"{_LOGIN}.Manager")
            hear(system, manager, "PrepareForSleep", "going_to_sleep(bool)")
            hear(system, (_LOGIN, "", f"{_LOGIN}.Session"), "Lock", "session_locked()")
        if session.isConnected():
            for name, path in _SCREEN_SAVERS:
                hear(session, (name, path, name), "ActiveChanged", "screen_locked(bool)")


def rules(minutes: int, with_screen: bool) -> Rules:
    """The rules of the person's settings; 0 minutes: never for want of use."""
    return Rules(
        idle_seconds=minutes * 60.0 if minutes else None,
        on_screen_lock=with_screen,
        on_sleep=with_screen,
    )
