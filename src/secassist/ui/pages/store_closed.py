"""The store does not open: locked, or something is missing. Each state has its one way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import HERO_TOP, Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot, Picture
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.usecases.keeper import View


class WayOut(StrEnum):
    """What a person can do about a store that does not open."""

    SPARE_KEY = "spare-key"
    TRY_AGAIN = "try-again"
    RESTORE = "restore"
    NEW_KEYS = "new-keys"


@dataclass(frozen=True, slots=True)
class _Words:
    headline: str
    reason: str
    ways: tuple[WayOut, ...]
    """The first one is the filled button."""
    icon: str = "key"


def words_for(look: Look, view: View) -> _Words:
    """What the page says about a state."""
    tr = look.tr
    no_key = tr("We can't reach the key.")
    both = (WayOut.SPARE_KEY, WayOut.TRY_AGAIN)
    restore = (WayOut.RESTORE,) if view.backups else (WayOut.TRY_AGAIN,)
    no_backup = "" if view.backups else " " + tr("If you keep a copy elsewhere, put it back.")
    return {
        "keyring-empty": _Words(
            no_key,
            tr("This computer no longer has it. All that you keep here is unharmed, but closed."),
            both,
        ),
        "keyring-locked": _Words(
            no_key,
            tr("The key ring is locked. All that you keep here is unharmed, but closed."),
            both[::-1],
        ),
        "keyring-missing": _Words(
            no_key,
            tr("There is no key ring that we can use. All that you keep here is closed."),
            both,
        ),
        "keyring-silent": _Words(
            no_key,
            tr("The key ring does not answer. All that you keep here is unharmed, but closed."),
            both[::-1],
        ),
        "wrong-key": _Words(
            no_key,
            tr("This computer has a key, but it is not the right one."),
            both,
        ),
        "file-missing": _Words(
            tr("The locked file with your things is gone."),
            tr("We did not delete it, and we start no empty one in its place.") + no_backup,
            restore,
            "drive",
        ),
        "key-file-missing": _Words(
            tr("The file with the locked keys is gone."),
            tr("All else is still here. We can make new keys for it."),
            (WayOut.NEW_KEYS, WayOut.TRY_AGAIN),
        ),
        "damaged": _Words(
            tr("The locked file can't be read as it is."),
            tr("The file on this disk is damaged, so we do not trust what it says.") + no_backup,
            restore,
            "drive",
        ),
        "newer": _Words(
            tr("A newer secassist made this."),
            tr("Update this program, then your codes open again."),
            (WayOut.TRY_AGAIN,),
            "refresh",
        ),
    }[view.state.value]


class StoreClosedPage(Page):
    """What happened, what still works, and the way out."""

    chosen = Signal(str)
    """A WayOut."""

    def __init__(self, look: Look, view: View, name: str, parent: QWidget | None = None) -> None:
        """``name``: of the place in which it is met."""
        super().__init__(look, name, top=HERO_TOP, parent=parent)
        words = words_for(look, view)
        card = Card(look, padding=(30, 28))
        top = QHBoxLayout()
        top.setSpacing(20)
        top.addWidget(Dot(look, words.icon, "warn", 56), 0, Qt.AlignmentFlag.AlignTop)
        said = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        said.setSpacing(4)
        headline = Label(look, words.headline, Role.DISPLAY)
        headline.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        said.addWidget(headline)
        reason = view.sentence if view.state.value == "wrong-key" else words.reason
        said.addWidget(Label(look, reason, Role.BODY, "text2"))
        top.addLayout(said, 1)
        card.column.addLayout(top)
        card.column.addSpacing(20)
        row = FlowRow(look)
        for place, way in enumerate(words.ways):
            button = self._button(way, Kind.OUTLINED if place else Kind.FILLED)
            row.add(button)
            if not place:
                self.main = button
        card.column.addWidget(row)
        self.column.addWidget(card)
        self.column.addSpacing(16)
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lists.setSpacing(16)
        tr = look.tr
        works = (tr("Checking e-mails"), tr("Finding a flood in your inbox"))
        self._lists.addWidget(self._list(tr("This still works"), "check", "good", works), 1)
        self._lists.addWidget(
            self._list(
                tr("This has to wait"),
                "lock",
                "text2",
                (tr("Sign-in codes"), tr("Passwords"), tr("Action plans")),
            ),
            1,
        )
        self.column.addLayout(self._lists)
        self.column.addStretch(100)
        self.first = headline

    def _button(self, way: WayOut, kind: Kind) -> Button:
        tr = self.look.tr
        words, icon = {
            WayOut.SPARE_KEY: (tr("Open with spare key"), "key"),
            WayOut.TRY_AGAIN: (tr("Try again"), "refresh"),
            WayOut.RESTORE: (tr("Put back the newest copy"), "undo"),
            WayOut.NEW_KEYS: (tr("Make new keys"), "key"),
        }[way]
        button = Button(self.look, words, kind, icon)
        button.activated.connect(lambda: self.chosen.emit(way.value))
        return button

    def _list(self, title: str, icon: str, colour: str, entries: tuple[str, ...]) -> Card:
        card = Card(self.look, padding=(24, 18), spacing=8)
        card.column.addWidget(Label(self.look, title, Role.STRONG))
        for entry in entries:
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Picture(self.look, icon, 18, colour))
            row.addWidget(Label(self.look, entry), 1)
            card.column.addLayout(row)
        card.column.addStretch(1)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return card

    def arrange(self, narrow: bool) -> None:
        """One list under the other."""
        direction = QBoxLayout.Direction
        self._lists.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


class LockedPage(Page):
    """Closed by the person, or by itself."""

    unlock_wanted = Signal(str)
    spare_key_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, look: Look, view: View, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Locked"), parent=parent)
        self._needs_passphrase = view.needs_passphrase
        self.heading(look.tr("Locked"), look.tr("You can check an e-mail all the same."))
        self.column.addSpacing(20)
        card = Card(look, padding=(28, 24))
        self.field = Field(look, look.tr("Passphrase"), secret=True)
        self.main = Button(look, look.tr("Unlock"), Kind.FILLED, "unlock")
        self.main.activated.connect(self._unlock)
        self.field.changed.connect(self._changed)
        self.field.entered.connect(self.press_main)
        if view.needs_passphrase:
            card.column.addWidget(self.field)
            card.column.addSpacing(14)
        row = FlowRow(look)
        row.add(self.main)
        card.column.addWidget(row)
        card.column.addSpacing(14)
        links = FlowRow(look, 24)
        if view.needs_passphrase:
            forgot = Button(look, look.tr("I forgot it: use my spare key"), Kind.LINK, "key")
            forgot.activated.connect(self.spare_key_wanted)
            links.add(forgot)
        check = Button(look, look.tr("Check an e-mail"), Kind.LINK, "mailcheck")
        check.activated.connect(self.check_wanted)
        links.add(check)
        card.column.addWidget(links)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = self.field.box if view.needs_passphrase else self.main
        self._changed()

    def refuse(self, sentence: str = "") -> None:
        """It did not open; ``sentence`` says what was wrong with the passphrase."""
        self._changed()
        if self._needs_passphrase and sentence:
            self.field.complain(sentence)

    def _changed(self) -> None:
        if self.main is not None:
            missing = self._needs_passphrase and not self.field.text()
            self.main.set_available(not missing, self.look.tr("Type your passphrase first."))

    def _unlock(self) -> None:
        if self.main is not None:
            self.main.set_available(False, self.look.tr("It is being opened."))
        self.unlock_wanted.emit(self.field.text())
