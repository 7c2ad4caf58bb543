"""Is there a screen? Qt ends the process where there is none, so it has to be known before."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

UNUSABLE: Final = 2
_NO_SCREEN: Final = (
    "there is no screen here, so no window can open. Use “secassist check FILE” in the terminal."
)
_NO_WAY: Final = (
    "Qt finds no way to a screen, so no window can open. Use “secassist check FILE” in the"
    " terminal. If a part of the system is missing, “make run” names it."
)


def has_screen() -> bool:
    """Whether a window can be opened, as far as can be told without Qt."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform in {"win32", "darwin"}:
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY", "")
    if wayland and _listens(str(Path(os.environ.get("XDG_RUNTIME_DIR", ""), wayland))):
        return True
    display = os.environ.get("DISPLAY", "")
    return bool(display) and _answers(display)


def refuse(sentence: str = _NO_SCREEN) -> int:
    """Say in one line why no window opens; the exit code."""
    print(f"secassist: {sentence}", file=sys.stderr)
    return UNUSABLE


def start_qt() -> QApplication:
    """Qt's application. Where Qt finds no way to a screen, the process ends with our sentence.

    Qt reports that as fatal and aborts, with a dozen lines for developers; there is no other place
    to stop it.
    """
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    told: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str | None) -> None:
        if kind is QtMsgType.QtFatalMsg:
            refuse(_NO_WAY)
            sys.stderr.flush()
            os._exit(UNUSABLE)
        told.append(text or "")

    before = qInstallMessageHandler(hear)
    try:
        application = QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)
    for text in told:  # of a start that went well, they are worth reading
        print(text, file=sys.stderr)
    return application


def _answers(display: str) -> bool:
    """Whether something listens at a local X display such as ``:0``; remote ones are believed."""
    host, _, number = display.rpartition(":")
    if host not in {"", "unix"}:
        return True
    path = f"/tmp/.X11-unix/X{number.partition('.')[0]}"
    return _listens(path) or _listens("\0" + path)


def _listens(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(address)
        except (OSError, ValueError):  # nobody there; a name that no socket can have
            return False
    return True
