"""Security mail of the last 90 days by organisation, and what is said of a calm mailbox."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages import mailbox_words as words
from secassist.ui.pages.mailbox_list import MailListPage
from secassist.ui.pages.page import HERO_TOP, TOP
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secassist.usecases.scan_mailbox import Judged, Scanned

_PAGE: Final = 50


class SecurityPage(MailListPage):
    """The list; above it what was found, if no flood was."""

    def __init__(
        self,
        look: Look,
        scanned: Scanned,
        now: datetime,
        *,
        pending: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``pending``: the verdicts are still to come."""
        top = TOP if scanned.found.floods else HERO_TOP
        super().__init__(look, now, pending=pending, top=top, parent=parent)
        self._left = list(_by_sender(scanned.security))
        self._shown_sender = ""
        self._card: Card | None = None
        self._acts: QBoxLayout | None = None
        if scanned.found.floods:
            self.back_row(look.tr("Back to the flood"))
            title = self.heading(look.tr("Security mail of the last 90 days"))
        else:
            title = self._calm(scanned)
            self.group(look.tr("Security mail of the last 90 days"), 22)
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self._lists = QVBoxLayout()
        self._lists.setSpacing(0)
        self.column.addLayout(self._lists)
        self._more = Button(look, look.tr("Show more"))
        self._more.activated.connect(self._show_more)
        self._below = FlowRow(look)
        self._below.add(self._more)
        self.column.addSpacing(12)
        self.column.addWidget(self._below)
        if not self._left:
            none = look.tr("There is none in these mails.")
            self.column.addWidget(Label(look, none, Role.BODY, "text2"))
        self._show_more()
        self.column.addSpacing(12)
        for sentence in scanned.limits:
            self.column.addWidget(Label(look, sentence, Role.SMALL, "text2", address=True))
            self.column.addSpacing(6)
        self.column.addStretch(1)

    def _calm(self, scanned: Scanned) -> Label:
        look, reach = self.look, scanned.found.extent
        card = Card(look, padding=(30, 24), spacing=8)
        tone = "good" if scanned.found.complete else "slate"
        card.column.addWidget(Dot(look, "inbox", tone, 56), 0, Qt.AlignmentFlag.AlignHCenter)
        words_of_it = (
            look.tr("No flood found")
            if scanned.found.complete
            else look.tr("No flood found so far")
        )
        title = Label(look, words_of_it, Role.DISPLAY, centred=True)
        card.column.addWidget(title)
        messages = look.plural(
            "{number} message",
            "{number} messages",
            scanned.found.messages,
            number=words.number_of(look, scanned.found.messages),
        )
        if reach.days:
            days = look.plural("in {count} day.", "in {count} days.", reach.days)
            busiest = look.tr(
                "The busiest hour had {count}.", count=words.number_of(look, reach.busiest)
            )
            sentence = f"{messages} {days} {busiest}"
        else:
            sentence = f"{messages}."
        card.column.addWidget(Label(look, sentence, Role.BODY, "text2", centred=True))
        another = Button(look, look.tr("Another mailbox…"), icon="folder")
        another.activated.connect(self.another_wanted)
        watch = Button(look, look.tr("Watch this mailbox…"), icon="eye")
        watch.activated.connect(self.watch_wanted)
        card.column.addSpacing(6)
        self._acts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._acts.setSpacing(12)
        for button in (another, watch):
            self._acts.addWidget(button)
        box = QWidget()
        self._acts.setContentsMargins(0, 0, 0, 0)
        box.setLayout(self._acts)
        card.column.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(card)
        return title

    def arrange(self, narrow: bool) -> None:
        super().arrange(narrow)
        if self._acts is not None:
            direction = QBoxLayout.Direction
            self._acts.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def _show_more(self) -> None:
        """Fifty more rows."""
        shown, start = self._left[:_PAGE], len(self.rows)
        del self._left[:_PAGE]
        self._below.hide()

        def done() -> None:
            self._below.setVisible(bool(self._left))
            a11y.tab_order([*(row.button for row in self.rows), self._more])
            if start and len(self.rows) > start:
                self.rows[start].button.setFocus()

        self.add_in_turns(shown, self._add, done)

    def _add(self, named: tuple[str, Judged]) -> None:
        """A row; its sender's name stands above the first one."""
        name, judged = named
        if name != self._shown_sender or self._card is None:
            self._shown_sender = name
            self._lists.addSpacing(10)
            title = Label(self.look, name, Role.SMALL_STRONG, "text2", address=True)
            self._lists.addWidget(title)
            self._lists.addSpacing(8)
            self._card = Card(self.look, padding=(20, 4))
            self._lists.addWidget(self._card)
        self._card.add_row(self.make_row(judged))


def _by_sender(mails: Sequence[Judged]) -> list[tuple[str, Judged]]:
    """Every mail with the name above it: the organisation, else the sender's domain; who wrote
    last stands first."""
    groups: dict[str, list[Judged]] = {}
    for judged in mails:
        groups.setdefault(_name(judged), []).append(judged)
    return [(name, judged) for name, group in groups.items() for judged in group]


def _name(judged: Judged) -> str:
    from secassist.facts.organisations import organisations

    known = organisations().get(judged.mail.organisation) if judged.mail.organisation else None
    return known.name if known else judged.mail.sender.rpartition("@")[2]
