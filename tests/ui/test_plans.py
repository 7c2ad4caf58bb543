"""Action plans in the window, over a real store: started, gone on with, taken back, finished."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from secassist.mail.report import Report
from secassist.plans import repetition
from secassist.plans.journal import Entry
from secassist.plans.own import Shelf
from secassist.plans.plan import plans
from secassist.plans.progress import State
from secassist.store.vault import Vault
from secassist.ui.pages.plans_list import MOST, PlansListPage
from secassist.ui.pages.plans_page import PlanPage
from secassist.ui.pages.plans_site import WhichSitePage
from secassist.ui.pages.store_closed import LockedPage, StoreClosedPage
from secassist.ui.widgets.button import Button
from secassist.ui.window import Window
from secassist.usecases import plans as use
from secassist.usecases.plans import Progress
from support import codes, pages, reports
from support.person import Person
from support.routines import make_the_store
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
SHELF = Shelf(plans())


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    codes.quicken(monkeypatch)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened in the browser."""
    found: list[str] = []

    def open_(address: object) -> bool:
        found.append(address.toString())
        return True

    monkeypatch.setattr("secassist.ui.opening.QDesktopServices.openUrl", open_)
    return found


@pytest.fixture
def filled(tmp_path: Path) -> FakeUseCases:
    """An open store."""
    codes.fill(tmp_path)
    usecases = FakeUseCases(folder=tmp_path)
    codes.unlock(usecases.keeper())
    return usecases


def stored(usecases: FakeUseCases) -> tuple[Progress, ...]:
    """The runs in the store, read by another program."""
    usecases.close()
    usecases.kept = None
    keeper = usecases.keeper()
    codes.unlock(keeper)
    return asyncio.run(keeper.read(lambda vault: use.runs(vault, SHELF)))


def at_step(person: Person, step: str) -> PlanPage:
    """Wait until this step is the open one."""

    def there() -> None:
        page = person.window.shown_page()
        assert isinstance(page, PlanPage)
        assert page.kept.progress.open_step == step

    person.bot.waitUntil(there, timeout=20_000)
    page = person.window.shown_page()
    assert isinstance(page, PlanPage)
    return page


def test_a_plan_without_a_store_by_keyboard_alone_and_kept_half_way(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    usecases = FakeUseCases(folder=tmp_path)
    person = Person(open_window(usecases), qtbot)
    person.goes_to("plans")
    person.at(PlansListPage)
    person.tab_to("Someone calls")
    person.enter()
    page = at_step(person, "hang-up")
    assert not page.kept.is_kept
    person.enter()
    page = at_step(person, "go-offline")
    assert page.first is not None
    assert page.first.hasFocus()
    person.tab_to("Keep this plan")
    person.enter()
    make_the_store(person)
    page = at_step(person, "go-offline")
    assert page.kept.is_kept
    person.tab_to("Not for me")
    person.enter()
    at_step(person, "call-bank")
    (run,) = stored(usecases)
    assert [(mark.step, mark.state) for mark in run.run.marks] == [
        ("hang-up", State.DONE),
        ("go-offline", State.NOT_FOR_ME),
    ]


@pytest.mark.parametrize("plan", sorted(plans()))
def test_every_plan_is_finished_by_keyboard_alone(
    plan: str,
    open_window: Open,
    qtbot: QtBot,
    filled: FakeUseCases,
    opened: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    keeper = filled.keeper()
    begin = use.Begin(organisation="instagram")
    now = keeper.now()
    run = asyncio.run(keeper.change(lambda vault: use.start(vault, SHELF, plan, begin, now))).run.id
    person = Person(open_window(filled), qtbot)
    person.goes_to("plans")
    person.at(PlansListPage)
    person.tab_to("Continue")
    person.enter()
    page = person.at(PlanPage)
    steps = [state.step.id for state in page.kept.progress.steps]
    for step in steps:
        page = at_step(person, step)
        if "I have done this" in [button.label for button in page.findChildren(Button)]:
            person.tab_to("I have done this")
        person.enter()
    person.bot.waitUntil(lambda: person.window.shown_page().kept.progress.open_step is None)
    person.bot.waitUntil(lambda: isinstance(person.window.shown_page(), PlanPage))
    person.enter()  # the filled button saves the report
    person.bot.waitUntil(saved.exists)
    text = saved.read_text("utf-8")
    assert "Finished: 2" in text
    assert text.count("(done, ") == len(steps)
    (found,) = stored(filled)
    assert found.run.id == run
    assert found.finished_at
    assert not opened


def mails_of(*organisations: str) -> list[Report]:
    """A genuine reset mail of each, a minute apart, the last one just now."""
    now = datetime.now(UTC).replace(microsecond=0)
    found = []
    for number, name in enumerate(organisations):
        at = now - timedelta(minutes=len(organisations) - number)
        one = reports.genuine()
        mail = replace(one.message, claimed=name, claimed_name=name, date=at.isoformat())
        found.append(replace(one, message=mail, fingerprint=f"{number}" * 64))
    return found


@pytest.mark.parametrize(
    ("organisations", "plan", "words"),
    [
        (("instagram",) * 3, "unexpected", "three times"),
        (("google", "paypal"), "taken-over", "Two sites"),
    ],
)
def test_what_is_repeated_raises_the_right_plan(
    organisations: tuple[str, ...],
    plan: str,
    words: str,
    open_window: Open,
    qtbot: QtBot,
    filled: FakeUseCases,
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    qtbot.waitUntil(lambda: window.parts.store_is_open, timeout=20_000)
    for report in mails_of(*organisations):
        pages.check(window, filled, qtbot, report)
    person.says(words)
    window.shown_page().strip.buttons[0].click()
    one = person.at(PlanPage).kept.progress
    assert one.plan.id == plan
    assert one.run.organisation == organisations[-1]


def test_a_mail_that_was_asked_for_is_no_repetition_and_without_a_store_nothing_is_noted(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, tmp_path: Path
) -> None:
    window = open_window(filled)
    qtbot.waitUntil(lambda: window.parts.store_is_open, timeout=20_000)
    for report in mails_of(*("instagram",) * 3):
        pages.check(window, filled, qtbot, report)
        page = window.shown_page()
        page.chosen.emit(page.report.buttons[0])  # Yes, I asked
    qtbot.waitUntil(lambda: len(journal_of(filled)) == 6, timeout=20_000)
    assert sorted((e.event, e.asked) for e in journal_of(filled)) == [
        *[("judged", "")] * 3,
        *[("judged", "yes")] * 3,
    ]
    assert repetition.look(journal_of(filled), filled.keeper().now()) is None
    other = FakeUseCases(folder=tmp_path / "empty")
    window = open_window(other)
    for report in mails_of(*("instagram",) * 3):
        pages.check(window, other, qtbot, report)
    assert window.shown_page().strip is None
    assert other.kept is None


def journal_of(usecases: FakeUseCases) -> tuple[Entry, ...]:
    """The journal, in the order in which it was written."""
    return asyncio.run(usecases.keeper().read(use.entries))


def test_what_the_store_knows_of_the_account_changes_the_advice(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    """There are codes for Instagram, so its second lock is on."""
    window = open_window(filled)
    qtbot.waitUntil(lambda: window.parts.store_is_open, timeout=20_000)
    pages.check(window, filled, qtbot, mails_of("instagram")[0])
    qtbot.waitUntil(lambda: window.check._account is not None, timeout=20_000)
    page = window.shown_page()
    page.chosen.emit(page.report.buttons[1])  # No, I did not
    assert page.headline.text() == "Real mail. Your second lock is on."
    window.go("home")
    window.lock()
    qtbot.waitUntil(lambda: not window.parts.store_is_open, timeout=20_000)
    window.go("check")
    assert window.shown_page() is page
    assert page.headline.text() == "Real mail, but you did not ask for it."
    assert window.check._account is None


def test_after_a_lock_no_verdict_says_what_was_repeated(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    qtbot.waitUntil(lambda: window.parts.store_is_open, timeout=20_000)
    for report in mails_of(*("instagram",) * 3):
        pages.check(window, filled, qtbot, report)
    person.says("three times")
    page = window.shown_page()
    headline = page.headline.text()
    person.press("Ctrl+L")
    qtbot.waitUntil(lambda: page.strip is None, timeout=20_000)
    assert window.shown_page() is page
    assert page.headline.text() == headline


@pytest.fixture
def at_list(open_window: Open, qtbot: QtBot, filled: FakeUseCases) -> Person:
    """Somebody at the list of plans, over an open store with one plan under way."""
    keeper = filled.keeper()
    now = keeper.now()
    begin = use.Begin(organisation="instagram")
    asyncio.run(keeper.change(lambda vault: use.start(vault, SHELF, "clicked", begin, now)))
    person = Person(open_window(filled), qtbot)
    person.goes_to("plans")
    person.at(PlansListPage)
    return person


def go_on(person: Person) -> PlanPage:
    person.tab_to("Continue")
    person.enter()
    return at_step(person, "close-page")


def test_undo_reminder_and_leaving_the_rest_out(at_list: Person, filled: FakeUseCases) -> None:
    person = at_list
    go_on(person)
    person.enter()
    at_step(person, "delete-file")
    person.tab_to("Undo")
    person.enter()
    at_step(person, "close-page")
    person.tab_to("Remind me")
    person.enter()
    person.bot.waitUntil(lambda: bool(person.window.shown_page().kept.progress.run.remind_at))
    person.tab_to("Leave the rest out")
    person.enter()
    person.bot.waitUntil(lambda: person.window.shown_page().kept.progress.open_step is None)
    person.bot.waitUntil(lambda: person.window._counts["plans"] == 0)
    (run,) = stored(filled)
    assert {mark.state for mark in run.run.marks} == {State.NOT_FOR_ME}


def test_another_dress_shows_the_same_plan(at_list: Person) -> None:
    person = at_list
    go_on(person)
    person.dresses("dark")
    at_step(person, "close-page")
    person.press("Esc")
    person.at(PlansListPage)


def test_locking_hides_the_plan_and_unlocking_brings_it_back(at_list: Person) -> None:
    person = at_list
    go_on(person)
    person.press("Ctrl+L")
    page = person.at(PlansListPage)
    assert page._rows == []
    person.tab_to("Unlock")
    person.enter()
    person.at(LockedPage)
    person.types("wrong words")
    person.enter()
    person.bot.waitUntil(lambda: "assphrase" in person.at(LockedPage).field.below.text())
    person.at(LockedPage).field.clear()
    person.types(codes.PASSPHRASE)
    person.enter()
    page = person.at(PlansListPage)
    person.bot.waitUntil(lambda: bool(person.at(PlansListPage)._rows))


def test_a_fault_of_ours_while_unlocking_is_told(
    at_list: Person, filled: FakeUseCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = at_list

    async def fail(passphrase: str | None) -> None:
        raise RuntimeError(passphrase)

    monkeypatch.setattr(filled.keeper(), "unlock", fail)
    person.press("Ctrl+L")
    person.bot.waitUntil(lambda: person.at(PlansListPage)._rows == [])
    person.tab_to("Unlock")
    person.enter()
    person.at(LockedPage)
    person.types(codes.PASSPHRASE)
    person.enter()
    person.says("Your things are safe.")
    page = person.at(LockedPage)
    assert codes.PASSPHRASE not in page.strip.sentence.text() + page.field.below.text()
    assert page.main.available


def test_what_can_be_done_about_a_store_that_does_not_open_is_shown_at_once(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    codes.fill(tmp_path)
    (tmp_path / "vault.keys").unlink()
    person = Person(open_window(FakeUseCases(folder=tmp_path)), qtbot)
    person.goes_to("plans")
    person.at(PlansListPage)
    person.tab_to("Someone calls")
    person.enter()
    at_step(person, "hang-up")
    person.tab_to("Keep this plan")
    person.enter()
    page = person.at(StoreClosedPage)
    assert person.window.current == "plans"
    assert page.main.label == "Make new keys"
    person.press("Esc")
    at_step(person, "hang-up")


def test_a_plan_that_is_begun_while_locked_is_kept_by_unlocking(
    at_list: Person, filled: FakeUseCases
) -> None:
    person = at_list
    person.press("Ctrl+L")
    person.bot.waitUntil(lambda: person.at(PlansListPage)._rows == [])
    person.tab_to("Someone calls")
    person.enter()
    at_step(person, "hang-up")
    person.enter()
    page = at_step(person, "go-offline")
    assert not page.kept.is_kept
    person.tab_to("Unlock")
    person.enter()
    person.at(LockedPage)
    person.types(codes.PASSPHRASE)
    person.enter()
    assert at_step(person, "go-offline").kept.is_kept
    assert {one.plan.id for one in stored(filled)} == {"clicked", "fake-support"}


def test_which_site_is_asked_where_it_helps(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, opened: list[str]
) -> None:
    person = Person(open_window(filled), qtbot)
    person.goes_to("plans")
    person.at(PlansListPage)
    person.tab_to("I am locked out")
    person.enter()
    person.at(WhichSitePage)
    person.types("instagram.com")
    person.enter()
    page = at_step(person, "say-not-me")
    assert page.kept.progress.run.organisation == "instagram"
    person.enter()
    assert opened == ["https://www.instagram.com/hacked/"]


def test_the_open_step_says_where_it_is_to_a_screen_reader(at_list: Person) -> None:
    person = at_list
    page = go_on(person)
    names = [row.title.accessibleName() for row in page._rows]
    assert names[0] == "Step 1 of 5, now: Close the page. Type nothing there."
    assert names[1].startswith("Step 2 of 5, next: Did a file come with it?")
    person.enter()
    page = at_step(person, "delete-file")
    assert page._rows[0].title.accessibleName().startswith("Step 1 of 5, done: ")


def test_many_plans_are_shown_some_at_a_time(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    keeper = filled.keeper()
    now = keeper.now()

    def work(vault: Vault) -> None:
        for _ in range(40):
            use.start(vault, SHELF, "forged", use.Begin(), now)

    asyncio.run(keeper.change(work))
    person = Person(open_window(filled), qtbot)
    person.goes_to("plans")
    page = person.at(PlansListPage)
    assert [len(page._rows)] == [MOST]
    for shown in (2 * MOST, 40):
        person.tab_to("Show more")
        person.enter()
        assert len(page._rows) == shown
    assert "Show more" not in [b.label for b in page.findChildren(Button) if b.isVisible()]


def test_unlocked_at_another_place_the_plans_are_there(at_list: Person) -> None:
    person = at_list
    person.press("Ctrl+L")
    person.bot.waitUntil(lambda: person.at(PlansListPage)._rows == [])
    person.tab_to("Unlock")
    person.enter()
    person.at(LockedPage)
    person.goes_to("two-factor")
    page = person.at(LockedPage)
    page.field.box.setText(codes.PASSPHRASE)
    page.main.click()
    person.bot.waitUntil(lambda: not isinstance(person.window.shown_page(), LockedPage))
    person.goes_to("plans")
    person.bot.waitUntil(lambda: bool(person.at(PlansListPage)._rows), timeout=20_000)
