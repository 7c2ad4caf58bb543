"""Set-up, second part: the picture code comes here, and is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from secassist.twofactor.setup import Remark
from secassist.twofactor.words import REMARKS
from secassist.ui.look import Look
from secassist.ui.pages.setup_parts import SetupPage
from secassist.ui.theme import Role
from secassist.ui.widgets.answers import Answer, Answers
from secassist.ui.widgets.button import Kind
from secassist.ui.widgets.card import Card, Dot, Tile
from secassist.ui.widgets.disclosure import RowButton
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.twofactor.setup import Setup
    from secassist.usecases.setup import Candidate


_SERIOUS: Final = frozenset({Remark.OTHER_ISSUER, Remark.LABEL_DIFFERS})


class BringPage(SetupPage):
    """From the screen, a picture, the clipboard, or typed."""

    screen_wanted = Signal()
    file_wanted = Signal()
    paste_wanted = Signal()
    typed = Signal(str)
    picked = Signal(object)
    """One of several accounts (Candidate) that stood in the picture."""

    def __init__(
        self, look: Look, name: str, *, asks_first: bool = False, parent: QWidget | None = None
    ) -> None:
        """``asks_first``: the desktop asks the person before it lets us see the screen."""
        super().__init__(
            look,
            1,
            look.tr("Bring the picture code here"),
            look.tr("However you have it: {site} may show a link or letters, too.", site=name),
            parent=parent,
        )
        screen = (
            look.tr("We look once. Your desktop asks you first.")
            if asks_first
            else look.tr("We look at the screen once, now.")
        )
        self._card = Answers(
            look,
            (
                Answer("screen", look.tr("Read it from my screen"), screen, "scan"),
                Answer(
                    "file",
                    look.tr("From a picture"),
                    look.tr("Open a file, or drop it on this window."),
                    "image",
                ),
                Answer(
                    "clipboard",
                    look.tr("From the clipboard"),
                    look.tr("You copied the picture, the link or the letters."),
                    "paste",
                ),
            ),
        )
        self._card.chosen.connect(self._take)
        self.first = self._card.rows[0]
        self.body.addWidget(self._card)
        self.field = Field(
            look,
            look.tr("Or type the letters"),
            note=look.tr("Blanks, dashes and capitals do not matter."),
            code=True,
        )
        self.field.changed.connect(self._changed)
        self.field.entered.connect(self.press_main)
        self.body.addWidget(self.field)
        self.main = self.button(look.tr("Use these letters"), self._use, Kind.FILLED, at_end=True)
        self._changed()

    def _changed(self) -> None:
        if self.main is not None:
            there = bool(self.field.text().strip())
            self.main.set_available(there, self.look.tr("Choose a way, or type the letters."))

    def _take(self, way: str) -> None:
        ways = {
            "screen": self.screen_wanted,
            "file": self.file_wanted,
            "clipboard": self.paste_wanted,
        }
        ways[way].emit()

    def _use(self) -> None:
        self.typed.emit(self.field.text())

    def complain(self, sentence: str) -> None:
        """What was typed is no key."""
        self.field.complain(sentence)

    def say(self, title: str, sentence: str) -> None:
        """Nothing was found where the person pointed."""
        self.tell(title, sentence, icon="image", tone="warn")

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        self._card.set_welcoming(welcoming)


class PickPage(SetupPage):
    """Several accounts stood in one picture."""

    picked = Signal(object)

    def __init__(
        self, look: Look, found: Sequence[Candidate], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            1,
            look.tr("Which one is it?"),
            look.tr("There is more than one account in this picture."),
            parent=parent,
        )
        card = Card(look, padding=(20, 2))
        for candidate in found:
            account = candidate.account
            row = RowButton(
                look,
                account.issuer or account.name or look.tr("(no name)"),
                account.name if account.issuer else "",
                before=Tile(look, account.title),
                below=True,
            )
            row.clicked.connect(partial(self.picked.emit, candidate))
            card.add_row(row)
            if self.first is None:
                self.first = row
        self.body.addWidget(card)


class LookedAtPage(SetupPage):
    """Something is odd about it: the person should know before it is kept."""

    keep_wanted = Signal()

    def __init__(self, look: Look, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(look, 1, look.tr("Please look at this once"), parent=parent)
        account = setup.account
        title = account.title if account is not None else ""
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Tile(look, title))
        head.addWidget(Label(look, title, Role.HEADING, address=True), 1)
        self.body.addLayout(head)
        issuer = account.issuer if account is not None else ""
        for remark in setup.remarks:
            serious = remark in _SERIOUS
            said = look.tr(REMARKS[remark], issuer=issuer, site=setup.site_name)
            row = QHBoxLayout()
            row.setSpacing(14)
            tone = "warn" if serious else "slate"
            row.addWidget(Dot(look, "alert" if serious else "info", tone, 36))
            row.addWidget(Label(look, said), 1)
            self.body.addLayout(row)
        self.button(look.tr("Keep it and go on"), self.keep_wanted, Kind.FILLED, at_end=True)
