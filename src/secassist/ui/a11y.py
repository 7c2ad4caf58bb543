"""What a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLayout, QWidget

from secassist.ui.plain import showable


def name(widget: QWidget, text: str, description: str = "") -> None:
    """Give ``widget`` its accessible name, and what else there is to say."""
    widget.setAccessibleName(showable(text))
    widget.setAccessibleDescription(showable(description))


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Say ``text`` once, wherever the focus is."""
    event = QAccessibleAnnouncementEvent(widget, showable(text))
    event.setPoliteness(
        QAccessible.AnnouncementPoliteness.Assertive
        if urgent
        else QAccessible.AnnouncementPoliteness.Polite
    )
    QAccessible.updateAccessibility(event)


def stops(inside: QWidget) -> list[QWidget]:
    """What Tab can reach inside of a widget, in its order."""
    found: list[QWidget] = []
    widget = inside.nextInFocusChain()
    while widget is not None and widget is not inside:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and inside.isAncestorOf(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def as_read(inside: QWidget) -> list[QWidget]:
    """What Tab can reach in the layout of a widget, as it stands there: by layouts, else by age."""
    found: list[QWidget] = []
    start = inside.layout()
    waiting: list[QWidget | QLayout] = [start] if start is not None else []
    while waiting:
        part = waiting.pop()
        if isinstance(part, QWidget):
            if part.focusProxy() is not None:
                found.append(part)  # goes along with what it hands the keyboard on to
            elif part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                found.append(part)
                continue
            layout = part.layout()
            if layout is None:
                children = part.findChildren(
                    QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
                )
                waiting.extend(reversed(children))
            else:
                waiting.append(layout)
            continue
        items = [part.itemAt(place) for place in range(part.count())]
        parts = [item.widget() or item.layout() for item in items if item is not None]
        waiting.extend(one for one in reversed(parts) if one is not None)
    return found


def tab_order(widgets: Iterable[QWidget]) -> None:
    """Make Tab go through ``widgets`` in the order given."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
