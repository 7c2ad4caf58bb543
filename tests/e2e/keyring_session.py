"""Plays a person and their computer on a session bus. Arguments are what happens, in order.

``start`` starts the keyring, unlocked; ``lock`` locks it; ``kill`` kills its daemon; ``silence``
puts one in its place that never answers; ``empty`` removes our key. Every other argument is a call
of ``secassist vault`` (words parted by blanks), timed. Prints a line of JSON for each.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import secretstorage
from jeepney import DBusAddress, MessageType, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.secrets"
SECONDS = 20.0
HOME = Path(os.environ["HOME"])


def main() -> None:
    started = []
    for step in sys.argv[1:]:
        told = {"step": step}
        if step == "start":
            start()
        elif step == "lock":
            _collection().lock()
        elif step == "kill":
            os.kill(_owner(), signal.SIGKILL)
        elif step == "empty":
            for item in _collection().get_all_items():
                item.delete()
        elif step == "silence":
            started.append(silence())
        else:
            told.update(call(step.split()))
        print(json.dumps(told), flush=True)
    for process in started:
        process.kill()


def start() -> None:
    """The password makes the first keyring, and unlocks it on later starts."""
    subprocess.run(
        ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
        input=b"test",
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _until(lambda: _owner() != 0)


def silence() -> subprocess.Popen[bytes]:
    """Own the keyring's name on the bus, and never answer a call."""
    code = (
        "import time; from jeepney import message_bus;"
        "from jeepney.io.blocking import open_dbus_connection, Proxy;"
        "bus = open_dbus_connection();"
        f"print(Proxy(message_bus, bus).RequestName({NAME!r}), flush=True); time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def call(words: list[str]) -> dict[str, object]:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "secassist", "vault", *words, "--json"],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    told = {"code": done.returncode, "seconds": time.monotonic() - started, "said": done.stderr}
    return {**told, **(json.loads(done.stdout) if done.stdout else {})}


def _collection() -> secretstorage.Collection:
    return secretstorage.get_default_collection(secretstorage.dbus_init())


def _owner() -> int:
    """The process that owns the keyring's name; 0: none does."""
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", message_bus.interface)
    connection = open_dbus_connection()
    try:
        call = new_method_call(bus, "GetConnectionUnixProcessID", "s", (NAME,))
        reply = connection.send_and_get_reply(call)
    finally:
        connection.close()
    return 0 if reply.header.message_type is MessageType.error else int(reply.body[0])


def _until(condition: object) -> None:
    end = time.monotonic() + SECONDS
    while not condition():  # type: ignore[operator]
        if time.monotonic() > end:
            raise SystemExit("the keyring did not start")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
