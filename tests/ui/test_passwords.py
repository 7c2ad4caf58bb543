"""The passwords in the window over a real store: read, remembered, fixed, checked again."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from secassist.base.errors import CouldNotFinish
from secassist.base.garbage import unsearched
from secassist.passwords.findings import Audited
from secassist.ui.pages.codes import CodesPage
from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_fix import CHANGE, KEEP, TICK
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_keepers import KeepersPage
from secassist.ui.pages.passwords_left_out import LeaveOutPage, LeftOutPage
from secassist.ui.pages.passwords_list import AccountsPage
from secassist.ui.pages.passwords_reading import LeakQuestionPage, ReadingPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.passwords_save import KeptPage, SaveReportPage
from secassist.ui.pages.passwords_schedule import SchedulePage
from secassist.ui.pages.passwords_typed import TypedPage
from secassist.ui.pages.setup_site import WherePage
from secassist.ui.pages.spare_key import SpareKeyPage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.pages.transfer import DryRunPage, FilePasswordPage
from secassist.ui.part import Errand
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.chart import Chart
from secassist.ui.widgets.combo import Combo
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.window import Window
from secassist.usecases.passwords_known import Draft
from support import breach_lists, codes, password_lists
from support.heartbeat import Heartbeat
from support.password_lists import table
from support.person import Person
from support.window import FakeLine, FakeUseCases
from usecases.test_breached_sites import SERVICE, served

Open = Callable[[FakeUseCases], Window]
SHARED = "Sunflower-Hill-1987"
ROWS = (
    ("Mail", "https://mail.example.com/", "anna@example.com", SHARED),
    ("Shop", "https://shop.example.net/", "anna", SHARED),
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


@pytest.fixture
def person(open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path) -> Person:
    """Somebody whose list was read and remembered."""
    person = Person(open_window(opened), qtbot)
    read_list(person, exported(tmp_path))
    return person


def remembered(usecases: FakeUseCases) -> dict[str, Audited]:
    """What is kept now, by the titles."""
    desk = asyncio.run(usecases.passwords().look())
    return {} if desk.report is None else {one.title: one for one in desk.report.accounts}


def drop(person: Person, file: Path) -> None:
    assert person.window.shown().drop([file])


def read_list(person: Person, file: Path, leaks: str = "off") -> ReportPage:
    """From the first page to the report."""
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    drop(person, file)
    person.at(LeakQuestionPage).answered.emit(leaks)
    return person.at(ReportPage)


def shown_first(person: Person) -> list[str]:
    page = person.window.shown_page()
    return [row.account.title for row in page.rows] if isinstance(page, ReportPage) else []


def button(page: QWidget, words: str) -> Button:
    """The button that is called that."""
    return next(
        one for one in page.findChildren(Button) if one.label == words and not one.isHidden()
    )


def fix(person: Person, title: str) -> PasswordAccountPage:
    """Go to an account of the report."""
    page = person.at(ReportPage)
    next(row for row in page.rows if row.account.title == title).fix.click()
    return person.at(PasswordAccountPage)


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


def words_of(person: Person) -> str:
    """All that stands on the page."""
    from secassist.ui.widgets.label import Label

    return "\n".join(
        label.text() for label in person.window.shown_page().findChildren(Label)
        if not label.isHidden()
    )  # fmt: skip


def labels(person: Person) -> set[str]:
    """The words of all buttons of the page."""
    page = person.window.shown_page()
    return {one.label for one in page.findChildren(Button) if not one.isHidden()}


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


# Leaks


def test_leaks_are_looked_up_only_after_yes(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    with breach_lists.served(breach_lists.lines([SHARED], 50)) as server:
        opened.leak_server = server.url
        person = Person(open_window(opened), qtbot)
        page = read_list(person, exported(tmp_path))
        assert not server.asked
        assert "leaks not checked" in words_of(person)
        button(page, "Leave it there").click()
        qtbot.waitUntil(lambda: "Leaks were not checked" in words_of(person))
        button(person.at(ReportPage), "Look for leaks").click()
        person.at(LeakQuestionPage).answered.emit("online")
        qtbot.waitUntil(lambda: "Leaks were looked up" in words_of(person), timeout=20_000)
        assert server.asked
        assert set(server.padding) == {"true"}
    assert opened.chosen.leaks == "online"
    kept = remembered(opened)
    assert [str(one.code) for one in kept["Mail"].findings][:2] == ["breached", "reused"]
    assert {entry.kind for entry in opened.book.entries} == {"breaches"}


def test_no_answer_about_leaks_is_not_the_same_as_no_leak(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("secassist.network.https._BACK_OFF", 0.0)
    opened.leak_server = "http://127.0.0.1:9"
    person = Person(open_window(opened), qtbot)
    page = read_list(person, exported(tmp_path), "online")
    button(page, "Leave it there").click()
    qtbot.waitUntil(lambda: "Leaks were not checked" in words_of(person))
    assert "leaks not checked" in words_of(person)


def test_leaks_of_short_passwords_are_known_until_the_window_closes(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    with breach_lists.served(breach_lists.lines([], 50)) as server:
        opened.leak_server = server.url
        person = Person(open_window(opened), qtbot)
        read_list(person, exported(tmp_path), "online")
    assert shown_first(person)[0] == "Bank"  # 123456
    person.window.close_down()
    again = FakeUseCases(folder=opened.folder)
    codes.unlock(again.keeper())
    assert [str(one.code) for one in remembered(again)["Bank"].findings] == ["weak"]


def test_a_downloaded_list_of_leaks(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    leaks = tmp_path / "leaks.txt"
    leaks.write_text("\n".join(breach_lists.lines([SHARED], 50)) + "\n", "ascii")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(leaks), ""))
    person = Person(open_window(opened), qtbot)
    read_list(person, exported(tmp_path), "list")
    assert opened.chosen.leaks == str(leaks)
    assert str(remembered(opened)["Mail"].findings[0].code) == "breached"
    assert not opened.book.entries


def test_sites_that_had_a_leak_and_a_newer_list_of_them(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    head = (
        "url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,"
        "timePasswordChanged"
    )
    rows = [
        (f"https://www.{site}/", "anna", f"xK9#mQ2v{site}Zq", *[""] * 5, "1300000000000")
        for site in ("linkedin.com", "shop.example")
    ]
    file = tmp_path / "firefox.csv"
    file.write_text(table(head, rows), "utf-8")
    person = Person(open_window(opened), qtbot)
    read_list(person, file)

    def with_leak() -> set[str]:
        found = remembered(opened)
        return {
            name for name in found
            if any(str(one.code) == "site-breached" for one in found[name].findings)
        }  # fmt: skip

    assert with_leak() == {"linkedin.com"}
    assert not opened.book.entries
    page = fix(person, "linkedin.com")
    assert "This site lost passwords" in words_of(person)
    page.back.emit()
    with served(json.dumps(SERVICE).encode()) as (server, asked):
        opened.passwords()._server = server
        button(person.at(ReportPage), "Fetch the newest one").click()
        person.at(ReadingPage)
        person.at(ReportPage)
        assert asked == ["/api/v3/breaches"]
    assert with_leak() == {"shop.example"}
    opened.passwords()._server = "http://127.0.0.1:9"
    button(person.at(ReportPage), "Fetch the newest one").click()
    person.bot.waitUntil(lambda: person.window.shown_page().strip is not None, timeout=20_000)
    assert with_leak() == {"shop.example"}, "the old list stays"
    opened.chosen = replace(opened.chosen, offline=True)
    button(person.at(ReportPage), "Fetch the newest one").click()
    person.says("stay offline")


# Putting right


def test_each_step_of_a_fix(
    person: Person, opened: FakeUseCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_pages: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: bool(opened_pages.append(url.toString())) or True
    )
    page = fix(person, "Mail")
    assert page.fix.step == 0
    page.fix.help_wanted.emit()
    person.at(KeepersPage).chosen.emit("firefox")
    page = person.at(PasswordAccountPage)
    assert opened.chosen.keeps_in == "firefox"
    assert page.fix.step == CHANGE
    person.bot.waitUntil(lambda: page.fix.password.text().count("-") == 5)
    first = page.fix.password.text()
    page.fix.password_wanted.emit("signs")
    person.bot.waitUntil(lambda: len(page.fix.password.text()) == 20)
    assert page.fix.password.text() != first
    button(page, "Copy").click()
    assert QGuiApplication.clipboard().text() == page.fix.password.text()
    page.main.click()
    assert opened_pages == ["https://mail.example.com/.well-known/change-password"]
    new = page.fix.password.text()
    button(page, "Done").click()
    assert page.fix.step == TICK
    page.fix.field.box.setText(SHARED)
    page.main.click()
    person.bot.waitUntil(lambda: "the old one" in page.fix.field.below.text())
    page.fix.field.box.setText(new)
    page.main.click()
    person.says("Mail is done")
    assert not remembered(opened)["Mail"].findings


def test_a_new_password_that_is_shared_again_is_said(person: Person) -> None:
    page = fix(person, "Bank")
    page.fix.typed.emit(SHARED)
    person.says("You also use it at")
    assert {"Mail", "Shop", "Bank"} == set(shown_first(person))


def test_the_line_goes_down(person: Person, opened: FakeUseCases) -> None:
    assert not person.at(ReportPage).findChildren(Chart)
    fix(person, "Bank").fix.changed.emit()
    person.bot.waitUntil(lambda: bool(person.window.shown_page().findChildren(Chart)))
    runs = asyncio.run(opened.passwords().look()).runs
    assert [run.to_fix for run in runs] == [3, 2]
    chart = person.at(ReportPage).findChildren(Chart)[0]
    assert chart.accessibleName().startswith("Things to fix: 3 then")
    assert chart.accessibleName().endswith("2 now")


def test_i_changed_it_can_be_taken_back(person: Person, opened: FakeUseCases) -> None:
    fix(person, "Bank").fix.changed.emit()
    person.bot.waitUntil(lambda: shown_first(person) == ["Mail", "Shop"])
    button(person.at(ReportPage), "All accounts").click()
    page = person.at(AccountsPage)
    next(row for row in page.rows if row.account.title == "Bank").fix.click()
    button(person.at(PasswordAccountPage), "I did not change it").click()
    person.bot.waitUntil(lambda: "Bank" in shown_first(person))
    assert not remembered(opened)["Bank"].ticked_at


def test_two_step_sign_in_is_set_up_from_the_account(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    rows = [("Dropbox", "https://www.dropbox.com/", "anna", "qV7#tLw2!mZx9pRk")]
    person = Person(open_window(opened), qtbot)
    read_list(person, exported(tmp_path, rows))
    page = fix(person, "Dropbox")
    page.main.click()
    person.at(WherePage)
    assert person.window.current == "two-factor"


def test_codes_in_the_list_are_brought_over(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    link = "otpauth://totp/Shop:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Shop"
    file = tmp_path / "bitwarden.csv"
    head = "folder,favorite,type,name,notes,login_uri,login_username,login_password,login_totp"
    row = ("", "", "login", "Shop", "", "https://shop.example/", "anna", "qV7#tLw2!mZx", link)
    file.write_text(table(head, [row]), "utf-8")
    person = Person(open_window(opened), qtbot)
    page = read_list(person, file)
    button(page, "Bring them over").click()
    plan = person.at(DryRunPage)
    assert person.window.current == "two-factor"
    plan.main.click()
    person.at(CodesPage)
    assert len(asyncio.run(opened.keeper().view()).entries) == len(codes.ACCOUNTS) + 1


# What else there is


def test_all_accounts_are_found_by_name(person: Person) -> None:
    button(person.at(ReportPage), "All accounts").click()
    page = person.at(AccountsPage)
    person.bot.waitUntil(lambda: len(page.rows) == 4)
    person.press("Ctrl+F")
    person.types("forum")
    assert [row.account.title for row in page.rows] == ["Forum"]
    page.box.setText("nothing")
    assert not page.rows
    assert "Nothing called “nothing”" in words_of(person)
    person.press("Esc")
    person.at(ReportPage)


def test_have_i_used_this_one(person: Person) -> None:
    button(person.at(ReportPage), "Have I used this one?").click()
    page = person.at(TypedPage)
    assert not page.main.available
    for typed, said in (
        ("Sunflower-Hill-1988", "2 accounts have it, or one like it."),
        ("something very different", "We know of no account"),
        ("1234", "too short"),
    ):
        page.field.box.setText(typed)
        page.main.click()
        person.bot.waitUntil(lambda said=said: said in words_of(person), timeout=20_000)


def test_a_list_that_is_not_remembered_is_compared_too(
    open_window: Open, qtbot: QtBot, usecases: FakeUseCases, tmp_path: Path
) -> None:
    person = Person(open_window(usecases), qtbot)
    page = read_list(person, exported(tmp_path))
    button(page, "Have I used this one?").click()
    asks = person.at(TypedPage)
    asks.field.box.setText(SHARED)
    asks.main.click()
    qtbot.waitUntil(lambda: "2 accounts have it" in words_of(person), timeout=20_000)
    assert not (tmp_path / "data" / "vault.db").exists()


def test_left_out_with_a_reason_and_taken_back_in(person: Person, opened: FakeUseCases) -> None:
    page = fix(person, "Bank")
    button(page, "Leave this one out").click()
    asks = person.at(LeaveOutPage)
    assert not asks.main.available
    asks.field.box.setText("It is closed soon.")
    asks.main.click()
    person.bot.waitUntil(lambda: shown_first(person) == ["Mail", "Shop"])
    button(person.at(ReportPage), "Left out").click()
    listed = person.at(LeftOutPage)
    assert "It is closed soon." in words_of(person)
    button(listed, "Take back in").click()
    person.bot.waitUntil(lambda: "Nothing is left out" in words_of(person))
    person.press("Esc")
    person.bot.waitUntil(lambda: "Bank" in shown_first(person))
    assert not asyncio.run(opened.passwords().look()).exclusions


@pytest.mark.parametrize("form", ["html", "text", "csv", "json"])
def test_the_report_is_saved_without_a_secret(
    form: str, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"report.{form}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    button(person.at(ReportPage), "Save the report…").click()
    person.at(SaveReportPage).wanted.emit(form)
    person.says("The report is saved")
    text = target.read_text("utf-8")
    assert "Bank" in text
    assert SHARED not in text
    if form == "json":
        json.loads(text)
    if form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1


def test_what_is_kept_is_told_before_anything_is(
    open_window: Open, qtbot: QtBot, usecases: FakeUseCases
) -> None:
    person = Person(open_window(usecases), qtbot)
    person.goes_to("passwords")
    button(person.at(PasswordImportPage), "What is kept, exactly").click()
    person.at(KeptPage)
    person.press("Esc")
    person.at(PasswordImportPage)


def test_errands_lead_to_an_account(person: Person) -> None:
    parts = person.window.parts
    person.window.go("home")
    parts.send(Errand("passwords", "account", "shop.example.net"))
    assert person.at(PasswordAccountPage).account.title == "Shop"
    person.window.go("home")
    parts.send(Errand("passwords", "account", "unknown.example"))
    person.at(ReportPage)
    parts.send(Errand("passwords", "import"))
    person.at(PasswordImportPage)
    parts.send(Errand("passwords", "first"))
    person.at(ReportPage)


def test_what_it_was_for_goes_on_when_the_account_is_put_right(person: Person) -> None:
    parts = person.window.parts
    then = Errand("two-factor")
    parts.send(Errand("passwords", "account", "bank.example.org", then))
    person.at(PasswordAccountPage).fix.typed.emit("1234567")  # no better than before
    person.says("look once more")
    assert person.window.current == "passwords"
    fix(person, "Bank").fix.typed.emit("oboe-lemon-ticket-harbor-quiet")
    person.at(CodesPage)


def test_a_closed_account_is_forgotten(person: Person, opened: FakeUseCases) -> None:
    page = fix(person, "Bank")
    button(page, "This account is closed: forget it").click()
    person.bot.waitUntil(lambda: shown_first(person) == ["Mail", "Shop"])
    assert "Bank" not in remembered(opened)


@pytest.mark.parametrize("forgotten", [True, False])
def test_accounts_that_are_not_in_the_new_list(
    forgotten: bool, person: Person, opened: FakeUseCases, tmp_path: Path
) -> None:
    button(person.at(ReportPage), "Leave it there").click()
    person.bot.waitUntil(lambda: "Leaks were not checked" in words_of(person))
    button(person.at(ReportPage), "Check a new list").click()
    person.at(PasswordImportPage)
    drop(person, exported(tmp_path, ROWS[:3]))
    person.bot.waitUntil(lambda: "Delete it now" in labels(person))
    button(person.at(ReportPage), "Leave it there").click()
    person.bot.waitUntil(lambda: "1 account is not in the new list" in words_of(person))
    button(person.at(ReportPage), "Yes, forget them" if forgotten else "No, keep them").click()
    person.bot.waitUntil(lambda: "not in the new list" not in words_of(person))
    assert ("Forum" in remembered(opened)) is not forgotten


def test_what_was_said_of_leaks_can_be_changed(person: Person, opened: FakeUseCases) -> None:
    person.window.go("settings")
    page = person.window.shown_page()
    combo = next(
        one for one in page.findChildren(Combo) if one.accessibleName() == "Leaks of passwords"
    )
    assert combo.value() == "off"
    combo.chosen.emit("")
    assert opened.chosen.leaks == ""


def test_what_was_asked_is_in_the_ledger(person: Person, opened: FakeUseCases) -> None:
    opened.lines = (FakeLine(datetime.now(UTC), "5BAA6", "found", "breaches"),)
    person.window.go("ledger")
    assert "Is a password that begins so in a leak?" in words_of(person)
    assert "five letters" in words_of(person)


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("first", ReportPage),
        ("import", PasswordImportPage),
        ("leaks", LeakQuestionPage),
        ("schedule", SchedulePage),
    ],
)
def test_an_errand_is_done_by_a_window_that_was_just_opened(
    what: str, kind: type[Page], person: Person, open_window: Open, qtbot: QtBot
) -> None:
    usecases = person.window._usecases
    usecases.chosen = replace(usecases.chosen, leaks="")
    again = Person(open_window(usecases), qtbot)
    again.window.parts.send(Errand("passwords", what))
    again.at(kind)


def test_a_list_is_chosen_by_ctrl_o(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "more.csv"
    row = ("Radio", "https://radio.example.org/", "anna", "Regenbogen-2023")
    file.write_text(table("name,url,username,password", [row]), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    button(person.at(ReportPage), "Check a new list").click()
    person.at(PasswordImportPage)
    person.press("Ctrl+O")
    person.at(ReportPage)
    assert "Radio" in remembered(person.window._usecases)


def test_a_list_is_dropped_on_the_report(person: Person, tmp_path: Path) -> None:
    button(person.at(ReportPage), "Leave it there").click()
    person.bot.waitUntil(lambda: "Delete it now" not in labels(person))
    drop(person, exported(tmp_path, ROWS[:2]))
    person.bot.waitUntil(lambda: "Delete it now" in labels(person), timeout=20_000)


def test_how_to_get_the_list(person: Person) -> None:
    button(person.at(ReportPage), "Check a new list").click()
    page = person.at(PasswordImportPage)
    button(page, "Show me how to get it").click()
    assert QApplication.focusWidget() is page.sources[0].row
    page.sources[0].row.click()
    assert "Or type chrome://password-manager/settings" in words_of(person)
    few = len(page.sources)
    button(page, "Show more").click()
    assert len(page.sources) > few
    page.set_welcoming(True)
    assert "Let go to check it" in words_of(person)
    person.press("Esc")
    person.at(ReportPage)


def test_another_place_for_the_new_one_and_a_browser_that_does_not_open(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    page = fix(person, "Mail")
    page.main.click()
    assert page.fix.step == CHANGE
    page.main.click()
    person.says("Your browser did not open")
    button(page, "Somewhere else").click()
    assert page.fix.step == KEEP
    button(page, "Help me choose").click()
    helps = person.at(KeepersPage)
    paper = next(
        one for one in helps.findChildren(Disclosure) if one.row.title.text() == "On paper, at home"
    )
    paper.row.click()
    button(paper, "I keep it there").click()
    page = person.at(PasswordAccountPage)
    assert "Here: On paper, at home" in words_of(person)
    button(page, "Done").click()
    button(page, "Back").click()
    assert page.fix.step == CHANGE


def test_an_errand_waits_for_the_locked_store(person: Person) -> None:
    person.press("Ctrl+L")
    person.at(LockedPage)
    person.window.go("home")
    person.window.parts.send(Errand("passwords", "account", "shop.example.net"))
    person.at(LockedPage)
    person.types(codes.PASSPHRASE)
    person.enter()
    assert person.at(PasswordAccountPage).account.title == "Shop"


def test_the_window_goes_on_over_many_accounts(
    open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path
) -> None:
    many = [
        (f"Site {n}", f"https://s{n}.example/", "anna", f"Sunflower-{n % 900}-Hill")
        for n in range(2_000)
    ]
    person = Person(open_window(opened), qtbot)
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    opened.chosen = replace(opened.chosen, leaks="off")
    with unsearched(), Heartbeat() as heart:  # what other tests left is not ours to count
        drop(person, exported(tmp_path, many))
        qtbot.waitUntil(lambda: isinstance(person.window.shown_page(), ReportPage), timeout=60_000)
        button(person.window.shown_page(), "All accounts").click()
        page = person.at(AccountsPage)
        qtbot.waitUntil(lambda: len(page.rows) == 50)
        page.more.click()
        qtbot.waitUntil(lambda: len(page.rows) == 100)
        page.box.setText("site 19")
    assert heart.busiest < 0.1
