"""A picture of the screen by the desktop's portal, as it has to be on Wayland.

The desktop may ask the person first. It leaves a picture file behind, which is deleted at once.
``org.freedesktop.portal.Screenshot``: the call returns a request, whose ``Response`` comes when the
person has answered.
"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from secassist.base.errors import CouldNotFinish, UnusableInput
from secassist.base.language import mark

PATIENCE: Final = 60.0
"""Seconds for the person to answer the desktop."""
MAX_BYTES: Final = 32 * 1024 * 1024
_CALL: Final = 5.0
"""Seconds until the portal has to take the request."""
_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_REQUEST: Final = "org.freedesktop.portal.Request"
_DONE, _CANCELLED = 0, 1
_NONE: Final = mark("This desktop keeps it from us. Take a picture, and drop it here.")
_NO_ANSWER: Final = mark("Your desktop did not answer. Take a picture, and drop it here.")
_REFUSED: Final = mark("You said no to the desktop, so we did not look. That is fine.")


def picture(patience: float = PATIENCE) -> bytes:
    """The picture file. Waits for the person; not for the window's thread.

    Raises UnusableInput where the person said no, CouldNotFinish where the desktop gives none.
    """
    path = _path_of(_asked(patience))
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CouldNotFinish(_NONE) from error
    finally:
        with suppress(OSError):
            path.unlink()


def _path_of(address: str) -> Path:
    parts = urlsplit(address)
    path = unquote(parts.path)
    if parts.scheme != "file" or not os.path.isabs(path):
        raise CouldNotFinish(_NONE)
    return Path(path)


def _asked(patience: float) -> str:
    """The address of the picture file, once the person has answered."""
    from jeepney import (  # noqa: PLC0415 (rarely needed)
        DBusAddress,
        MatchRule,
        MessageType,
        message_bus,
        new_method_call,
    )
    from jeepney.io.blocking import Proxy, open_dbus_connection  # noqa: PLC0415

    portal = DBusAddress(_PATH, bus_name=_NAME, interface="org.freedesktop.portal.Screenshot")
    options = {
        "handle_token": ("s", f"secassist{secrets.token_hex(8)}"),
        "interactive": ("b", False),
    }
    call = new_method_call(portal, "Screenshot", "sa{sv}", ("", options))
    answers = MatchRule(type="signal", interface=_REQUEST, member="Response")
    try:
        with open_dbus_connection(bus="SESSION") as bus, bus.filter(answers, bufsize=20) as queue:
            # Listening before asking: the answer may come at once.
            Proxy(message_bus, bus, timeout=_CALL).AddMatch(answers)
            reply = bus.send_and_get_reply(call, timeout=_CALL)
            if reply.header.message_type is MessageType.error:
                raise CouldNotFinish(_NONE)
            (request,) = reply.body
            end = time.monotonic() + patience
            while True:
                left = end - time.monotonic()
                answer = bus.recv_until_filtered(queue, timeout=max(0.0, left))
                if _request_of(answer) == request:
                    return _address(*answer.body)
    except TimeoutError as error:
        raise CouldNotFinish(_NO_ANSWER) from error
    except (OSError, KeyError, ValueError) as error:
        raise CouldNotFinish(_NONE) from error


def _request_of(signal: Any) -> str:
    from jeepney import HeaderFields  # noqa: PLC0415

    return str(signal.header.fields.get(HeaderFields.path, ""))


def _address(code: int, results: dict[str, tuple[str, Any]]) -> str:
    if code == _CANCELLED:
        raise UnusableInput(_REFUSED)
    if code != _DONE or "uri" not in results:
        raise CouldNotFinish(_NONE)
    return str(results["uri"][1])
