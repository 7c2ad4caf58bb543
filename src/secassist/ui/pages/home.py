"""Home: what to do with a worrying e-mail; below it what is under way, and how things stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.home_cards import StateCard, first_day, told
from secassist.ui.pages.page import HERO_TOP, Page
from secassist.ui.part import Errand
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import HERO_RADIUS, Card
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.illustration import LetterIllustration
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.ui.pages.plans_list import RunRow
    from secassist.usecases.overview import Overview


class HomePage(Page):
    """The first page, also on the first day. It is complete before anything was looked up."""

    paste = Signal()
    open_file = Signal()
    already_clicked = Signal()
    errand = Signal(object)
    """Something is to be done at another place (Errand)."""

    def __init__(
        self, look: Look, *, looks_up: bool = False, parent: QWidget | None = None
    ) -> None:
        """``looks_up``: how things stand is being looked up, and told to ``show_overview``."""
        super().__init__(look, look.tr("Home"), top=HERO_TOP, parent=parent)
        self.hero = self._make_hero()
        self.column.addWidget(self.hero)
        self._plans = QVBoxLayout()
        self._plans.setSpacing(0)
        self.column.addLayout(self._plans)
        self._run: RunRow | None = None
        self._group = self.group(
            look.tr("How things stand") if looks_up else look.tr("When you have time"), 24
        )
        self._states = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._states.setSpacing(16)
        self.cards = tuple(StateCard(look, words) for words in first_day(look, looks_up=looks_up))
        for card in self.cards:
            card.errand.connect(self.errand)
            self._states.addWidget(card, 1)
        self.column.addLayout(self._states)
        self.column.addStretch(100)
        self.first = self.main

    def _make_hero(self) -> Card:
        look = self.look
        hero = Card(look, radius=HERO_RADIUS, padding=(39, 40))
        hero.set_dashed(True)
        self._illustration = LetterIllustration(look)
        title = Label(look, look.tr("Got a worrying e-mail?"), Role.HERO)
        self._sentence = Label(
            look,
            look.tr("Paste it or drop it here. We show you where it came from."),
            Role.BODY,
            "text2",
        )
        self.main = Button(look, look.tr("Paste e-mail"), Kind.FILLED, "paste")
        self.main.activated.connect(self.paste)
        open_button = Button(look, look.tr("Open a file…"), Kind.OUTLINED, "folder")
        open_button.activated.connect(self.open_file)
        clicked = Button(look, look.tr("I already clicked something"), Kind.LINK, "alert")
        clicked.activated.connect(self.already_clicked)
        row = FlowRow(look)
        row.add(self.main)
        row.add(open_button)
        below = FlowRow(look)
        below.add(clicked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addSpacing(6)
        words.addWidget(self._sentence)
        words.addSpacing(20)
        words.addWidget(row)
        words.addSpacing(14)
        words.addWidget(below)
        inside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        inside.setSpacing(12)
        inside.addLayout(words, 1)
        inside.addWidget(self._illustration, 0, Qt.AlignmentFlag.AlignVCenter)
        hero.column.addLayout(inside)
        return hero

    def show_overview(self, overview: Overview) -> None:
        """Show how things stand; the keyboard stays where it is."""
        now = datetime.now(UTC)
        self._group.setText(self.look.tr("How things stand"))
        for card, words in zip(self.cards, told(self.look, overview, now), strict=True):
            card.show_words(words)
        self._show_plans(overview)
        self.settle()
        self.refresh_letters()

    def _show_plans(self, overview: Overview) -> None:
        from secassist.ui.pages.plans_list import RunRow

        while (item := self._plans.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._run = None
        under_way = overview.under_way
        if not under_way:
            return
        look, one = self.look, under_way[0]
        due = any(one.run.id == other.run.id for other in overview.due)
        heading = (
            look.tr("You wanted to look at this again")
            if due
            else look.tr("Continue where you left off")
        )
        card = Card(look, padding=(20, 4))
        self._run = RunRow(look, one)
        self._run.go_on.wants_letter = True
        self._run.go_on.activated.connect(
            lambda: self.errand.emit(Errand("plans", "continue", one.run.id))
        )
        self._run.set_narrow(self.narrow)
        card.column.addWidget(self._run)
        self._plans.addSpacing(20)
        self._plans.addWidget(Label(look, heading, Role.SMALL_STRONG, "text2"))
        self._plans.addSpacing(8)
        self._plans.addWidget(card)
        if len(under_way) > 1:
            more = Button(
                look,
                look.plural(
                    "{count} more plan is open", "{count} more plans are open", len(under_way) - 1
                ),
                Kind.LINK,
            )
            more.activated.connect(lambda: self.errand.emit(Errand("plans", "list")))
            row = FlowRow(look)
            row.add(more)
            self._plans.addSpacing(8)
            self._plans.addWidget(row)

    def arrange(self, narrow: bool) -> None:
        """Without the illustration, and one card under the other."""
        self._illustration.setVisible(not narrow)
        self.hero.column.setContentsMargins(*((20, 24, 20, 24) if narrow else (39, 40, 39, 40)))
        direction = QBoxLayout.Direction
        self._states.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        if self._run is not None:
            self._run.set_narrow(narrow)

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        self.hero.set_welcoming(welcoming)
        self._sentence.setText(
            self.look.tr("Let go to check it")
            if welcoming
            else self.look.tr("Paste it or drop it here. We show you where it came from.")
        )
