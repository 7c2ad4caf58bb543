"""What to do now: a headline, a reason, a few steps in order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.next_steps import Steps
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import HERO_RADIUS, Card, Picture
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label


class AdvicePage(Page):
    """Short advice. It changes nothing and keeps nothing."""

    chosen = Signal(object)
    """The person pressed the button of this ``Action``."""

    def __init__(self, look: Look, advice: Steps, back: str, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("What to do now"), parent=parent)
        self.back_row(back)
        title = self.heading(advice.headline, advice.reason)
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        if advice.steps:
            self.column.addSpacing(16)
            card = Card(look, radius=HERO_RADIUS, padding=(24, 14))
            for number, step in enumerate(advice.steps, 1):
                row = QHBoxLayout()
                row.setContentsMargins(0, 9, 0, 9)
                row.setSpacing(16)
                count = Label(look, str(number), Role.TITLE, "accent", wrap=False)
                count.setMinimumWidth(look.px(22))
                row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
                words = Label(look, step, Role.BODY, address=True)
                a11y.name(words, look.tr("Step {number}: {step}", number=number, step=words.text()))
                row.addWidget(words, 1)
                card.column.addLayout(row)
            self.column.addWidget(card)
        if advice.buttons:
            self.column.addSpacing(18)
            buttons = FlowRow(look)
            for index, action in enumerate(advice.buttons):
                kind = Kind.OUTLINED if index else Kind.FILLED
                icon = "net" if action.url else ""
                button = Button(look, action.label, kind, icon)
                button.activated.connect(lambda action=action: self.chosen.emit(action))
                if not index:
                    self.main = button
                buttons.add(button)
            self.column.addWidget(buttons)
        if advice.note:
            self.column.addSpacing(14)
            hint = QHBoxLayout()
            hint.setSpacing(8)
            hint.addWidget(Picture(look, "info", 18), 0, Qt.AlignmentFlag.AlignTop)
            hint.addWidget(Label(look, advice.note, Role.SMALL, "text2"), 1)
            self.column.addLayout(hint)
        self.column.addStretch(1)

    def enter(self) -> None:
        super().enter()
        if self.first is not None:
            a11y.announce(self.first, self.first.accessibleName())
