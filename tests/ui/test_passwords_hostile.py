"""Whatever an exported list calls its accounts is shown as plain, bounded text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from secassist.base.garbage import unsearched
from secassist.passwords.exclusions import Exclusion
from secassist.passwords.findings import Audited
from secassist.ui.plain import MAX_SHOWN
from secassist.ui.window import Window
from support import password_pages as pages
from support.heartbeat import HELD_UP, Heartbeat
from support.window import FakeUseCases
from ui.test_hostile_text import HOSTILE

Open = Callable[[FakeUseCases], Window]


def named(account: Audited, text: str) -> Audited:
    """The account with ``text`` in the place of all that comes from a list."""
    findings = tuple(
        replace(one, others=tuple(text for _ in one.others)) for one in account.findings
    )
    return replace(account, title=text, site=text, username=text, folder=text, findings=findings)


@pytest.mark.parametrize("kind", HOSTILE)
def test_names_are_plain_text(kind: str, open_window: Open, qtbot: QtBot) -> None:
    text = HOSTILE[kind][:200]  # as many characters as the importers keep
    window = open_window(FakeUseCases())
    made = pages.pages(window)
    accounts = tuple(named(one, text) for one in pages.ACCOUNTS)
    desk = pages.desk(accounts)
    left_out = Exclusion("1", "folder", text, text, pages.CHECKED)
    shows: tuple[Callable[[], object], ...] = (
        lambda: made.show_desk(desk),
        lambda: made.show_account("adobe"),
        lambda: made.show_account("google"),
        lambda: made.more.show_all(desk),
        lambda: made.more.leave_out(accounts[0]),
        lambda: made.more.show_left_out(replace(desk, exclusions=(left_out,))),
    )
    for show in shows:
        with unsearched(), Heartbeat() as heart:  # what other tests left is not ours to count
            show()
            qtbot.wait(60)
        assert heart.busiest < HELD_UP, show
        page = window.shown_page()
        assert page.widget().width() <= page.viewport().width()
        for label in page.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText
            assert len(label.text()) <= 2 * MAX_SHOWN
            assert "\x1b" not in label.text()
            assert "\u202e" not in label.text()
