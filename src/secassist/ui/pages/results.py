"""Several mails came in one file: a list of results, each of which opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from secassist.mail.report import Report
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment_of
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.disclosure import RowButton
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.mark import Mark

_MOST_ROWS: Final = 200


class ResultsPage(Page):
    """One row a mail: mark, headline, from whom and when."""

    opened = Signal(int)
    """The place of the report that shall be shown."""

    def __init__(
        self, look: Look, reports: Sequence[Report], now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.tr("Results"), parent=parent)
        self.back_row(look.tr("Check another"))
        count = len(reports)
        title = self.heading(
            look.plural("{count} mail checked", "{count} mails checked", count),
            look.tr("Each has an answer of its own. Open one to read it."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self.column.addSpacing(16)
        card = Card(look, padding=(20, 6))
        for place, report in enumerate(reports[:_MOST_ROWS]):
            card.add_row(self._row(place, report, now))
        self.column.addWidget(card)
        if count > _MOST_ROWS:
            self.column.addSpacing(10)
            more = look.tr("Only the first {count} are listed here.", count=_MOST_ROWS)
            self.column.addWidget(Label(look, more, Role.SMALL, "text2"))
        self.column.addStretch(1)

    def _row(self, place: int, report: Report, now: datetime) -> RowButton:
        look, mail = self.look, report.message
        parts = (mail.display_name or mail.from_, mail.subject, moment_of(look, mail.date, now))
        note = " · ".join(part[:120] for part in parts if part)
        row = RowButton(
            look,
            report.headline,
            note,
            before=Mark(look, report.verdict, 34),
            below=True,
        )
        row.clicked.connect(lambda: self.opened.emit(place))
        return row

    def enter(self) -> None:
        super().enter()
        if self.first is not None:
            a11y.announce(self.first, self.first.accessibleName(), urgent=True)
