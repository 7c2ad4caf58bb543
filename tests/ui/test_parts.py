"""What lies behind the places of the window: locked together, asked by errands, counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secassist.base.errors import CouldNotFinish
from secassist.store.vault import Vault
from secassist.ui.pages.codes import CodesPage
from secassist.ui.pages.setup_site import SitePage, WherePage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.part import Errand
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.sidebar import NavItem
from secassist.ui.window import Window
from support import codes
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]


@pytest.fixture
def person(
    open_window: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Person:
    """Somebody on Home, whose store can be opened."""
    codes.quicken(monkeypatch)
    codes.fill(tmp_path)
    usecases = FakeUseCases(folder=tmp_path, now=lambda: int(codes.NOW))
    codes.unlock(usecases.keeper())
    return Person(open_window(usecases), qtbot)


def item(window: Window, title: str) -> NavItem:
    return next(one for one in window.findChildren(NavItem) if one.place.title == title)


def test_an_errand_is_done_where_it_belongs(person: Person) -> None:
    person.window.parts.send(Errand("two-factor", "set-up"))
    person.at(SitePage)
    assert person.window.current == "two-factor"
    person.window.go("home")
    person.window.parts.send(Errand("two-factor", "set-up", "www.instagram.com"))
    page = person.at(WherePage)
    assert "Find the picture code at Instagram" in {one.text() for one in page.findChildren(Label)}


def test_lock_is_in_the_navigation_while_the_store_is_open(person: Person) -> None:
    lock = item(person.window, "Lock")
    assert lock.isHidden()
    person.goes_to("two-factor")
    person.at(CodesPage)
    assert not lock.isHidden()
    lock.click()
    person.at(LockedPage)
    assert lock.isHidden()
    assert not person.window.parts.store_is_open


def test_the_arrows_pass_by_what_is_hidden(person: Person) -> None:
    settings = item(person.window, "Settings")
    settings.setFocus(Qt.FocusReason.TabFocusReason)
    person.bot.keyClick(settings, Qt.Key.Key_Down)
    focused = QApplication.focusWidget()
    assert isinstance(focused, NavItem)
    assert focused.place.title == "Home"


def test_what_is_open_at_a_place_is_counted_and_said(person: Person) -> None:
    person.goes_to("two-factor")
    person.at(CodesPage)
    part = person.window.parts.get("two-factor")
    assert part is not None
    part.counted.emit(2)
    assert item(person.window, "Two-step sign-in").accessibleName() == (
        "Two-step sign-in, current page, 2 open"
    )
    person.window.rebuild()
    assert item(person.window, "Two-step sign-in").accessibleName().endswith("2 open")


def closed(person: Person) -> bool:
    """Whether the store is closed, by what the one who holds it says."""
    return person.window._usecases.keeper()._vault is None


@pytest.mark.parametrize("place", ["two-factor", "passwords", "plans"])
def test_the_store_is_locked_after_the_dress_was_changed_elsewhere(
    person: Person, place: str
) -> None:
    person.goes_to(place)
    person.bot.waitUntil(lambda: person.window.parts.store_is_open)
    person.goes_to("ledger")
    person.window.rebuild()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not closed(person)
    person.window.lock()
    person.bot.waitUntil(lambda: not person.window.parts.store_is_open)
    assert closed(person)


def test_where_locking_for_other_programs_fails_it_is_locked_here(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise CouldNotFinish("The disk is full.")

    monkeypatch.setattr("secassist.usecases.vault.lock", fail)
    person.goes_to("two-factor")
    person.at(CodesPage)
    person.window.lock()
    person.at(LockedPage)
    assert not person.window.parts.store_is_open
    assert closed(person)


def test_what_goes_wrong_with_the_backup_leaves_nothing_open(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(vault: Vault) -> None:
        raise RuntimeError("a fault of ours")

    person.goes_to("two-factor")
    person.at(CodesPage)
    vault = person.window._usecases.keeper()._vault
    vault.changed = True
    monkeypatch.setattr("secassist.store.backups.make", fail)
    person.window.lock()
    person.at(LockedPage)
    assert not vault.is_open
