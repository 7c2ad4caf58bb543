"""What opens the codes, and the copies that the program keeps by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from secassist.store.states import ANYONE
from secassist.ui.look import Look
from secassist.ui.moments import moment
from secassist.ui.pages.page import Page
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.control_row import ControlRow
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.store.backups import Backup
    from secassist.usecases.keeper import View


class KeysAndCopiesPage(Page):
    """Passphrase and spare key; copies: twelve at most, five latest and one of each of seven days.

    The store is open.
    """

    passphrase_wanted = Signal()
    spare_key_wanted = Signal()
    copy_wanted = Signal()
    put_back_wanted = Signal(str)
    """The name of the copy."""

    def __init__(
        self, look: Look, view: View, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.tr("Keys and copies"), parent=parent)
        self.rows: list[Disclosure] = []
        """A row for each copy, the newest first."""
        self._controls: list[ControlRow] = []
        self.back_row(look.tr("All codes"))
        self.heading(look.tr("Keys and copies"))
        self._keys(view)
        self._copies(view.backups, now)
        self.column.addStretch(1)

    def _keys(self, view: View) -> None:
        tr = self.look.tr
        self.group(tr("Your keys"))
        card = Card(self.look, padding=(20, 4))
        self.column.addWidget(card)
        locked = view.needs_passphrase
        self._row(
            card,
            tr("Your passphrase opens your codes.")
            if locked
            else tr("This computer's key ring opens your codes."),
            tr("Without it nobody can open them here.") if locked else tr(ANYONE),
            tr("Change it") if locked else tr("Choose a passphrase"),
            self.passphrase_wanted.emit,
        )
        self._row(
            card,
            tr("Spare key"),
            tr("You have it. A new one takes its place.")
            if view.spare_key_kept
            else tr("You have none yet."),
            tr("Make a new one") if view.spare_key_kept else tr("Show my spare key"),
            self.spare_key_wanted.emit,
        )

    def _copies(self, copies: Sequence[Backup], now: datetime) -> None:
        look = self.look
        self.group(look.tr("Copies on this computer"))
        card = Card(look, padding=(20, 4))
        self.column.addWidget(card)
        newest = moment(look, copies[0].made_at, now) if copies else ""
        self._row(
            card,
            look.tr("We make them by ourselves."),
            look.tr("The newest: {moment}", moment=newest) if copies else look.tr("None yet."),
            look.tr("Make a copy now"),
            self.copy_wanted.emit,
        )
        for copy in copies:
            opened = Disclosure(
                look,
                moment(look, copy.made_at, now),
                icon="drive",
                build=partial(self._offer, copy),
            )
            self.rows.append(opened)
            card.add_row(opened)

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
        self.settle()

    def _row(self, card: Card, title: str, note: str, words: str, act: Callable[[], None]) -> None:
        button = Button(self.look, words, Kind.OUTLINED)
        button.activated.connect(act)
        row = ControlRow(self.look, title, note, button)
        self._controls.append(row)
        card.add_row(row)
        if self.first is None:
            self.first = button

    def arrange(self, narrow: bool) -> None:
        """The buttons under what they are about."""
        for row in self._controls:
            row.set_narrow(narrow)
