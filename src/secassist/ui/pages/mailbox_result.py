"""What was found: the flood on its timeline, and the mails to read first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.pages import mailbox_words as words
from secassist.ui.pages.mailbox_list import MailListPage
from secassist.ui.pages.mailbox_row import MailRow
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Picture, Rule
from secassist.ui.widgets.combo import Combo
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.timeline import Hours, TimelineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secassist.mailbox.flood import Flood
    from secassist.usecases.scan_mailbox import Judged, Scanned

_PAGE: Final = 50
_HOUR: Final = 3_600
_BESIDE: Final = 12 * _HOUR  # shown before and after a flood, and more where a pin stands


class FloodPage(MailListPage):
    """One flood, and what it may bury."""

    plan_wanted = Signal()
    security_wanted = Signal()
    """Show the security mail of the last 90 days."""
    flood_chosen = Signal(int)
    """Show another flood of this mailbox (its place)."""

    def __init__(
        self,
        look: Look,
        scanned: Scanned,
        now: datetime,
        *,
        place: int,
        has_plans: bool = False,
        pending: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``place``: which of the floods; ``pending``: the verdicts are still to come."""
        super().__init__(look, now, pending=pending, parent=parent)
        self._scanned = scanned
        self.flood: Flood = scanned.found.floods[place]
        self._line = scanned.found.timelines[place]
        self._first = self.first_of(scanned)
        self._others = [
            each for each in scanned.buried if self._is_near(each) and each not in self._first
        ]
        self._headline(has_plans)
        if len(scanned.found.floods) > 1:
            self._choice(place)
        self._chart()
        self._lists()
        self._foot()
        self.column.addStretch(1)

    def first_of(self, scanned: Scanned) -> list[Judged]:
        """The mails to read first; a fake is no sign of what was done in the accounts."""
        found = [
            each
            for each in scanned.buried
            if self._is_near(each)
            and each.mail.matters
            and (each.verdict is None or each.verdict.value != "fake")
        ]
        return found[: words.SHOWN_FIRST]

    # Parts

    def _is_near(self, judged: Judged) -> bool:
        return self._line.start <= judged.mail.time < self._line.end

    def _headline(self, has_plans: bool) -> None:
        look = self.look
        sentence = (
            look.tr(
                "Someone may hide a purchase or a changed password in the crowd. Delete"
                " nothing yet."
            )
            if self._first
            else look.tr(
                "We found no mail of a bank, a shop or an account in it. Look there yourself, too."
            )
        )
        if has_plans:
            self.main = Button(look, look.tr("Start the plan"), Kind.FILLED, "plan")
            self.main.activated.connect(self.plan_wanted)
        headline = words.headline(look, self.flood, len(self._first), self.now)
        title = self.heading(headline, sentence, self.main)
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self.column.addSpacing(14)

    def _choice(self, place: int) -> None:
        look = self.look
        floods = self._scanned.found.floods
        options = [
            (str(number), words.flood_day(look, flood)) for number, flood in enumerate(floods)
        ]
        combo = Combo(look, look.tr("Which flood?"), options[::-1], str(place))
        combo.chosen.connect(lambda value: self.flood_chosen.emit(int(value)))
        row = FlowRow(look)
        count = look.plural("{count} flood was found.", "{count} floods were found.", len(floods))
        row.add(Label(look, count, Role.BODY, "text2", wrap=False))
        row.add(combo)
        self.column.addWidget(row)
        self.column.addSpacing(14)

    def _chart(self) -> None:
        look, flood = self.look, self.flood
        card = Card(look, padding=(24, 16), spacing=8)
        card.column.setContentsMargins(24, 16, 24, 2)
        head = FlowRow(look, 12)
        head.add(Label(look, look.tr("Messages per hour"), Role.HEADING, wrap=False))
        head.add(
            Label(
                look,
                look.tr(
                    "{count} messages from {senders} senders",
                    count=words.number_of(look, flood.messages),
                    senders=words.number_of(look, flood.domains),
                ),
                Role.SMALL,
                "text2",
                wrap=False,
            ),
            at_end=True,
        )
        card.column.addWidget(head)
        pins = [each.mail.time for each in self._first]
        start = min([flood.start - _BESIDE, *(pin - _HOUR for pin in pins)])
        end = max([flood.end + _BESIDE, *(pin + _HOUR for pin in pins)])
        before = max(0, (start - self._line.start) // _HOUR)
        behind = max(before + 1, -(-(end - self._line.start) // _HOUR))
        self._counts = self._line.counts[before:behind]
        self._start = self._line.start + _HOUR * before
        self.chart = TimelineView(
            look,
            Hours(self._start, self._counts, (flood.start, flood.end), pins),
            words.flood_hours(look, flood),
            words.summary(look, flood, flood.messages, len(pins)),
        )
        card.column.addWidget(self.chart)
        card.column.addWidget(
            Disclosure(look, look.tr("Show as table"), build=self._fill_table, strong=False)
        )
        self.column.addWidget(card)

    def _fill_table(self, column: QVBoxLayout) -> None:
        """The hours in which something came, the first fifty."""
        look = self.look
        shown = [
            (self._start + _HOUR * place, count)
            for place, count in enumerate(self._counts)
            if count
        ]
        pins = [each.mail.time for each in self._first]
        for time, count in shown[:_PAGE]:
            said = look.plural("{count} message", "{count} messages", count)
            numbers = [
                str(number) for number, pin in enumerate(pins, 1) if time <= pin < time + _HOUR
            ]
            if numbers:
                said += " · " + look.tr("mail {numbers}", numbers=", ".join(numbers))
            text = f"{words.day_and_time(look, time)}: {said}"
            column.addWidget(Label(look, text, Role.SMALL, "text2"))
        if len(shown) > _PAGE:
            rest = sum(count for _, count in shown[_PAGE:])
            text = look.plural(
                "{count} more message after that", "{count} more messages after that", rest
            )
            column.addWidget(Label(look, text, Role.SMALL, "text2"))

    def _lists(self) -> None:
        look = self.look
        if self._first:
            self.group(look.tr("Read these first"), 22)
            self.column.addWidget(self._numbered(self._first))
        if self._others:
            self.column.addSpacing(14)
            card = Card(look, padding=(20, 4))
            count = len(self._others)
            card.column.addWidget(
                Disclosure(
                    look,
                    look.tr("Mails that may matter, too"),
                    look.plural("{count} mail", "{count} mails", count),
                    icon="mail",
                    build=self._fill_others,
                )
            )
            self.column.addWidget(card)

    def _fill_others(self, column: QVBoxLayout) -> None:
        def add(judged: Judged) -> None:
            if column.count():
                column.addWidget(Rule(self.look))
            column.addWidget(self._row(judged))

        self.add_in_turns(self._others, add, lambda: None)

    def _numbered(self, mails: Sequence[Judged]) -> Card:
        card = Card(self.look, padding=(20, 4))
        for number, judged in enumerate(mails, 1):
            card.add_row(self._row(judged, number))
        return card

    def _row(self, judged: Judged, number: int = 0) -> MailRow:
        during = self.flood.start <= judged.mail.time <= self.flood.end
        return self.make_row(judged, number=number, during=during)

    def _foot(self) -> None:
        look = self.look
        self.column.addSpacing(18)
        for sentence in self._scanned.limits:
            self.column.addWidget(Label(look, sentence, Role.SMALL, "text2", address=True))
            self.column.addSpacing(6)
        hint = QHBoxLayout()
        hint.setSpacing(8)
        hint.addWidget(Picture(look, "phone", 18), 0, Qt.AlignmentFlag.AlignTop)
        sentence = look.tr(
            "Nobody will call you about this. If someone does and offers help, hang up."
        )
        hint.addWidget(Label(look, sentence, Role.SMALL, "text2"), 1)
        self.column.addLayout(hint)
        self.column.addSpacing(10)
        another = Button(look, look.tr("Another mailbox…"), Kind.LINK, "folder")
        another.activated.connect(self.another_wanted)
        security = Button(look, look.tr("Security mail of the last 90 days"), Kind.LINK, "shield")
        security.activated.connect(self.security_wanted)
        row = FlowRow(look, 20)
        row.add(security)
        watch = Button(look, look.tr("Watch this mailbox…"), Kind.LINK, "eye")
        watch.activated.connect(self.watch_wanted)
        row.add(watch)
        row.add(another, at_end=True)
        self.column.addWidget(row)
