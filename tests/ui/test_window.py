"""Navigation, keys, settings, and the way the window is put together."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secassist.ui.app import PAGES, run
from secassist.ui.moments import day_of, moment, moment_of
from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.questions import plain_outcome, plain_question
from secassist.ui.theme import ThemeName
from secassist.ui.widgets.chip import Chip
from secassist.ui.widgets.choice import Segment, Switch
from secassist.ui.widgets.compare import runs
from secassist.ui.window import Window
from support import reports
from support.heartbeat import Heartbeat
from support.pages import check
from support.window import FakeSettings, FakeUseCases, some_lines

Open = Callable[[FakeUseCases], Window]


@pytest.fixture
def usecases() -> FakeUseCases:
    return FakeUseCases(lines=some_lines())


@pytest.fixture
def window(open_window: Open, usecases: FakeUseCases) -> Window:
    return open_window(usecases)


def test_only_pages_that_work_are_in_the_sidebar(window: Window) -> None:
    assert [item.place.name for item in window._sidebar._items] == [*PAGES, "lock"]


@pytest.mark.parametrize(("place", "name"), list(enumerate(PAGES, 1)))
def test_ctrl_and_a_digit_open_pages(place: int, name: str, window: Window, qtbot: QtBot) -> None:
    qtbot.keySequence(window, QKeySequence(f"Ctrl+{place}"))
    assert window.current == name


def test_ctrl_comma_opens_settings(window: Window, qtbot: QtBot) -> None:
    qtbot.keySequence(window, QKeySequence("Ctrl+,"))
    assert window.current == "settings"


def test_arrows_go_through_the_sidebar(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F6)
    item = QApplication.focusWidget()
    assert item.accessibleName() == "Home, current page"
    qtbot.keyClick(item, Qt.Key.Key_Down)
    assert QApplication.focusWidget().accessibleName() == "Check an e-mail"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.current == "check"


def test_f6_goes_back_to_the_page(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.shown_page().first


def test_tab_leaves_the_text_box(window: Window, qtbot: QtBot) -> None:
    window.go("check")
    box = window.check.input.box
    assert QApplication.focusWidget() is box
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.check.input.main
    assert box.toPlainText() == ""


def test_enter_in_the_text_box_is_a_new_line(window: Window, qtbot: QtBot) -> None:
    window.go("check")
    box = window.check.input.box
    box.setPlainText("From: a")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert "\n" in box.toPlainText()
    assert window.shown_page() is window.check.input


def test_alt_shows_the_letters_of_the_buttons(window: Window, qtbot: QtBot) -> None:
    button = window.shown_page().main
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    assert button._show_letter
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert not button._show_letter


def test_alt_and_letter_press_a_button(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.shown_page().accessibleName() == "I already clicked")


def test_the_ring_is_for_the_keyboard_only(window: Window, qtbot: QtBot) -> None:
    button = window.shown_page().main
    assert button._ring._ring is None
    qtbot.keyClick(window, Qt.Key.Key_Tab)
    reached = QApplication.focusWidget()
    assert reached._ring._ring is not None
    qtbot.mouseClick(window._sidebar._items[0], Qt.MouseButton.LeftButton)
    assert reached._ring._ring is None


def test_small_window_has_a_rail_with_names(window: Window) -> None:
    window.resize(720, 480)
    QApplication.processEvents()
    item = window._sidebar._items[1]
    assert item.accessibleName() == item.toolTip() == "Check an e-mail"
    assert window._sidebar.width() == 88
    window.resize(1200, 800)
    assert window._sidebar.width() == 254
    assert item.toolTip() == ""


# Settings


def test_a_new_dress_loses_nothing(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    check(window, usecases, qtbot, reports.fake())
    window.go("settings")
    dark = next(s for s in window.findChildren(Segment) if s.text() == "Dark")
    dark.click()
    assert usecases.chosen.theme == "dark"
    assert window.look.theme.name is ThemeName.DARK
    assert window.current == "settings"
    window.go("check")
    assert isinstance(window.shown_page(), VerdictPage)
    assert window.shown_page().report.verdict == reports.fake().verdict


def test_pasted_text_survives_a_new_dress(window: Window, usecases: FakeUseCases) -> None:
    window.go("check")
    window.check.input.box.setPlainText("From: a@example.org")
    usecases.change_settings(text_percent=150)
    window.rebuild()
    assert window.check.input.text() == "From: a@example.org"


def test_a_running_check_goes_on_in_a_new_dress(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    usecases.stay = True
    window.check_text("From: a@example.org")
    qtbot.waitUntil(lambda: len(usecases.checked) == 1)
    usecases.stay = False
    window.rebuild()
    qtbot.waitUntil(lambda: isinstance(window.shown_page(), VerdictPage))


@pytest.mark.parametrize(
    ("name", "setting"),
    [("Stay offline", "offline"), ("Ask for known organisations only", "known_only")],
)
def test_switches(name: str, setting: str, window: Window, usecases: FakeUseCases) -> None:
    window.go("settings")
    switch = next(s for s in window.findChildren(Switch) if s.accessibleName() == name)
    switch.click()
    assert getattr(usecases.chosen, setting) is True


def test_a_name_server_is_kept(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    window.go("settings")
    field = window.shown_page().dns
    field.setFocus()
    qtbot.keyClicks(field, "9.9.9.9")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert usecases.chosen.dns == "9.9.9.9"


def test_nonsense_is_refused_in_words(window: Window, usecases: FakeUseCases) -> None:
    window.go("settings")
    window.shown_page().dns.setText("nonsense")
    window.shown_page().dns.editingFinished.emit()
    assert usecases.chosen.dns == ""
    assert "nonsense" in window.shown_page().strip.sentence.text()


@pytest.mark.parametrize(
    ("variable", "value", "holds"),
    [
        ("SECASSIST_THEME", "contrast", lambda look: look.theme.name is ThemeName.CONTRAST),
        ("SECASSIST_TEXT", "200", lambda look: look.theme.scale == 2),
        ("SECASSIST_TEXT", "nonsense", lambda look: look.theme.scale < 2),
        ("SECASSIST_LANG", "pseudo-rtl", lambda look: look.rtl),
    ],
)
def test_the_environment_goes_before_the_settings(
    variable: str,
    value: str,
    holds: Callable[[object], bool],
    open_window: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(variable, value)
    assert holds(open_window(FakeUseCases(chosen=FakeSettings("dark"))).look)


# What left this computer


def test_ledger_lists_every_question(window: Window) -> None:
    window.go("ledger")
    outcomes = [chip.accessibleName() for chip in window.shown_page().findChildren(Chip)]
    assert outcomes == ["Answer", "None there", "Answer", "No reply"]


def test_ledger_is_built_anew_each_time(window: Window, usecases: FakeUseCases) -> None:
    window.go("ledger")
    window.go("home")
    usecases.lines = ()
    window.go("ledger")
    assert window.shown_page().findChildren(Chip) == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("k1._domainkey.example.com TXT", "Is the key for the seal there?"),
        ("_dmarc.example.com TXT", "Is there a rule against fakes?"),
        ("example.com TXT", "Which servers may send?"),
        ("example.com MX", "Which servers take its mail?"),
        ("mail.example.com A", "Where is this server?"),
        ("1.2.0.192.in-addr.arpa PTR", "What is the server called?"),
    ],
)
def test_questions_in_plain_words(question: str, words: str, window: Window) -> None:
    assert plain_question(window.look, "dns", question) == words
    assert plain_outcome(window.look, "failed") == "No reply"


def test_moments_in_plain_words(window: Window) -> None:
    now = datetime(2026, 3, 4, 12, 0).astimezone()
    assert moment(window.look, now, now) == "Today, 12:00"
    assert moment(window.look, now - timedelta(days=1), now) == "Yesterday, 12:00"
    assert "12:00" in moment(window.look, now - timedelta(days=9), now)
    assert moment_of(window.look, "no time", now) == moment_of(window.look, "", now) == ""
    assert moment_of(window.look, "9999-12-31T23:59:59-14:00", now.astimezone(UTC)) == ""
    assert day_of(window.look, "2026-01-11") == "January 11, 2026"
    assert day_of(window.look, "soon") == "soon"


def test_runs_of_odd_characters() -> None:
    assert runs((5, 6, 7, 9)) == [(5, 7), (9, 9)]
    assert runs(()) == []


# Start


def test_a_page_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("no-such-page", None, FakeUseCases()) == 2
    assert "no-such-page" in capsys.readouterr().err


@pytest.mark.parametrize("display", ["", ":4711"])
def test_without_a_screen_it_says_so(
    display: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setattr("sys.platform", "linux")
    assert run("home", None, FakeUseCases()) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "no screen" in said


def test_a_fault_in_the_window_is_shown(window: Window) -> None:
    window.show_failure(RuntimeError("on purpose"))
    assert "went wrong" in window.shown_page().strip.title.text()


def test_the_heartbeat_sees_a_busy_thread(qtbot: QtBot) -> None:
    with Heartbeat() as heart:
        qtbot.wait(30)
        end = time.monotonic() + 0.15
        while time.monotonic() < end:
            pass
    assert heart.longest >= 0.15


def test_the_window_is_called_what_its_page_is_called(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(FakeUseCases())
    assert window.windowTitle() == "Home – secassist"
    window.check_text("From: someone@example.org")
    qtbot.waitUntil(lambda: window.windowTitle() == "Result – secassist")
    window.go_back()
    assert window.windowTitle() == "Check an e-mail – secassist"
