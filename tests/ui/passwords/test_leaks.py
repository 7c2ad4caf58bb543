"""Leaks in the window: looked up only after yes, and never said to be none without an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from secassist.ui.pages.passwords_reading import LeakQuestionPage, ReadingPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.window import Window
from support import breach_lists, codes
from support.password_desk import (
    SHARED,
    button,
    exported,
    fix,
    read_list,
    remembered,
    shown_first,
    words_of,
)
from support.password_lists import table
from support.person import Person
from support.window import FakeUseCases
from usecases.test_breached_sites import SERVICE, served

Open = Callable[[FakeUseCases], Window]


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
