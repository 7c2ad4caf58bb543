"""Opening an address of our own list in the browser. Nothing else is ever opened."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from secassist.facts.organisations import Organisation
from secassist.mail.report import Action, Report


def open_site(report: Report | None, action: Action) -> bool:
    """Open the address of ``action``; False where it is not one of our own.

    The address must be the organisation's own of the report, over https: a second lock, should
    an address of a mail ever slip into an action.
    """
    if report is None or not action.url or action.url != report.site:
        return False
    return _open(action.url)


def open_page(organisation: Organisation | None, address: str | None) -> bool:
    """Open a page of the organisation; False where it is none of its own in our list."""
    if organisation is None or not address:
        return False
    own = {
        organisation.real_site,
        organisation.security_page,
        organisation.hacked_help,
        organisation.two_factor_page,
    }
    return address in own and _open(address)


def _open(wanted: str) -> bool:
    address = QUrl(wanted, QUrl.ParsingMode.StrictMode)
    if address.scheme() != "https" or not address.isValid() or address.userInfo():
        return False
    return QDesktopServices.openUrl(address)
