"""What must hold on every page: names, keyboard, plain text, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from secassist.ui import a11y
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.choice import Segment
from secassist.ui.widgets.label import Label, Painted
from secassist.ui.window import Window
from support.pages import VISITS, visit
from support.window import FakeSettings, FakeUseCases, some_lines

DRESSES = {
    "plain": FakeSettings(),
    "double": FakeSettings("dark", 200),
    "longer": FakeSettings("contrast", language="pseudo"),
    "turned": FakeSettings(language="pseudo-rtl"),
    "turned-double": FakeSettings("light", 200, "pseudo-rtl"),
}

AT_ONCE = 16
"""So many pages are looked at in one window."""


def shown(window: QWidget) -> list[QWidget]:
    return [w for w in window.findChildren(QWidget) if w.isVisible()]


def focusable(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in shown(window)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
    ]


def every_control_has_a_name(window: Window, qtbot: QtBot) -> None:
    assert focusable(window)
    for widget in focusable(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name).strip(), widget


def tab_goes_as_one_reads(window: Window, qtbot: QtBot) -> None:
    """Down the page; up again only to what stands at the side of all that was before."""
    page = window.shown_page()
    order = [stop for stop in a11y.stops(page) if stop.isVisible()]
    places = [QRect(stop.mapTo(page.widget(), QPoint()), stop.size()) for stop in order]
    for (one, at), (other, then) in pairwise(zip(order, places, strict=True)):
        beside = then.left() >= at.right()
        assert then.bottom() > at.top() or beside, (one.accessibleName(), other.accessibleName())


def tab_reaches_every_control_once(window: Window, qtbot: QtBot) -> None:
    start = QApplication.focusWidget()
    assert start is not None, "nothing has the keyboard"
    wanted = set(focusable(window))
    seen = [start]
    for _ in range(len(wanted) + 3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is start:
            break
        seen.append(QApplication.focusWidget())
    assert len(seen) == len(set(seen)), "Tab runs in a circle"
    left = {w for w in wanted - set(seen) if not isinstance(w, Segment)}
    assert not left, "only segments are left to the arrow keys"


def one_filled_button_at_most(window: Window, qtbot: QtBot) -> None:
    filled = [b for b in shown(window) if isinstance(b, Button) and b.kind is Kind.FILLED]
    assert len(filled) <= 1
    if filled:
        assert window.shown_page().main is filled[0]


def buttons_that_are_off_say_why(window: Window, qtbot: QtBot) -> None:
    for button in shown(window):
        if isinstance(button, Button) and not button.available:
            assert button.accessibleDescription() == button.why_not != ""
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert button.isEnabled()


def letters_of_buttons_differ(window: Window, qtbot: QtBot) -> None:
    buttons = [
        b for b in window.shown_page().findChildren(Button) if b.isVisible() and b.wants_letter
    ]
    keys = [button.shortcut().toString() for button in buttons]
    assert all(keys), [button.label for button in buttons if button.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


def all_words_are_plain_text(window: Window, qtbot: QtBot) -> None:
    for label in window.findChildren(QLabel):
        if label.windowType() is Qt.WindowType.ToolTip:
            continue
        assert isinstance(label, Label | Painted)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()


def controls_are_large_enough(window: Window, qtbot: QtBot) -> None:
    for widget in focusable(window):
        if not isinstance(widget, Label | QAbstractScrollArea):
            assert min(widget.width(), widget.height()) >= 24, widget


RULES: tuple[Callable[[Window, QtBot], None], ...] = (
    every_control_has_a_name,
    one_filled_button_at_most,
    buttons_that_are_off_say_why,
    letters_of_buttons_differ,
    all_words_are_plain_text,
    controls_are_large_enough,
    tab_goes_as_one_reads,
    tab_reaches_every_control_once,
)


@pytest.mark.parametrize("name", VISITS)
def test_rules(name: str, open_window: Callable[[FakeUseCases], Window], qtbot: QtBot) -> None:
    usecases = FakeUseCases(lines=some_lines())
    window = open_window(usecases)
    visit(name, window, usecases, qtbot)
    for rule in RULES:
        rule(window, qtbot)


@pytest.mark.parametrize("first", range(0, len(VISITS), AT_ONCE))
@pytest.mark.parametrize(
    ("dress", "size"),
    [
        ("plain", (720, 480)),
        ("double", (1200, 800)),
        ("double", (720, 480)),
        ("longer", (1200, 800)),
        ("longer", (720, 480)),
        ("turned", (1200, 800)),
        ("turned-double", (720, 480)),
    ],
)
def test_no_word_is_cut_off(
    dress: str,
    size: tuple[int, int],
    first: int,
    open_window: Callable[[FakeUseCases], Window],
    qtbot: QtBot,
) -> None:
    usecases = FakeUseCases(chosen=DRESSES[dress], lines=some_lines())
    window = open_window(usecases)
    window.resize(*size)
    for name in tuple(VISITS)[first : first + AT_ONCE]:
        visit(name, window, usecases, qtbot)
        for _ in range(50):  # a page that changed needs some rounds of layout
            problems = cut_off(window)
            if not problems:
                break
            qtbot.wait(10)
        assert not problems, (name, problems)


def cut_off(window: Window) -> list[str]:
    """Words that do not fit into the part that shows them, or that part into the page."""
    page = window.shown_page()
    found: list[str] = []
    inside = page.widget()
    if inside.width() > page.viewport().width():
        found.append(f"the page is {inside.width()} wide in {page.viewport().width()}")
    for label in page.findChildren(Label):
        if not label.isVisible():
            continue
        metrics = label.fontMetrics()
        needed = label._height(label.width()) if label.wordWrap() else metrics.height()
        words = label.text().replace("\N{ZERO WIDTH SPACE}", " ").split()
        widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        left = label.mapTo(inside, label.rect().topLeft()).x()
        if label.height() < needed or label.width() < widest:
            found.append(f"{label.size()} for {label.text()!r}")
        if left < 0 or left + label.width() > inside.width() + 1:
            found.append(f"outside of the page: {label.text()!r}")
    found.extend(
        f"{button.size()} for {button.label!r}"
        for button in page.findChildren(Button)
        if button.isVisible() and button.height() < button.height_at(button.width())
    )
    return found


def test_painted_words_are_texts_for_a_screen_reader(
    open_window: Callable[[FakeUseCases], Window], qtbot: QtBot
) -> None:
    usecases = FakeUseCases()
    window = open_window(usecases)
    visit("why", window, usecases, qtbot)
    painted = [part for part in window.findChildren(Painted) if part.isVisible()]
    assert len(painted) >= 5
    for part in painted:
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface is not None
        assert interface.role() is QAccessible.Role.StaticText
        assert interface.text(QAccessible.Text.Name)
