"""The head of a page about one account: its tile, what it is called, and whose it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.card import Tile
from secassist.ui.widgets.label import Label


class AccountHead(QWidget):
    """``title`` takes the focus when the page is shown."""

    def __init__(
        self, look: Look, name: str, below: str = "", parent: QWidget | None = None
    ) -> None:
        """``below``: the person's name there, and the site."""
        super().__init__(parent)
        self.title = Label(look, name, Role.DISPLAY)
        self.title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        if below:
            words.addWidget(Label(look, below, Role.BODY, "text2", address=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Tile(look, name))
        row.addLayout(words, 1)
