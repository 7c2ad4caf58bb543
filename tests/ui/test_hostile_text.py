"""Whatever a mail holds is shown as plain, bounded text, and never keeps the window busy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from secassist.mail.report import Report
from secassist.ui.plain import MAX_SHOWN
from secassist.ui.window import Window
from support import reports
from support.heartbeat import HELD_UP, Heartbeat
from support.pages import check
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
HOSTILE = {
    "picture": '<img src="file:///etc/passwd" width=999>',
    "bold": "<b>Really sent by PayPal.</b>",
    "link": '<a href="https://example.org">open</a>',
    "braces": "{0.__class__} %s %(x)s",
    "ampersand": "A&B &amp; &lt;",
    "reorder": "paypal\u202emoc.elpmaxe\u2066",
    "controls": "\x00\x07\x1b[31m\r\n\ttext",
    "long": "ab.c" * 250_000,
    "wide": "W" * 100_000,
    "zalgo": "e" + "\u0301" * 5_000,
    "surrogate": "\ud800x",
}


OURS = {"tone", "badge"}
"""Fields that hold a word of the program's own and never come from a mail."""


def poisoned(value: Any, text: str) -> Any:
    """``value`` with ``text`` in the place of every string that may come from a mail."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(poisoned(item, text) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = {f.name for f in fields(value)} - OURS
        return replace(value, **{name: poisoned(getattr(value, name), text) for name in names})
    return value


def hostile_report(text: str) -> Report:
    report = poisoned(reports.fake(), text)
    return replace(report, compare=replace(report.compare, odd_in_given=(0, 1, 9_999)))


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_way_to_the_screen(
    kind: str, open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HOSTILE[kind]
    window = open_window(FakeUseCases())
    usecases = window._usecases
    with Heartbeat() as heart:
        check(window, usecases, qtbot, hostile_report(text))
        details = window.shown_page().details
        for row in (details.why, details.left, details.share):
            row.row.click()
        details._toggle.click()
        qtbot.wait(50)
        window.grab()
    plain(window)
    check(window, usecases, qtbot, hostile_report(text), hostile_report(text))
    QApplication.processEvents()
    window.grab()
    plain(window)
    assert heart.beats > 1


def plain(window: Window) -> None:
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert len(label.text()) <= 2 * MAX_SHOWN + 2
    for widget in window.findChildren(QWidget):
        assert len(widget.accessibleName()) <= MAX_SHOWN + 1
        assert len(widget.accessibleDescription()) <= MAX_SHOWN + 1
        assert "<" not in widget.toolTip()
        if isinstance(widget, QAbstractButton):
            assert len(widget.text()) <= 2 * MAX_SHOWN + 2


PASTES = {
    "empty line": "\n" * 300_000,
    "one line": "x" * 25_000_000,
    "many lines": "Received: by a\n" * 200_000,
    "nul": "\0" * 1_000_000,
}


@pytest.mark.parametrize("kind", PASTES)
def test_a_large_paste_leaves_the_window_alive(kind: str, open_window: Open, qtbot: QtBot) -> None:
    usecases = FakeUseCases()
    window = open_window(usecases)
    window.go("check")
    qtbot.wait(50)
    with Heartbeat() as heart:
        window.check.input.set_text(PASTES[kind])
        qtbot.wait(50)
    assert window.check.input.text() == PASTES[kind]
    assert heart.busiest < HELD_UP, f"{heart.busiest:.3f} s"
    QGuiApplication.clipboard().setText(PASTES[kind])
    window.check.input.clear()
    with Heartbeat() as heart:
        window.check.input.box.paste()
        qtbot.wait(50)
    assert window.check.input.text() == PASTES[kind]
    assert heart.busiest < HELD_UP, f"{heart.busiest:.3f} s"
