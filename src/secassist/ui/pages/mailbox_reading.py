"""A mailbox is being read: how far, how fast, what was found so far, and a way to stop it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.mailbox_words import day_and_time, number_of, short_time
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.card import Card, Dot, Rule
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.spinner import Bar

if TYPE_CHECKING:
    from secassist.mailbox.buried import Buried
    from secassist.mailbox.flood import Flood
    from secassist.mailbox.scan import Progress

_SHOWN: Final = 5


class MailboxReadingPage(Page):
    """Live progress, with what was found first."""

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Reading"), parent=parent)
        self._count = Label(look, look.tr("Looking for the mail…"), Role.BODY, "text2")
        cancel = Button(look, look.tr("Cancel"))
        cancel.activated.connect(self.cancelled)
        self.back.connect(self.cancelled)
        title = self.heading(look.tr("Reading your mail…"), self._count, cancel)
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addSpacing(12)
        self._bar = Bar(look)
        self.column.addWidget(self._bar)
        self.column.addSpacing(16)
        self._found = Card(look, padding=(20, 14), spacing=8)
        self._found.hide()
        self._shown: tuple[tuple[Flood, ...], tuple[Buried, ...]] = ((), ())
        self.column.addWidget(self._found)
        self.column.addSpacing(12)
        self.column.addWidget(
            Label(
                look,
                look.tr("Nothing is changed, and nothing is marked as read."),
                Role.SMALL,
                "text2",
            )
        )
        self.column.addStretch(1)
        self.first = title
        self._half_said = False

    def advance(self, news: Progress) -> None:
        """Show how far it is."""
        part = news.done / news.total if news.total else 0.0
        self._bar.set_part(part)
        self._count.setText(" ".join(self._sentences(news, part)))
        shown = (news.floods[-1:], tuple(m for m in news.buried if m.matters)[:_SHOWN])
        if shown != self._shown:
            first = not self._shown[0] and bool(shown[0])
            self._shown = shown
            self._show_found(*shown)
            if first:
                a11y.announce(self, self.look.tr("A flood was found. Reading goes on."))
        if not self._half_said and 0.5 <= part < 1:
            self._half_said = True
            a11y.announce(self, self.look.tr("Half of it is read"))

    def _sentences(self, news: Progress, part: float) -> list[str]:
        look = self.look
        rate = news.messages / news.seconds if news.seconds else 0.0
        said = [
            look.tr("{count} mails read.", count=number_of(look, news.messages)),
            look.tr("{count} a second.", count=number_of(look, round(rate))),
        ]
        if part > 0.02:
            left = news.seconds * (1 - part) / part
            if left < 60:
                said.append(
                    look.plural(
                        "About {count} second left.",
                        "About {count} seconds left.",
                        max(1, round(left)),
                    )
                )
            else:
                said.append(
                    look.plural(
                        "About {count} minute left.",
                        "About {count} minutes left.",
                        round(left / 60),
                    )
                )
        return said

    def _show_found(self, floods: tuple[Flood, ...], mails: tuple[Buried, ...]) -> None:
        look, column = self.look, self._found.column
        while (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._found.setVisible(bool(floods))
        if not floods:
            return
        flood = floods[0]
        column.addWidget(Label(look, look.tr("Found so far: a flood"), Role.HEADING))
        column.addWidget(
            Label(
                look,
                look.tr(
                    "It began {start} and has {count} mails from {senders} senders.",
                    start=day_and_time(look, flood.start),
                    count=number_of(look, flood.messages),
                    senders=number_of(look, flood.domains),
                ),
                Role.BODY,
                "text2",
            )
        )
        now = datetime.now(UTC).astimezone()
        for mail in mails:
            column.addWidget(Rule(look))
            line = QWidget()
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight, line)
            row.setContentsMargins(0, 4, 0, 4)
            row.setSpacing(12)
            row.addWidget(Dot(look, "pin", "info", 28), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(look, mail.subject, Role.STRONG, address=True), 1)
            row.addWidget(
                Label(look, short_time(look, mail.time, now), Role.SMALL, "text2", wrap=False)
            )
            column.addWidget(line)
        self.settle()
