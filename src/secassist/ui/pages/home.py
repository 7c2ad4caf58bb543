"""Home: what to do with a worrying e-mail, and nothing before that."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import HERO_RADIUS, Card, Dot
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.painting import painting


class Illustration(QWidget):
    """A letter on its way under a magnifying glass. It says nothing that words do not say."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(290, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        if look.rtl:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        accent = look.colour("accent")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_soft"))
        painter.drawEllipse(QPointF(127, 75), 73, 73)
        dots = QPen(accent, 2.4, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        dots.setDashPattern([0.1, 2.6])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(dots)
        way = QPainterPath(QPointF(4, 124))
        way.cubicTo(QPointF(34, 150), QPointF(46, 96), QPointF(76, 88))
        painter.drawPath(way)
        way = QPainterPath(QPointF(184, 64))
        way.cubicTo(QPointF(206, 60), QPointF(222, 86), QPointF(250, 80))
        painter.drawPath(way)
        painter.save()
        painter.translate(127, 75)
        painter.rotate(-7)
        painter.setPen(QPen(accent, 2.6))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(-53, -36, 106, 72), 8, 8)
        flap = QPainterPath(QPointF(-48, -31))
        flap.lineTo(0, 6)
        flap.lineTo(48, -31)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(flap)
        painter.restore()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(268, 73), 19, 19)
        painter.setPen(
            QPen(look.colour("on_accent"), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(266.5, 71.5), 7, 7)
        painter.drawLine(QPointF(272, 77), QPointF(276, 81))


class HomePage(Page):
    """The first page, also on the first day."""

    paste = Signal()
    open_file = Signal()
    already_clicked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Home"), 36, parent)
        self.hero = Card(look, radius=HERO_RADIUS, padding=(39, 40))
        self.hero.set_dashed(True)
        self._illustration = Illustration(look)
        self._title = Label(look, look.tr("Got a worrying e-mail?"), Role.HERO)
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
        self._row = FlowRow(look)
        self._row.add(self.main)
        self._row.add(open_button)
        below = FlowRow(look)
        below.add(clicked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addSpacing(6)
        words.addWidget(self._sentence)
        words.addSpacing(20)
        words.addWidget(self._row)
        words.addSpacing(14)
        words.addWidget(below)
        self._inside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._inside.setSpacing(12)
        self._inside.addLayout(words, 1)
        self._inside.addWidget(self._illustration, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hero.column.addLayout(self._inside)
        self.column.addWidget(self.hero)
        self.group(look.tr("How it works"), 24)
        self._steps = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._steps.setSpacing(16)
        for icon, title, sentence in (
            (
                "paste",
                look.tr("You paste the mail"),
                look.tr("The whole mail is best. We show you how to get it."),
            ),
            (
                "search",
                look.tr("We look where it came from"),
                look.tr("The text of the mail stays on this computer."),
            ),
            (
                "check",
                look.tr("You read what to do"),
                look.tr("One answer, one reason, one next step."),
            ),
        ):
            self._steps.addWidget(self._step(icon, title, sentence), 1)
        self.column.addLayout(self._steps)
        self.column.addStretch(100)
        self.first = self.main

    def _step(self, icon: str, title: str, sentence: str) -> Card:
        card = Card(self.look, padding=(20, 18), spacing=4)
        card.column.addWidget(Dot(self.look, icon, "info", 36))
        card.column.addSpacing(8)
        card.column.addWidget(Label(self.look, title, Role.STRONG))
        card.column.addWidget(Label(self.look, sentence, Role.SMALL, "text2"))
        card.column.addStretch(1)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return card

    def arrange(self, narrow: bool) -> None:
        """Without the illustration, and one card under the other."""
        self._illustration.setVisible(not narrow)
        self.hero.column.setContentsMargins(*((20, 24, 20, 24) if narrow else (39, 40, 39, 40)))
        direction = QBoxLayout.Direction
        self._steps.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        self.hero.set_welcoming(welcoming)
        self._sentence.setText(
            self.look.tr("Let go to check it")
            if welcoming
            else self.look.tr("Paste it or drop it here. We show you where it came from.")
        )
