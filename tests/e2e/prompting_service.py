"""A keyring that is locked and asks the person, who does not come back. Owns the name on the bus.

As much of the Secret Service as it takes to get there: the default collection is locked, Unlock
returns a prompt, and the prompt is shown for ever. Prints a line once it is there.
"""

from __future__ import annotations

from jeepney import HeaderFields, Message, message_bus, new_error, new_method_return
from jeepney.io.blocking import Proxy, open_dbus_connection

COLLECTION = "/org/freedesktop/secrets/collection/login"
PROMPT = "/org/freedesktop/secrets/prompt/p1"


def answer(message: Message) -> Message | None:
    member = message.header.fields.get(HeaderFields.member)
    if member == "ReadAlias":
        return new_method_return(message, "o", (COLLECTION,))
    if member == "Get":
        value = ("b", True) if message.body[1] == "Locked" else ("s", "login")
        return new_method_return(message, "v", (value,))
    if member == "OpenSession":
        return new_method_return(message, "vo", (("s", ""), "/org/freedesktop/secrets/session/s1"))
    if member == "Unlock":
        return new_method_return(message, "aoo", ([], PROMPT))
    if member == "Prompt":
        return new_method_return(message)
    return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")


def main() -> None:
    connection = open_dbus_connection()
    Proxy(message_bus, connection).RequestName("org.freedesktop.secrets")
    print("ready", flush=True)
    while True:
        message = connection.receive()
        if message.header.message_type.name == "method_call":
            reply = answer(message)
            if reply is not None:
                connection.send(reply)


if __name__ == "__main__":
    main()
