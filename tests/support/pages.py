"""Bringing a window to each of its pages, as a person would."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secassist.mail.report import Action, Report
from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.window import Window
from support import mailbox_pages, password_pages, plan_pages, reports, two_factor_pages
from support.window import NO_MAIL, FakeUseCases


def check(window: Window, usecases: FakeUseCases, qtbot: QtBot, *found: Report) -> None:
    """Check something that is judged as ``found`` (made-up reports)."""
    usecases.reports = found
    window.check_text("From: someone@example.org")
    qtbot.waitUntil(lambda: window.shown_page() is not window.check.running)
    page = window.shown_page()
    if isinstance(page, VerdictPage):
        qtbot.waitUntil(lambda: page.is_complete)


Visit = Callable[[Window, FakeUseCases, QtBot], None]


def _running(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    usecases.stay = True
    window.check_text("From: someone@example.org")
    qtbot.waitUntil(lambda: len(window.check.running._rows) == 7)


def _no_mail(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    usecases.error = NO_MAIL
    window.check_text("hello")
    qtbot.waitUntil(lambda: window.shown_page() is window.check.input)


def _why(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    check(window, usecases, qtbot, reports.fake())
    details = window.shown_page().details
    for row in (details.why, details.left, details.share):
        row.row.click()
    details._toggle.click()


def _how_to(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    window.go("check")
    window.check.input.fill_list()
    for row in window.check.input.programs:
        row.set_open(True)


def _clicked(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    check(window, usecases, qtbot, reports.fake())
    window.check.ask_what_happened()


def _where_typed(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    check(window, usecases, qtbot, reports.genuine())
    window.check._after_click("typed")


def _clicked_at_home(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    window.go("home")
    window.shown_page().already_clicked.emit()


def _advice(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    check(window, usecases, qtbot, reports.cannot_tell())
    page = window.shown_page()
    page.chosen.emit(Action("as-attachment", "Ask for it as an attachment"))


def _not_asked(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    check(window, usecases, qtbot, reports.genuine())
    page = window.shown_page()
    page.chosen.emit(page.report.buttons[1])


def visit(name: str, window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    """Go to the page ``name``, whatever page is shown."""
    usecases.stay, usecases.error, usecases.reports = False, None, ()
    if window.current == "check" and window.shown_page() is window.check.running:
        window.check.cancel()
    window.go("home")
    window.check.new_check()
    VISITS[name](window, usecases, qtbot)
    QApplication.processEvents()


VISITS: dict[str, Visit] = {
    "home": lambda window, usecases, qtbot: window.go("home"),
    "check": lambda window, usecases, qtbot: window.go("check"),
    "how-to": _how_to,
    "running": _running,
    "no-mail": _no_mail,
    "why": _why,
    "not-asked": _not_asked,
    "clicked": _clicked,
    "clicked-at-home": _clicked_at_home,
    "where-typed": _where_typed,
    "advice": _advice,
    "results": lambda window, usecases, qtbot: check(
        window, usecases, qtbot, *reports.every_verdict()
    ),
    "ledger": lambda window, usecases, qtbot: window.go("ledger"),
    "settings": lambda window, usecases, qtbot: window.go("settings"),
    **{
        name: lambda window, usecases, qtbot, visit=visit: visit(window)
        for name, visit in {
            **mailbox_pages.VISITS,
            **password_pages.VISITS,
            **plan_pages.VISITS,
            **two_factor_pages.VISITS,
        }.items()
    },
    **{
        report.verdict.value: (
            lambda window, usecases, qtbot, report=report: check(window, usecases, qtbot, report)
        )
        for report in reports.every_verdict()
    },
}
"""Every page, and what brings the window there."""
