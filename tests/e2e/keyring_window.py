"""The window over a real keyring, on a session bus. Arguments are what happens, in order.

``start``, ``lock``, ``kill``, ``empty`` and ``silence`` are those of ``keyring_session``. ``add``
sets up an account in the window, ``open`` opens the window anew at the codes, ``recover`` types the
spare key (and a passphrase, where that is asked for). Prints a line of JSON for each: the page that
was shown, after how many seconds, and how long the window's thread was busy at most.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import keyring_session as session
from PySide6.QtTest import QTest

from secassist.base.language import english
from secassist.ui.app import make
from secassist.ui.pages.page import Page
from secassist.ui.window import Window
from secassist.usecases.desktop import Desktop
from support.heartbeat import Heartbeat

SECONDS = 25.0
PASSPHRASE = "a passphrase for the tests"
DATA = Path(os.environ["HOME"]) / "store"


class Screen:
    """One window at a time, as if the program was started each time."""

    def __init__(self) -> None:
        self.window: Window | None = None
        self.spare_key = ""

    def open(self) -> dict[str, object]:
        self.close()
        _, self.window = make(Desktop(english, DATA))
        self.window.show()
        self.window.go("home")
        QTest.qWait(50)
        return self._watch(lambda: self.window.go("two-factor"), "ArrivingPage", "HomePage")

    def add(self) -> dict[str, object]:
        flow = self.window._page("two-factor").setup
        flow.start()
        self._page().field.box.setText("Test site")
        self._page().unlisted.click()
        self._page().main.click()
        link = "otpauth://totp/Test%20site:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        told = self._watch(lambda: self._page().typed.emit(link), "BringPage")
        page = self._page()
        if type(page).__name__ == "PassphrasePage":  # there is no keyring
            page.fields.first.box.setText(PASSPHRASE)
            page.fields.again.box.setText(PASSPHRASE)
            told = self._watch(page.main.click, "PassphrasePage")
        self._keep_spare_key()
        self._until(lambda: type(self._page()).__name__ == "TryPage")
        return told

    def recover(self) -> dict[str, object]:
        self.window._page("two-factor").door.ask_spare_key()
        page = self._page()
        page.key.box.setText(self.spare_key)
        if page.fields is not None:
            page.fields.first.box.setText(PASSPHRASE)
            page.fields.again.box.setText(PASSPHRASE)
        told = self._watch(page.main.click, "RecoverPage")
        self._keep_spare_key()
        self._until(lambda: type(self._page()).__name__ == "CodesPage")
        return {**told, "then": "CodesPage"}

    def close(self) -> None:
        if self.window is not None:
            self.window.close_down()
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _keep_spare_key(self) -> None:
        page = self._page()
        self.spare_key = page._key.text
        page.field.box.setText(page._key.groups[page.asked - 1])
        page.main.click()

    def _page(self) -> Page:
        return self.window.shown_page()

    def _watch(self, act: Callable[[], None], *until_not: str) -> dict[str, object]:
        started = time.monotonic()
        with Heartbeat() as heart:
            act()
            self._until(lambda: type(self._page()).__name__ not in until_not)
            seconds = time.monotonic() - started
        page = self._page()
        return {
            "page": type(page).__name__,
            "button": page.main.label if page.main is not None else "",
            "seconds": seconds,
            "busiest": heart.busiest,
        }

    def _until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + SECONDS
        while not condition():
            if time.monotonic() > end:
                raise SystemExit(f"the window stays at {type(self._page()).__name__}")
            QTest.qWait(5)


def main() -> None:
    screen, started = Screen(), []
    for step in sys.argv[1:]:
        told: dict[str, object] = {"step": step}
        if step == "start":
            session.start()
        elif step == "lock":
            session._collection().lock()
        elif step == "kill":
            os.kill(session._owner(), signal.SIGKILL)
        elif step == "empty":
            for item in session._collection().get_all_items():
                item.delete()
        elif step == "silence":
            started.append(session.silence())
        else:
            told.update(getattr(screen, step)() or {})
        print(json.dumps(told), flush=True)
    screen.close()
    for process in started:
        process.kill()


if __name__ == "__main__":
    main()
