"""What a flood looks like, what to do until then, and which mailbox to look into."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import HERO_TOP, Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import HERO_RADIUS, Card, Picture
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.illustration import Illustration
from secassist.ui.widgets.label import Label


class MailboxStartPage(Page):
    """The first page, also on the first day."""

    open_wanted = Signal()
    folder_wanted = Signal()
    account_wanted = Signal()
    watch_wanted = Signal()
    thunderbird_wanted = Signal()

    def __init__(
        self,
        look: Look,
        *,
        has_thunderbird: bool,
        watches: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.tr("Flooded inbox"), top=HERO_TOP, parent=parent)
        self.hero = Card(look, radius=HERO_RADIUS, padding=(39, 34))
        self.hero.set_dashed(True)
        self._illustration = Illustration(look, "inbox", "pin", scale=0.93)
        self._sentence = Label(look, self._invitation(), Role.BODY, "text2")
        self.main = Button(look, look.tr("Open a mailbox…"), Kind.FILLED, "folder")
        self.main.activated.connect(self.open_wanted)
        self.row = FlowRow(look)
        self.row.add(self.main)
        folder = Button(look, look.tr("A folder of mail…"), icon="drive")
        folder.activated.connect(self.folder_wanted)
        self.row.add(folder)
        account = Button(look, look.tr("My account…"), icon="at")
        account.activated.connect(self.account_wanted)
        self.row.add(account)
        if has_thunderbird:
            thunderbird = Button(look, look.tr("Look into Thunderbird"), icon="search")
            thunderbird.activated.connect(self.thunderbird_wanted)
            self.row.add(thunderbird)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(look, look.tr("Hundreds of strange mails at once?"), Role.DISPLAY))
        words.addSpacing(6)
        words.addWidget(self._sentence)
        words.addSpacing(20)
        words.addWidget(self.row)
        watched = Button(look, look.tr("Watched mailboxes"), Kind.LINK, "eye")
        watched.activated.connect(self.watch_wanted)
        self._below = FlowRow(look)
        self._below.add(watched)
        words.addSpacing(14)
        words.addWidget(self._below)
        words.addStretch(1)
        inside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        inside.setSpacing(12)
        inside.addLayout(words, 1)
        inside.addWidget(self._illustration, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hero.column.addLayout(inside)
        self.column.addWidget(self.hero)
        self.set_watches(watches)  # once it has a parent: else it would be a window
        self.column.addSpacing(16)
        self._explain()
        self.column.addStretch(1)
        self.first = self.main

    def _explain(self) -> None:
        look = self.look
        card = Card(look, padding=(22, 22), spacing=6)
        card.column.addWidget(Label(look, look.tr("What a flood looks like"), Role.HEADING))
        card.column.addWidget(
            Label(
                look,
                look.tr(
                    "Sign-up mails, newsletters and “please confirm” notes from places you never"
                    " heard of, often hundreds in an hour. It is a trick to bury one real mail."
                ),
                Role.BODY,
                "text2",
            )
        )
        self.column.addWidget(card)
        self.column.addSpacing(16)
        card = Card(look, padding=(22, 22), spacing=10)
        card.column.addWidget(Label(look, look.tr("Until then"), Role.HEADING))
        for icon, tone, sentence in (
            ("check", "good", look.tr("Keep everything. Do not delete.")),
            ("x", "bad", look.tr("Do not click “unsubscribe” or “confirm” in these mails.")),
            ("check", "good", look.tr("Look at your bank and shops by typing their address.")),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Picture(look, icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(look, sentence), 1)
            card.column.addLayout(row)
        self.column.addWidget(card)

    def set_watches(self, watches: bool) -> None:
        """Whether a mailbox is being watched."""
        self._below.setVisible(watches)

    def arrange(self, narrow: bool) -> None:
        """Without the illustration."""
        self._illustration.setVisible(not narrow)
        self.hero.column.setContentsMargins(*((20, 24, 20, 24) if narrow else (39, 34, 39, 34)))

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        self.hero.set_welcoming(welcoming)
        self._sentence.setText(
            self.look.tr("Let go to look into it") if welcoming else self._invitation()
        )

    def _invitation(self) -> str:
        return self.look.tr("Show us the mailbox. We find the few mails that matter.")
