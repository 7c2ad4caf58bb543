"""The spare key (recovery key): shown once, kept by the person, one group of it typed again."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, paint_sunken
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.painting import painting

if TYPE_CHECKING:
    from secassist.store.recovery_key import RecoveryKey

_COLUMNS: Final = 4


class _Group(QWidget):
    """One group of the key, with its number."""

    def __init__(self, look: Look, number: int, group: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(Label(look, str(number), Role.SMALL, "text3", wrap=False))
        shown = Label(look, group, Role.CODE, address=True, wrap=False)
        shown.setFont(look.font(Role.HEADING, address=True))
        a11y.name(
            shown, look.tr("Group {number}: {letters}", number=number, letters=" ".join(group))
        )
        row.addWidget(shown)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        paint_sunken(painter, self._look, QRectF(self.rect()), 10)


class SpareKeyPage(Page):
    """Asked for when the first thing is stored, and whenever a spare key was used."""

    done = Signal()
    later = Signal()
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(
        self, look: Look, key: RecoveryKey, *, used: bool, parent: QWidget | None = None
    ) -> None:
        """``used``: this one takes the place of another one."""
        super().__init__(look, look.tr("Your spare key"), parent=parent)
        self._key = key
        self.asked: Final = secrets.randbelow(len(key.groups)) + 1
        """The group that has to be typed."""
        sentence = look.tr(
            "It opens your codes when this computer forgets their key. Whoever has it and your"
            " files can do the same, so keep it like a passport."
        )
        if used:
            sentence = look.tr(
                "This is your new one; the one before is worn out. Older copies of your codes still"
                " open with the old one."
            )
        self.heading(look.tr("Your spare key"), sentence)
        self.column.addSpacing(16)
        self.column.addWidget(self._shown())
        self.column.addSpacing(16)
        self.column.addWidget(self._proof())
        self.column.addSpacing(16)
        self.main = Button(look, look.tr("Done"), Kind.FILLED)
        self.main.activated.connect(self.done)
        later = Button(look, look.tr("Later"), Kind.LINK)
        later.activated.connect(self.later)
        row = FlowRow(look)
        row.add(later)
        row.add(self.main, at_end=True)
        self.column.addWidget(row)
        self.column.addStretch(1)
        self.first = self.field.box
        self.back.connect(self.later)
        self._changed()

    def _shown(self) -> Card:
        look = self.look
        card = Card(look, padding=(24, 24))
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._groups = [
            _Group(look, number, group) for number, group in enumerate(self._key.groups, 1)
        ]
        self._place(_COLUMNS)
        card.column.addLayout(self._grid)
        card.column.addSpacing(18)
        row = FlowRow(look)
        for words, icon, signal in (
            (look.tr("Print…"), "print", self.print_wanted),
            (look.tr("Save to a stick…"), "drive", self.save_wanted),
        ):
            button = Button(look, words, Kind.OUTLINED, icon)
            button.activated.connect(signal)
            row.add(button)
        row.add(
            Label(look, look.tr("Shown only now"), Role.SMALL, "text2", wrap=False), at_end=True
        )
        card.column.addWidget(row)
        return card

    def _proof(self) -> Card:
        look = self.look
        card = Card(look, padding=(24, 18), spacing=8)
        card.column.addWidget(
            Label(look, look.tr("Write it down or print it, then show us that you have it."))
        )
        self.field = Field(
            look, look.tr("Type group {number} from your paper", number=self.asked), code=True
        )
        self.field.changed.connect(self._changed)
        self.field.entered.connect(self.press_main)
        card.column.addWidget(self.field)
        return card

    def _changed(self) -> None:
        if self.main is None:
            return
        right = self._key.is_group(self.asked, self.field.text())
        self.main.set_available(right, self.look.tr("Type group {n} first.", n=self.asked))
        if right:
            a11y.announce(self, self.look.tr("That is right."))

    def _place(self, columns: int) -> None:
        for place, group in enumerate(self._groups):
            self._grid.addWidget(group, place // columns, place % columns)

    def arrange(self, narrow: bool) -> None:
        """Two groups side by side instead of four."""
        self._place(2 if narrow else _COLUMNS)
