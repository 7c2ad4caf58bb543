"""A newer list of known waves of real mail, fetched from the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from secassist.ui.pages.settings import SettingsPage
from secassist.ui.questions import plain_question
from secassist.ui.widgets.label import Label
from secassist.ui.window import Window
from support.person import Person
from support.wave_lists import Signer, list_server
from support.window import FakeSettings, FakeUseCases

Open = Callable[[FakeUseCases], Window]


def words(page: SettingsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(Label))


def test_the_button_is_off_until_it_is_said_from_where(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(FakeUseCases())
    person = Person(window, qtbot)
    window.go("settings")
    page = person.at(SettingsPage)
    assert "Our list is " in words(page)
    assert "It came with this program." in words(page)
    assert page.refresh.why_not == "First say where the list is, and its key."
    person.tab_to("Where is a newer list?")
    person.types("https://help.example.org/waves")
    person.tab_to("Key of that list")
    person.types(Signer().key)
    person.press("Return")
    assert page.refresh.available
    assert window._usecases.chosen.incidents_url == "https://help.example.org/waves"


def test_a_newer_list_is_fetched_by_keyboard_and_its_age_is_shown(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    with list_server(Signer().signed()) as server:
        settings = FakeSettings(incidents_url=server.url, incidents_key=Signer().key)
        usecases = FakeUseCases(chosen=settings, folder=tmp_path)
        window = open_window(usecases)
        person = Person(window, qtbot)
        window.go("settings")
        person.tab_to("Look for a newer one")
        person.enter()
        person.says("It is used from the next check on.")
        assert "It was fetched." in words(person.at(SettingsPage))
        (entry,) = usecases.book.entries
        assert "newer list" in plain_question(window.look, entry.kind, entry.question)
        server.data = Signer(2).signed()
        person.tab_to("Look for a newer one")
        person.enter()
        person.says("not signed")


def test_who_stays_offline_asks_nobody(open_window: Open, qtbot: QtBot) -> None:
    settings = FakeSettings(
        offline=True, incidents_url="https://help.example.org/", incidents_key=Signer().key
    )
    window = open_window(FakeUseCases(chosen=settings))
    window.go("settings")
    page = Person(window, qtbot).at(SettingsPage)
    assert page.refresh.why_not == "You chose to stay offline."
