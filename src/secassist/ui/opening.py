"""Opening an address of our own list in the browser. Nothing else is ever opened."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from secassist.facts.organisations import Organisation
from secassist.facts.password_managers import PasswordManager, password_managers
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


def open_to_change(site: str) -> bool:
    """Open the page for a new password at the host ``site``; False where we know none.

    The address is made here, of the list of our own or by the standard, whatever an exported list
    says besides the name of the host.
    """
    from secassist.usecases.fixing import change_address  # with the pages of passwords only

    address = change_address(site).url
    return bool(address) and _open(address)


def open_manager(manager: PasswordManager) -> bool:
    """Open the maker's own page about a password manager of our list."""
    return manager in password_managers() and _open(manager.page)


def _open(wanted: str) -> bool:
    address = QUrl(wanted, QUrl.ParsingMode.StrictMode)
    if address.scheme() != "https" or not address.isValid() or address.userInfo():
        return False
    return QDesktopServices.openUrl(address)
