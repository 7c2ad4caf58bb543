"""A notification over a real session bus, taken by a service of the test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.usecases import notify

SERVICE = textwrap.dedent(
    """
    import sys
    from jeepney import MessageType, message_bus, new_method_return
    from jeepney.io.blocking import open_dbus_connection
    with open_dbus_connection() as bus:
        bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))
        print("ready", flush=True)
        while True:
            call = bus.receive(timeout=20)
            if call.header.message_type is MessageType.method_call:
                bus.send(new_method_return(call, "u", (7,)))
                print(repr(call.body), flush=True)
                break
    """
)


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
@pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="there is no dbus-daemon")
def test_it_reaches_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert bus.stdout is not None
    desktop = None
    try:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.stdout.readline().strip())
        with pytest.raises(CouldNotFinish):
            notify.notify("Nobody", "is there yet.")
        desktop = subprocess.Popen(
            [sys.executable, "-c", SERVICE], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
        )
        assert desktop.stdout is not None
        assert desktop.stdout.readline() == "ready\n"
        notify.notify("One password turned up in a leak", "Changing it takes about 3 minutes.")
        said = desktop.stdout.readline()
        assert "One password turned up in a leak" in said
        assert "suppress-sound" in said
    finally:
        for process in (desktop, bus):
            if process is not None:
                process.terminate()
                process.wait()
                assert process.stdout is not None
                process.stdout.close()


def test_without_a_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("D-Bus is Linux's")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with pytest.raises(CouldNotFinish):
        notify.notify("a", "b")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    with pytest.raises(CouldNotFinish):
        notify.notify("a", "b")
