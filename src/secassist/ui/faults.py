"""Failures, as strips: what happened, what still works, one way on."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from secassist import __version__
from secassist.base.errors import CouldNotFinish, SecassistError, UnusableInput
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.ui.pages.page import Page


def show_fault(page: Page, error: Exception) -> None:
    """Say on ``page`` that something failed, with no other way on than to go on."""
    tr = page.look.tr
    if isinstance(error, SecassistError):
        title, icon = _headline(page.look, error)
        page.tell(title, error.sentence, icon=icon)
    elif isinstance(error, OSError):
        why = error.strerror or type(error).__name__
        page.tell(tr("This did not work."), tr("The computer says: {why}.", why=why))
    else:
        strip, button = strip_for(page.look, error)
        button.activated.connect(lambda: copy_report(page, error))
        page.show_strip(strip)


def _headline(look: Look, error: SecassistError) -> tuple[str, str]:
    """What is said first of a failure that has words of its own, and the icon for it."""
    if isinstance(error, UnusableInput):
        return look.tr("We could not check this."), "mail"
    icon = "wifioff" if isinstance(error, CouldNotFinish) else "alert"
    return look.tr("This did not work."), icon


def copy_report(page: Page, error: Exception) -> None:
    """Copy what helps to mend a fault of ours."""
    QGuiApplication.clipboard().setText(fault_report(error))
    a11y.announce(page, page.look.tr("Copied"))


def strip_for(look: Look, error: Exception) -> tuple[Strip, Button]:
    """A strip that explains ``error``, and its button, whose meaning depends on the error.

    Input that cannot be judged leads to "Show me how", a fault outside to "Try again", and a
    fault of ours to "Copy report".
    """
    if isinstance(error, SecassistError):
        title, icon = _headline(look, error)
        button = (
            Button(look, look.tr("Show me how"), Kind.OUTLINED, "q")
            if isinstance(error, UnusableInput)
            else Button(look, look.tr("Try again"), Kind.OUTLINED, "refresh")
        )
        return Strip(look, title, error.sentence, icon=icon, buttons=(button,)), button
    button = Button(look, look.tr("Copy report"), Kind.OUTLINED, "copy")
    strip = Strip(
        look,
        look.tr("Something here went wrong. It was not you."),
        look.tr("Your things are safe. You can copy a report without private details."),
        buttons=(button,),
    )
    return strip, button


def fault_report(error: Exception) -> str:
    """What helps to mend a fault of ours: where it happened, never what was being read.

    The text of an unexpected error may quote a mail, so only its type is named.
    """
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"secassist {__version__}: {type(error).__name__}"]
    for frame in frames:
        place = frame.filename.replace("\\", "/").rpartition("secassist/")[2]
        lines.append(f"  {place}:{frame.lineno} {frame.name}")
    return "\n".join(lines)
