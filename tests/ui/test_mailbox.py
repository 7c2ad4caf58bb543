"""The flooded inbox in the window over real mailboxes: chosen, read, stopped, judged, opened."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from secassist.mail.verdict import Verdict
from secassist.store.settings import Settings, save
from secassist.ui.pages.mailbox_reading import MailboxReadingPage
from secassist.ui.pages.mailbox_result import FloodPage
from secassist.ui.pages.mailbox_security import SecurityPage
from secassist.ui.pages.mailbox_start import MailboxStartPage
from secassist.ui.pages.plans_page import PlanPage
from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.part import Errand
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.label import Label
from secassist.ui.window import Window
from secassist.usecases.plans import ToStart
from support import reports
from support.heartbeat import HELD_UP, Heartbeat
from support.mailboxes import BULK, DAY, HOUR, PEOPLE, Letter, flood, maildir, mbox, year
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
NOW = int(time.time())
AT = NOW - 6 * HOUR
PLANTED = (
    Letter(AT + HOUR, "alerts@bank.example", "Wire transfer of $4,500.00 was sent", BULK),
    Letter(AT + HOUR // 2, "security@account.example", "Your password was changed", BULK),
)


@pytest.fixture
def person(open_window: Open, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """Somebody in front of the first page; nothing leaves this computer."""
    data = tmp_path / "data"
    data.mkdir()
    save(Settings(offline=True), data)
    person = Person(open_window(FakeUseCases(folder=data)), qtbot)
    person.window.go("mailbox")
    person.at(MailboxStartPage)
    yield person
    judged_by_then(person)


def judged_by_then(person: Person) -> None:
    """Wait until no mail is being judged any more."""
    part = person.window.parts.get("mailbox")
    person.bot.waitUntil(lambda: part._job is None, timeout=20_000)


@pytest.fixture
def flooded(tmp_path: Path) -> Path:
    path = tmp_path / "Takeout.mbox"
    letters = year(PEOPLE["quiet"], seed=1, days=30, begin=AT - 30 * DAY)
    path.write_bytes(
        mbox(sorted([*letters, *PLANTED, *flood("many-languages", AT, 900, per_hour=300)]))
    )
    return path


def subjects(page: FloodPage | SecurityPage) -> list[str]:
    return [row.judged.mail.subject for row in page.rows]


def drop(person: Person, path: Path) -> None:
    assert person.window.shown().drop([path])


def test_a_chosen_mailbox_is_read_and_its_buried_mails_are_judged(
    person: Person, flooded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(flooded), ""))
    person.enter()  # "Open a mailbox…" has the keyboard
    page = person.at(FloodPage)
    assert page.first.text().startswith("Your inbox is being flooded.")
    assert {letter.subject for letter in PLANTED} <= set(subjects(page))
    assert page.chart.accessibleName().endswith("matter")
    person.bot.waitUntil(lambda: all(row.judged.verdict for row in page.rows), timeout=20_000)
    assert "not proved" in page.rows[0]._who.text()


def test_what_to_do_opens_the_verdict_on_that_mail(person: Person, flooded: Path) -> None:
    drop(person, flooded)
    page = person.at(FloodPage)
    row = next(row for row in page.rows if row.judged.mail.subject == PLANTED[1].subject)
    row.button.click()
    cases = person.window._usecases
    person.bot.waitUntil(lambda: bool(cases.checked), timeout=10_000)
    assert person.window.current == "check"
    assert cases.checked[0].startswith(b"Received: ")
    assert f"Subject: {PLANTED[1].subject}".encode() in cases.checked[0]
    person.at(VerdictPage)
    person.window.go("mailbox")
    person.at(FloodPage)


def test_by_keyboard_alone(person: Person, flooded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(flooded), ""))
    person.press("Ctrl+O")
    page = person.at(FloodPage)
    person.tab_to("Show as table")
    person.enter()
    rows = [label.text() for label in page.findChildren(Label) if " messages" in label.text()]
    assert len(rows) > 5
    person.tab_to("What to do about")
    person.tab_to("Security mail of the last 90 days")
    person.enter()
    person.at(SecurityPage)
    person.press("Esc")
    person.at(FloodPage)
    person.press("Esc")
    person.at(MailboxStartPage)


def test_a_reading_can_be_stopped_at_once(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "large.mbox"
    part = mbox(flood("confirmations", AT, 2_000, per_hour=900))
    with path.open("wb") as file:
        for _ in range(60):
            file.write(part)
    drop(person, path)
    page = person.at(MailboxReadingPage)
    person.bot.waitUntil(lambda: "a second" in page._count.text(), timeout=20_000)
    person.tab_to("Cancel")
    began = time.thread_time()
    person.enter()
    person.at(MailboxStartPage)
    assert time.thread_time() - began < HELD_UP
    assert not person.window.parts.get("mailbox")._reads


def test_what_is_no_mailbox_is_said_and_another_can_be_chosen(
    person: Person, tmp_path: Path, flooded: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Anna")
    drop(person, letter)
    person.at(MailboxStartPage)
    person.says("not a mailbox")
    drop(person, tmp_path / "none")
    person.says("none")
    os.mkfifo(tmp_path / "pipe")
    drop(person, tmp_path / "pipe")
    person.says("not a file")
    (tmp_path / "empty").mkdir()
    drop(person, tmp_path / "empty")
    person.says("There is no mail in")
    drop(person, flooded)
    person.at(FloodPage)


def test_a_folder_of_mail(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maildir(tmp_path / "Maildir", [*PLANTED, *flood("confirmations", AT, 400, per_hour=300)])
    chosen = str(tmp_path / "Maildir")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: chosen)
    person.tab_to("A folder of mail")
    person.enter()
    person.at(FloodPage)


def test_a_calm_mailbox_shows_its_security_mail_by_sender(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "calm.mbox"
    letters = [
        Letter(AT - n * DAY, f"security@site{n % 3}.example", "Your password was changed")
        for n in range(70)
    ]
    path.write_bytes(mbox(sorted(letters)))
    drop(person, path)
    page = person.at(SecurityPage)
    assert page.first.text() == "No flood found"
    person.bot.waitUntil(page._more.isVisible)
    assert len(page.rows) == 50
    page._more.click()
    person.bot.waitUntil(lambda: len(page.rows) == 70)
    assert page.rows[50].button.hasFocus()
    assert not page._more.isVisible()
    shown = [label.text() for label in page.findChildren(Label)]
    assert shown.count("site1.example") == 1
    assert "70 messages in 70 days. The busiest hour had 1." in shown


def test_each_of_several_floods_can_be_looked_at(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "two.mbox"
    before = AT - 20 * DAY
    old = Letter(before + HOUR, "alerts@bank.example", "Your password was changed")
    letters = [
        *year(PEOPLE["quiet"], seed=1, days=30, begin=AT - 30 * DAY),
        *flood("confirmations", before, 400, per_hour=300),
        *flood("newsletters", AT, 500, per_hour=300),
        old,
        PLANTED[0],
    ]
    path.write_bytes(mbox(sorted(letters)))
    drop(person, path)
    page = person.at(FloodPage)
    assert PLANTED[0].subject in subjects(page)
    assert old.subject not in subjects(page)
    page.flood_chosen.emit(0)
    earlier = person.at(FloodPage)
    assert earlier.first.text().startswith("Your inbox was flooded.")
    assert old.subject in subjects(earlier)


def test_another_dress_keeps_what_was_found(person: Person, flooded: Path) -> None:
    drop(person, flooded)
    before = subjects(person.at(FloodPage))
    person.window.rebuild()
    assert subjects(person.at(FloodPage)) == before


def test_another_dress_at_another_place_does_not_stop_the_reading(
    person: Person, flooded: Path
) -> None:
    drop(person, flooded)
    person.window.go("ledger")
    person.window.rebuild()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    judged_by_then(person)
    person.window.go("mailbox")
    assert {letter.subject for letter in PLANTED} <= set(subjects(person.at(FloodPage)))


def test_a_fake_makes_way_for_the_mails_that_matter(person: Person, flooded: Path) -> None:
    drop(person, flooded)
    page = person.at(FloodPage)
    judged_by_then(person)
    part = person.window.parts.get("mailbox")
    scanned = part._scanned
    first = page.first_of(scanned)
    fake = replace(first[0], verdict=Verdict.FAKE, report=reports.fake())
    part._finished(scanned.with_judged(fake))
    again = person.at(FloodPage)
    assert again is not page
    assert fake.mail not in [each.mail for each in again.first_of(part._scanned)]
    assert len(again.first_of(part._scanned)) == len(first) - 1


def test_the_plan_is_begun_from_the_flood(person: Person, flooded: Path) -> None:
    sent: list[Errand] = []
    drop(person, flooded)
    page = person.at(FloodPage)
    part = person.window.parts.get("mailbox")
    part.errand.connect(sent.append)
    assert page.main.label == "Start the plan"
    page.main.click()
    (errand,) = sent
    assert isinstance(errand.about, ToStart)
    assert (errand.place, errand.what, errand.about.plan) == ("plans", "start", "flood")
    assert errand.about.begin.situation.flood
    person.at(PlanPage)
    assert person.window.current == "plans"


def test_the_window_does_not_wait_for_reading_nor_for_its_result(
    person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "many.mbox"
    alerts = [
        Letter(AT + n * 60, f"security@site{n}.example", f"Your password {n} was changed")
        for n in range(70)
    ]
    path.write_bytes(mbox(sorted([*alerts, *flood("many-languages", AT, 6_000, per_hour=1_500)])))
    with Heartbeat() as heart:
        drop(person, path)
        page = person.at(FloodPage)
        page.findChildren(Disclosure)[1].set_open(True)
        person.bot.waitUntil(lambda: len(page.rows) >= 50)
    assert heart.busiest < HELD_UP


def test_thunderbird_is_found_by_itself(
    open_window: Open, qtbot: QtBot, tmp_path: Path, flooded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    mail = home / ".thunderbird" / "abc.default" / "Mail" / "pop.example.org"
    mail.mkdir(parents=True)
    (home / ".thunderbird" / "profiles.ini").write_text(
        "[Profile0]\nPath=abc.default\nIsRelative=1\n"
    )
    letters = flooded.read_bytes()
    (mail / "Inbox").write_bytes(letters)
    (mail / "Inbox.msf").write_text("an index")
    (mail / "Trash").write_bytes(mbox([PLANTED[0]]))
    monkeypatch.setenv("HOME", str(home))
    data = tmp_path / "other"
    data.mkdir()
    save(Settings(offline=True), data)
    person = Person(open_window(FakeUseCases(folder=data)), qtbot)
    person.window.go("mailbox")
    person.at(MailboxStartPage)
    person.tab_to("Look into Thunderbird")
    person.enter()
    page = person.at(FloodPage)
    assert {each.file for each in person.window.parts.get("mailbox")._scanned.buried} == {
        "Inbox",
        "Trash",
    }
    assert PLANTED[0].subject in subjects(page)
    judged_by_then(person)
