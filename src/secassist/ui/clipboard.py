"""Copying secrets: marked as such for clipboard managers, and gone after half a minute.

The marks are those that clipboard managers look for; nothing forces them to.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

SECONDS: Final = 30
_MARKS: Final = {
    # Klipper and GNOME's managers
    "x-kde-passwordManagerHint": b"secret",
    # Windows: keep it out of the history and off other computers
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
    # macOS: nspasteboard.org
    "application/x-nspasteboard-concealed-type": b"1",
}


class SecretClipboard(QObject):
    """Holds one secret at a time; what the person copied since is never touched."""

    def __init__(self, parent: QObject | None = None, *, seconds: float = SECONDS) -> None:
        super().__init__(parent)
        self._copied = ""
        self._served: QMimeData | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.clear)
        app = QGuiApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.clear)

    def copy(self, secret: str) -> None:
        """Put ``secret`` there, for half a minute."""
        data = QMimeData()
        data.setText(secret)
        for name, value in _MARKS.items():
            data.setData(name, value)
        self._copied, self._served = secret, data
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.start()

    def clear(self) -> None:
        """Empty the clipboard if it still holds what was copied here."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        # On Wayland a window without the focus may not read it, but knows that it is the owner.
        if self._copied and (clipboard.ownsClipboard() or clipboard.text() == self._copied):
            # Others get from this object what they paste. A desktop that does not let a window in
            # the background clear the clipboard (Wayland) finds nothing in it any more.
            if self._served is not None and isValid(self._served):
                self._served.clear()
            clipboard.clear()
        self._copied, self._served = "", None
