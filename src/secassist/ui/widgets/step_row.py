"""One step of a plan: done, open now, or still to come."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.painting import painting

BEAD: Final = 30
GAP: Final = 14


class Stage(StrEnum):
    """Where the step is."""

    DONE = "done"
    LEFT_OUT = "left-out"
    NOW = "now"
    NEXT = "next"


class Bead(QWidget):
    """A tick or a number in a circle. It has no name: the row says the same."""

    def __init__(self, look: Look, number: int, stage: Stage, parent: QWidget | None = None):
        super().__init__(parent)
        self._look, self._number, self._stage = look, number, stage
        self.setFixedSize(look.px(BEAD), look.px(BEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look, stage = self._look, self._stage
        filled = {Stage.DONE: "good", Stage.NOW: "accent"}.get(stage)
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(look.colour("outline"), 1.4))
        painter.setBrush(look.colour(filled or "surface"))
        circle = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawEllipse(circle)
        if stage is Stage.DONE:
            size = round(self.width() * 0.55)
            corner = (self.width() - size) // 2
            icon = look.icon("check", size, "on_tone", dpr=self.devicePixelRatioF())
            painter.drawPixmap(corner, corner, icon)
            return
        painter.setPen(look.colour("on_accent" if stage is Stage.NOW else "text2"))
        painter.setFont(look.font(Role.SMALL_STRONG))
        sign = "–" if stage is Stage.LEFT_OUT else str(self._number)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, sign)


class StepRow(QWidget):
    """The open step has its reason and its buttons; the others only say what and when."""

    def __init__(
        self,
        look: Look,
        number: int,
        steps: int,
        what: str,
        note: str,
        stage: Stage,
        *,
        why: str = "",
        more: Sequence[str] = (),
        buttons: Sequence[Button] = (),
        parent: QWidget | None = None,
    ) -> None:
        """``note``: when it was done, or how long it takes. ``more``: lines below the reason."""
        super().__init__(parent)
        now = stage is Stage.NOW
        quiet = stage in {Stage.DONE, Stage.LEFT_OUT}
        self.title = Label(
            look, what, Role.STRONG if now else Role.BODY, "text2" if quiet else "text"
        )
        state = {
            Stage.DONE: look.tr("done"),
            Stage.LEFT_OUT: look.tr("left out"),
            Stage.NOW: look.tr("now"),
            Stage.NEXT: look.tr("next"),
        }[stage]
        name = look.tr(
            "Step {number} of {all}, {state}: {step}",
            number=number,
            all=steps,
            state=state,
            step=self.title.text(),
        )
        a11y.name(self.title, name, note)
        self.note = Label(look, note, Role.SMALL, "text2")
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(16)
        self._head.addWidget(self.title, 3)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(self._head)
        if now:
            self.title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            words.addWidget(Label(look, why, Role.BODY, "text2"))
            words.addWidget(self.note)
            for line in more:
                words.addSpacing(6)
                words.addWidget(Label(look, line, address=True))
            row = FlowRow(look)
            for button in buttons:
                row.add(button)
            words.addSpacing(10)
            words.addWidget(row)
        else:
            self.note.setAlignment(look.trailing | Qt.AlignmentFlag.AlignVCenter)
            self._head.addWidget(self.note, 1)
        self._now = now
        self._look = look
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, look.px(12), 0, look.px(12))
        outer.setSpacing(GAP)
        outer.addWidget(Bead(look, number, stage), 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, look.px(4), 0, 0)
        inside.addLayout(words)
        outer.addLayout(inside, 1)

    def set_narrow(self, narrow: bool) -> None:
        """The note below the words."""
        if self._now:
            return
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._head.setSpacing(2 if narrow else 16)
        side = self._look.leading if narrow else self._look.trailing
        self.note.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
