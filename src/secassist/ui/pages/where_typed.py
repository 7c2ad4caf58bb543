"""Where was it typed? On the real site it is far less grave than on the page of a link."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.widgets.card import Card, Rule
from secassist.ui.widgets.disclosure import ChoiceRow


class WhereTypedPage(Page):
    """Asks once; asked only where the mail itself was real."""

    answered = Signal(str)
    """``official``, ``other`` or ``unknown``."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """``name``: of the site that the mail is about."""
        super().__init__(look, look.tr("Where did you type it?"), 20, parent)
        self.back_row(look.tr("Back"))
        self.column.addSpacing(12)
        title = self.heading(
            look.tr("Where did you type it?"),
            look.tr("The mail was real. The page you typed in may be another matter."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addSpacing(16)
        card = Card(look, padding=(20, 6))
        rows = (
            (
                "official",
                "shield",
                "info",
                look.tr("At {name}: I used the app, or typed the address", name=name),
                look.tr("Then it was the real site."),
            ),
            (
                "other",
                "link",
                "warn",
                look.tr("On a page that a link opened"),
                look.tr("A link can lead to another place than it says."),
            ),
            (
                "unknown",
                "q",
                "slate",
                look.tr("I am not sure"),
                look.tr("Then we take the careful way."),
            ),
        )
        for place, (code, icon, tone, words, note) in enumerate(rows):
            if place:
                card.column.addWidget(Rule(look))
            row = ChoiceRow(look, words, note, icon=icon, tone=tone)
            row.clicked.connect(lambda _=False, code=code: self.answered.emit(code))
            card.column.addWidget(row)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = title
