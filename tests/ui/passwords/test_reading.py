"""A list in the window, from the file to what is remembered of it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from secassist.base.errors import CouldNotFinish
from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_reading import ReadingPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.spare_key import SpareKeyPage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.pages.transfer import FilePasswordPage
from secassist.ui.part import Errand
from secassist.ui.window import Window
from secassist.usecases.passwords_known import Draft
from support import codes, password_lists
from support.password_desk import (
    ROWS,
    button,
    drop,
    exported,
    fix,
    read_list,
    remembered,
    shown_first,
    words_of,
)
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]


# From nothing


def test_a_list_is_read_and_remembered_and_the_first_account_ticked_off(
    open_window: Open, qtbot: QtBot, usecases: FakeUseCases, tmp_path: Path
) -> None:
    person = Person(open_window(usecases), qtbot)
    read_list(person, exported(tmp_path))
    assert shown_first(person) == ["Mail", "Shop", "Bank"]
    assert not (tmp_path / "data" / "vault.db").exists()
    fix(person, "Mail").fix.changed.emit()
    choose = person.at(PassphrasePage)  # there is no key ring here
    for field in (choose.fields.first, choose.fields.again):
        field.box.setText(codes.PASSPHRASE)
    choose.main.click()
    person.at(SpareKeyPage).later.emit()
    qtbot.waitUntil(lambda: shown_first(person) == ["Bank"])
    kept = remembered(usecases)
    assert kept["Mail"].ticked_at
    assert not kept["Shop"].findings, "the other one has the password for itself now"


def test_into_an_open_store_it_goes_at_once(person: Person, opened: FakeUseCases) -> None:
    assert set(remembered(opened)) == {"Mail", "Shop", "Bank", "Forum"}
    assert button(person.at(ReportPage), "Delete it now")
    person.press("Ctrl+L")
    person.at(LockedPage)
    person.types(codes.PASSPHRASE)
    person.enter()
    person.at(ReportPage)


def test_another_dress_keeps_what_was_judged(
    open_window: Open, qtbot: QtBot, usecases: FakeUseCases, tmp_path: Path
) -> None:
    person = Person(open_window(usecases), qtbot)
    read_list(person, exported(tmp_path))
    person.dresses("dark")
    qtbot.waitUntil(lambda: shown_first(person) == ["Mail", "Shop", "Bank"])
    assert button(person.at(ReportPage), "Delete it now")


def test_what_is_not_kept_is_gone_when_all_is_locked(
    open_window: Open, qtbot: QtBot, usecases: FakeUseCases, tmp_path: Path
) -> None:
    person = Person(open_window(usecases), qtbot)
    read_list(person, exported(tmp_path))
    person.press("Ctrl+L")
    person.at(PasswordImportPage)


def test_a_list_is_taken_wherever_it_is_dropped(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    opened.chosen = replace(opened.chosen, leaks="off")
    person = Person(open_window(opened), qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(exported(tmp_path)))])
    event = QDropEvent(
        QPointF(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    person.window.dropEvent(event)
    person.at(ReportPage)
    assert not opened.checked, "it is no mail"


# The list that lies there in the clear


def test_the_list_is_deleted_when_the_person_wants_it(person: Person, tmp_path: Path) -> None:
    button(person.at(ReportPage), "Delete it now").click()
    person.says("The list is deleted")
    assert not (tmp_path / "Chrome Passwords.csv").exists()


def test_the_list_stays_when_the_person_wants_it(person: Person, tmp_path: Path) -> None:
    button(person.at(ReportPage), "Leave it there").click()
    person.bot.waitUntil(lambda: "Leaks were not checked" in words_of(person))
    assert (tmp_path / "Chrome Passwords.csv").exists()


def test_a_list_that_was_changed_since_is_not_deleted(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "Chrome Passwords.csv"
    file.write_text("something else", "utf-8")
    button(person.at(ReportPage), "Delete it now").click()
    person.says("was changed after it was read")
    assert file.read_text("utf-8") == "something else"


# What can't be read


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Dear Anna, how are you?", "no list of passwords"),
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 300, "no list of passwords"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"name,url,username,password\n", "no account with a password"),
    ],
)
def test_what_is_no_list_is_said(
    data: bytes, said: str, open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    file = tmp_path / "letter.csv"
    file.write_bytes(data)
    opened.chosen = replace(opened.chosen, leaks="off")
    person = Person(open_window(opened), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    drop(person, file)
    person.says(said)
    person.at(PasswordImportPage)
    assert not remembered(opened)


def test_a_file_that_is_gone_is_said(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    opened.chosen = replace(opened.chosen, leaks="off")
    person = Person(open_window(opened), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    drop(person, tmp_path / "none.csv")
    person.says("could not be read")


def test_an_encrypted_list_asks_for_its_password(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    file = tmp_path / "bitwarden.json"
    file.write_text(json.dumps(password_lists.bitwarden_encrypted()), "utf-8")
    opened.chosen = replace(opened.chosen, leaks="off")
    person = Person(open_window(opened), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    drop(person, file)
    page = person.at(FilePasswordPage)
    person.types("wrong")
    person.enter()
    qtbot.waitUntil(lambda: "does not open" in page.field.below.text(), timeout=20_000)
    page.field.box.setText(password_lists.FILE_PASSWORD)
    page.main.click()
    person.at(ReportPage)
    assert set(remembered(opened)) == {account[0] for account in password_lists.ACCOUNTS}


def test_what_fails_outside_is_said_on_the_page_that_comes(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    async def fail(*_: object) -> None:
        raise CouldNotFinish("The disk is full.")

    monkeypatch.setattr(opened.passwords(), "judge", fail)
    opened.chosen = replace(opened.chosen, leaks="off")
    person = Person(open_window(opened), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    drop(person, exported(tmp_path))
    person.says("The disk is full")
    person.at(PasswordImportPage)


def test_reading_can_be_cancelled(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    many = [(f"S{n}", f"https://s{n}.example/", "a", f"Word-{n}-{n * n}") for n in range(3_000)]
    opened.chosen = replace(opened.chosen, leaks="off")
    person = Person(open_window(opened), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    drop(person, exported(tmp_path, many))
    page = person.at(ReadingPage)
    button(page, "Cancel").click()
    person.at(PasswordImportPage)
    assert not remembered(opened)


def test_locked_meanwhile_nothing_comes_of_the_reading(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    opened.chosen = replace(opened.chosen, leaks="off")
    person = Person(open_window(opened), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    goes_on = threading.Event()
    judge = opened.passwords().judge

    async def slow(*given: object) -> Draft:
        await asyncio.to_thread(goes_on.wait, 10)
        return await judge(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened.passwords(), "judge", slow)
        drop(person, exported(tmp_path))
        person.at(ReadingPage)
        person.press("Ctrl+L")
        person.at(LockedPage)
        goes_on.set()
    part = person.window.parts.get("passwords")
    assert part._pages.reading._job is None
    qtbot.wait(300)  # no longer than that list takes
    person.at(LockedPage)
    assert part._begun.draft is None


def test_a_second_list_takes_the_place_of_the_one_that_is_being_read(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    opened.chosen = replace(opened.chosen, leaks="off")
    person = Person(open_window(opened), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    judge, asked = opened.passwords().judge, []

    async def slow_at_first(files: Sequence[Path], *given: object) -> Draft:
        asked.append(files)
        if len(asked) == 1:
            await asyncio.Event().wait()
        return await judge(files, *given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened.passwords(), "judge", slow_at_first)
        drop(person, exported(tmp_path))
        person.at(ReadingPage)
        qtbot.waitUntil(lambda: len(asked) == 1)
        first = person.window.parts.get("passwords")._pages.reading._job
        person.window.run_errand(Errand("passwords", "import", (exported(tmp_path),)))
        person.at(ReportPage)
    assert not first.running
    assert len(remembered(opened)) == len(ROWS)
