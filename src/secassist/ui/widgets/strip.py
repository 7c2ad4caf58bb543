"""A strip on the page that a problem concerns: what happened, what still works, one way on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import LARGE_TEXT, Role
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label


class Strip(Card):
    """Slate or amber, never red: a fault is not a verdict. It stays until it is dealt with."""

    def __init__(
        self,
        look: Look,
        title: str,
        sentence: str,
        *,
        icon: str = "alert",
        tone: str = "slate",
        buttons: tuple[Button, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, tone=tone, padding=(20, 16), parent=parent)
        self.title = Label(look, title, Role.STRONG)
        self.sentence = Label(look, sentence, Role.SMALL, "text2")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(16)
        top.addWidget(Dot(look, icon, tone, 40), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.column.addLayout(top)
        self.buttons = buttons
        if buttons:
            row = FlowRow(look)
            for button in buttons:
                row.add(button)
            self._row = row
            if look.theme.scale < LARGE_TEXT and row.sizeHint().width() < 260:
                row.setMinimumWidth(row.sizeHint().width())
                top.addWidget(row, 0, Qt.AlignmentFlag.AlignVCenter)
            else:
                self.column.addSpacing(12)
                self.column.addWidget(row)

    def say(self) -> None:
        """Tell a screen reader what the strip says."""
        a11y.announce(self, f"{self.title.text()} {self.sentence.text()}")
