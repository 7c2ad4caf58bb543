"""What opens something is asked for: one field, and the button that tries it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow


class OpeningPage(Page):
    """Subclasses say what is still missing, and pass on what was typed."""

    def __init__(
        self,
        look: Look,
        back: str,
        title: str,
        sentence: str,
        fields: Sequence[Field],
        words: str,
        parent: QWidget | None = None,
    ) -> None:
        """``back`` and ``words`` stand on the link back and on the button."""
        super().__init__(look, title, parent=parent)
        self.back_row(back)
        self.heading(title, sentence)
        self.column.addSpacing(16)
        card = Card(look, padding=(28, 24), spacing=12)
        for field in fields:
            field.changed.connect(self.update_main)
            field.entered.connect(self.press_main)
            card.column.addWidget(field)
        self.field = fields[0]
        self.main = Button(look, words, Kind.FILLED, "unlock")
        self.main.activated.connect(self._try)
        row = FlowRow(look)
        row.add(self.main)
        card.column.addWidget(row)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = self.field.box
        self.update_main()

    def missing(self) -> str:
        """Why it can't be tried yet; empty where it can."""
        raise NotImplementedError

    def enter_typed(self) -> None:
        """Pass on what was typed."""
        raise NotImplementedError

    def refuse(self, sentence: str) -> None:
        """It did not open."""
        self.update_main()
        self.field.complain(sentence)

    def update_main(self) -> None:
        """The button can be pressed once nothing is missing."""
        if self.main is not None:
            missing = self.missing()
            self.main.set_available(not missing, missing)

    def _try(self) -> None:
        if self.main is not None:
            self.main.set_available(False, self.look.tr("It is being opened."))
        self.enter_typed()
