"""What the whole program wears: colours, type and direction of a look."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from secassist.base.garbage import unsearched
from secassist.ui.look import Look
from secassist.ui.ports import Settings
from secassist.ui.theme import Role, palette, style_sheet


def wear(look: Look) -> None:
    """Put the program into ``look``; what is painted already has to be made anew for it.

    Qt walks over a list of all widgets for each of these, and calls into Python from there. If
    Python began its search for cycles then and deleted one, Qt would go on to where it was.
    """
    application = QGuiApplication.instance()
    if not isinstance(application, QApplication):
        return
    direction = Qt.LayoutDirection.RightToLeft if look.rtl else Qt.LayoutDirection.LeftToRight
    with unsearched():
        application.setPalette(palette(look.theme))
        application.setFont(look.font(Role.BODY))
        application.setStyleSheet(style_sheet(look.theme))
        application.setLayoutDirection(direction)


def wish(settings: Settings) -> tuple[object, ...]:
    """What decides how the window looks: where it is another, another dress is wanted."""
    return settings.theme, settings.text_percent, settings.language
