"""A line to type into: its name above it, what is wrong with it below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.label import Label


class Field(QWidget):
    """Enter sends ``entered``; what was typed is kept when a complaint is shown."""

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        note: str = "",
        secret: bool = False,
        code: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``secret``: shown as dots. ``code``: letters and digits that must be told apart."""
        super().__init__(parent)
        self._name, self._note = name, note
        self.box = QLineEdit()
        self.box.setFont(look.font(Role.BODY, address=code))
        self.box.setMinimumHeight(look.px(44))
        self.box.setMinimumWidth(look.px(160))
        if secret:
            self.box.setEchoMode(QLineEdit.EchoMode.Password)
        self.box.textChanged.connect(self._changed)
        self.box.returnPressed.connect(self.entered)
        self.below = Label(look, note, Role.SMALL, "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(look, name, Role.SMALL_STRONG, "text2"))
        column.addWidget(self.box)
        column.addWidget(self.below)
        self.below.setVisible(bool(note))  # once it has a parent: else it would be a window
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.box)
        a11y.name(self.box, name, note)

    def text(self) -> str:
        return self.box.text()

    def clear(self) -> None:
        self.box.clear()

    def complain(self, sentence: str) -> None:
        """Say what is wrong with it, and let the person type it again."""
        self.below.setText(sentence)
        self.below.set_colour("warn")
        self.below.show()
        a11y.name(self.box, self._name, sentence)
        a11y.announce(self.box, sentence, urgent=True)
        self.box.selectAll()
        self.box.setFocus()

    def _changed(self) -> None:
        self.below.setText(self._note)
        self.below.set_colour("text2")
        self.below.setVisible(bool(self._note))
        a11y.name(self.box, self._name, self._note)
        self.changed.emit()
