"""I already clicked: one question, and none of its answers is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.card import Card, Picture, Rule
from secassist.ui.widgets.disclosure import ChoiceRow
from secassist.ui.widgets.label import Label


class AlreadyClickedPage(Page):
    """Asks once what happened."""

    answered = Signal(str)
    """``looked``, ``typed``, ``opened`` or ``unsure``."""
    something_else = Signal()
    """None of these: see what else may have happened."""

    def __init__(self, look: Look, *, from_result: bool, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("I already clicked"), 20, parent)
        self.back_row(look.tr("Back to the result") if from_result else look.tr("Back"))
        self.column.addSpacing(12)
        title = self.heading(
            look.tr("What happened after you clicked?"),
            look.tr("There is no wrong answer. It only changes the order of the steps."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addSpacing(16)
        card = Card(look, padding=(20, 6))
        rows = (
            (
                "looked",
                "eye",
                "info",
                look.tr("I only looked at the page"),
                look.tr("Or you closed it at once."),
            ),
            (
                "typed",
                "keyboard",
                "warn",
                look.tr("I typed a password, a code or card details"),
                look.tr("Or you said yes to a sign-in question on your phone."),
            ),
            (
                "opened",
                "folder",
                "warn",
                look.tr("I opened a file, or let someone into my computer"),
                look.tr("Also if someone helped you by phone."),
            ),
            (
                "unsure",
                "q",
                "slate",
                look.tr("I am not sure"),
                look.tr("Then we take the careful way."),
            ),
        )
        for index, (code, icon, tone, words, note) in enumerate(rows):
            if index:
                card.column.addWidget(Rule(look))
            row = ChoiceRow(look, words, note, icon=icon, tone=tone)
            row.clicked.connect(lambda _=False, code=code: self.answered.emit(code))
            card.column.addWidget(row)
        if not from_result:
            card.column.addWidget(Rule(look))
            other = ChoiceRow(
                look,
                look.tr("Something else happened"),
                look.tr("I am locked out, mails flood in, someone calls, my phone is gone."),
                icon="plan",
                tone="slate",
            )
            other.clicked.connect(self.something_else)
            card.column.addWidget(other)
        self.column.addWidget(card)
        self.column.addSpacing(14)
        hint = QHBoxLayout()
        hint.setSpacing(8)
        hint.addWidget(Picture(look, "phone", 18), 0, Qt.AlignmentFlag.AlignTop)
        hint.addWidget(
            Label(
                look,
                look.tr("Is someone on the phone with you about this? Hang up first. We wait."),
                Role.SMALL,
                "text2",
            ),
            1,
        )
        self.column.addLayout(hint)
        self.column.addStretch(1)
        self.first = title
