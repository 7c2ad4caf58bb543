"""One account: what was found, who else is concerned, and how to put it right."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.moments import moment_of
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_words import account_name, said
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot, Rule, Tile
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited, Finding


class PasswordAccountPage(Page):
    """The page of one account."""

    changed = Signal()
    """The person says that the password was changed."""
    not_changed = Signal()

    def __init__(
        self, look: Look, account: Audited, now: datetime, parent: QWidget | None = None
    ) -> None:
        self.account = account
        name = account_name(look, account)
        super().__init__(look, name, 24, parent)
        self._now = now
        self.back_row(look.tr("All passwords"))
        self.column.addSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Tile(look, name))
        names = QVBoxLayout()
        headline = Label(look, name, Role.DISPLAY)
        headline.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        names.addWidget(headline)
        below = " · ".join(dict.fromkeys(filter(None, (account.username, account.site))))
        if below:
            names.addWidget(Label(look, below, Role.BODY, "text2", address=True))
        head.addLayout(names, 1)
        self.column.addLayout(head)
        self.column.addSpacing(14)
        self._findings()
        self.column.addSpacing(14)
        self._acts()
        self.column.addStretch(1)
        self.first = headline

    def _findings(self) -> None:
        look = self.look
        card = Card(look, padding=(20, 4))
        for place, finding in enumerate(self.account.findings):
            if place:
                card.column.addWidget(Rule(look))
            card.column.addWidget(self._finding(finding))
        if not self.account.findings:
            ticked = bool(self.account.ticked_at)
            words = (
                look.tr("You said that you changed it. A new list shows if all is well.")
                if ticked
                else look.tr("We found nothing to fix here.")
            )
            card.column.addSpacing(12)
            card.column.addWidget(Label(look, words))
            card.column.addSpacing(12)
        self.column.addWidget(card)

    def _finding(self, finding: Finding) -> QWidget:
        look = self.look
        words = said(look, self.account, finding)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(14)
        row.addWidget(Dot(look, words.icon, words.tone, 34), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        texts.addWidget(Label(look, words.title, Role.STRONG))
        texts.addWidget(Label(look, words.sentence, Role.SMALL, "text2"))
        when = moment_of(look, finding.checked_at, self._now)
        if when:
            checked = look.tr("Checked: {when}", when=when)
            texts.addWidget(Label(look, checked, Role.SMALL, "text2"))
        row.addLayout(texts, 1)
        return box

    def _acts(self) -> None:
        look = self.look
        row = FlowRow(look)
        if self.account.ticked_at:
            button = Button(look, look.tr("I did not change it"), Kind.OUTLINED, "undo")
            button.activated.connect(self.not_changed)
        else:
            self.main = button = Button(look, look.tr("I changed it"), Kind.FILLED, "check")
            button.activated.connect(self.changed)
        row.add(button)
        self.column.addWidget(row)
