"""All plans: those that are open, what a new one can be about, and those that are finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment
from secassist.ui.pages.page import Page
from secassist.ui.plan_doors import doors
from secassist.ui.plan_words import done, next_step, title
from secassist.ui.theme import Role
from secassist.ui.widgets.answers import Answers
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.disclosure import RowButton
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.progress_bar import ProgressBar
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.usecases.plan_desk import Standing
    from secassist.usecases.plans import Progress

MOST: Final = 15
"""So many rows at a time: more would hold the window for too long."""


class RunRow(QWidget):
    """An open plan: its name, how far it is, and the button that goes on with it."""

    def __init__(
        self, look: Look, one: Progress, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.go_on = Button(look, look.tr("Continue"), Kind.OUTLINED)
        self.go_on.wants_letter = False
        self.go_on.setAccessibleDescription(title(look, one))
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(Label(look, title(look, one), Role.STRONG))
        words.addWidget(ProgressBar(look, done(one), len(one.steps)))
        words.addWidget(Label(look, note or next_step(look, one), Role.SMALL, "text2"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, look.px(14), 0, look.px(14))
        self._row.setSpacing(18)
        self._row.addWidget(Dot(look, "plan", "info"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_narrow(self, narrow: bool) -> None:
        """The button below the words."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


class PlansListPage(Page):
    """Where plans are gone on with, and started without a mail."""

    continued = Signal(str)
    """Id of a run."""
    chosen = Signal(object)
    """What happened (Door)."""
    check_wanted = Signal()
    open_wanted = Signal()
    """Open the store, or show what can be done where it does not open."""

    def __init__(
        self, look: Look, standing: Standing, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.tr("Action plans"), parent=parent)
        self._now = now
        self._rows: list[RunRow] = []
        head = self.heading(
            look.tr("Action plans"), look.tr("What to do now, one step after the other.")
        )
        head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = head
        self.column.addSpacing(16)
        self._closed(standing)
        for sentence in standing.set_aside:
            strip = Strip(look, look.tr("A plan of yours was left out."), sentence, tone="warn")
            self.column.addWidget(strip)
            self.column.addSpacing(14)
        under_way = [one for one in standing.runs if one.open_step is not None][::-1]
        finished = [one for one in standing.runs if one.open_step is None][::-1]
        if under_way:
            self._open(under_way)
        elif standing.is_open or standing.view.state.value == "none":
            self._none()
        self._doors()
        if finished:
            self._finished(finished)
        self.column.addStretch(1)

    def _closed(self, standing: Standing) -> None:
        look, view = self.look, standing.view
        if standing.is_open or view.state.value == "none":
            return
        if view.state.value == "locked":
            button = Button(look, look.tr("Unlock"), Kind.OUTLINED, "unlock")
            words = look.tr("Your plans are locked.")
            note = look.tr("You can start a new one all the same.")
        else:
            button = Button(look, look.tr("What can I do?"), Kind.OUTLINED, "q")
            words = look.tr("Your plans can't be opened now.")
            note = view.sentence
        button.activated.connect(self.open_wanted)
        self.column.addWidget(Strip(look, words, note, icon="lock", buttons=(button,)))
        self.column.addSpacing(14)

    def _open(self, runs: Sequence[Progress]) -> None:
        look = self.look
        card = Card(look, padding=(20, 4))
        for one in runs[:MOST]:
            card.add_row(self._run(one))
        self.column.addWidget(card)
        self._more(card, runs[MOST:], self._run)

    def _run(self, one: Progress) -> RunRow:
        row = RunRow(self.look, one)
        row.go_on.activated.connect(lambda: self.continued.emit(one.run.id))
        row.set_narrow(self.narrow)
        self._rows.append(row)
        return row

    def _none(self) -> None:
        look = self.look
        card = Card(look, padding=(24, 20), spacing=6)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(18)
        row.addWidget(Dot(look, "plan", "info"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(look, look.tr("No plan is open"), Role.STRONG))
        said = look.tr("A plan starts when a mail needs more than one step.")
        words.addWidget(Label(look, said, Role.SMALL, "text2"))
        row.addLayout(words, 1)
        self._empty = row
        check = Button(look, look.tr("Check an e-mail"), Kind.OUTLINED, "mailcheck")
        check.activated.connect(self.check_wanted)
        row.addWidget(check, 0, Qt.AlignmentFlag.AlignVCenter)
        card.column.addLayout(row)
        self.column.addWidget(card)

    def _doors(self) -> None:
        look = self.look
        self.group(look.tr("What happened?"))
        by_code = {door.answer.code: door for door in doors(look)}
        card = Answers(look, (door.answer for door in by_code.values()))
        card.chosen.connect(lambda code: self.chosen.emit(by_code[code]))
        self.column.addWidget(card)

    def _finished(self, runs: Sequence[Progress]) -> None:
        look = self.look
        self.group(look.tr("Finished"))
        card = Card(look, padding=(20, 6))
        for one in runs[:MOST]:
            card.add_row(self._finished_row(one))
        self.column.addWidget(card)
        self._more(card, runs[MOST:], self._finished_row)

    def _finished_row(self, one: Progress) -> RowButton:
        when = moment(self.look, datetime.fromtimestamp(one.finished_at, UTC), self._now)
        row = RowButton(self.look, title(self.look, one), when, role=Role.BODY)
        row.clicked.connect(lambda: self.continued.emit(one.run.id))
        return row

    def _more(
        self, card: Card, runs: Sequence[Progress], make: Callable[[Progress], QWidget]
    ) -> list[QWidget]:
        """The next ones, on demand: the button for that, if there are any."""
        if not runs:
            return []
        button = Button(self.look, self.look.tr("Show more"), Kind.LINK, "down")

        def show() -> None:
            order = a11y.stops(self)
            place = order.index(button)
            new = [make(one) for one in runs[:MOST]]
            for row in new:
                card.column.insertWidget(card.column.indexOf(button), row)
                row.show()
            button.hide()
            after = self._more(card, runs[MOST:], make)
            inside = [stop for row in new for stop in (a11y.stops(row) or [row])]
            a11y.tab_order([*order[:place], *inside, *after, *order[place + 1 :]])
            inside[0].setFocus(Qt.FocusReason.TabFocusReason)
            self.settle()
            self.refresh_letters()

        button.activated.connect(show)
        card.column.addWidget(button)
        button.show()
        return [button]

    def arrange(self, narrow: bool) -> None:
        """Buttons below the words."""
        for row in self._rows:
            row.set_narrow(narrow)
        empty = getattr(self, "_empty", None)
        if empty is not None:
            direction = QBoxLayout.Direction
            empty.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
