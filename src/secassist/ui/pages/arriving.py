"""The modules of a page are fetched off the window's thread; until then, this stands there."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from secassist.ui.jobs import Job, Jobs
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.spinner import Spinner

_PATIENCE_MS: Final = 300


def is_here(module: str) -> bool:
    """Whether the module was fetched."""
    return module in sys.modules


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

    def fetch(self, module: str, jobs: Jobs) -> None:
        """Fetch the module, with all that it imports; sends ``arrived``."""

        async def work() -> None:
            import asyncio  # on the thread of the jobs, which has it by then

            await asyncio.to_thread(import_module, module)

        Job(self, lambda _: work()).success(lambda _: self.arrived.emit()).run(jobs)

    def _say(self) -> None:
        for part in (self._spinner, self._words):
            part.show()
        if self.isVisible():
            self.enter()
