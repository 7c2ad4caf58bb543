"""What left this computer, beside what mails ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtWidgets import QLabel

from secassist.ui.questions import whom
from secassist.ui.window import Window
from support.window import FakeLine, FakeUseCases


def test_questions_for_the_time_are_said_in_plain_words(
    open_window: Callable[[FakeUseCases], Window],
) -> None:
    line = FakeLine(datetime.now(UTC), "NTP time.example.org", "found", "time")
    window = open_window(FakeUseCases(lines=(line,)))
    window.go("ledger")
    words = [label.text() for label in window.shown_page().findChildren(QLabel)]
    assert "What time is it?" in words
    assert any("when you wanted to know" in text for text in words)
    assert whom("time", line.question) == "time.example.org"
    assert whom("dns", "example.org TXT") == "example.org"
