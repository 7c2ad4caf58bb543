"""Looking again by itself: how often, and by whom it is started."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.moments import moment
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.choice import Segments, Switch
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.usecases.passwords_watch import Plan


class SchedulePage(Page):
    """How often the marks are looked at again, without any password."""

    every_chosen = Signal(str)
    """``week``, ``month``, ``quarter`` or ``off``."""
    system_chosen = Signal(bool)
    """Whether the system starts the check also while the window is closed."""
    tray_chosen = Signal(bool)

    def __init__(
        self,
        look: Look,
        plan: Plan,
        *,
        tray: bool | None,
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        """``tray``: whether the program stays in the tray; None: this desktop has none."""
        super().__init__(look, look.tr("Look again by itself"), parent=parent)
        tr = look.tr
        self.back_row(tr("All passwords"))
        title = self.heading(
            tr("Look again by itself"),
            tr("No password is needed for it. You hear of it only if something is new."),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self.column.addSpacing(16)
        card = Card(look, padding=(24, 8))
        every = Segments(
            look,
            tr("How often"),
            (
                ("week", tr("Each week")),
                ("month", tr("Each month")),
                ("quarter", tr("Each quarter")),
                ("off", tr("Never")),
            ),
            plan.every,
        )
        every.chosen.connect(self.every_chosen)
        card.add_row(self._row(tr("How often"), self._last(plan, now), every, wide=True))
        on = plan.every != "off"
        if on:
            system = Switch(look, tr("Also while this window is closed"), plan.by_system)
            system.toggled.connect(self.system_chosen)
            note = tr("This computer starts a small check. You can switch it off here.")
            if plan.passphrase:
                note = tr("With a passphrase it can't: only you open what is kept here.")
            card.add_row(self._row(tr("Also while this window is closed"), note, system))
        if tray is not None:
            stays = Switch(look, tr("Stay in the tray"), tray)
            stays.toggled.connect(self.tray_chosen)
            note = tr("Closing the window then leaves a small icon beside the clock.")
            card.add_row(self._row(tr("Stay in the tray"), note, stays))
        self.column.addWidget(card)
        self.column.addSpacing(12)
        self.column.addWidget(
            Label(
                look,
                tr("A note names no site and no person: others may see your screen."),
                Role.SMALL,
                "text2",
            )
        )
        self.column.addStretch(1)

    def _last(self, plan: Plan, now: datetime) -> str:
        if plan.every == "off":
            return self.look.tr("Nothing is looked at by itself.")
        if not plan.last:
            return self.look.tr("It was not done yet.")
        when = moment(self.look, datetime.fromtimestamp(plan.last, UTC), now)
        return self.look.tr("Last time: {when}", when=when)

    def _row(self, title: str, note: str, control: QWidget, *, wide: bool = False) -> QWidget:
        look = self.look
        box = QWidget()
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(look, title, Role.STRONG))
        words.addWidget(Label(look, note, Role.SMALL, "text2"))
        if wide:
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 12, 0, 12)
            column.setSpacing(10)
            column.addLayout(words)
            beside = FlowRow(look)
            beside.add(control)
            column.addWidget(beside)
            return box
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(control)
        return box
