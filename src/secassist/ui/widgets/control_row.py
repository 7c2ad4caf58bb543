"""A row of a card: what it is about, and a control at its end; under it where room is short."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.label import Label


class ControlRow(QWidget):
    """Title, note, control; the last two where there are any."""

    def __init__(
        self,
        look: Look,
        title: str,
        note: str,
        control: QWidget | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(look, title, Role.BODY, address=True))
        if note:
            words.addWidget(Label(look, note, Role.SMALL, "text2"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 10, 0, 10)
        self._row.setSpacing(16)
        self._row.addLayout(words, 1)
        if control is not None:
            self._row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_narrow(self, narrow: bool) -> None:
        """The control under the words."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
