"""Shows a desktop notification without a window: by D-Bus, or the system's own programs."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from secassist.base.errors import CouldNotFinish

_LIMIT: Final = 5.0
"""Seconds."""
_NAME: Final = "Secassist"
_DESKTOP_ENTRY: Final = "org.secassist.Secassist"
_NO_NOTE: Final = "No notification could be shown ({why})."
# The texts come as arguments, never as a part of the script.
_APPLE: Final = (
    "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run"
)
_WINDOWS: Final = """
$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications,
  ContentType = WindowsRuntime]
$page = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent(
  [Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$texts = $page.GetElementsByTagName("text")
$null = $texts.Item(0).AppendChild($page.CreateTextNode($env:SECASSIST_HEADLINE))
$null = $texts.Item(1).AppendChild($page.CreateTextNode($env:SECASSIST_SENTENCE))
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier("Secassist").Show(
  [Windows.UI.Notifications.ToastNotification]::new($page))
"""


def notify(headline: str, sentence: str) -> None:
    """Show it. Raises CouldNotFinish where there is nothing that would."""
    if sys.platform == "win32":
        _run(
            ["powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS],
            {"SECASSIST_HEADLINE": headline, "SECASSIST_SENTENCE": sentence},
        )
    elif sys.platform == "darwin":
        _run(["osascript", "-e", _APPLE, headline, sentence], {})
    else:
        _by_dbus(headline, sentence)


def _by_dbus(headline: str, sentence: str) -> None:
    """Desktop Notifications Specification 1.2, ``Notify``."""
    from jeepney import DBusAddress, MessageType, new_method_call  # noqa: PLC0415 (rarely needed)
    from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415

    service = DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )
    hints = {
        "urgency": ("y", 1),
        "desktop-entry": ("s", _DESKTOP_ENTRY),
        "suppress-sound": ("b", True),
    }
    no_buttons: list[str] = []
    body = (_NAME, 0, _DESKTOP_ENTRY, headline, sentence, no_buttons, hints, -1)
    try:
        with open_dbus_connection(bus="SESSION") as bus:
            call = new_method_call(service, "Notify", "susssasa{sv}i", body)
            answer = bus.send_and_get_reply(call, timeout=_LIMIT)
    except (OSError, KeyError, ValueError, TimeoutError) as error:
        raise CouldNotFinish(_NO_NOTE.format(why="no desktop answers")) from error
    if answer.header.message_type is MessageType.error:
        raise CouldNotFinish(_NO_NOTE.format(why="the desktop shows none"))


def _run(words: list[str], extra: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            words,
            check=False,
            capture_output=True,
            timeout=4 * _LIMIT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **extra},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CouldNotFinish(_NO_NOTE.format(why=type(error).__name__)) from error
    if done.returncode:
        raise CouldNotFinish(_NO_NOTE.format(why=f"{words[0]} ended with {done.returncode}"))
