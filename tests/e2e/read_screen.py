"""A site's picture code lies on a real screen beside the window, which reads it from there.

Prints whether the site took the code. The argument is a folder for the store.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from secassist.ui.app import make
from secassist.ui.window import Window
from support import codes
from support.site import test_site
from support.window import FakeUseCases


def wait_for(window: Window, name: str) -> None:
    for _ in range(2_000):
        if type(window.shown_page()).__name__ == name:
            return
        QTest.qWait(10)
    raise SystemExit(f"{name} does not come, but {type(window.shown_page()).__name__}")


def main(folder: Path) -> None:
    codes.fill(folder)
    usecases = FakeUseCases(folder=folder)
    codes.unlock(usecases.keeper())
    _, window = make(usecases)
    with test_site() as site:
        browser = QLabel()
        picture = QPixmap()
        picture.loadFromData(site.picture())
        browser.setPixmap(picture)
        browser.move(750, 300)
        browser.show()
        window.resize(720, 480)
        window.move(0, 0)
        window.show()
        window.go("two-factor")
        wait_for(window, "CodesPage")
        window.shown_page().main.click()
        page = window.shown_page()
        page.field.box.setText("Test site")
        page.unlisted.click()
        window.shown_page().main.click()
        QTest.qWait(200)
        window.shown_page().screen_wanted.emit()
        wait_for(window, "TryPage")
        print("TAKEN" if site.takes(window.shown_page().row.code.code) else "REFUSED", flush=True)
    window.close_down()
    os._exit(0)  # nothing here is about how a window ends


if __name__ == "__main__":
    main(Path(sys.argv[1]))
