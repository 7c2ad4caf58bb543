"""Which site is it about? The plan then opens the site's own pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Tile
from secassist.ui.widgets.disclosure import RowButton
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.facts.organisations import Organisation

_MOST: Final = 8


class WhichSitePage(Page):
    """One question; it can be left open."""

    chosen = Signal(str)
    """Id of the organisation; empty: not said."""

    def __init__(
        self,
        look: Look,
        find: Callable[[str], Sequence[Organisation]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.tr("Which site is it about?"), parent=parent)
        self._find = find
        self.back_row(look.tr("Back"))
        self.heading(
            look.tr("Which site is it about?"),
            look.tr("Then the steps open the right pages for you."),
        )
        self.column.addSpacing(16)
        self.field = Field(look, look.tr("Name or address of the site"))
        self.field.changed.connect(self._search)
        self.field.entered.connect(self._take_first)
        self.column.addWidget(self.field)
        self.column.addSpacing(12)
        self._card = Card(look, padding=(20, 4))
        self._card.hide()
        self.column.addWidget(self._card)
        self._none = Label(look, "", Role.SMALL, "text2")
        self._none.hide()
        self.column.addWidget(self._none)
        self.column.addSpacing(14)
        row = FlowRow(look)
        self.skip = Button(look, look.tr("Go on without"), Kind.OUTLINED)
        self.skip.activated.connect(lambda: self.chosen.emit(""))
        row.add(self.skip)
        self.column.addWidget(row)
        self.column.addStretch(1)
        self.first = self.field.box
        self._found: Sequence[Organisation] = ()

    def _search(self) -> None:
        while (item := self._card.column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        typed = self.field.text()
        self._found = self._find(typed)[:_MOST]
        for one in self._found:
            row = RowButton(self.look, one.name, before=Tile(self.look, one.name))
            row.clicked.connect(lambda _=False, id_=one.id: self.chosen.emit(id_))
            self._card.add_row(row)
        self._card.setVisible(bool(self._found))
        unknown = bool(typed.strip()) and not self._found
        self._none.setText(self.look.tr("We do not know this one. Go on without it."))
        self._none.setVisible(unknown)
        self.settle()

    def _take_first(self) -> None:
        """Enter takes the only one that fits, or else goes on without."""
        if len(self._found) == 1:
            self.chosen.emit(self._found[0].id)
        elif self.field.text().strip() and not self._found:
            self.chosen.emit("")
