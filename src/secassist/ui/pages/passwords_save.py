"""The report to keep or to print; and what is kept of a password, exactly."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import LARGE_TEXT, Role
from secassist.ui.widgets.answers import Answer, Answers
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.label import Label

FILES: Final = {
    "html": "secassist-passwords.html",
    "text": "secassist-passwords.txt",
    "csv": "secassist-passwords.csv",
    "json": "secassist-passwords.json",
}


class SaveReportPage(Page):
    """In which form?"""

    wanted = Signal(str)
    """One of FILES."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Save the report"), parent=parent)
        tr = look.tr
        self.back_row(tr("All passwords"))
        title = self.heading(
            tr("Save the report"),
            tr("No password is in it. But it tells where you have accounts, so keep it to you."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self.column.addSpacing(16)
        forms = (
            Answer("html", tr("A page"), tr("To read and to print, in any browser."), "print"),
            Answer("text", tr("A text"), tr("Plain words, one account after the other."), "paste"),
            Answer("csv", tr("A table"), tr("For a program such as Excel or Calc (CSV)."), "plan"),
            Answer("json", tr("For other programs"), tr("All of it, in JSON."), "server"),
        )
        card = Answers(look, forms)
        card.chosen.connect(self.wanted)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def say_saved(self) -> None:
        """It was written."""
        look = self.look
        title, sentence = look.tr("The report is saved."), look.tr("Only you can open it there.")
        self.tell(title, sentence, icon="check", tone="good")


class KeptPage(Page):
    """What is kept of each password, and what a thief would get."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("What is kept, exactly"), parent=parent)
        tr = look.tr
        self.back_row(tr("Back"))
        title = self.heading(
            tr("What is kept, exactly"),
            tr("The list is read by a helper that can write nothing, and ends when it is done."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self._table(
            tr("Of each account, in the locked store"),
            (
                (tr("Its name, its site, your name there"), tr("so that you know it again")),
                (
                    tr("How strong the password is, as a number"),
                    tr("so that weak ones can be shown"),
                ),
                (
                    tr("Marks of the password, made with a secret key"),
                    tr("two marks are alike only where two passwords are"),
                ),
                (
                    tr("The part that is asked about leaks"),
                    tr("five letters of a scrambled form, and a mark of the rest"),
                ),
                (
                    tr("Of short passwords and numbers: no mark"),
                    tr("they could be found by trying, so we keep “weak” alone"),
                ),
            ),
        )
        self._table(
            tr("What a thief would get"),
            (
                (tr("With your computer switched off"), tr("nothing that can be read")),
                (
                    tr("With the store and a passphrase"),
                    tr("nothing, until they guess the passphrase"),
                ),
                (
                    tr("At your computer, signed in as you"),
                    tr("where you have accounts, and they can try guesses against the marks"),
                ),
                (
                    tr("With the list that you exported"),
                    tr("all of it. That is why we offer to delete it"),
                ),
            ),
        )
        self.column.addStretch(1)

    def _table(self, title: str, lines: tuple[tuple[str, str], ...]) -> None:
        look = self.look
        self.group(title)
        card = Card(look, padding=(24, 18))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        large = look.theme.scale >= LARGE_TEXT
        for number, (what, why) in enumerate(lines):
            left = Label(look, what, Role.STRONG)
            right = Label(look, why, Role.BODY, "text2")
            grid.addWidget(left, 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            spot = (2 * number + 1, 0) if large else (2 * number, 1)
            grid.addWidget(right, *spot, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        if not large:
            grid.setColumnStretch(1, 1)
        card.column.addLayout(grid)
        self.column.addWidget(card)
