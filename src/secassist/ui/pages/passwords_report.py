"""The report: what to fix first, how much there is, and who shares a password with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import day_of, moment_of
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_cards import SharedCard, TrendCard
from secassist.ui.pages.passwords_row import AccountRow
from secassist.ui.pages.passwords_words import names, not_checked
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.control_row import ControlRow
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.usecases.passwords_known import Desk

FIRST: Final = 3


@dataclass(frozen=True, slots=True)
class LastList:
    """What there is to say about the list that was read last."""

    names: tuple[str, ...] = ()
    """Files that still lie on the disk."""
    skipped: Mapping[str, int] = field(default_factory=dict)
    """Why rows were left out, and how many."""
    codes: int = 0
    """Secrets for two-step sign-in that stand in it."""
    gone: tuple[str, ...] = ()
    """Accounts that are remembered and do not stand in it any more."""


class ReportPage(Page):
    """What was found. It is built of what it is given; it looks nothing up."""

    fix_wanted = Signal(str)
    """The id of an account."""
    new_list_wanted = Signal()
    keep_wanted = Signal()
    leaks_wanted = Signal()
    sites_wanted = Signal()
    """Fetch the newest list of sites that had a leak."""
    delete_wanted = Signal()
    list_stays = Signal()
    codes_wanted = Signal()
    codes_stay = Signal()
    forget_wanted = Signal()
    gone_stay = Signal()
    every_wanted = Signal(str)
    """How often it is to be looked at again: ``month`` or ``off``."""
    all_wanted = Signal()
    typed_wanted = Signal()
    schedule_wanted = Signal()
    left_out_wanted = Signal()
    save_wanted = Signal()

    def __init__(
        self,
        look: Look,
        desk: Desk,
        last: LastList,
        now: datetime,
        *,
        offer_schedule: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.tr("Passwords"), parent=parent)
        self._desk = desk
        self._now = now
        self.rows: list[AccountRow] = []
        self._layouts: list[QBoxLayout] = []
        self._control_rows: list[ControlRow] = []
        self._headline()
        self._note(last, offer_schedule=offer_schedule)
        if desk.to_fix:
            self._first_rows()
        self._counts()
        self._cards()
        self._foot(last)
        self.column.addStretch(1)
        self.first = self.rows[0].fix if self.rows else self._again

    # The head, and what is to be said first

    def _headline(self) -> None:
        look, desk = self.look, self._desk
        title = (
            look.tr("We found nothing to fix."),
            look.tr("Fix this one first"),
            look.tr("Fix these two first"),
            look.tr("Fix these three first"),
        )[min(len(desk.to_fix), FIRST)]
        self._again = Button(look, look.tr("Check a new list"), Kind.OUTLINED, "refresh")
        self._again.activated.connect(self.new_list_wanted)
        self.heading(title, self._when(), self._again)
        self.column.addSpacing(14)

    def _when(self) -> str:
        look, desk = self.look, self._desk
        accounts = 0 if desk.report is None else len(desk.report.accounts)
        number = look.locale.toString(accounts)
        checked = look.plural("{number} account.", "{number} accounts.", accounts, number=number)
        when = moment_of(look, desk.runs[-1].at if desk.runs else "", self._now)
        parts = [checked, look.tr("Checked: {when}.", when=when) if when else ""]
        return " ".join(filter(None, (*parts, look.tr("No password is kept."))))

    def _note(self, last: LastList, *, offer_schedule: bool) -> None:
        """One thing at a time; the list that lies there is still needed to bring codes over."""
        tr, desk = self.look.tr, self._desk
        if last.codes:
            self._strip_of(
                self.look.plural(
                    "Your list has {count} secret for codes.",
                    "Your list has {count} secrets for codes.",
                    last.codes,
                ),
                tr("We can show these codes here, under two-step sign-in."),
                ("phone", "info"),
                (tr("Bring them over"), "inbox", self.codes_wanted),
                (tr("No, thanks"), "", self.codes_stay),
            )
        elif last.names:
            self._strip_of(
                tr("Your list still lies there for all to read."),
                tr("Whoever opens {names} can read it all.", names=", ".join(last.names)),
                ("drive", "warn"),
                (tr("Delete it now"), "x", self.delete_wanted),
                (tr("Leave it there"), "", self.list_stays),
            )
        elif last.gone and desk.kept:
            self._strip_of(
                self.look.plural(
                    "{count} account is not in the new list.",
                    "{count} accounts are not in the new list.",
                    len(last.gone),
                ),
                tr("{names}. Are they closed?", names=names(self.look, last.gone)),
                ("q", "info"),
                (tr("Yes, forget them"), "x", self.forget_wanted),
                (tr("No, keep them"), "", self.gone_stay),
            )
        elif not desk.kept:
            self._strip_of(
                tr("Shall we remember this?"),
                tr("Then you can tick off what you fix, and we can look again each month."),
                ("save", "info"),
                (tr("Remember it"), "save", self.keep_wanted),
            )
        elif not desk.leaks.checked_at or desk.leaks.without_answer:
            self._leaks_strip()
        elif offer_schedule:
            self._strip_of(
                tr("Shall we look again each month?"),
                tr("No password is needed for it. You hear of it only if something is new."),
                ("clock", "info"),
                (tr("Yes, each month"), "check", lambda: self.every_wanted.emit("month")),
                (tr("No, thanks"), "", lambda: self.every_wanted.emit("off")),
            )

    def _leaks_strip(self) -> None:
        tr, leaks = self.look.tr, self._desk.leaks
        title = tr("Leaks were not checked.")
        sentence = tr("All else was. That says nothing about leaks, good or bad.")
        if leaks.checked_at:
            count = self.look.locale.toString(leaks.without_answer)
            title = self.look.plural(
                "{number} account was not checked for leaks.",
                "{number} accounts were not checked for leaks.",
                leaks.without_answer,
                number=count,
            )
            sentence = tr("There was no answer about them. That is not the same as no leak.")
        look_for = (tr("Look for leaks"), "leak", self.leaks_wanted)
        self._strip_of(title, sentence, ("leak", "slate"), look_for)

    def _strip_of(
        self, title: str, sentence: str, dress: tuple[str, str], *acts: tuple[str, str, object]
    ) -> None:
        """``dress``: icon and tone. ``acts``: words, icon, signal or function."""
        buttons: list[Button] = []
        for words, icon, signal in acts:
            kind = Kind.QUIET if buttons else Kind.OUTLINED
            button = Button(self.look, words, kind, icon)
            button.activated.connect(signal)
            buttons.append(button)
        icon, tone = dress
        strip = Strip(self.look, title, sentence, icon=icon, tone=tone, buttons=tuple(buttons))
        self.column.addWidget(strip)
        self.column.addSpacing(14)

    # What was found

    def _first_rows(self) -> None:
        look = self.look
        card = Card(look, padding=(20, 2))
        for number, account in enumerate(self._desk.to_fix[:FIRST], 1):
            row = AccountRow(look, account, number=number)
            row.fix_wanted.connect(self.fix_wanted)
            self.rows.append(row)
            card.add_row(row)
        self.column.addWidget(card)
        self.column.addSpacing(14)

    def _counts(self) -> None:
        look, desk = self.look, self._desk
        found = [{finding.code.value for finding in one.findings} for one in desk.to_fix]

        def count(*codes: str) -> int:
            return sum(bool(codes_of & set(codes)) for codes_of in found)

        tiles = self._row(12)
        leaks = count("breached", "breached-variant", "site-breached")
        if leaks or desk.leaks.checked_at:
            self._tile(tiles, "leak", "bad", leaks, look.tr("in a leak"))
        else:
            self._tile(tiles, "leak", "slate", None, look.tr("leaks not checked"))
        self._tile(tiles, "link", "warn", count("reused", "similar"), look.tr("shared"))
        self._tile(tiles, "weak", "warn", count("weak"), look.tr("easy to guess"))
        self._tile(tiles, "phone", "plum", count("no-2fa"), look.tr("one lock only"))
        self.column.addLayout(tiles)
        self.column.addSpacing(14)

    def _tile(self, tiles: QBoxLayout, icon: str, tone: str, count: int | None, words: str) -> None:
        look = self.look
        card = Card(look, padding=(16, 10))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Dot(look, icon, tone if count else "slate", 34))
        if count is not None:
            row.addWidget(Label(look, look.locale.toString(count), Role.TITLE, wrap=False))
        said = Label(look, words, Role.SMALL, "text2")
        a11y.name(said, words if count is None else f"{count} {words}")
        row.addWidget(said, 1)
        card.column.addLayout(row)
        tiles.addWidget(card, 1)

    def _cards(self) -> None:
        desk = self._desk
        cards: list[Card] = []
        if desk.clusters:
            cards.append(SharedCard(self.look, desk.clusters, self._card_changed))
        if len(desk.runs) > 1:
            cards.append(TrendCard(self.look, desk.runs, self._now, self._card_changed))
        row = self._row(14)
        for card in cards:  # as high as each other
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            row.addWidget(card, 1)
        if cards:
            self.column.addLayout(row)
            self.column.addSpacing(14)

    def _card_changed(self) -> None:
        self.settle()
        self.refresh_letters()

    # More

    def _foot(self, last: LastList) -> None:
        look, desk = self.look, self._desk
        row = FlowRow(look)
        for words, signal in (
            (look.tr("All accounts"), self.all_wanted),
            (look.tr("Have I used this one?"), self.typed_wanted),
            (look.tr("Look again by itself"), self.schedule_wanted),
            (look.tr("Left out"), self.left_out_wanted),
            (look.tr("Save the report…"), self.save_wanted),
        ):
            button = Button(look, words, Kind.OUTLINED)
            button.activated.connect(signal)
            row.add(button)
        self.column.addWidget(row)
        self._sources()
        for words in desk.credits:
            self.column.addSpacing(6)
            self.column.addWidget(Label(look, words, Role.SMALL, "text2"))
        for words in not_checked(look, desk.report.not_checked if desk.report is not None else {}):
            self.column.addSpacing(6)
            self.column.addWidget(Label(look, words, Role.SMALL, "text2"))
        if last.skipped:
            self.column.addSpacing(12)
            self.column.addWidget(self._skipped(last.skipped))

    def _sources(self) -> None:
        """How old it is what all this rests on, and how to renew it."""
        look, desk = self.look, self._desk
        card = Card(look, padding=(20, 2))
        if desk.leaks.checked_at:
            when = moment_of(look, desk.leaks.checked_at, self._now)
            title, words = look.tr("Leaks were looked up"), look.tr("Look for leaks again")
            self._source(card, title, when, words, self.leaks_wanted)
        if desk.sites_as_of:
            day = day_of(look, desk.sites_as_of)
            title, words = look.tr("List of leaks at sites"), look.tr("Fetch the newest one")
            self._source(card, title, day, words, self.sites_wanted)
        if card.column.count():
            self.column.addSpacing(14)
            self.column.addWidget(card)
        else:
            card.deleteLater()

    def _source(self, card: Card, title: str, when: str, words: str, signal: object) -> None:
        again = Button(self.look, words, Kind.LINK, "refresh")
        again.activated.connect(signal)
        row = ControlRow(self.look, title, when, again)
        card.add_row(row)
        self._control_rows.append(row)

    def _skipped(self, skipped: Mapping[str, int]) -> Card:
        look = self.look
        count = sum(skipped.values())

        def build(column: QVBoxLayout) -> None:
            for reason, number in skipped.items():
                line = f"{look.locale.toString(number)}: {look.tr(reason)}"
                column.addWidget(Label(look, line, Role.SMALL, "text2"))
            self.settle()

        card = Card(look, padding=(20, 2))
        title = look.plural(
            "{number} row was left out", "{number} rows were left out", count,
            number=look.locale.toString(count),
        )  # fmt: skip
        card.column.addWidget(
            Disclosure(look, title, look.tr("Why?"), icon="info", build=build, strong=False)
        )
        return card

    def _row(self, spacing: int) -> QBoxLayout:
        """Parts side by side, under each other where there is little room."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(spacing)
        self._layouts.append(row)
        return row

    def arrange(self, narrow: bool) -> None:
        """One part under the other."""
        direction = QBoxLayout.Direction
        for layout in self._layouts:
            layout.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        for row in self.rows:
            row.set_narrow(narrow)
        for source in self._control_rows:
            source.set_narrow(narrow)
