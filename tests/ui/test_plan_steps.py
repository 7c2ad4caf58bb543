"""What the button of each kind of step does, in the window over a real store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from secassist.facts.organisations import organisations
from secassist.plans.own import Shelf
from secassist.plans.plan import ACTIONS, plans
from secassist.plans.progress import State
from secassist.plans.situation import Situation
from secassist.ui.pages.plans_list import PlansListPage
from secassist.ui.pages.plans_page import PlanPage
from secassist.ui.pages.setup_site import WherePage
from secassist.ui.widgets.label import Label
from secassist.ui.window import Window
from secassist.usecases import plans as use
from support import codes
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
SHELF = Shelf(plans())
INSTAGRAM = organisations()["instagram"]
STEPS = {
    "open-site": ("unexpected", "way-back"),
    "change-password": ("gave-secret", "change-password"),
    "two-step": ("unexpected", "two-step"),
    "check-password": ("unexpected", "check-password"),
    "sent-list": ("unexpected", "sent-list"),
    "check-mail": ("cannot-tell", "try-original"),
    "scan-mailbox": ("flood", "find-hidden"),
    "report-and-delete": ("forged", "report"),
    "save-report": ("taken-over", "save-report"),
    "remind-later": ("unexpected", "look-again"),
    "mark-done": ("flood", "delete-nothing"),
}
"""A step with each kind of button."""


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeUseCases:
    """An open store, with no codes in it."""
    codes.quicken(monkeypatch)
    codes.fill(tmp_path / "data", [])
    usecases = FakeUseCases(folder=tmp_path / "data")
    codes.unlock(usecases.keeper())
    return usecases


def at(person: Person, usecases: FakeUseCases, kind: str) -> PlanPage:
    """Somebody at a plan whose open step has such a button."""
    plan, wanted = STEPS[kind]
    keeper = usecases.keeper()
    now = keeper.now()

    def work(vault: object) -> None:
        begin = use.Begin(Situation(asked="no"), organisation="instagram")
        one = use.start(vault, SHELF, plan, begin, now)
        while one.open_step not in {wanted, None}:
            one = use.mark(vault, SHELF, one.run.id, one.open_step, State.DONE, now)
        assert one.open_step == wanted

    asyncio.run(keeper.change(work))
    person.goes_to("plans")
    person.at(PlansListPage)
    person.tab_to("Continue")
    person.enter()
    page = person.at(PlanPage)
    assert page.kept.progress.open_step == wanted
    return page


def test_there_is_a_step_for_each_kind_of_button() -> None:
    assert set(STEPS) == set(ACTIONS)
    for kind, (plan, wanted) in STEPS.items():
        step = next(step for step in plans()[plan].steps if step.id == wanted)
        assert step.button == kind


@pytest.mark.parametrize("kind", ["open-site", "change-password"])
def test_pages_of_the_organisation_itself_are_opened(
    kind: str,
    open_window: Open,
    qtbot: QtBot,
    filled: FakeUseCases,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "secassist.ui.opening.QDesktopServices.openUrl",
        lambda address: bool(opened.append(address.toString())) or True,
    )
    person = Person(open_window(filled), qtbot)
    at(person, filled, kind)
    person.enter()
    assert opened == [INSTAGRAM.security_page]
    assert isinstance(person.window.shown_page(), PlanPage), "the step stays open until it is done"


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("two-step", "two-factor"),
        ("check-password", "passwords"),
        ("check-mail", "check"),
        ("scan-mailbox", "mailbox"),
    ],
)
def test_other_places_of_the_window_are_gone_to(
    kind: str, place: str, open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    person = Person(open_window(filled), qtbot)
    at(person, filled, kind)
    person.enter()
    assert person.window.current == place
    if kind == "two-step":
        assert "Instagram" in person.at(WherePage).accessibleName() + _words(person)


def _words(person: Person) -> str:
    page = person.window.shown_page()
    return " ".join(label.text() for label in page.findChildren(Label))


@pytest.mark.parametrize(
    ("kind", "words"),
    [("sent-list", "Recent emails"), ("report-and-delete", "phish@instagram.com")],
)
def test_where_to_look_and_whom_to_tell_is_said_in_the_step(
    kind: str, words: str, open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    person = Person(open_window(filled), qtbot)
    page = at(person, filled, kind)
    assert words not in _words(person)
    person.enter()
    qtbot.waitUntil(lambda: words in _words(person))
    person.enter()  # I have done this
    before = page.kept.progress.open_step
    qtbot.waitUntil(lambda: person.at(PlanPage).kept.progress.open_step != before)


def test_the_report_is_saved_and_the_step_is_done_by_it(
    open_window: Open,
    qtbot: QtBot,
    filled: FakeUseCases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved = tmp_path / "report.txt"
    chosen = [""]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen[0], ""))
    person = Person(open_window(filled), qtbot)
    at(person, filled, "save-report")
    person.enter()
    qtbot.wait(200)  # given up in the dialogue: nothing was done
    assert person.at(PlanPage).kept.progress.open_step == "save-report"
    chosen[0] = str(saved)
    person.enter()
    qtbot.waitUntil(lambda: person.at(PlanPage).kept.progress.open_step == "look-again")
    assert "Get your account back" in saved.read_text("utf-8")
    assert saved.stat().st_mode & 0o077 == 0
    chosen[0] = str(tmp_path / "nowhere" / "report.txt")
    person.tab_to("Save the report…")
    person.enter()
    person.says("The computer says:")


def test_a_reminder_is_set_and_said(open_window: Open, qtbot: QtBot, filled: FakeUseCases) -> None:
    person = Person(open_window(filled), qtbot)
    at(person, filled, "remind-later")
    person.enter()
    qtbot.waitUntil(lambda: "We remind you." in _words(person))
    assert person.at(PlanPage).kept.progress.open_step == "look-again"


def test_where_no_page_is_known_only_done_is_left(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    keeper = filled.keeper()
    now = keeper.now()
    asyncio.run(keeper.change(lambda vault: use.start(vault, SHELF, "leak", use.Begin(), now)))
    person = Person(open_window(filled), qtbot)
    person.goes_to("plans")
    person.at(PlansListPage)
    person.tab_to("Continue")
    person.enter()
    page = person.at(PlanPage)
    assert page.main.label == "I have done this"
    person.enter()
    qtbot.waitUntil(lambda: person.at(PlanPage).kept.progress.open_step == "change-password")
