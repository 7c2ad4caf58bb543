"""One account in a list: what it is called, what is wrong with it, and a way to fix it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.passwords_words import account_name, in_short, said
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Kind
from secassist.ui.widgets.card import Tile
from secassist.ui.widgets.chip import Chip
from secassist.ui.widgets.code_row import RowAction
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited


class AccountRow(QWidget):
    """A row of a list of accounts."""

    fix_wanted = Signal(str)
    """The id of the account."""

    def __init__(
        self, look: Look, account: Audited, number: int = 0, parent: QWidget | None = None
    ) -> None:
        """``number``: its place among the first ones; 0: in a list of all."""
        super().__init__(parent)
        self.account = account
        name = account_name(look, account)
        who = ", ".join(dict.fromkeys(filter(None, (name, account.username))))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(look, name, Role.STRONG))
        if number:
            words.addWidget(Label(look, in_short(look, account), Role.SMALL, "text2"))
        elif account.username:
            words.addWidget(Label(look, account.username, Role.SMALL, "text2", address=True))
        about = QHBoxLayout()
        about.setSpacing(16)
        self._number: Label | None = None
        if number:
            place = self._number = Label(
                look, look.locale.toString(number), Role.STRONG, "text2", wrap=False
            )
            place.setMinimumWidth(look.px(12))
            about.addWidget(place)
        about.addWidget(Tile(look, name))
        about.addLayout(words, 1)
        acts = QHBoxLayout()
        acts.setSpacing(14)
        if account.findings:
            worst = said(look, account, account.findings[0])
            chip = Chip(look, worst.title, worst.tone)
            acts.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        elif account.ticked_at:
            acts.addWidget(Chip(look, look.tr("Changed"), "good"))
        self.fix = RowAction(
            look, look.tr("Fix") if account.findings else look.tr("Show"), Kind.OUTLINED
        )
        self.fix.activated.connect(lambda: self.fix_wanted.emit(account.id))
        a11y.name(
            self.fix,
            look.tr("Fix {account}", account=who)
            if account.findings
            else look.tr("Show {account}", account=who),
        )
        acts.addWidget(self.fix, 0, Qt.AlignmentFlag.AlignVCenter)
        self._acts = acts
        self._rest = QSpacerItem(0, 0)
        acts.addSpacerItem(self._rest)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, look.px(11), 0, look.px(11))
        self._row.setSpacing(14)
        self._row.addLayout(about, 1)
        self._row.addLayout(acts)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_narrow(self, narrow: bool) -> None:
        """The button under the words."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        if self._number is not None:
            self._number.setVisible(not narrow)
        self._rest.changeSize(
            0,
            0,
            QSizePolicy.Policy.Expanding if narrow else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Minimum,
        )
        self._acts.invalidate()
