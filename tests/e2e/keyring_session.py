"""Plays a person and their computer on a session bus. Arguments are what happens, in order.

``start`` starts the keyring, unlocked; ``lock`` locks it; ``kill`` kills its daemon; ``empty``
removes our key. ``silence`` stands for a keyring that never answers, ``prompting`` for one that
asks the person, who does not come back; ``wait`` opens the store and waits 3.5 s for the person.
Every other argument is a call of ``secassist vault`` (words parted by blanks), timed. Prints a line
of JSON for each.
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

from secassist.store.keyring_process import KeyringProcess
from secassist.store.opening import unlock
from secassist.store.states import StoreClosed

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
        elif step == "prompting":
            started.append(_started([str(Path(__file__).with_name("prompting_service.py"))]))
        elif step == "wait":
            told.update(wait(HOME / "store"))
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
    return _started(["-c", code])


def wait(folder: Path) -> dict[str, object]:
    """As the window does it, with less patience."""
    started = time.monotonic()
    os.environ["DISPLAY"] = ":0"  # the system could ask
    with KeyringProcess(prompt_limit=3.5) as keyring:
        try:
            unlock(folder, keyring).close()
            state = "open"
        except StoreClosed as closed:
            state = closed.state
    del os.environ["DISPLAY"]
    return {"state": state, "waited": time.monotonic() - started}


def _started(words: list[str]) -> subprocess.Popen[bytes]:
    """A program that prints a line once it is there."""
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE)
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
