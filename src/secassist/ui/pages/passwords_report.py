"""The report: what to fix first, how much there is, and who shares a password with whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment_of
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_row import AccountRow
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot, Rule
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.usecases.passwords_desk import Desk

FIRST: Final = 3


class ReportPage(Page):
    """What was found. It is built of what it is given; it looks nothing up."""

    fix_wanted = Signal(str)
    """The id of an account."""
    new_list_wanted = Signal()
    all_wanted = Signal()
    keep_wanted = Signal()
    leaks_wanted = Signal()

    def __init__(
        self, look: Look, desk: Desk, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.tr("Passwords"), 28, parent)
        self._desk = desk
        self._now = now
        self.rows: list[AccountRow] = []
        self._head()
        self._notes = QVBoxLayout()
        self._notes.setSpacing(14)
        self.column.addLayout(self._notes)
        self._fill_notes()
        if desk.to_fix:
            self._first_rows()
        self._counts()
        self._foot()
        self.column.addStretch(1)
        self.first = self.rows[0].fix if self.rows else self._again

    def _head(self) -> None:
        look, desk = self.look, self._desk
        count = min(len(desk.to_fix), FIRST)
        title = (
            look.tr("We found nothing to fix."),
            look.tr("Fix this one first"),
            look.tr("Fix these two first"),
            look.tr("Fix these three first"),
        )[count]
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(look, title, Role.DISPLAY))
        words.addWidget(Label(look, self._when(), Role.BODY, "text2"))
        self._again = Button(look, look.tr("Check a new list"), Kind.OUTLINED, "refresh")
        self._again.activated.connect(self.new_list_wanted)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(16)
        self._top.addLayout(words, 1)
        self._top.addWidget(self._again)
        self.column.addLayout(self._top)
        self.column.addSpacing(14)

    def _when(self) -> str:
        look, desk = self.look, self._desk
        accounts = 0 if desk.report is None else len(desk.report.accounts)
        number = look.locale.toString(accounts)
        checked = look.plural("{number} account.", "{number} accounts.", accounts, number=number)
        when = moment_of(look, desk.runs[-1].at if desk.runs else "", self._now)
        parts = [checked, look.tr("Checked: {when}.", when=when) if when else ""]
        return " ".join(filter(None, (*parts, look.tr("No password is kept."))))

    def _fill_notes(self) -> None:
        look, desk = self.look, self._desk
        if not desk.kept:
            button = Button(look, look.tr("Remember it"), Kind.OUTLINED, "save")
            button.activated.connect(self.keep_wanted)
            self._note(
                look.tr("Shall we remember this?"),
                look.tr("Then you can tick off what you fix, and we can look again each month."),
                "save",
                "info",
                button,
            )
        if not desk.leaks.checked_at:
            button = Button(look, look.tr("Look for leaks"), Kind.OUTLINED, "leak")
            button.activated.connect(self.leaks_wanted)
            self._note(
                look.tr("Leaks were not checked."),
                look.tr("All else was. That says nothing about leaks, good or bad."),
                "leak",
                "slate",
                button,
            )

    def _note(self, title: str, sentence: str, icon: str, tone: str, *buttons: Button) -> None:
        self._notes.addWidget(
            Strip(self.look, title, sentence, icon=icon, tone=tone, buttons=buttons)
        )

    def _first_rows(self) -> None:
        look = self.look
        card = Card(look, padding=(20, 2))
        for place, account in enumerate(self._desk.to_fix[:FIRST]):
            if place:
                card.column.addWidget(Rule(look))
            row = AccountRow(look, account, number=place + 1)
            row.fix_wanted.connect(self.fix_wanted)
            self.rows.append(row)
            card.column.addWidget(row)
        self.column.addSpacing(14 if self._notes.count() else 0)
        self.column.addWidget(card)

    def _counts(self) -> None:
        look, desk = self.look, self._desk
        counts = desk.report.by_code if desk.report is not None else {}
        leaks = sum(counts.get(code, 0) for code in ("breached", "breached-variant"))
        shared = sum(any(f.code.value in {"reused", "similar"} for f in one.findings)
                     for one in desk.to_fix)  # fmt: skip
        self._tiles = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tiles.setSpacing(12)
        if desk.leaks.checked_at or leaks:
            self._tile("leak", "bad", leaks, look.tr("in a leak"))
        else:
            self._tile("leak", "slate", None, look.tr("leaks not checked"))
        self._tile("link", "warn", shared, look.tr("shared"))
        self._tile("weak", "warn", counts.get("weak", 0), look.tr("easy to guess"))
        self._tile("phone", "plum", counts.get("no-2fa", 0), look.tr("one lock only"))
        self.column.addSpacing(14)
        self.column.addLayout(self._tiles)

    def _tile(self, icon: str, tone: str, count: int | None, words: str) -> None:
        look = self.look
        card = Card(look, padding=(16, 10))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Dot(look, icon, tone, 34))
        if count is not None:
            row.addWidget(Label(look, look.locale.toString(count), Role.TITLE, wrap=False))
        said = Label(look, words, Role.SMALL, "text2")
        a11y.name(said, words if count is None else f"{count} {words}")
        row.addWidget(said, 1)
        card.column.addLayout(row)
        self._tiles.addWidget(card, 1)

    def _foot(self) -> None:
        look = self.look
        row = FlowRow(look)
        links: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (look.tr("All accounts"), "search", self.all_wanted.emit),
        )
        for words, icon, act in links:
            button = Button(look, words, Kind.OUTLINED, icon)
            button.activated.connect(act)
            row.add(button)
        self.column.addSpacing(16)
        self.column.addWidget(row)

    def arrange(self, narrow: bool) -> None:
        """The button under the headline, the counts under each other."""
        direction = QBoxLayout.Direction
        way = direction.TopToBottom if narrow else direction.LeftToRight
        for layout in (self._top, self._tiles):
            layout.setDirection(way)
        for row in self.rows:
            row.set_narrow(narrow)
