"""Choosing a passphrase, and getting in with the spare key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.pages.opening import OpeningPage
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

LEAST: Final = 8
"""Characters of a passphrase."""


class NewSecret:
    """Two fields for the same passphrase or password, and what is still wrong with them."""

    def __init__(self, look: Look, name: str) -> None:
        self._look = look
        note = look.tr("Four words that do not belong together are good, and easy to keep.")
        self.first = Field(look, name, note=note, secret=True)
        self.again = Field(look, look.tr("The same once more"), secret=True)

    @property
    def both(self) -> tuple[Field, Field]:
        return self.first, self.again

    def missing(self) -> str:
        """Why it can't be taken yet; empty where it can."""
        tr = self._look.tr
        if len(self.first.text()) < LEAST:
            return tr("Choose at least {count} letters.", count=LEAST)
        if self.first.text() != self.again.text():
            return tr("The two are not the same yet.")
        return ""


class PassphrasePage(Page):
    """Choose a passphrase: where no key ring works, or because the person wants one."""

    chosen = Signal(str)
    remove_wanted = Signal()

    def __init__(
        self,
        look: Look,
        *,
        reason: str,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``removable``: there is one that can be given up for the key ring alone."""
        super().__init__(look, look.tr("Choose a passphrase"), parent=parent)
        self.back_row(look.tr("Back"))
        self.heading(look.tr("Choose a passphrase"), reason)
        self.column.addSpacing(16)
        card = Card(look, padding=(28, 24), spacing=12)
        self.fields = NewSecret(look, look.tr("New passphrase"))
        for field in self.fields.both:
            field.changed.connect(self._changed)
            field.entered.connect(self.press_main)
            card.column.addWidget(field)
        self.main = Button(look, look.tr("Use this passphrase"), Kind.FILLED, "lock")
        self.main.activated.connect(self._choose)
        row = FlowRow(look)
        row.add(self.main)
        if removable:
            remove = Button(look, look.tr("Do without a passphrase"), Kind.OUTLINED)
            remove.activated.connect(self.remove_wanted)
            row.add(remove)
        card.column.addWidget(row)
        note = look.tr("Nobody can tell it to you again. Your spare key opens your codes, too.")
        card.column.addWidget(Label(look, note, Role.SMALL, "text2"))
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = self.fields.first.box
        self._changed()

    def _changed(self) -> None:
        if self.main is not None:
            missing = self.fields.missing()
            self.main.set_available(not missing, missing)

    def _choose(self) -> None:
        if self.main is not None:
            self.main.set_available(False, self.look.tr("It is being saved."))
        self.chosen.emit(self.fields.first.text())

    def failed(self) -> None:
        """It was not saved; it can be tried again."""
        self._changed()


class RecoverPage(OpeningPage):
    """Get in with the spare key."""

    entered = Signal(str, str)
    """The spare key as it was typed, and the new passphrase or nothing."""

    def __init__(self, look: Look, *, new_passphrase: bool, parent: QWidget | None = None) -> None:
        self.key = Field(look, look.tr("Spare key"), code=True)
        self.fields = NewSecret(look, look.tr("New passphrase")) if new_passphrase else None
        super().__init__(
            look,
            look.tr("Back"),
            look.tr("Open with spare key"),
            look.tr("Type it from your paper. Capitals, blanks and dashes do not matter."),
            (self.key, *(self.fields.both if self.fields is not None else ())),
            look.tr("Open my codes"),
            parent,
        )

    def missing(self) -> str:
        if not self.key.text().strip():
            return self.look.tr("Type your spare key first.")
        return self.fields.missing() if self.fields is not None else ""

    def enter_typed(self) -> None:
        self.entered.emit(self.key.text(), self.fields.first.text() if self.fields else "")
