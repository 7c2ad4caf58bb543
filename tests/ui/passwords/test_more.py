"""What else there is to do with passwords in the window."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from secassist.base.garbage import unsearched
from secassist.ui.pages.codes import CodesPage
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_fix import CHANGE, KEEP
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_keepers import KeepersPage
from secassist.ui.pages.passwords_left_out import LeaveOutPage, LeftOutPage
from secassist.ui.pages.passwords_list import AccountsPage
from secassist.ui.pages.passwords_reading import LeakQuestionPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.passwords_save import KeptPage, SaveReportPage
from secassist.ui.pages.passwords_schedule import SchedulePage
from secassist.ui.pages.passwords_typed import TypedPage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.part import Errand
from secassist.ui.widgets.combo import Combo
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.window import Window
from support import codes
from support.heartbeat import HELD_UP, Heartbeat
from support.password_desk import (
    ROWS,
    SHARED,
    button,
    drop,
    exported,
    fix,
    labels,
    read_list,
    remembered,
    shown_first,
    words_of,
)
from support.password_lists import table
from support.person import Person
from support.window import FakeLine, FakeUseCases

Open = Callable[[FakeUseCases], Window]


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
    assert heart.busiest < HELD_UP
