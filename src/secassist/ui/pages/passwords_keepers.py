"""Where to keep new passwords: what speaks for each place, in two sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from secassist.facts.password_managers import PasswordManager, where_to_keep
from secassist.ui.look import Look
from secassist.ui.opening import open_manager
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_fix import PAPER, keeper_name
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.code_row import RowAction
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label


class KeepersPage(Page):
    """Help to choose one."""

    chosen = Signal(str)
    """The id of a password manager, or PAPER."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Where to keep passwords"), parent=parent)
        tr = look.tr
        self.back_row(tr("Back"))
        title = self.heading(
            tr("Where to keep passwords"),
            tr("Any of these is much better than one password for all sites."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        managers = where_to_keep()
        for words, kinds in (
            (tr("The least work: the browser you use anyway"), {"browser"}),
            (tr("The same on all your devices: a password manager"), {"manager"}),
            (tr("All by yourself: a locked file, or paper"), {"file"}),
        ):
            self.group(words)
            card = Card(look, padding=(20, 2))
            rows = [self._row(one) for one in managers if one.kind in kinds]
            if "file" in kinds:
                rows.append(self._paper())
            for row in rows:
                card.add_row(row)
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _row(self, manager: PasswordManager) -> Disclosure:
        look = self.look

        def build(column: QVBoxLayout) -> None:
            column.addWidget(Label(look, look.tr(manager.keeps)))
            opens = RowAction(look, look.tr("Open its site"), Kind.QUIET, "net")
            opens.activated.connect(lambda: open_manager(manager))
            self._acts(column, manager.id, opens)

        devices = look.tr(manager.devices)
        return Disclosure(look, manager.name, devices, tile=manager.name, build=build)

    def _paper(self) -> Disclosure:
        look = self.look

        def build(column: QVBoxLayout) -> None:
            sentence = look.tr(
                "A notebook that stays at home cannot be read by a thief far away. Write clearly,"
                " and keep it where guests do not look."
            )
            column.addWidget(Label(look, sentence, Role.BODY))
            self._acts(column, PAPER)

        note = look.tr("Only at home, and only you.")
        return Disclosure(look, keeper_name(look, PAPER), note, icon="print", build=build)

    def _acts(self, column: QVBoxLayout, keeper: str, *more: RowAction) -> None:
        take = RowAction(self.look, self.look.tr("I keep it there"), Kind.OUTLINED, "check")
        take.activated.connect(lambda: self.chosen.emit(keeper))
        row = FlowRow(self.look)
        for button in (take, *more):
            row.add(button)
        column.addWidget(row)
        self.settle()
