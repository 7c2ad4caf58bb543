"""Opening an address of our own list in the browser. Nothing else is ever opened."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from secassist.mail.report import Action, Report


def open_site(report: Report | None, action: Action) -> bool:
    """Open the address of ``action``; False where it is not one of our own.

    The address must be the organisation's own of the report, over https: a second lock, should
    an address of a mail ever slip into an action.
    """
    if report is None or not action.url or action.url != report.site:
        return False
    address = QUrl(action.url, QUrl.ParsingMode.StrictMode)
    if address.scheme() != "https" or not address.isValid() or address.userInfo():
        return False
    return QDesktopServices.openUrl(address)
