"""From a browser's list to the first three accounts ticked off, as somebody new would do it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_fix import CHANGE, TICK
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_reading import LeakQuestionPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.spare_key import SpareKeyPage
from secassist.ui.widgets.sidebar import NavItem
from secassist.ui.window import Window
from support import breach_lists, codes
from support.password_lists import table
from support.person import Person
from support.routines import make_the_store
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
LEAKED, SHARED, YEAR = "Blumenwiese77", "Kastanien-Allee-5", "Regenbogen-{}"
ROWS = (
    ("Mail", "https://mail.example.com/", "anna@example.com", SHARED),
    ("Shop", "https://shop.example.net/", "anna", LEAKED),
    ("Club", "https://club.example.org/", "anna", SHARED),
    ("Radio", "https://radio.example.org/", "anna", YEAR.format(2023)),
    ("Films", "https://films.example.org/", "anna", YEAR.format(2024)),
    ("Forum", "https://forum.example.org/", "anna", "qV7#tLw2!mZx9pRk"),
)


@dataclass
class Scene:
    """What stands around the window."""

    file: Path
    usecases: FakeUseCases
    opened: list[str]
    """Addresses that were opened in the browser."""

    def to_fix(self) -> set[str]:
        """The accounts that still have something to fix, by the store."""
        desk = asyncio.run(self.usecases.passwords().look())
        return {one.title for one in desk.to_fix}


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    codes.quicken(monkeypatch)
    file = tmp_path / "Firefox Passwords.csv"
    head = (
        "url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,"
        "timePasswordChanged"
    )
    rows = [(url, user, password, *[""] * 6) for _, url, user, password in ROWS]
    file.write_text(table(head, rows), "utf-8")
    opened: list[str] = []

    def open_url(url: object) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    with breach_lists.served(breach_lists.lines([LEAKED], 200)) as server:
        usecases = FakeUseCases(folder=tmp_path / "data", leak_server=server.url)
        yield Scene(file, usecases, opened)


def test_by_keyboard_alone(open_window: Open, qtbot: QtBot, scene: Scene) -> None:
    person = Person(open_window(scene.usecases), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    person.enter()  # the filled button has the keyboard
    person.at(LeakQuestionPage)
    person.tab_to("Yes, ask on the internet")
    person.enter()
    person.at(ReportPage)
    person.tab_to("Delete it now")
    person.enter()
    person.says("The list is deleted")
    assert not scene.file.exists()
    for number in range(3):
        person.tab_to("Fix ")
        person.enter()
        page = person.at(PasswordAccountPage)
        if number == 0:
            assert page.fix.combo.value() == "firefox", "where the list came from"
            person.tab_to("I keep it there")
            person.enter()
        assert page.fix.step == CHANGE
        person.tab_to("Open ")
        person.enter()
        new = new_password(person, page)
        person.tab_to("Done")
        person.enter()
        assert page.fix.step == TICK
        person.tab_to("New password")
        person.types(new)
        person.enter()
        if number == 0:
            make_the_store(person)
        person.says("is done")
    done(scene)


def test_by_mouse(open_window: Open, qtbot: QtBot, scene: Scene) -> None:
    person = Person(open_window(scene.usecases), qtbot)
    click(person, "Passwords")
    person.at(PasswordImportPage)
    click(person, "Open the list…")
    person.at(LeakQuestionPage)
    click(person, "Yes, ask on the internet")
    person.at(ReportPage)
    click(person, "Delete it now")
    person.says("The list is deleted")
    for number in range(3):
        click(person, "Fix ")
        page = person.at(PasswordAccountPage)
        if number == 0:
            click(person, "I keep it there")
        new = new_password(person, page)
        click(person, "Open ")
        click(person, "Done")
        page.fix.field.box.setFocus()
        person.types(new)
        click(person, "Tick it off")
        if number == 0:
            choose = person.at(PassphrasePage)
            for field in (choose.fields.first, choose.fields.again):
                field.box.setFocus()
                person.types(codes.PASSPHRASE)
            click(person, "Use this passphrase")
            person.at(SpareKeyPage)
            click(person, "Later")
        person.says("is done")
    done(scene)


def test_the_old_password_is_refused_after_the_store_was_made_for_it(
    open_window: Open, qtbot: QtBot, scene: Scene
) -> None:
    person = Person(open_window(scene.usecases), qtbot)
    click(person, "Passwords")
    person.at(PasswordImportPage)
    click(person, "Open the list…")
    person.at(LeakQuestionPage)
    click(person, "Yes, ask on the internet")
    person.at(ReportPage)
    click(person, "Fix ")
    page = person.at(PasswordAccountPage)
    old = next(row[3] for row in ROWS if row[1].startswith(f"https://{page.account.site}"))
    click(person, "I keep it there")
    click(person, "Done")
    page.fix.field.box.setFocus()
    person.types(old)
    click(person, "Tick it off")
    choose = person.at(PassphrasePage)
    for field in (choose.fields.first, choose.fields.again):
        field.box.setFocus()
        person.types(codes.PASSPHRASE)
    click(person, "Use this passphrase")
    person.at(SpareKeyPage)
    click(person, "Later")
    again = person.at(PasswordAccountPage)
    assert again.fix.step == TICK
    assert again.fix.field.below.text() == "That is the old one. Type the new one."


def new_password(person: Person, page: PasswordAccountPage) -> str:
    """What the page offers, read from the screen."""
    person.bot.waitUntil(lambda: page.fix.password.text() != "…")
    return page.fix.password.text()


def click(person: Person, words: str) -> None:
    """Click at the first button that can be seen and whose name begins so."""
    page = person.window.shown_page()
    buttons = [*person.window.findChildren(NavItem), *page.findChildren(QPushButton)]
    found = next(
        one for one in buttons if one.isVisible() and one.accessibleName().startswith(words)
    )
    if page.isAncestorOf(found):
        page.ensureWidgetVisible(found)
        QApplication.processEvents()
    person.bot.mouseClick(found, Qt.MouseButton.LeftButton)


def done(scene: Scene) -> None:
    """What is true after the third one."""
    assert not scene.file.exists()
    assert not scene.to_fix(), "the others have their passwords for themselves now"
    assert all(url.endswith("/.well-known/change-password") for url in scene.opened)
    assert len(set(scene.opened)) == 3
    secrets = [LEAKED, SHARED, YEAR.format(2023), YEAR.format(2024)]
    folder = scene.usecases.folder
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not any(secret.encode() in data for secret in secrets)
