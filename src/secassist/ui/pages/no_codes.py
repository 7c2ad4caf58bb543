"""Two-step sign-in, before the first code."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label


class NoCodesPage(Page):
    """Before the first code."""

    add_wanted = Signal()
    import_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, look: Look, *, opened: bool = False, parent: QWidget | None = None) -> None:
        """``opened``: there is a store, and it is open."""
        super().__init__(look, look.tr("Two-step sign-in"), parent=parent)
        title = self.heading(
            look.tr("Two-step sign-in"),
            look.tr("A password can be stolen. A code that changes all the time cannot."),
        )
        a11y.name(title, look.tr("Two-step sign-in"))
        self.column.addSpacing(16)
        card = Card(look, padding=(30, 36), spacing=8)
        card.column.addWidget(Dot(look, "phone", "info", 56))
        card.column.addWidget(Label(look, look.tr("No codes here yet"), Role.HEADING))
        sentence = look.tr("We go with you from the site's settings to the first code.")
        card.column.addWidget(Label(look, sentence, Role.BODY, "text2"))
        card.column.addSpacing(10)
        self.main = Button(look, look.tr("Set up the first account"), Kind.FILLED, "plus")
        self.main.activated.connect(self.add_wanted)
        bring = Button(look, look.tr("Bring codes from elsewhere…"), Kind.OUTLINED, "inbox")
        bring.activated.connect(self.import_wanted)
        row = FlowRow(look)
        row.add(self.main)
        row.add(bring)
        if opened:
            keys = Button(look, look.tr("Keys and copies…"), Kind.OUTLINED, "key")
            keys.activated.connect(self.keys_wanted)
            row.add(keys)
        card.column.addWidget(row)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = self.main
