"""One account in the window, put right step by step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from secassist.ui.pages.codes import CodesPage
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_fix import CHANGE, TICK
from secassist.ui.pages.passwords_keepers import KeepersPage
from secassist.ui.pages.passwords_list import AccountsPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.setup_site import WherePage
from secassist.ui.pages.transfer import DryRunPage
from secassist.ui.widgets.chart import Chart
from secassist.ui.window import Window
from support import codes
from support.password_desk import SHARED, button, exported, fix, read_list, remembered, shown_first
from support.password_lists import table
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]


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
