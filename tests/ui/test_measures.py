"""What stands where: the same things at the same places, on every page and at every size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from secassist.base.errors import UnusableInput
from secassist.ui.pages.mailbox_account import MailboxAccountPage
from secassist.ui.pages.page import Page
from secassist.ui.pages.where_typed import WhereTypedPage
from secassist.ui.theme import Role
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.progress_bar import ProgressBar
from secassist.ui.window import Window
from support import reports
from support.pages import check
from support.window import FakeSettings, FakeUseCases, some_lines

Open = Callable[[FakeUseCases], Window]
WITHOUT_BACK = ("check", "ledger", "plans", "settings", "two-factor")


def headlines(page: Page) -> list[Label]:
    return [label for label in page.findChildren(Label) if label._role is Role.DISPLAY]


def height_of_headline(page: Page) -> int:
    return headlines(page)[0].mapTo(page, QPoint(0, 0)).y()


def test_headlines_stand_at_one_height(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(FakeUseCases(lines=some_lines()))
    found = set()
    for name in WITHOUT_BACK:
        window.go(name)
        qtbot.waitUntil(lambda: bool(headlines(window.shown_page())), timeout=20_000)
        found.add(height_of_headline(window.shown_page()))
    assert len(found) == 1


def test_below_a_link_back_headlines_stand_at_one_height(open_window: Open) -> None:
    window = open_window(FakeUseCases())
    found = set()
    for page in (WhereTypedPage(window.look, "Instagram"), MailboxAccountPage(window.look)):
        page.setParent(window)
        page.resize(900, 600)
        page.show()
        page.settle()
        found.add(height_of_headline(page))
    assert len(found) == 1


def test_the_button_of_a_fault_ends_where_the_strip_does(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(FakeUseCases())
    window.show_failure(UnusableInput("It is no mailbox."))
    strip = window.shown_page().strip
    (button,) = strip.buttons
    edge = strip.column.contentsMargins().right()
    # Qt lays the strip out in a turn of its own.
    qtbot.waitUntil(
        lambda: button.mapTo(strip, QPoint(button.width(), 0)).x() == strip.width() - edge
    )


@pytest.mark.parametrize("text", [100, 200])
def test_short_answers_stand_beside_each_other(text: int, open_window: Open, qtbot: QtBot) -> None:
    usecases = FakeUseCases(chosen=FakeSettings(text_percent=text))
    window = open_window(usecases)
    check(window, usecases, qtbot, reports.genuine())
    yes, no = window.shown_page()._buttons.buttons()[:2]
    assert yes.y() == no.y()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_rest_of_a_plan_does_not_look_done(theme: str, open_window: Open) -> None:
    look = open_window(FakeUseCases(chosen=FakeSettings(theme))).look
    bar = ProgressBar(look, 1, 3)
    bar.resize(300, 8)
    picture = bar.grab().toImage()
    done, now, rest = (picture.pixelColor(x, 4).name() for x in (50, 150, 250))
    assert done == look.colour("accent").name()
    assert len({done, now, rest}) == 3 or now == rest == look.colour("surface").name()
