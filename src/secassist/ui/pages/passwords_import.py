"""Before the first list: which file, how to get it, and what is kept of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.facts.password_managers import PasswordManager, password_managers
from secassist.ui.look import Look
from secassist.ui.pages.page import HERO_TOP, Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import HERO_RADIUS, Card, Dot
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.illustration import Illustration
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.strip import Strip

_FIRST_SOURCES: Final = 6


class PasswordImportPage(Page):
    """The first page, and the one for a new list."""

    open_wanted = Signal()
    promise_wanted = Signal()
    """Show what is kept, exactly."""

    def __init__(self, look: Look, *, again: bool = False, parent: QWidget | None = None) -> None:
        """``again``: there is a report to go back to."""
        super().__init__(look, look.tr("Passwords"), top=HERO_TOP, parent=parent)
        if again:
            self.back_row(look.tr("All passwords"))
        self._hero()
        self.column.addSpacing(14)
        self._promise()
        self.sources: list[Disclosure] = []
        self._how = self.group(look.tr("Where are your passwords now?"), 20)
        self._list = Card(look, padding=(20, 0))
        self.column.addWidget(self._list)
        self._more = Button(look, look.tr("Show more"), Kind.LINK, "plus")
        self._more.activated.connect(lambda: self._show_sources(None))
        row = FlowRow(look)
        row.add(self._more)
        self.column.addSpacing(4)
        self.column.addWidget(row)
        self.column.addStretch(1)
        self._show_sources(_FIRST_SOURCES)
        self.first = self.main

    def _hero(self) -> None:
        look = self.look
        self._card = Card(look, radius=HERO_RADIUS, padding=(35, 35))
        self._card.set_dashed(True)
        self._illustration = Illustration(look, "key", scale=0.88)
        self._sentence = Label(look, self._invitation(), Role.BODY, "text2")
        self.main = Button(look, look.tr("Open the list…"), Kind.FILLED, "folder")
        self.main.activated.connect(self.open_wanted)
        how = Button(look, look.tr("Show me how to get it"), Kind.OUTLINED, "q")
        how.activated.connect(self.show_how_to)
        row = FlowRow(look)
        row.add(self.main)
        row.add(how)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(look, look.tr("Which passwords should change first?"), Role.DISPLAY))
        words.addSpacing(6)
        words.addWidget(self._sentence)
        words.addSpacing(16)
        words.addWidget(row)
        words.addStretch(1)
        inside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        inside.setSpacing(12)
        inside.addLayout(words, 1)
        inside.addWidget(self._illustration, 0, Qt.AlignmentFlag.AlignVCenter)
        self._card.column.addLayout(inside)
        self.column.addWidget(self._card)

    def _promise(self) -> None:
        look = self.look
        card = Card(look, padding=(24, 20))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Dot(look, "shield", "good"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        title = look.tr("No password is kept. That is a promise.")
        words.addWidget(Label(look, title, Role.HEADING))
        sentence = look.tr(
            "We turn each one into a mark that only this computer can compare, then forget it."
            " Lose this computer, and no password is lost with it."
        )
        words.addWidget(Label(look, sentence, Role.BODY, "text2"))
        exactly = Button(look, look.tr("What is kept, exactly"), Kind.LINK)
        exactly.activated.connect(self.promise_wanted)
        links = FlowRow(look)
        links.add(exactly)
        words.addSpacing(4)
        words.addWidget(links)
        row.addLayout(words, 1)
        card.column.addLayout(row)
        self.column.addWidget(card)

    def _show_sources(self, most: int | None) -> None:
        for manager in password_managers()[len(self.sources) : most]:
            row = self._source(manager)
            self.sources.append(row)
            self._list.add_row(row)
        if most is None:
            self._more.hide()
            self.sources[_FIRST_SOURCES].row.setFocus(Qt.FocusReason.TabFocusReason)

    def _source(self, manager: PasswordManager) -> Disclosure:
        look = self.look
        steps = [look.tr(step) + "." for step in manager.export]
        steps.append(look.tr("Save the file, then drop it here."))

        def build(column: QVBoxLayout) -> None:
            for number, step in enumerate(steps, 1):
                line = QHBoxLayout()
                line.setSpacing(14)
                count = Label(look, str(number), Role.STRONG, "accent", wrap=False)
                line.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(Label(look, step, address=True), 1)
                column.addLayout(line)
            if manager.open:
                quicker = look.tr("Or type {address} into its address line.", address=manager.open)
                column.addWidget(Label(look, quicker, Role.SMALL, "text2", address=True))
            self.settle()

        note = look.plural("{count} step", "{count} steps", len(manager.export))
        return Disclosure(look, manager.name, note, tile=manager.name, build=build)

    def _invitation(self) -> str:
        return self.look.tr(
            "Give us the list from your browser or password manager. We read it once, here."
        )

    def show_how_to(self) -> None:
        """Go to the ways to get the list."""
        first = self.sources[0].row
        self.verticalScrollBar().setValue(self._how.y())
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, sentence: str) -> None:
        """The file cannot be read."""
        look = self.look
        button = Button(look, look.tr("Show me how"), Kind.OUTLINED, "q")
        button.activated.connect(self.show_how_to)
        title = look.tr("We could not read this list.")
        self.show_strip(Strip(look, title, sentence, icon="drive", tone="warn", buttons=(button,)))

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        self._card.set_welcoming(welcoming)
        self._sentence.setText(
            self.look.tr("Let go to check it") if welcoming else self._invitation()
        )

    def arrange(self, narrow: bool) -> None:
        """Without the illustration."""
        self._illustration.setVisible(not narrow)
        side = 20 if narrow else 35
        self._card.column.setContentsMargins(side, side, side, side)
