"""The passwords in the window over a real store: read, remembered, fixed, checked again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from secassist.passwords.findings import Audited
from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_reading import LeakQuestionPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.spare_key import SpareKeyPage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.window import Window
from support import codes
from support.password_lists import table
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
ROWS = (
    ("Mail", "https://mail.example.com/", "anna@example.com", "Sunflower-Hill-1987"),
    ("Shop", "https://shop.example.net/", "anna", "Sunflower-Hill-1987"),
    ("Bank", "https://bank.example.org/", "anna", "123456"),
    ("Forum", "https://forum.example.org/", "anna", "qV7#tLw2!mZx9pRk"),
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    codes.quicken(monkeypatch)


def exported(folder: Path, rows: Sequence[tuple[str, ...]] = ROWS) -> Path:
    """A list as Chrome writes it."""
    file = folder / "Chrome Passwords.csv"
    file.write_text(table("name,url,username,password", rows), "utf-8")
    return file


@pytest.fixture
def usecases(tmp_path: Path) -> FakeUseCases:
    """Nothing is stored yet."""
    return FakeUseCases(folder=tmp_path / "data")


@pytest.fixture
def opened(tmp_path: Path) -> FakeUseCases:
    """An open store with codes in it, and no passwords."""
    codes.fill(tmp_path / "data")
    usecases = FakeUseCases(folder=tmp_path / "data")
    codes.unlock(usecases.keeper())
    return usecases


def remembered(usecases: FakeUseCases) -> dict[str, Audited]:
    """What is kept now, by the titles."""
    desk = asyncio.run(usecases.passwords().look())
    return {} if desk.report is None else {one.title: one for one in desk.report.accounts}


def drop(person: Person, file: Path) -> None:
    assert person.window.shown().drop([file])


def read_list(person: Person, file: Path) -> ReportPage:
    """From the first page to the report, without a look for leaks."""
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    drop(person, file)
    person.at(LeakQuestionPage).answered.emit("off")
    return person.at(ReportPage)


def test_a_list_is_read_and_remembered_and_the_first_account_ticked_off(
    open_window: Open, qtbot: QtBot, usecases: FakeUseCases, tmp_path: Path
) -> None:
    person = Person(open_window(usecases), qtbot)
    page = read_list(person, exported(tmp_path))
    assert [row.account.title for row in page.rows] == ["Mail", "Shop", "Bank"]
    assert not (tmp_path / "data" / "vault.db").exists()
    page.fix_wanted.emit(page.rows[0].account.id)
    person.at(PasswordAccountPage).fix.changed.emit()
    choose = person.at(PassphrasePage)  # there is no key ring here
    for field in (choose.fields.first, choose.fields.again):
        field.box.setText(codes.PASSPHRASE)
    choose.main.click()
    person.at(SpareKeyPage).later.emit()
    page = person.at(ReportPage)
    qtbot.waitUntil(lambda: "Mail" not in {row.account.title for row in person.at(ReportPage).rows})
    kept = remembered(usecases)
    assert kept["Mail"].ticked_at
    assert not kept["Shop"].findings, "the other one has the password for itself now"


def test_into_an_open_store_it_goes_at_once(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    person = Person(open_window(opened), qtbot)
    read_list(person, exported(tmp_path))
    assert set(remembered(opened)) == {"Mail", "Shop", "Bank", "Forum"}
    person.press("Ctrl+L")
    person.at(LockedPage)
