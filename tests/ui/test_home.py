"""Home over a real store: complete at once, and what is known comes after it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from secassist.plans.own import Shelf
from secassist.plans.plan import plans
from secassist.plans.progress import State
from secassist.ui.pages.home import HomePage
from secassist.ui.pages.passwords_schedule import SchedulePage
from secassist.ui.pages.plans_list import PlansListPage
from secassist.ui.pages.plans_page import PlanPage
from secassist.ui.pages.setup_site import SitePage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.part import Errand
from secassist.ui.window import Window
from secassist.usecases import plans as use
from secassist.usecases import schedule
from secassist.usecases.audit import Breaches
from secassist.usecases.plans import Begin
from support import codes, reports
from support.password_lists import table
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
SHELF = Shelf(plans())


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    codes.quicken(monkeypatch)


@pytest.fixture
def filled(tmp_path: Path) -> FakeUseCases:
    """An open store with codes, a plan under way and a mail that was checked."""
    codes.fill(tmp_path)
    usecases = FakeUseCases(folder=tmp_path)
    keeper = usecases.keeper()
    codes.unlock(keeper)
    now = keeper.now()

    def work(vault: object) -> None:
        one = use.start(vault, SHELF, "flood", Begin(), now - 50)
        use.mark(vault, SHELF, one.run.id, "delete-nothing", State.DONE, now - 40)
        use.start(vault, SHELF, "unexpected", Begin(organisation="instagram"), now - 30)
        use.note_check(vault, reports.fake(), "", "", now - 20)

    asyncio.run(keeper.change(work))
    return usecases


def states(page: HomePage) -> list[str]:
    return [card.state.text() for card in page.cards]


def test_on_the_first_day_nothing_is_looked_up(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(FakeUseCases())
    page = Person(window, qtbot).at(HomePage)
    assert states(page) == ["Not set up yet", "Not checked yet", "None yet"]
    qtbot.wait(400)  # no longer than the window waits before it looks
    assert window.home.overview is None
    assert window._usecases.kept is None


def test_what_is_known_comes_after_home_is_shown(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    page = person.at(HomePage)
    assert states(page) == ["One moment…"] * 3
    focused = page.main
    assert focused.hasFocus()
    qtbot.waitUntil(lambda: states(page)[0] == "4 accounts", timeout=20_000)
    assert states(page)[1] == "Not checked yet"
    assert states(page)[2].startswith("Today, ")
    assert page.cards[2].note.text() == "That mail was a fake."
    assert focused.hasFocus()
    assert window._counts == {"plans": 2}
    person.tab_to("Continue")
    person.enter()
    assert person.at(PlanPage).kept.progress.run.id == "unexpected-1"
    person.goes_to("home")
    person.tab_to("1 more plan is open")
    person.enter()
    person.at(PlansListPage)


def test_a_reminder_that_is_due_comes_first(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    keeper = filled.keeper()
    now = keeper.now()
    asyncio.run(keeper.change(lambda vault: use.remind(vault, SHELF, "flood-1", now)))
    filled.now = lambda: now + 24 * 3600 + 1
    window = open_window(filled)
    page = Person(window, qtbot).at(HomePage)
    qtbot.waitUntil(lambda: page._run is not None, timeout=20_000)
    assert page._run.go_on.accessibleDescription() == "Your inbox is being flooded"


def test_a_locked_store_is_said_and_locking_takes_all_away(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    page = person.at(HomePage)
    qtbot.waitUntil(lambda: page._run is not None, timeout=20_000)
    person.press("Ctrl+L")
    qtbot.waitUntil(lambda: states(page)[:2] == ["Locked", "Locked"], timeout=20_000)
    assert page._run is None
    person.tab_to("Unlock")
    person.enter()
    person.at(LockedPage)


def test_locked_at_another_place_home_names_nothing_any_more(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    person = Person(open_window(filled), qtbot)
    page = person.at(HomePage)
    qtbot.waitUntil(lambda: page._run is not None, timeout=20_000)
    person.goes_to("settings")
    person.press("Ctrl+L")
    qtbot.waitUntil(lambda: not person.window.parts.store_is_open)
    person.window.go("home")
    page = person.at(HomePage)
    assert states(page) == ["One moment…"] * 3, "nothing was looked up yet"
    assert page._run is None


def test_cards_lead_to_their_places(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(FakeUseCases())
    person = Person(window, qtbot)
    person.at(HomePage)
    person.tab_to("Start with one")
    person.enter()
    person.at(SitePage)
    person.goes_to("home")
    person.tab_to("Check now")
    person.enter()
    assert window.current == "check"


def test_a_plan_in_memory_is_on_home_too(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(FakeUseCases())
    person = Person(window, qtbot)
    person.goes_to("plans")
    person.at(PlansListPage)
    person.tab_to("Someone calls")
    person.enter()
    person.at(PlanPage)
    person.goes_to("home")
    page = person.at(HomePage)
    qtbot.waitUntil(lambda: page._run is not None, timeout=20_000)
    person.tab_to("Continue")
    person.enter()
    assert not person.at(PlanPage).kept.is_kept


def test_a_reminder_is_told_once_when_its_time_has_come(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    keeper = filled.keeper()
    now = keeper.now()
    asyncio.run(keeper.change(lambda vault: use.remind(vault, SHELF, "flood-1", now)))
    window = open_window(filled)
    told: list[object] = []
    window.parts.noted.connect(lambda headline, sentence, errand: told.append(errand))
    person = Person(window, qtbot)
    person.goes_to("plans")
    person.at(PlansListPage)
    person.goes_to("home")
    qtbot.waitUntil(lambda: person.at(HomePage)._run is not None, timeout=20_000)
    reminders = [window.home.overview._reminders, window.parts.get("plans")._reminders]
    for each in reminders:
        assert 24 * 3600_000 - 60_000 < each._timer.interval() <= 24 * 3600_000 + 1_000
        each._tell()
    assert told == []
    filled.now = lambda: now + 24 * 3600 + 1
    for each in reminders:
        each._tell()
    assert told == [Errand("plans", "continue", "flood-1")]


def test_passwords_that_are_remembered_and_the_regular_check(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, tmp_path: Path
) -> None:
    lists = tmp_path / "Chrome Passwords.csv"
    rows = [
        ("Mail", "https://mail.example.com/", "anna", "Sunflower-Hill-1987"),
        ("Shop", "https://shop.example.net/", "anna", "Sunflower-Hill-1987"),
        ("Forum", "https://forum.example.org/", "anna", "qV7#tLw2!mZx9pRk"),
    ]
    lists.write_text(table("name,url,username,password", rows), "utf-8")

    async def remember() -> None:
        desk = filled.passwords()
        await desk.keep(await desk.judge([lists], Breaches()))

    asyncio.run(remember())
    window = open_window(filled)
    person = Person(window, qtbot)
    page = person.at(HomePage)
    qtbot.waitUntil(lambda: states(page)[1] == "2 to change first", timeout=20_000)
    assert "2 of 3 need something." in page.cards[1].note.text()
    assert "Leaks were not checked." in page.cards[1].note.text()
    assert states(page)[2] == "Off"
    person.tab_to("Turn on")
    person.enter()
    person.at(SchedulePage)
    schedule.change(tmp_path, "week", filled.keeper().now())
    window.go("home")
    qtbot.waitUntil(lambda: states(page)[2].startswith("Today, "), timeout=20_000)
    assert page.cards[2].note.text().startswith("Next one: ")
