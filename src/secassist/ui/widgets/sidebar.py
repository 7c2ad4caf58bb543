"""The way through the window: one stop for Tab, arrows inside; a rail where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.places import Place
from secassist.ui.theme import Role
from secassist.ui.widgets.card import Picture
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.painting import painting
from secassist.ui.widgets.pressable import Pressable

WIDTH: Final = 254
RAIL: Final = 88
_LOGO: Final = 44  # at most


class NavItem(Pressable):
    """One page in the sidebar."""

    moved = Signal(int)
    """An arrow key asks for the item so many places on."""

    def __init__(self, look: Look, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(look, 10, parent)
        self._place = place
        self._current = False
        self._count = 0
        self._rail = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_current(False)

    @property
    def place(self) -> Place:
        return self._place

    def set_current(self, current: bool) -> None:
        self._current = current
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self._say()

    def set_count(self, count: int) -> None:
        """How many things are open there."""
        self._count = count
        self._say()

    def _say(self) -> None:
        name = self._place.title
        if self._current:
            name = self._look.tr("{page}, current page", page=name)
        if self._count:
            name = self._look.tr("{page}, {count} open", page=name, count=self._count)
        a11y.name(self, name)
        self.update()

    def set_rail(self, rail: bool) -> None:
        self._rail = rail
        self.setToolTip(self._place.title if rail else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._rail:
            return QSize(62, max(self._look.px(30) + 14, 44))
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._place.title) + 80, self._look.px(41))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        if self._current or self._hover:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("sel" if self._current else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        colour = "accent" if self._current else "text2"
        size = min(look.px(20), 30)
        dpr = self.devicePixelRatioF()
        left = (self.width() - size) // 2 if self._rail else 13
        if look.rtl and not self._rail:
            left = self.width() - left - size
        top = (self.height() - size) // 2
        painter.drawPixmap(left, top, look.icon(self._place.icon, size, colour, dpr=dpr))
        if self._rail:
            return
        font = look.font(Role.STRONG if self._current else Role.BODY)
        painter.setFont(font)
        painter.setPen(look.colour(colour if self._current else "text2"))
        start = 13 + size + 12
        place = self.rect().adjusted(8 if look.rtl else start, 0, -start if look.rtl else -8, 0)
        painter.drawText(
            place, int(look.leading | Qt.AlignmentFlag.AlignVCenter), self._place.title
        )
        if self._count:
            self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        look = self._look
        font = look.font(Role.SMALL_STRONG)
        words = str(self._count)
        height = look.px(22)
        width = max(QFontMetrics(font).horizontalAdvance(words) + look.px(16), height)
        left = 10 if look.rtl else self.width() - 10 - width
        badge = QRectF(left, (self.height() - height) / 2, width, height)
        painter.setPen(QPen(look.colour("info_line"), 1))
        painter.setBrush(look.colour("info_soft"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(look.colour("info"))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), words)


class Sidebar(QWidget):
    """The pages that work. ``chosen`` carries the name of a page."""

    chosen = Signal(str)
    lock_wanted = Signal()
    """The person wants the store closed."""

    def __init__(self, look: Look, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._items: list[NavItem] = []
        self._rail = False
        a11y.name(self, look.tr("Pages"))
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 22, 13, 16)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(7, 0, 0, 0)
        head.setSpacing(10)
        self._logo = Picture(look, "logo", min(30, _LOGO / look.theme.scale), "accent", "on_accent")
        self._name = Label(look, "secassist", Role.HEADING, wrap=False)
        head.addWidget(self._logo)
        head.addWidget(self._name)
        head.addStretch(1)
        self._head = head
        column.addLayout(head)
        column.addSpacing(19)
        for place in places:
            if not place.at_bottom:
                column.addWidget(self._item(place))
        column.addStretch(1)
        for place in places:
            if place.at_bottom:
                column.addWidget(self._item(place))
        lock = Place("lock", look.tr("Lock"), "lock", at_bottom=True)
        self._lock = self._item(lock)
        self._lock.hide()
        column.addWidget(self._lock)
        self.set_rail(False)

    def _item(self, place: Place) -> NavItem:
        item = NavItem(self._look, place)
        if place.name == "lock":
            item.clicked.connect(self.lock_wanted)
        else:
            item.clicked.connect(lambda: self.chosen.emit(place.name))
        item.moved.connect(lambda step: self._move(item, step))
        self._items.append(item)
        return item

    def _move(self, item: NavItem, step: int) -> None:
        there = [one for one in self._items if not one.isHidden()]
        place = (there.index(item) + step) % len(there)
        there[place].setFocus(Qt.FocusReason.TabFocusReason)

    def show_lock(self, shown: bool) -> None:
        """There is something to lock: the store is open."""
        self._lock.setVisible(shown)

    def set_count(self, name: str, count: int) -> None:
        """How many things are open at the place ``name``; 0 shows nothing."""
        for item in self._items:
            if item.place.name == name:
                item.set_count(count)

    def set_current(self, name: str) -> None:
        for item in self._items:
            item.set_current(item.place.name == name)

    def set_rail(self, rail: bool) -> None:
        self._rail = rail
        self.setFixedWidth(RAIL if rail else self.full_width())
        self._name.setVisible(not rail)
        self._head.setContentsMargins(0 if rail else 7, 0, 0, 0)
        if rail:
            self._head.insertStretch(0, 1) if self._head.count() == 3 else None
        elif self._head.count() == 4:
            self._head.takeAt(0)
        for item in self._items:
            item.set_rail(rail)

    def full_width(self) -> int:
        """The width that the longest title needs, in the heavier type of the current page."""
        metrics = QFontMetrics(self._look.font(Role.STRONG))
        longest = max(metrics.horizontalAdvance(item.place.title) for item in self._items)
        return max(WIDTH, longest + self._look.px(32) + 46)

    def focus_current(self) -> None:
        """Give the keyboard to the current page's item."""
        for item in self._items:
            if item.focusPolicy() is Qt.FocusPolicy.StrongFocus:
                item.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._look.colour("sidebar"))
        painter.setPen(QPen(self._look.colour("line"), 1))
        edge = 0 if self._look.rtl else self.width() - 1
        painter.drawLine(edge, 0, edge, self.height())
