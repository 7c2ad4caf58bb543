"""What the whole program wears: colours, type and direction of a look."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from secassist.ui.look import Look
from secassist.ui.ports import Settings
from secassist.ui.theme import Role, palette, style_sheet


def wear(look: Look) -> None:
    """Put the program into ``look``; what is painted already has to be made anew for it."""
    application = QGuiApplication.instance()
    if not isinstance(application, QApplication):
        return
    application.setPalette(palette(look.theme))
    application.setFont(look.font(Role.BODY))
    application.setStyleSheet(style_sheet(look.theme))
    application.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if look.rtl else Qt.LayoutDirection.LeftToRight
    )


def wish(settings: Settings) -> tuple[object, ...]:
    """What decides how the window looks: where it is another, another dress is wanted."""
    return settings.theme, settings.text_percent, settings.language
