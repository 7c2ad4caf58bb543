"""Where was it typed? On the real site it is far less grave than on the page of a link."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from secassist.ui import happened
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.widgets.answers import Answer, Answers


class WhereTypedPage(Page):
    """Asks once; asked only where the mail itself was real."""

    answered = Signal(str)
    """``official``, ``other`` or ``unknown``."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """``name``: of the site that the mail is about."""
        super().__init__(look, look.tr("Where did you type it?"), parent=parent)
        self.back_row(look.tr("Back"))
        title = self.heading(
            look.tr("Where did you type it?"),
            look.tr("The mail was real. The page you typed in may be another matter."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addSpacing(16)
        official = Answer(
            "official",
            look.tr("At {name}: I used the app, or typed the address", name=name),
            look.tr("Then it was the real site."),
            "shield",
        )
        other = Answer(
            "other",
            look.tr("On a page that a link opened"),
            look.tr("A link can lead to another place than it says."),
            "link",
            "warn",
        )
        card = Answers(look, (official, other, happened.unsure(look, "unknown")))
        card.chosen.connect(self.answered)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = title
