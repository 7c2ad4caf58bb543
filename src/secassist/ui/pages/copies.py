"""The copies that the program keeps by itself: one more now, or an earlier one put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from secassist.store.backups import Backup
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Rule
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label


class CopiesPage(Page):
    """Twelve at most: the five latest, and the latest of each of seven days."""

    make_wanted = Signal()
    put_back_wanted = Signal(str)
    """The name of the copy."""

    def __init__(
        self, look: Look, copies: Sequence[Backup], now: datetime, parent: QWidget | None = None
    ) -> None:
        """``copies``: the newest first."""
        super().__init__(look, look.tr("Copies on this computer"), 24, parent)
        self.rows: list[Disclosure] = []
        self.back_row(look.tr("All codes"))
        self.column.addSpacing(8)
        title = self.heading(
            look.tr("Copies on this computer"),
            look.tr("We make them by ourselves. They open with the same keys as your codes."),
        )
        self.column.addSpacing(16)
        make = Button(look, look.tr("Make a copy now"), Kind.OUTLINED, "save")
        make.activated.connect(self.make_wanted)
        row = FlowRow(look)
        row.add(make)
        self.column.addWidget(row)
        self.column.addSpacing(16)
        if copies:
            self._list(copies, now)
        else:
            self.column.addWidget(Label(look, look.tr("There is none yet."), Role.BODY, "text2"))
        self.column.addStretch(1)
        a11y.name(title, title.text())
        self.first = make

    def _list(self, copies: Sequence[Backup], now: datetime) -> None:
        look = self.look
        card = Card(look, padding=(20, 4))
        for place, copy in enumerate(copies):
            if place:
                card.column.addWidget(Rule(look))
            opened = Disclosure(
                look,
                moment(look, copy.made_at, now),
                look.tr("The newest") if not place else "",
                icon="drive",
                build=partial(self._offer, copy),
            )
            self.rows.append(opened)
            card.column.addWidget(opened)
        self.column.addWidget(card)

    def _offer(self, copy: Backup, column: QVBoxLayout) -> None:
        look = self.look
        column.addWidget(
            Label(
                look,
                look.tr(
                    "What came later is not in it. What is here now is put aside as it is, so you"
                    " lose nothing."
                ),
            )
        )
        button = Button(look, look.tr("Put this copy back"), Kind.OUTLINED, "undo")
        button.activated.connect(lambda: self.put_back_wanted.emit(copy.name))
        row = FlowRow(look)
        row.add(button)
        column.addWidget(row)
        self.refresh_letters()
