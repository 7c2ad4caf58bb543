"""Between the file and the report: a question before the first look for leaks, and progress."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.ports import Progress
from secassist.ui.theme import Role
from secassist.ui.widgets.answers import Answer, Answers
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.spinner import Bar, Spinner

ONLINE: Final = "online"
FROM_LIST: Final = "list"
NOT_NOW: Final = "off"


class LeakQuestionPage(Page):
    """Shall we look for leaks, and how? Nothing leaves this computer before it is answered."""

    answered = Signal(str)
    """ONLINE, FROM_LIST or NOT_NOW."""

    def __init__(self, look: Look, *, offline: bool, parent: QWidget | None = None) -> None:
        """``offline``: the person wants nothing to leave this computer."""
        super().__init__(look, look.tr("Shall we look for leaks, too?"), parent=parent)
        self.back_row(look.tr("Back"))
        title = self.heading(
            look.tr("Shall we look for leaks, too?"),
            look.tr("There are lists of passwords that thieves already have."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addSpacing(16)
        online = Answer(
            ONLINE,
            look.tr("Yes, ask on the internet"),
            look.tr(
                "We ask haveibeenpwned.com. It sees five letters of a scrambled form, which"
                " thousands of passwords share. No password leaves this computer."
            ),
            "net",
        )
        from_list = Answer(
            FROM_LIST,
            look.tr("Yes, in a list that I downloaded…"),
            look.tr("Then nothing leaves this computer. The list is large."),
            "folder",
        )
        not_now = Answer(
            NOT_NOW,
            look.tr("Not now"),
            look.tr("Leaks stay unchecked, and we say so. You can do it later."),
            "clock",
            "slate",
        )
        card = Answers(look, (from_list, not_now) if offline else (online, from_list, not_now))
        card.chosen.connect(self.answered)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = title


class ReadingPage(Page):
    """What is being done, how far it is, and a way to stop it."""

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Checking your passwords"), parent=parent)
        self._title = Label(look, look.tr("Checking your passwords…"), Role.DISPLAY)
        self._title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._note = Label(look, look.tr("Your list is being read."), Role.BODY, "text2")
        cancel = Button(look, look.tr("Cancel"))
        cancel.activated.connect(self.cancelled)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._note)
        said = QHBoxLayout()
        said.setSpacing(16)
        said.addWidget(Spinner(look, 32), 0, Qt.AlignmentFlag.AlignVCenter)
        said.addLayout(words, 1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(16)
        self._head.addLayout(said, 1)
        self._head.addWidget(cancel, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self._head)
        self.column.addSpacing(14)
        self._bar = Bar(look)
        self._bar.hide()
        self.column.addWidget(self._bar)
        self.column.addStretch(1)
        self.first = self._title
        self._said = ""
        self.back.connect(self.cancelled)

    def advance(self, news: Progress) -> None:
        """The work went on."""
        look = self.look
        said = {
            ("read", "done"): look.tr("{count} accounts found.", count=news.note),
            ("compare", "asking"): look.tr("{count} accounts are compared.", count=news.note),
            ("sites", "asking"): look.tr("The newest list of leaks at sites is being fetched."),
            ("breaches", "asking"): look.tr("Looking for leaks: {count}.", count=news.note),
        }.get((news.step, news.state))
        if said is None:
            return
        self._note.setText(said)
        done, _, whole = news.note.partition(" of ")
        self._bar.setVisible(whole.isdecimal())
        if whole.isdecimal() and done.isdecimal():
            self._bar.set_part(int(done) / max(int(whole), 1))
        if news.step != self._said:  # once a step: a count that runs would never stop talking
            self._said = news.step
            a11y.announce(self._title, said)
