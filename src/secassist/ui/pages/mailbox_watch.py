"""Which mailboxes are watched, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot, Picture
from secassist.ui.widgets.code_row import RowAction
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.usecases.mailboxes import Place
    from secassist.usecases.watch_desk import Watched


class MailboxWatchPage(Page):
    """What is watched, and one more mailbox where there is one to offer."""

    add_wanted = Signal()
    stop_wanted = Signal(str)
    """Watch the mailbox of this id no longer."""
    look_wanted = Signal(str)
    """Show what is in the mailbox of this id."""

    def __init__(
        self,
        look: Look,
        watched: Sequence[Watched],
        offered: Place | None,
        *,
        in_tray: bool,
        parent: QWidget | None = None,
    ) -> None:
        """``offered``: a mailbox that was just read; ``in_tray``: checks go on without the
        window."""
        super().__init__(look, look.tr("Watched mailboxes"), parent=parent)
        self._rows: list[QBoxLayout] = []
        self.back_row(look.tr("Back"))
        title = self.heading(
            look.tr("Watch your mailbox"),
            look.tr("We look every 15 minutes while this program runs. Only new mail is read."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self.column.addSpacing(16)
        self._explain(in_tray)
        if offered is not None and all(each.place != offered for each in watched):
            self._offer(offered)
        if watched:
            self.group(look.tr("Watched now"), 22)
            card = Card(look, padding=(20, 4))
            for each in watched:
                card.add_row(self._row(each))
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _explain(self, in_tray: bool) -> None:
        look = self.look
        card = Card(look, padding=(22, 20), spacing=10)
        card.column.addWidget(Label(look, look.tr("You hear of three things"), Role.HEADING))
        for icon, sentence in (
            ("flood", look.tr("A flood of mails.")),
            ("alert", look.tr("A real mail that says something in an account was changed.")),
            ("mail", look.tr("A fake in the name of someone whose mail you get.")),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Picture(look, icon, 20, "info"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(look, sentence), 1)
            card.column.addLayout(row)
        if not in_tray:
            hint = look.tr("To hear of them with the window closed, stay in the tray (Settings).")
            card.column.addWidget(Label(look, hint, Role.SMALL, "text2"))
        self.column.addWidget(card)

    def _offer(self, place: Place) -> None:
        look = self.look
        self.column.addSpacing(16)
        name = look.tr("Watch {name}", name=place.name)
        self.main = Button(look, name, Kind.FILLED, "eye")
        self.main.activated.connect(self.add_wanted)
        row = FlowRow(look)
        row.add(self.main)
        self.column.addWidget(row)
        if place.login is not None:
            self.column.addSpacing(8)
            sentence = look.tr(
                "The app password is kept locked away here. While we watch it stays in memory,"
                " also while your codes are locked."
            )
            self.column.addWidget(Label(look, sentence, Role.SMALL, "text2"))

    def _row(self, watched: Watched) -> QWidget:
        look, name = self.look, watched.place.name
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(14)
        tone = "warn" if watched.trouble else "info"
        row.addWidget(Dot(look, "inbox", tone, 36), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(look, name, Role.STRONG, address=True))
        words.addWidget(Label(look, self._state(watched), Role.SMALL, "text2", address=True))
        acts = FlowRow(look)
        for text, named, signal in (
            (look.tr("Look now"), look.tr("Look into {name} now", name=name), self.look_wanted),
            (
                look.tr("Stop watching"),
                look.tr("Stop watching {name}", name=name),
                self.stop_wanted,
            ),
        ):
            button = RowAction(look, text)
            a11y.name(button, named)
            button.activated.connect(lambda signal=signal: signal.emit(watched.id))
            acts.add(button)
        beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        beside.setSpacing(10)
        beside.addLayout(words, 1)
        beside.addWidget(acts)
        acts.setMinimumWidth(acts.sizeHint().width())
        self._rows.append(beside)
        row.addLayout(beside, 1)
        return box

    def _state(self, watched: Watched) -> str:
        look = self.look
        if watched.trouble:
            return look.tr("The last look did not work. {why}", why=watched.trouble)
        if not watched.looked_at:
            return look.tr("The first look is under way.")
        when = datetime.fromtimestamp(watched.looked_at, UTC)
        return look.tr("Last look: {when}", when=moment(look, when, datetime.now(UTC)))

    def arrange(self, narrow: bool) -> None:
        """Buttons under the words."""
        direction = QBoxLayout.Direction
        for beside in self._rows:
            beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
            item = beside.itemAt(1)
            acts = item.widget() if item is not None else None
            if acts is not None:
                acts.setMinimumWidth(0 if narrow else acts.sizeHint().width())
