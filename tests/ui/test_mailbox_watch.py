"""A mailbox watched by the window over a real store, without waiting for any quarter of an hour."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from secassist.store.settings import Settings, save
from secassist.ui.mail_watch import AGAIN_MS, EVERY_MS, WATCHED
from secassist.ui.mailbox_part import MailboxPart
from secassist.ui.pages.codes import CodesPage
from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.mailbox_result import FloodPage
from secassist.ui.pages.mailbox_security import SecurityPage
from secassist.ui.pages.mailbox_start import MailboxStartPage
from secassist.ui.pages.mailbox_watch import MailboxWatchPage
from secassist.ui.pages.spare_key import SpareKeyPage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.part import Errand
from secassist.ui.window import Window
from secassist.usecases import notify
from secassist.usecases.watch_desk import KIND
from support import codes
from support.mailboxes import BULK, DAY, HOUR, PEOPLE, Letter, flood, mbox, year
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
AT = int(time.time()) - 3 * HOUR


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "Inbox"
    path.write_bytes(mbox(year(PEOPLE["quiet"], seed=1, days=30, begin=AT - 30 * DAY)))
    return path


@pytest.fixture
def usecases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeUseCases:
    """A store with a passphrase, not opened yet; nothing leaves this computer."""
    codes.quicken(monkeypatch)
    data = tmp_path / "data"
    codes.fill(data)
    save(Settings(offline=True), data)
    times = itertools.count(int(time.time()))
    return FakeUseCases(folder=data, now=lambda: next(times))


def part_of(person: Person) -> MailboxPart:
    part = person.window.parts.get("mailbox")
    assert isinstance(part, MailboxPart)
    return part


def watched_by(open_window: Open, usecases: FakeUseCases, bot: QtBot, inbox: Path) -> Person:
    """Somebody who has this mailbox watched, by keyboard alone."""
    person = Person(open_window(usecases), bot)
    person.window.go("mailbox")
    person.at(MailboxStartPage)
    assert person.window.shown().drop([inbox])
    person.at(SecurityPage)
    bot.waitUntil(lambda: part_of(person)._job is None, timeout=20_000)
    person.tab_to("Watch this mailbox")
    person.enter()
    person.at(LockedPage)
    person.types(codes.PASSPHRASE)
    person.enter()
    page = person.at(MailboxWatchPage)
    assert page.main.label == "Watch Inbox"
    person.enter()
    bot.waitUntil(lambda: usecases.chosen.watch_mail, timeout=20_000)
    first_look(person)
    return person


def first_look(person: Person) -> None:
    desk = part_of(person).watch.desk
    person.bot.waitUntil(
        lambda: bool(desk.watched()) and all(each.looked_at for each in desk.watched()),
        timeout=20_000,
    )
    person.bot.waitUntil(lambda: part_of(person).watch._job is None)


def add_flood(inbox: Path) -> None:
    alert = Letter(AT + HOUR, "alerts@bank.example", "Wire transfer of $900.00 sent", BULK)
    with inbox.open("ab") as file:
        file.write(mbox(sorted([alert, *flood("confirmations", AT, 400, per_hour=300)])))


def rows(usecases: FakeUseCases) -> int:
    return asyncio.run(usecases.keeper().change(lambda vault: len(vault.entries(KIND))))


def kept_looks(usecases: FakeUseCases) -> list[int]:
    """When the store says that was looked last."""
    found = asyncio.run(usecases.keeper().change(lambda vault: vault.entries(KIND)))
    return [int(row.data["memory"]["looked_at"]) for row in found]


def test_a_flood_is_told_while_the_program_runs(
    open_window: Open,
    usecases: FakeUseCases,
    inbox: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = watched_by(open_window, usecases, qtbot, inbox)
    part = part_of(person)
    assert part.watch.timer.interval() == EVERY_MS
    shown: list[str] = []
    monkeypatch.setattr(notify, "notify", lambda headline, _: shown.append(headline))
    notes: list[tuple[str, str, Errand]] = []
    person.window.parts.noted.connect(lambda *note: notes.append(note))
    kept = kept_looks(usecases)
    part.watch.timer.timeout.emit()  # a quarter of an hour has passed, and nothing came
    qtbot.waitUntil(lambda: part.watch._job is None)
    assert notes == []
    assert kept_looks(usecases) == kept != [0]  # not each time: a change may make a backup
    add_flood(inbox)
    part.watch.timer.timeout.emit()
    qtbot.waitUntil(lambda: bool(notes), timeout=20_000)
    (headline, sentence, errand) = notes[0]
    assert headline == "Your inbox is being flooded"
    assert sentence.endswith(" in it matter. Please delete nothing yet.")
    assert "bank" not in headline + sentence
    assert kept_looks(usecases) > kept  # so that no start tells it again
    qtbot.waitUntil(lambda: shown == [headline])  # there is no tray
    person.says("Your inbox is being flooded")
    assert person.window._counts["mailbox"] == 1
    person.window.go("home")
    person.window.parts.send(errand)  # as a click on the note does
    page = person.at(FloodPage)
    assert "Wire transfer" in page.rows[0].judged.mail.subject
    assert person.window._counts["mailbox"] == 0
    qtbot.waitUntil(lambda: part._job is None, timeout=20_000)


def test_watching_goes_on_while_the_codes_are_locked_and_after_a_restart(
    open_window: Open, usecases: FakeUseCases, inbox: Path, qtbot: QtBot
) -> None:
    person = watched_by(open_window, usecases, qtbot, inbox)
    person.window.parts.lock(everywhere=False)
    assert len(part_of(person).watch.desk.watched()) == 1
    person.window.close_down()
    again = FakeUseCases(folder=usecases.folder, chosen=usecases.chosen)
    other = Person(open_window(again), qtbot)
    other.window.wake("mailbox")
    qtbot.waitUntil(lambda: other.window.parts.get("mailbox") is not None, timeout=20_000)
    part = part_of(other)
    qtbot.waitUntil(lambda: part.watch.timer.interval() == AGAIN_MS, timeout=20_000)  # locked
    notes: list[str] = []
    other.window.parts.noted.connect(lambda headline, *_: notes.append(headline))
    codes.unlock(again.keeper())
    add_flood(inbox)
    part.watch.timer.timeout.emit()
    qtbot.waitUntil(lambda: notes == ["Your inbox is being flooded"], timeout=20_000)
    assert other.window.parts.store_is_open  # so that it is locked again when nobody is there
    assert part.watch.timer.interval() == EVERY_MS
    assert other.window.parts.store_is_open, "what the watch opened locks by itself, too"
    part.take(Errand("mailbox", WATCHED, "none"))  # gone meanwhile: nothing happens


def press_lock(person: Person) -> None:
    """By the button of the codes, which is in the page and not in the navigation."""
    person.window.go("two-factor")
    person.at(CodesPage)
    person.tab_to("Lock")
    person.enter()


@pytest.mark.parametrize("lock", [lambda person: person.press("Ctrl+L"), press_lock])
def test_locked_by_hand_nothing_stays_in_memory(
    lock: Callable[[Person], None],
    open_window: Open,
    usecases: FakeUseCases,
    inbox: Path,
    qtbot: QtBot,
) -> None:
    person = watched_by(open_window, usecases, qtbot, inbox)
    lock(person)
    assert part_of(person).watch.desk.watched() == ()
    assert part_of(person).watch.timer.interval() == AGAIN_MS


def test_what_is_no_longer_watched_is_forgotten(
    open_window: Open, usecases: FakeUseCases, inbox: Path, qtbot: QtBot
) -> None:
    person = watched_by(open_window, usecases, qtbot, inbox)
    assert rows(usecases) == 1
    inbox.unlink()
    part_of(person).watch.look()
    desk = part_of(person).watch.desk
    qtbot.waitUntil(lambda: "There is no “Inbox”" in desk.watched()[0].trouble, timeout=20_000)
    person.tab_to("Stop watching Inbox")
    person.enter()
    qtbot.waitUntil(lambda: not usecases.chosen.watch_mail, timeout=20_000)
    assert rows(usecases) == 0
    assert not person.window.shown().start._below.isVisibleTo(person.window.shown().start)
    assert not part_of(person).watch.timer.isActive()


def test_the_first_thing_that_is_kept_makes_the_store(
    open_window: Open, tmp_path: Path, inbox: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes.quicken(monkeypatch)
    usecases = FakeUseCases(folder=tmp_path / "new")
    person = Person(open_window(usecases), qtbot)
    person.window.go("mailbox")
    person.at(MailboxStartPage)
    assert person.window.shown().drop([inbox])
    page = person.at(SecurityPage)
    qtbot.waitUntil(lambda: part_of(person)._job is None, timeout=20_000)
    page.watch_wanted.emit()
    person.at(MailboxWatchPage).main.click()
    page = person.at(PassphrasePage)
    for field in (page.fields.first, page.fields.again):
        field.box.setText(codes.PASSPHRASE)
    page.main.click()
    person.at(SpareKeyPage).later.emit()
    person.at(MailboxWatchPage)
    assert rows(usecases) == 1
    person.press("Esc")
    person.at(SecurityPage)
    person.press("Esc")
    person.at(MailboxStartPage)
    person.tab_to("Watched mailboxes")
    person.enter()
    assert person.at(MailboxWatchPage).main is None  # nothing to offer
