"""The answers to a question, one below the other, each large enough for anybody to hit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.disclosure import ChoiceRow


@dataclass(frozen=True, slots=True)
class Answer:
    """One of them."""

    code: str
    words: str
    note: str
    """What else it covers, or what follows from it."""
    icon: str
    tone: str = "info"


class Answers(Card):
    """A card of answers."""

    chosen = Signal(str)
    """The code of the one that was chosen."""

    def __init__(
        self, look: Look, answers: Iterable[Answer], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, padding=(20, 4), parent=parent)
        self.rows: list[ChoiceRow] = []
        for answer in answers:
            row = ChoiceRow(look, answer.words, answer.note, icon=answer.icon, tone=answer.tone)
            row.clicked.connect(partial(self._choose, answer.code))
            self.rows.append(row)
            self.add_row(row)

    def _choose(self, code: str, _checked: bool = False) -> None:
        self.chosen.emit(code)
