"""What left this computer: every question, when, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment
from secassist.ui.pages.page import Page
from secassist.ui.ports import LedgerLine
from secassist.ui.questions import OUTCOME_TONE, plain_outcome, plain_question, whom
from secassist.ui.theme import LARGE_TEXT, Role
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.chip import Chip
from secassist.ui.widgets.label import Label

_MOST_ROWS: Final = 100
_WEEK: Final = timedelta(days=7)


class LedgerPage(Page):
    """The list, the newest first."""

    save_wanted = Signal()

    def __init__(
        self,
        look: Look,
        lines: Sequence[LedgerLine],
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.tr("What left this computer"), parent=parent)
        self._now = now
        sentence = look.tr(
            "We asked the internet only about names in the headers; the text stays here."
        )
        if any(line.kind == "time" for line in lines):
            sentence = f"{sentence} {look.tr('And what time it is, when you wanted to know.')}"
        if any(line.kind == "imap" for line in lines):
            sentence = f"{sentence} {look.tr('And your own mail server, for your mail.')}"
        if any(line.kind == "breaches" for line in lines):
            leaks = look.tr("And for leaks: five letters of a scrambled form, no password.")
            sentence = f"{sentence} {leaks}"
        save = Button(look, look.tr("Save list…"), icon="save")
        save.activated.connect(self.save_wanted)
        title = self.heading(look.tr("What left this computer"), sentence, save if lines else None)
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self.column.addSpacing(16)
        if lines:
            self._numbers(lines)
            self._list(lines)
        else:
            self._empty()
        self.column.addStretch(1)

    def _numbers(self, lines: Sequence[LedgerLine]) -> None:
        look = self.look
        week = sum(self._now - line.time < _WEEK for line in lines)
        row = self._tiles = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(14)
        for number, words in (
            (week, look.tr("questions this week")),
            (0, look.tr("parts of your mails")),
            (0, look.tr("passwords or codes")),
        ):
            card = Card(look, padding=(20, 14), spacing=2)
            shown = Label(look, look.locale.toString(number), Role.DISPLAY)
            a11y.name(shown, f"{number} {words}")
            card.column.addWidget(shown)
            card.column.addWidget(Label(look, words, Role.SMALL, "text2"))
            row.addWidget(card, 1)
        self.column.addLayout(row)
        self.column.addSpacing(14)

    def _list(self, lines: Sequence[LedgerLine]) -> None:
        look = self.look
        card = Card(look, padding=(20, 4))
        for line in lines[:_MOST_ROWS]:
            card.add_row(self._row(line))
        self.column.addWidget(card)
        if len(lines) > _MOST_ROWS:
            more = look.tr(
                "The newest {count} are shown. The saved list has them all.", count=_MOST_ROWS
            )
            self.column.addSpacing(12)
            self.column.addWidget(Label(look, more, Role.SMALL, "text2"))

    def _row(self, line: LedgerLine) -> QWidget:
        look = self.look
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(16)
        when = Label(look, moment(look, line.time, self._now), Role.SMALL, "text2", wrap=False)
        when.setMinimumWidth(look.px(94))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(look, whom(line.kind, line.question), Role.STRONG, address=True))
        words.addWidget(
            Label(look, plain_question(look, line.kind, line.question), Role.SMALL, "text2")
        )
        tone = OUTCOME_TONE.get(line.outcome, "warn")
        chip = Chip(look, plain_outcome(look, line.outcome), tone)
        if look.theme.scale < LARGE_TEXT:
            row.addWidget(when)
            row.addLayout(words, 1)
            row.addWidget(chip)
        else:
            words.insertWidget(0, when)
            words.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeading)
            row.addLayout(words, 1)
        return box

    def _empty(self) -> None:
        look = self.look
        card = Card(look, padding=(30, 36), spacing=8)
        card.column.addWidget(Dot(look, "net", "info", 56), 0, Qt.AlignmentFlag.AlignHCenter)
        card.column.addWidget(
            Label(look, look.tr("Nothing left this computer"), Role.HEADING, centred=True)
        )
        card.column.addWidget(
            Label(
                look,
                look.tr("Questions to the internet will be listed here."),
                Role.SMALL,
                "text2",
                centred=True,
            )
        )
        self.column.addWidget(card)

    def arrange(self, narrow: bool) -> None:
        """The numbers one under the other."""
        tiles = getattr(self, "_tiles", None)
        if tiles is not None:
            direction = QBoxLayout.Direction
            tiles.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
