"""What the screens of the guided set-up share."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Rule, paint_sunken
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label, Painted
from secassist.ui.widgets.painting import painting

_LINE: Final = 16  # pixels, at least, between two steps


class StepBar(Painted):
    """Where one is, out of five; in words alone where there is too little room."""

    def __init__(self, look: Look, now: int, parent: QWidget | None = None) -> None:
        """``now`` counts from 0."""
        super().__init__(parent)
        self._look, self._now = look, now
        tr = look.tr
        self._names = (tr("Site"), tr("Picture code"), tr("Try it"), tr("Spare codes"), tr("Done"))
        self._short = tr(
            "Step {number} of {all}: {name}",
            number=now + 1,
            all=len(self._names),
            name=self._names[now],
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        a11y.name(self, self._short)

    def sizeHint(self) -> QSize:
        return QSize(200, self._look.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self._look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        strong = look.font(Role.SMALL_STRONG)
        painter.setFont(strong)
        bead = look.px(30)
        widths = [painter.fontMetrics().horizontalAdvance(name) for name in self._names]
        rest = self.width() - sum(widths) - len(widths) * (bead + 10)
        gaps = len(widths) - 1
        if rest < gaps * (_LINE + 20):
            painter.setPen(look.colour("text2"))
            painter.drawText(
                self.rect(), int(look.leading | Qt.AlignmentFlag.AlignVCenter), self._short
            )
            return
        line = rest / gaps - 20
        x = 0.0
        for place, (name, width) in enumerate(zip(self._names, widths, strict=True)):
            self._bead(painter, x, bead, place)
            painter.setFont(strong if place == self._now else look.font(Role.SMALL))
            painter.setPen(look.colour("text" if place == self._now else "text2"))
            left = self._mirrored(x + bead + 10, width)
            painter.drawText(
                QRectF(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignCenter, name
            )
            x += bead + 10 + width
            if place < gaps:
                painter.setPen(QPen(look.colour("line"), 1.4))
                start = self._mirrored(x + 10, line)
                painter.drawLine(
                    QPointF(start, self.height() / 2), QPointF(start + line, self.height() / 2)
                )
                x += line + 20

    def _bead(self, painter: QPainter, x: float, size: int, place: int) -> None:
        look = self._look
        done, now = place < self._now, place == self._now
        circle = QRectF(self._mirrored(x, size), (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen if done or now else QPen(look.colour("outline"), 1.4))
        fill = "good" if done else "accent" if now else "surface"
        painter.setBrush(look.colour(fill))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if done:
            icon = look.icon("check", round(size * 0.55), "on_tone", dpr=self.devicePixelRatioF())
            corner = circle.center() - QPointF(size * 0.275, size * 0.275)
            painter.drawPixmap(corner.toPoint(), icon)
            return
        painter.setPen(look.colour("on_accent" if now else "text2"))
        painter.setFont(look.font(Role.SMALL_STRONG))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(place + 1))

    def _mirrored(self, x: float, width: float) -> float:
        return self.width() - x - width if self._look.rtl else x


class SetupPage(Page):
    """One screen of the set-up: a card with a headline, what belongs to it, and the way on."""

    leave = Signal()

    def __init__(
        self,
        look: Look,
        step: int,
        title: str,
        sentence: str = "",
        *,
        can_go_back: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, title, parent=parent)
        self.back_row(look.tr("Leave set-up"), leads=self.leave)
        self.column.addWidget(StepBar(look, step))
        self.column.addSpacing(16)
        card = Card(look, padding=(30, 26))
        headline = Label(look, title, Role.DISPLAY)
        card.column.addWidget(headline)
        if sentence:
            card.column.addSpacing(4)
            card.column.addWidget(Label(look, sentence, Role.BODY, "text2"))
        card.column.addSpacing(18)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        card.column.addLayout(self.body)
        card.column.addSpacing(18)
        card.column.addWidget(Rule(look))
        card.column.addSpacing(14)
        self.foot = FlowRow(look)
        card.column.addWidget(self.foot)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.can_go_back = can_go_back
        if can_go_back:
            self.button(look.tr("Back"), self.back.emit)

    def button(
        self,
        words: str,
        act: object,
        kind: Kind = Kind.OUTLINED,
        icon: str = "",
        *,
        at_end: bool = False,
    ) -> Button:
        """A button in the foot of the card. ``act``: a function or a signal."""
        button = Button(self.look, words, kind, icon)
        button.activated.connect(act)
        self.foot.add(button, at_end=at_end)
        if kind is Kind.FILLED:
            self.main = button
            if self.first is None:
                self.first = button
        return button

    def steps(self, texts: tuple[str, ...]) -> Card:
        """Numbered steps in a sunken box."""
        box = Sunken(self.look)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, text in enumerate(texts):
            count = Label(self.look, str(number + 1), Role.STRONG, "accent", wrap=False)
            grid.addWidget(count, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(self.look, text), number, 1)
        box.column.addLayout(grid)
        self.body.addWidget(box)
        return box


class Sunken(Card):
    """A quiet box inside of a card."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=(20, 16), parent=parent)

    def _paint(self, painter: QPainter) -> None:
        paint_sunken(painter, self._look, QRectF(self.rect()))
