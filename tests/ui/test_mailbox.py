"""The flooded inbox in the window over real mailboxes: chosen, read, stopped, judged, opened."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from secassist.store.settings import Settings, save
from secassist.ui.pages.mailbox_result import FloodPage
from secassist.ui.pages.mailbox_security import SecurityPage
from secassist.ui.pages.mailbox_start import MailboxStartPage
from secassist.ui.window import Window
from support.mailboxes import BULK, DAY, HOUR, PEOPLE, Letter, flood, mbox, year
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
def person(open_window: Open, qtbot: QtBot, tmp_path: Path) -> Person:
    """Somebody in front of the first page; nothing leaves this computer."""
    data = tmp_path / "data"
    data.mkdir()
    save(Settings(offline=True), data)
    person = Person(open_window(FakeUseCases(folder=data)), qtbot)
    person.window.go("mailbox")
    person.at(MailboxStartPage)
    return person


@pytest.fixture
def flooded(tmp_path: Path) -> Path:
    path = tmp_path / "Takeout.mbox"
    letters = year(PEOPLE["quiet"], seed=1, days=30, begin=AT - 30 * DAY)
    path.write_bytes(
        mbox(sorted([*letters, *PLANTED, *flood("many-languages", AT, 900, per_hour=300)]))
    )
    return path


def subjects(page: FloodPage | SecurityPage) -> list[str]:
    return [row.judged.mail.subject for row in page._rows]


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
    person.bot.waitUntil(lambda: all(row.judged.verdict for row in page._rows), timeout=20_000)
    assert "not proved" in page._rows[0]._who.text()
