"""I already clicked: one question, and none of its answers is wrong."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from secassist.ui import happened
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.answers import Answer, Answers
from secassist.ui.widgets.card import Picture
from secassist.ui.widgets.label import Label

_OTHER: Final = "other"


class AlreadyClickedPage(Page):
    """Asks once what happened."""

    answered = Signal(str)
    """``looked``, ``typed``, ``opened`` or ``unsure``."""
    something_else = Signal()
    """None of these: see what else may have happened."""

    def __init__(self, look: Look, *, from_result: bool, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("I already clicked"), parent=parent)
        self.back_row(look.tr("Back to the result") if from_result else look.tr("Back"))
        title = self.heading(
            look.tr("What happened after you clicked?"),
            look.tr("There is no wrong answer. It only changes the order of the steps."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addSpacing(16)
        looked = Answer(
            "looked",
            look.tr("I only looked at the page"),
            look.tr("Or you closed it at once."),
            "eye",
        )
        other = Answer(
            _OTHER,
            look.tr("Something else happened"),
            look.tr("I am locked out, mails flood in, someone calls, my phone is gone."),
            "plan",
            "slate",
        )
        answers = (
            looked,
            happened.typed(look),
            happened.opened(look),
            happened.unsure(look, "unsure"),
        )
        card = Answers(look, answers if from_result else (*answers, other))
        card.chosen.connect(self._answer)
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

    def _answer(self, code: str) -> None:
        if code == _OTHER:
            self.something_else.emit()
        else:
            self.answered.emit(code)
