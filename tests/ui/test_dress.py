"""What the whole program wears."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from secassist.ui import dress
from secassist.ui.app import dresser
from secassist.ui.i18n import Spoken, language
from support.window import FakeSettings

MANY = 2_000  # objects: more than start Python's search for cycles


class Busy(QWidget):
    """Makes enough objects, whenever something changes, that Python would search for cycles."""

    def __init__(self, searches: list[str]) -> None:
        super().__init__()
        self._searches = searches
        self.searched: list[bool] = []

    def changeEvent(self, event: QEvent) -> None:
        before = len(self._searches)
        self._made = [[number] for number in range(MANY)]
        self.searched.append(len(self._searches) > before)
        super().changeEvent(event)


@pytest.fixture
def searches() -> Iterator[list[str]]:
    """What Python's search for cycles does meanwhile."""
    seen: list[str] = []

    def note(phase: str, _about: dict[str, Any]) -> None:
        seen.append(phase)

    was_on = gc.isenabled()
    gc.enable()
    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)
    if not was_on:
        gc.disable()


def test_nothing_is_deleted_while_qt_walks_over_all_widgets(
    tmp_path: Path, qtbot: QtBot, searches: list[str]
) -> None:
    widget = Busy(searches)
    qtbot.addWidget(widget)
    widget.show()
    widget.changeEvent(QEvent(QEvent.Type.StyleChange))
    assert widget.searched[-1]  # so many objects do start a search
    spoken = Spoken(language("en", tmp_path))
    for theme in ("dark", "light"):
        look = dresser(lambda theme=theme: FakeSettings(theme), spoken)()
        widget.searched.clear()
        dress.wear(look)
        assert widget.searched
        assert not any(widget.searched)
    assert gc.isenabled()
