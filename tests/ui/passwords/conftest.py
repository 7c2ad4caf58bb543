"""Somebody with a list of passwords, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from secassist.ui.window import Window
from support import codes
from support.password_desk import exported, read_list
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    codes.quicken(monkeypatch)


@pytest.fixture
def usecases(tmp_path: Path) -> FakeUseCases:
    """Nothing is stored yet."""
    return FakeUseCases(folder=tmp_path / "data")


@pytest.fixture
def opened(tmp_path: Path) -> FakeUseCases:
    """An open store with codes in it, and no passwords."""
    codes.fill(tmp_path / "data")
    usecases = FakeUseCases(folder=tmp_path / "data")
    codes.unlock(usecases.keeper())
    return usecases


@pytest.fixture
def person(open_window: Open, qtbot: QtBot, opened: FakeUseCases, tmp_path: Path) -> Person:
    """Somebody whose list was read and remembered."""
    person = Person(open_window(opened), qtbot)
    read_list(person, exported(tmp_path))
    return person
