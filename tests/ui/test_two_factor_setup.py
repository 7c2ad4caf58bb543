"""The guided set-up, from nothing to a code that a site takes: over a real store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secassist.ui.pages.codes import CodesPage, NoCodesPage
from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.setup_bring import BringPage
from secassist.ui.pages.setup_site import SitePage, WherePage
from secassist.ui.pages.setup_spare import DonePage, PrivateWindowPage, SparePage
from secassist.ui.pages.setup_try import TryPage
from secassist.ui.pages.spare_key import SpareKeyPage
from secassist.ui.window import Window
from support import codes
from support.site import test_site
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    codes.quicken(monkeypatch)


class Person:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.bot = qtbot
        QApplication.processEvents()  # the window becomes the active one

    def at(self, page: type) -> None:
        def there() -> None:
            shown = self.window.shown_page()
            said = shown.strip.sentence.text() if shown.strip is not None else ""
            assert isinstance(shown, page), (shown, said)

        self.bot.waitUntil(there, timeout=10_000)

    def types(self, text: str) -> None:
        self.bot.keyClicks(QApplication.focusWidget(), text)

    def enter(self) -> None:
        self.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def press(self, keys: str) -> None:
        self.bot.keySequence(self.window, QKeySequence(keys))

    def tab_to(self, name: str) -> None:
        for _ in range(40):
            focused = QApplication.focusWidget()
            if focused.accessibleName().startswith(name):
                return
            self.bot.keyClick(focused, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {name}")


def test_from_nothing_to_a_code_that_the_site_takes_by_keyboard_alone(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(FakeUseCases(folder=tmp_path))
    person = Person(window, qtbot)
    with test_site() as site:
        person.press("Ctrl+3")
        person.at(NoCodesPage)
        person.enter()
        person.at(SitePage)
        person.types("Test site")
        person.tab_to("My site is not here")
        person.enter()
        person.at(WherePage)
        person.enter()
        person.at(BringPage)
        QGuiApplication.clipboard().setText(site.link())
        person.tab_to("From the clipboard")
        person.enter()
        person.at(PassphrasePage)  # there is no key ring here
        person.types(codes.PASSPHRASE)
        person.tab_to("The same once more")
        person.types(codes.PASSPHRASE)
        person.enter()
        person.at(SpareKeyPage)
        page = window.shown_page()
        person.types(page._key.groups[page.asked - 1].lower())
        person.enter()
        person.at(TryPage)
        person.tab_to("Copy the code")
        person.enter()
        assert site.takes(QGuiApplication.clipboard().text())
        person.tab_to("Yes")
        person.enter()
        person.at(SparePage)
        person.types("8371 2046")
        person.tab_to("Keep them with the code")
        person.enter()
        person.at(PrivateWindowPage)
        person.enter()
        person.at(DonePage)
        person.enter()
        person.at(CodesPage)
        person.press("Ctrl+C")
        assert site.takes(QGuiApplication.clipboard().text())
    view = asyncio.run(window._usecases.keeper().view())
    (saved,) = view.entries
    assert saved.confirmed
    assert saved.spare_codes == ("8371 2046",)
    assert saved.remind_at
    assert view.spare_key_kept
    assert not view.unfinished
