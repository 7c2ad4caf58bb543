"""The modules of a page are fetched; until then, this stands there."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from secassist.ui.fetching import fetch
from secassist.ui.jobs import Job, Jobs
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.turns import in_next_turn
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.spinner import Spinner

_PATIENCE_MS: Final = 300


class ArrivingPage(Page):
    """Says nothing for a third of a second: most often it is gone by then."""

    arrived = Signal()

    def __init__(self, look: Look, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent=parent)
        self._spinner = Spinner(look, 32)
        self._words = Label(look, words, Role.BODY, "text2")
        self._words.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._spinner)
        row.addWidget(self._words, 1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.first = self._words
        for part in (self._spinner, self._words):
            part.hide()
        QTimer.singleShot(_PATIENCE_MS, self, self._say)

    def fetch(self, module: str, needs: Sequence[str], jobs: Jobs) -> None:
        """Fetch what the module needs of other rooms, then itself; sends ``arrived``."""

        def import_here(_: None) -> None:
            import_module(module)
            in_next_turn(self, self.arrived.emit)

        Job[None, None](self, lambda _: fetch(needs)).success(import_here).run(jobs)

    def _say(self) -> None:
        for part in (self._spinner, self._words):
            part.show()
        if self.isVisible():
            self.enter()
