"""The page of the spare codes: what a file holds comes into it, and it is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from secassist.twofactor import setup as guide
from secassist.ui import printing
from secassist.ui.pages.codes import CodesPage
from secassist.ui.pages.setup_bring import BringPage
from secassist.ui.pages.setup_site import SitePage, WherePage
from secassist.ui.pages.setup_spare import PrivateWindowPage, SparePage
from secassist.ui.pages.setup_try import TryPage
from secassist.ui.window import Window
from support import codes
from support.person import Person
from support.window import FakeUseCases


@pytest.fixture
def person(
    open_window: Callable[[FakeUseCases], Window],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Person:
    """At the spare codes of a site, with an open store."""
    codes.quicken(monkeypatch)
    codes.fill(tmp_path)
    usecases = FakeUseCases(folder=tmp_path)
    codes.unlock(usecases.keeper())
    window = open_window(usecases)
    person = Person(window, qtbot)
    window.go("two-factor")
    person.at(CodesPage).main.click()
    site = person.at(SitePage)
    site.field.box.setText("Test site")
    site.unlisted.click()
    person.at(WherePage).main.click()
    page = person.at(BringPage)
    page.field.box.setText("gezd gnbv gy3t-qojq gezd gnbv gy3t qojr")
    page.main.click()
    person.at(TryPage).took.emit()
    person.at(SparePage)
    return person


def test_what_a_file_holds_is_shown_and_kept(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "codes.txt"
    file.write_bytes(b"\xef\xbb\xbf8371 2046\r\n5512 9033\r\n")
    chosen = [str(file)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen[0], ""))
    page = person.at(SparePage)
    page.file_wanted.emit()
    assert guide.parse_spare_codes(page.text()) == ("8371 2046", "5512 9033")
    chosen[0] = ""  # nothing was chosen: what is there stays
    page.file_wanted.emit()
    assert page.text().startswith("8371")
    page.kept.emit("here", page.text())
    person.at(PrivateWindowPage)


def test_a_file_that_is_gone_is_said(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = str(tmp_path / "gone.txt")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (gone, ""))
    page = person.at(SparePage)
    assert page.strip is None
    page.file_wanted.emit()
    assert page.strip is not None
    assert page.text() == ""


def test_the_codes_are_printed_below_the_name_of_their_site(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(printing, "print_text", lambda _, text: printed.append(text) or True)
    page = person.at(SparePage)
    page.set_text("8371 2046")
    page.print_wanted.emit(page.text())
    assert printed == ["Test site\n\n8371 2046\n"]
