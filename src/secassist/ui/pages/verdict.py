"""The verdict: one headline, one reason, one thing to do; the route, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.mail.report import Action, Leg, Report, Route, RouteLeg, RouteNode
from secassist.mail.report import Role as Stop
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import day_of, moment_of
from secassist.ui.pages.page import Page
from secassist.ui.pages.verdict_details import Details
from secassist.ui.theme import LARGE_TEXT, Role
from secassist.ui.turns import in_next_turn
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import HERO_RADIUS, Card, Picture, Tile
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Elided, Label
from secassist.ui.widgets.mark import TONES, Mark
from secassist.ui.widgets.route import RouteView
from secassist.usecases.advice import Told

LEAVE: Final = "leave-it"
"""Code of the button that ends the matter."""
ASK_AT_HOME: Final = "ask-at-home"
"""Code of the button that says that nobody at home asked for the mail."""

STEPS: Final = "steps"
"""Code of the button that starts the plan beside one that opens a page."""
STARTS_PLAN: Final = frozenset(
    {"report-and-delete", "ask-sender", "check-another-way", "make-safer", "change-password"}
)
"""Codes of actions that are more than one step: they start the plan that fits."""

_COPIED_MS: Final = 2_000
_ICONS: Final = {
    "report-and-delete": "shield",
    "ask-sender": "ask",
    "as-attachment": "mail",
    "try-original": "undo",
    "check-another-way": "search",
    "make-safer": "plan",
    "change-password": "key",
    STEPS: "plan",
    "know-sender": "",
}


class VerdictPage(Page):
    """One report. Nothing in it that came from the mail can be clicked."""

    chosen = Signal(object)
    """The person pressed the button of this ``Action``."""
    already_clicked = Signal()
    copy_wanted = Signal(object)
    """Copy the report; carries the private kinds to add back."""
    save_wanted = Signal(object)
    built = Signal()
    """What stands under the verdict is there, too."""

    def __init__(
        self, look: Look, report: Report, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.tr("Result"), parent=parent)
        self.report = report
        self.asked = ""
        """Code of the answer to "Did you ask for it?"; empty: none was given."""
        self._tone = TONES[report.verdict]
        self._copy = Button(look, look.tr("Copy report"), Kind.LINK, "copy")
        self._copy.activated.connect(lambda: self.copy_wanted.emit(frozenset()))
        self.back_row(look.tr("Check another"), self._copy)
        self.column.addLayout(self._sender(report, now))
        self.column.addSpacing(14)
        self.card = self._card(report)
        self.column.addWidget(self.card)
        self.after_card = QVBoxLayout()
        self.column.addLayout(self.after_card)
        self.column.addSpacing(14)
        self._below = QVBoxLayout()
        self.column.addLayout(self._below)
        self._details: Details | None = None
        self._is_built = False
        self.is_complete = False
        """Whether all that stands under and beside the verdict is there."""
        self.column.addStretch(1)
        self.first = self.headline
        self._order()

    # Parts

    @property
    def details(self) -> Details:
        """The rows under the verdict, built when first asked for."""
        if self._details is None:
            details = self._details = Details(self.look, self.report)
            details.copy_wanted.connect(self.copy_wanted)
            details.save_wanted.connect(self.save_wanted)
            details.changed.connect(self.refresh_letters)
            self._below.addWidget(details)
            details.setVisible(True)  # the page may be shown already
        return self._details

    def _build_rest(self) -> None:
        if not self._is_built:
            self._is_built = True
            self.details.ensurePolished()
            self.settle()
            self.built.emit()

    def _sender(self, report: Report, now: datetime) -> QHBoxLayout:
        look, mail = self.look, report.message
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(14)
        shown_name = mail.display_name or mail.from_domain
        row.addWidget(Tile(look, shown_name or mail.from_))
        names = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        names.setSpacing(10)
        if mail.display_name:
            names.addWidget(Elided(look, mail.display_name, Role.STRONG))
        address = mail.from_ or look.tr("No sender is named")
        names.addWidget(Elided(look, address, Role.SMALL, "text2", address=True))
        names.addStretch(1)
        self._names = names
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(names)
        words.addWidget(Elided(look, mail.subject or look.tr("No subject"), Role.SMALL, "text2"))
        row.addLayout(words, 1)
        self._when = Label(look, moment_of(look, mail.date, now), Role.SMALL, "text2", wrap=False)
        row.addWidget(self._when)
        return row

    def _card(self, report: Report) -> Card:
        look = self.look
        card = Card(look, tone=self._tone, radius=HERO_RADIUS, padding=(30, 30))
        self.headline = Label(look, report.headline, Role.DISPLAY, address=True)
        self.headline.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reason = Label(look, report.reason, Role.BODY, address=True)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.headline)
        words.addWidget(self.reason)
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._mark = Mark(look, report.verdict, 64 if look.theme.scale < LARGE_TEXT else 42)
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        card.column.addLayout(head)
        self._incident = self._incident_card(card, report)
        self.route = RouteView(look, report.route)
        self._route_box = QVBoxLayout()
        self._route_box.addWidget(self.route)
        asked_above = report.headline.endswith(report.question)
        self._question = Label(
            look, "" if asked_above else report.question, Role.TITLE, parent=card
        )
        self._buttons_box = QVBoxLayout()
        self._buttons_box.setSpacing(0)
        self._note = self._note_row(card, report.note)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        card.column.addLayout(self._body)
        self._buttons: FlowRow | None = None
        self._set_buttons(report.buttons, equal=bool(report.question))
        self.arrange(False)
        return card

    def _incident_card(self, card: Card, report: Report) -> Card | None:
        incident = report.incident
        if incident is None:
            return None
        look = self.look
        inside = Card(look, padding=(20, 14), spacing=4, parent=card)
        inside.column.addWidget(Label(look, incident.title, Role.STRONG))
        inside.column.addWidget(Label(look, f"“{incident.statement}”", Role.BODY))
        day = day_of(look, incident.said_on)
        said = look.tr("Said by {who}, {day}.", who=incident.said_by, day=day)
        if incident.as_of:
            checked = look.tr("We last looked this up: {day}.", day=day_of(look, incident.as_of))
            said = f"{said} {checked}"
        inside.column.addWidget(Label(look, said, Role.SMALL, "text2"))
        if incident.said_where:
            inside.column.addWidget(
                Label(look, incident.said_where, Role.SMALL, "text2", address=True)
            )
        return inside

    def _note_row(self, card: Card, note: str) -> QWidget:
        box = QWidget(card)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Picture(self.look, "info", 18), 0, Qt.AlignmentFlag.AlignTop)
        self._note_label = Label(self.look, note, Role.SMALL, "text2", address=True)
        row.addWidget(self._note_label, 1)
        return box

    def _set_buttons(self, actions: Sequence[Action], *, equal: bool) -> None:
        look = self.look
        row = FlowRow(look)
        self.main = None
        if not equal and not any(action.code in STARTS_PLAN for action in actions):
            actions = (*actions, Action(STEPS, look.tr("Step by step")))
        for index, action in enumerate(actions):
            filled = index == 0 and not equal
            icon = "" if equal else self._icon(action)
            kind = Kind.FILLED if filled else Kind.OUTLINED
            button = Button(look, action.label, kind, icon)
            button.activated.connect(lambda action=action: self.chosen.emit(action))
            row.add(button)
            if filled:
                self.main = button
        clicked = Button(look, look.tr("I already clicked"), Kind.QUIET, "alert")
        clicked.activated.connect(self.already_clicked)
        row.add(clicked, at_end=True)
        self._equal = equal
        self._stack(row)
        if self._buttons is not None:
            self._buttons_box.removeWidget(self._buttons)
            self._buttons.hide()
            self._buttons.deleteLater()
        self._buttons = row
        self._buttons_box.addWidget(row)

    def _stack(self, row: FlowRow) -> None:
        """One button a line where there is little room; short answers of one question go on."""
        row.set_stacked(self.narrow and not self._equal)

    @staticmethod
    def _icon(action: Action) -> str:
        return "net" if action.url else _ICONS.get(action.code, "")

    # Behaviour

    def arrange(self, narrow: bool) -> None:
        """The way of the mail is seen before anything is read. When narrow, the buttons stand
        above it, so that they need no scrolling."""
        while self._body.count():
            self._body.takeAt(0)
        parts: list[tuple[int, QWidget | QVBoxLayout]] = [(22, self._route_box)]
        if self._incident is not None:
            parts.insert(0 if narrow else 1, (16, self._incident))
        acts: list[tuple[int, QWidget | QVBoxLayout]] = []
        self._question.setHidden(not self._question.text())
        self._note.setHidden(not self._note_label.text())
        if self._question.text():
            acts.append((24, self._question))
        acts.append((10 if acts else 22, self._buttons_box))
        if self._note_label.text():
            acts.append((12, self._note))
        for above, part in acts + parts if narrow else parts + acts:
            self._body.addSpacing(above)
            if isinstance(part, QWidget):
                self._body.addWidget(part)
            else:
                self._body.addLayout(part)
        if self._buttons is not None:
            self._stack(self._buttons)
        card = getattr(self, "card", None)
        if card is not None:
            pad = 18 if narrow else 30
            card.column.setContentsMargins(pad, pad, pad, pad)
            self._when.setVisible(not narrow)
            direction = QBoxLayout.Direction
            self._names.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
            self._names.setSpacing(2 if narrow else 10)
            self._order()

    def _order(self) -> None:
        """Tab goes as one reads."""
        stops: list[QWidget] = [self.headline]
        if self._buttons is not None:
            stops += self._buttons.buttons()
        a11y.tab_order(stops)

    def put_after_card(self, card: Card) -> None:
        """Put a card between the verdict and its details, for Tab as well."""
        self.after_card.addSpacing(14)
        self.after_card.addWidget(card)
        card.show()  # the page may be shown already
        before = self._buttons.buttons()[-1:] if self._buttons is not None else []
        a11y.tab_order([*before, *a11y.stops(card), self.details.why.row])
        self.settle()
        self.refresh_letters()

    def enter(self) -> None:
        super().enter()
        a11y.announce(self.headline, self.headline.accessibleName(), urgent=True)
        if not self._is_built:
            # All at once would hold the window for too long.
            in_next_turn(self, self._build_rest)

    def show_told(self, told: Told, asked: str) -> None:
        """Put what follows from the answer ``asked`` in the place of the question."""
        look = self.look
        self.headline.setText(told.headline)
        self.reason.setText(told.reason)
        self._question.setText("")
        not_asked = look.tr("Do not use the link or the code in the mail. Give it to nobody.")
        self._note_label.setText("" if asked == "asked-yes" else not_asked)
        self.asked = asked
        unsure = told.action.code == ASK_AT_HOME
        leave = Action(LEAVE, look.tr("One of us did") if unsure else look.tr("Leave it at that"))
        self._set_buttons((told.action, leave), equal=False)
        if asked == "asked-no":
            self._show_route(unasked(look, self.report.route))
        self.arrange(self.narrow)
        if self.isVisible():  # else what it rests on was forgotten, behind another page
            self.enter()

    def _show_route(self, route: Route) -> None:
        self._route_box.removeWidget(self.route)
        self.route.hide()
        self.route.deleteLater()
        self.route = RouteView(self.look, route)
        self._route_box.addWidget(self.route)

    def copied(self) -> None:
        """Say that the report was copied, for two seconds."""
        copied = self.look.tr("Copied")
        self._copy.set_label(copied)
        a11y.announce(self, copied)
        QTimer.singleShot(_COPIED_MS, self._copy, self._not_copied)

    def _not_copied(self) -> None:
        self._copy.set_label(self.look.tr("Copy report"))


def unasked(look: Look, route: Route) -> Route:
    """The route of a real mail that nobody here asked for.

    Its first leg is dotted: nobody knows who set the mail off.
    """
    someone = RouteNode(look.tr("Someone"), look.tr("set it off"), Stop.YOU, "warn")
    start = RouteLeg(Leg.UNPROVED, look.tr("not known who"), "?")
    nodes, legs = route.nodes, route.legs
    if len(nodes) > 3:
        # The sender's own server says nothing that the sender does not; five stops are enough.
        nodes = (nodes[0], *nodes[2:])
        legs = (legs[0], *legs[2:])
    sentence = look.tr("Nobody knows who set this mail off.") + " " + route.sentence
    return Route((someone, *nodes), (start, *legs), None, route.hidden_stops, sentence)
