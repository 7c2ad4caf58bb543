"""Have I used this password? One is typed, compared, and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_words import relation
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.disclosure import RowButton
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.usecases.fixing import Tried

_MOST = 50


class TypedPage(Page):
    """A field, and the accounts with that password or its like."""

    typed = Signal(str)
    account_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Have I used this one?"), parent=parent)
        tr = look.tr
        self.back_row(tr("All passwords"))
        self.heading(
            tr("Have I used this one?"),
            tr("We compare it with the marks of your accounts, and forget it."),
        )
        self.column.addSpacing(16)
        card = Card(look, padding=(28, 24), spacing=12)
        self.field = Field(look, tr("Password"), secret=True)
        self.field.changed.connect(self._changed)
        self.field.entered.connect(self.press_main)
        card.column.addWidget(self.field)
        self.main = Button(look, tr("Look for it"), Kind.FILLED, "search")
        self.main.activated.connect(self._enter)
        row = FlowRow(look)
        row.add(self.main)
        card.column.addWidget(row)
        self.column.addWidget(card)
        self.column.addSpacing(14)
        self._answer = QVBoxLayout()
        self._answer.setSpacing(10)
        self.column.addLayout(self._answer)
        self.column.addStretch(1)
        self.first = self.field.box
        self._changed()

    def _changed(self) -> None:
        if self.main is not None:
            why_not = self.look.tr("Type a password first.")
            self.main.set_available(bool(self.field.text()), why_not)

    def _enter(self) -> None:
        if self.main is not None:
            self.main.set_available(False, self.look.tr("It is being compared."))
        self._clear()
        self.typed.emit(self.field.text())

    def refuse(self, sentence: str) -> None:
        """It could not be compared."""
        self._changed()
        self.field.complain(sentence)

    def show_answer(self, tried: Tried) -> None:
        """Where it is used."""
        look = self.look
        self._changed()
        self._clear()
        if not tried.comparable:
            said = look.tr("This one is too short to compare. It is easy to guess anyway.")
        elif not tried.found:
            said = look.tr("We know of no account with it, or with one like it.")
        else:
            said = look.plural(
                "{count} account has it, or one like it.",
                "{count} accounts have it, or one like it.",
                len(tried.found),
            )
        answer = Label(look, said, Role.STRONG)
        self._answer.addWidget(answer)
        a11y.announce(answer, said)
        if tried.found:
            card = Card(look, padding=(20, 2))
            for one in tried.found[:_MOST]:
                row = RowButton(
                    look, one.title or look.tr("(no name)"), relation(look, one.relation)
                )
                row.clicked.connect(lambda _=False, id_=one.id: self.account_wanted.emit(id_))
                card.add_row(row)
            self._answer.addWidget(card)
        self.settle()

    def _clear(self) -> None:
        while (item := self._answer.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
