"""A desktop's portal that takes pictures of a made-up screen. Arguments: how it answers, a picture.

``gives`` answers at once, before the call returns, as some do; ``refuses`` as if the person said
no; ``silent`` never. Prints a line once it is there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

REQUEST = "org.freedesktop.portal.Request"


def answer(connection: DBusConnection, message: Message, how: str, picture: Path) -> None:
    if message.header.fields.get(HeaderFields.member) != "Screenshot":
        connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
        return
    token = message.body[1]["handle_token"][1]
    sender = message.header.fields[HeaderFields.sender][1:].replace(".", "_")
    path = f"/org/freedesktop/portal/desktop/request/{sender}/{token}"
    said = {
        "gives": (0, {"uri": ("s", picture.as_uri())}),
        "refuses": (1, {}),
    }.get(how)
    other = DBusAddress("/org/freedesktop/portal/desktop/request/1/x", interface=REQUEST)
    connection.send(new_signal(other, "Response", "ua{sv}", (2, {})))  # somebody else's
    if said is not None:
        address = DBusAddress(path, interface=REQUEST)
        connection.send(new_signal(address, "Response", "ua{sv}", said))
    connection.send(new_method_return(message, "o", (path,)))


def main() -> None:
    how, picture = sys.argv[1], Path(sys.argv[2])
    connection = open_dbus_connection()
    Proxy(message_bus, connection).RequestName("org.freedesktop.portal.Desktop")
    print("ready", flush=True)
    while True:
        message = connection.receive()
        if message.header.message_type.name == "method_call":
            answer(connection, message, how, picture)


if __name__ == "__main__":
    main()
