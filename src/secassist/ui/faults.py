"""Failures, as strips: what happened, what still works, one way on."""

from __future__ import annotations

import traceback

from secassist import __version__
from secassist.base.errors import CouldNotFinish, SecassistError, UnusableInput
from secassist.ui.look import Look
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.strip import Strip


def strip_for(look: Look, error: Exception) -> tuple[Strip, Button]:
    """A strip that explains ``error``, and its button, whose meaning depends on the error.

    Input that cannot be judged leads to "Show me how", a fault outside to "Try again", and a
    fault of ours to "Copy report".
    """
    if isinstance(error, UnusableInput):
        button = Button(look, look.tr("Show me how"), Kind.OUTLINED, "q")
        title = look.tr("We could not check this.")
        return Strip(look, title, error.sentence, icon="mail", buttons=(button,)), button
    if isinstance(error, SecassistError):
        button = Button(look, look.tr("Try again"), Kind.OUTLINED, "refresh")
        icon = "wifioff" if isinstance(error, CouldNotFinish) else "alert"
        title = look.tr("This did not work.")
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
