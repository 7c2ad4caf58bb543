"""The window's tests run off screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from secassist.ui.app import make
from secassist.ui.window import Window
from support.window import FakeUseCases


def pytest_configure() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECASSIST_THEME", "SECASSIST_TEXT", "SECASSIST_LANG"):
        monkeypatch.delenv(name, raising=False)


Open = Callable[[FakeUseCases], Window]


@pytest.fixture
def open_window(qapp: object) -> Iterator[Open]:
    """Opens a window on Home; closes it, and stops its work, after the test."""
    windows: list[Window] = []

    def build(usecases: FakeUseCases) -> Window:
        _, window = make(usecases)
        windows.append(window)
        window.show()
        window.go("home")
        return window

    yield build
    for window in windows:
        window.close_down()
        window.close()
        window.deleteLater()
