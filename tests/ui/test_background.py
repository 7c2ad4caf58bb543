"""The tray, and the check of passwords by itself: off until wanted, told once, no names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from secassist.base.errors import CouldNotFinish
from secassist.ui import background
from secassist.ui.background import Background
from secassist.ui.pages.passwords_reading import ReadingPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.passwords_schedule import SchedulePage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.widgets.choice import Segment, Switch
from secassist.ui.window import Window
from secassist.usecases import schedule
from support import breach_lists, codes
from support.password_desk import ROWS, button, exported, labels, read_list
from support.person import Person
from support.window import FakeUseCases

# What a screen that does not exist can't do.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", r"raise\(\)", extend=True)
Open = Callable[[FakeUseCases], Window]
MONTH = 31 * 24 * 60 * 60


@dataclass
class Time:
    """The clock of the use cases."""

    now: float = codes.NOW
    notes: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, time: Time) -> None:
    codes.quicken(monkeypatch)

    def show(icon: QSystemTrayIcon, headline: str, sentence: str, *_: object) -> None:
        time.notes.append((headline, sentence))

    monkeypatch.setattr(QSystemTrayIcon, "showMessage", show)


@pytest.fixture
def with_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop with a place for icons."""
    monkeypatch.setattr(background, "tray_is_there", lambda: True)
    monkeypatch.setattr("secassist.ui.pages.passwords_more.tray_is_there", lambda: True)


@pytest.fixture
def usecases(tmp_path: Path, time: Time) -> FakeUseCases:
    codes.fill(tmp_path / "data")
    usecases = FakeUseCases(folder=tmp_path / "data", now=lambda: time.now)
    codes.unlock(usecases.keeper())
    return usecases


@pytest.fixture
def person(
    open_window: Open, qtbot: QtBot, usecases: FakeUseCases, tmp_path: Path
) -> Iterator[Person]:
    """Somebody whose list is remembered."""
    window = open_window(usecases)
    window.go_on_in_background()
    person = Person(window, qtbot)
    read_list(person, exported(tmp_path))
    yield person
    usecases.chosen = replace(usecases.chosen, tray=False)
    behind(person).show_settings()


def behind(person: Person) -> Background:
    person.window._begin_background()
    made = person.window._background
    assert isinstance(made, Background)
    return made


def look(person: Person) -> None:
    """Have it look, and wait until it has."""
    behind(person).look()
    person.bot.waitUntil(lambda: not behind(person)._looking, timeout=20_000)


def segment(page: SchedulePage, words: str) -> Segment:
    return next(one for one in page.findChildren(Segment) if one.text() == words)


def is_on(person: Person) -> bool:
    """Whether the system starts it."""
    return person.at(SchedulePage).findChildren(Switch)[0].isChecked()


def test_nothing_is_looked_at_before_it_is_wanted(person: Person, usecases: FakeUseCases) -> None:
    behind(person).look()
    assert not behind(person)._looking
    assert behind(person).tray is None
    assert not (usecases.folder / "schedule.json").exists()


@pytest.mark.parametrize(("answer", "every"), [("Yes, each month", "month"), ("No, thanks", "off")])
def test_it_is_offered_once(
    answer: str, every: str, person: Person, usecases: FakeUseCases
) -> None:
    with breach_lists.served(breach_lists.lines([], 20)) as server:
        usecases.passwords()._server = server.url
        usecases.chosen = replace(usecases.chosen, leaks="online")
        button(person.at(ReportPage), "Leave it there").click()
        person.bot.waitUntil(lambda: "Look for leaks" in labels(person))
        button(person.at(ReportPage), "Look for leaks").click()
        person.bot.waitUntil(lambda: answer in labels(person), timeout=20_000)
    button(person.at(ReportPage), answer).click()
    person.bot.waitUntil(lambda: answer not in labels(person))
    assert str(schedule.load(usecases.folder).every) == every


def test_how_often_is_chosen(person: Person, usecases: FakeUseCases) -> None:
    button(person.at(ReportPage), "Look again by itself").click()
    page = person.at(SchedulePage)
    segment(page, "Each month").click()
    person.bot.waitUntil(lambda: str(schedule.load(usecases.folder).every) == "month")
    person.bot.waitUntil(lambda: segment(person.at(SchedulePage), "Each month").isChecked())
    segment(person.at(SchedulePage), "Never").click()
    person.bot.waitUntil(lambda: str(schedule.load(usecases.folder).every) == "off")


def test_the_system_starts_it_while_the_window_is_closed(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(schedule, "_has_systemd", lambda: False)
    monkeypatch.setattr("sys.platform", "linux")
    button(person.at(ReportPage), "Look again by itself").click()
    segment(person.at(SchedulePage), "Each week").click()
    person.bot.waitUntil(lambda: bool(person.at(SchedulePage).findChildren(Switch)))
    person.at(SchedulePage).findChildren(Switch)[0].click()
    entry = tmp_path / "config" / "autostart" / "secassist-audit.desktop"
    person.bot.waitUntil(lambda: any(entry.parent.glob("*.desktop")))
    person.bot.waitUntil(lambda: is_on(person))
    person.at(SchedulePage).findChildren(Switch)[0].click()
    person.bot.waitUntil(lambda: not any(entry.parent.glob("*.desktop")))


def test_a_system_that_takes_no_timer_is_said(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(every: object, data: object = None) -> None:
        raise CouldNotFinish("The system did not take the timer.")

    monkeypatch.setattr(schedule, "install", refuse)
    button(person.at(ReportPage), "Look again by itself").click()
    segment(person.at(SchedulePage), "Each week").click()
    person.bot.waitUntil(lambda: bool(person.at(SchedulePage).findChildren(Switch)))
    person.at(SchedulePage).findChildren(Switch)[0].click()
    person.says("did not take the timer")
    assert not is_on(person)


def test_what_is_new_is_told_once_and_without_names(
    person: Person, usecases: FakeUseCases, with_tray: None, time: Time
) -> None:
    asyncio.run(usecases.passwords_watch().change("month"))
    usecases.chosen = replace(usecases.chosen, tray=True, leaks="online")
    behind(person).show_settings()
    assert behind(person).tray is not None
    look(person)
    assert not time.notes, "it is not time yet"
    with breach_lists.served(breach_lists.lines([ROWS[0][3]], 20)) as server:
        usecases.passwords()._server = server.url
        time.now += MONTH
        look(person)
        person.bot.waitUntil(lambda: bool(time.notes))
        look(person)
        time.now += MONTH
        look(person)
    assert time.notes == [
        ("2 passwords turned up in a leak", "Changing one takes about 3 minutes.")
    ]
    person.window.go("home")
    behind(person).tray.icon.messageClicked.emit()
    person.at(ReportPage)


def test_without_a_tray_the_desktop_tells_it_or_it_stays_new(
    person: Person, usecases: FakeUseCases, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(usecases.passwords_watch().change("week"))
    usecases.chosen = replace(usecases.chosen, leaks="online")
    works = False

    def notify(headline: str, sentence: str) -> None:
        if not works:
            raise CouldNotFinish("There is no desktop.")
        time.notes.append((headline, sentence))

    monkeypatch.setattr("secassist.usecases.notify.notify", notify)
    with breach_lists.served(breach_lists.lines([ROWS[0][3]], 20)) as server:
        usecases.passwords()._server = server.url
        time.now += MONTH
        look(person)
        assert not time.notes
        works = True
        time.now += MONTH
        look(person)
    assert len(time.notes) == 1


def test_what_is_locked_stays_locked(person: Person, usecases: FakeUseCases, time: Time) -> None:
    asyncio.run(usecases.passwords_watch().change("week"))
    person.press("Ctrl+L")
    person.at(LockedPage)
    time.now += MONTH
    look(person)
    assert asyncio.run(usecases.keeper().view()).state.value == "locked"
    assert schedule.load(usecases.folder).last < time.now - MONTH / 2, "it is made up for later"


def test_closing_the_window_leaves_the_icon(
    person: Person, usecases: FakeUseCases, with_tray: None
) -> None:
    usecases.chosen = replace(usecases.chosen, tray=True)
    behind(person).show_settings()
    tray = behind(person).tray
    assert tray is not None
    assert not QGuiApplication.quitOnLastWindowClosed()
    person.window.close()
    assert person.window.isHidden()
    tray.open_wanted.emit()
    assert person.window.isVisible()
    words = [action.text() for action in tray.menu.actions() if action.text()]
    assert words == [
        "Check the e-mail I copied",
        "Check passwords now",
        "Open secassist",
        "Lock",
        "Quit",
    ]
    usecases.chosen = replace(usecases.chosen, tray=False)
    behind(person).show_settings()
    assert behind(person).tray is None
    assert QGuiApplication.quitOnLastWindowClosed()


def test_the_menu_does_what_it_says(
    person: Person, usecases: FakeUseCases, with_tray: None
) -> None:
    usecases.chosen = replace(usecases.chosen, tray=True, leaks="online")
    behind(person).show_settings()
    tray = behind(person).tray
    QGuiApplication.clipboard().setText("From: someone@example.org\n\nHello")
    tray.check_copied.emit()
    person.bot.waitUntil(lambda: usecases.checked == ["From: someone@example.org\n\nHello"])
    tray.look_for_leaks.emit()
    person.at(ReadingPage)
    person.at(ReportPage)
    tray.lock_wanted.emit()
    person.at(LockedPage)
    assert not tray.lock.isVisible()


def test_the_menu_speaks_the_language_that_was_chosen_last(
    person: Person, usecases: FakeUseCases, with_tray: None
) -> None:
    usecases.chosen = replace(usecases.chosen, tray=True)
    behind(person).show_settings()
    tray = behind(person).tray
    usecases.chosen = replace(usecases.chosen, language="pseudo")
    person.window.parts.settings_changed.emit()
    assert behind(person).tray is tray
    words = [action.text() for action in tray.menu.actions() if action.text()]
    assert len(words) == 5
    assert "Quit" not in words
    assert tray.lock.isVisible(), "the store is open as before"


def test_the_icon_follows_the_colours_of_the_system(
    person: Person, usecases: FakeUseCases, with_tray: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    usecases.chosen = replace(usecases.chosen, tray=True, theme="system")
    person.window.parts.settings_changed.emit()
    tray = behind(person).tray
    hints = QGuiApplication.styleHints()
    colours = []
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        monkeypatch.setattr(type(hints), "colorScheme", lambda _, now=scheme: now)
        hints.colorSchemeChanged.emit(scheme)
        pixels = tray.icon.icon().pixmap(64).toImage()
        colours.append(pixels.pixelColor(6, 32).name())
        assert colours[-1] == person.window.look.colour("accent").name()
    assert len(set(colours)) == 2


def test_a_store_that_the_check_opened_is_watched_over(
    open_window: Open, qtbot: QtBot, usecases: FakeUseCases, time: Time
) -> None:
    window = open_window(usecases)
    window.go("check")
    window.go_on_in_background()
    asyncio.run(usecases.passwords_watch().change("week"))
    time.now += MONTH
    assert not window.parts.store_is_open
    look(Person(window, qtbot))
    assert window.parts.store_is_open
    window.parts.lock(everywhere=False)
    qtbot.waitUntil(lambda: not window.parts.store_is_open)
    assert asyncio.run(usecases.keeper().view()).state.value == "locked"


def test_only_an_icon_that_is_wanted_is_part_of_the_start(
    open_window: Open, usecases: FakeUseCases, with_tray: None
) -> None:
    window = open_window(usecases)
    window.go_on_in_background()
    assert window._background is None
    usecases.chosen = replace(usecases.chosen, tray=True)
    window.parts.settings_changed.emit()
    assert window._background is not None
    assert window._background.tray is not None
    again = open_window(usecases)
    again.go_on_in_background()
    assert again._background is not None
    usecases.chosen = replace(usecases.chosen, tray=False)
    for one in (window, again):
        one.parts.settings_changed.emit()
        assert one._background is not None
        assert one._background.tray is None
