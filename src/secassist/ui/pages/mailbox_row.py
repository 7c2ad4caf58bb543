"""One mail out of a mailbox: what it is about, who sent it, when, and a way into its verdict."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.mailbox_words import chip, sender_and_verdict, short_time
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.card import Dot
from secassist.ui.widgets.chip import Chip
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.mark import Mark
from secassist.ui.widgets.painting import painting

if TYPE_CHECKING:
    from secassist.usecases.scan_mailbox import Judged


class Number(QWidget):
    """A number in a disc, as on the pin in the drawing. The row says it in words."""

    def __init__(self, look: Look, number: int, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._number, self._tone = look, number, tone
        self.setFixedSize(look.px(28), look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(self._tone))
        radius = self.width() / 2
        painter.drawEllipse(QPointF(radius, radius), radius, radius)
        painter.setPen(self._look.colour("on_tone"))
        painter.setFont(self._look.font(Role.SMALL_STRONG))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class _Action(Button):
    wants_letter = False


class MailRow(QWidget):
    """A mail with its verdict, which may come later."""

    opened = Signal(object)
    """What it is about (Judged)."""

    def __init__(
        self,
        look: Look,
        judged: Judged,
        now: datetime,
        *,
        number: int = 0,
        during: bool = False,
        pending: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``number``: of its pin, 0 for none; ``during``: it came during the flood."""
        super().__init__(parent)
        self._look = look
        self.judged = judged
        self._number = number
        tone = "bad" if during else "info"
        mail = judged.mail
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(14)
        self._before = QVBoxLayout()
        self._mark: QWidget = (
            Number(look, number, tone) if number else Dot(look, "mail", "slate", 28)
        )
        self._before.addWidget(self._mark)
        row.addLayout(self._before)
        subject = mail.subject or look.tr("No subject")
        self._subject = Label(look, subject, Role.STRONG, address=True)
        self._who = Label(look, "", Role.SMALL, "text2", address=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._subject)
        words.addWidget(self._who)
        self.button = _Action(look, look.tr("What to do"))
        self.button.activated.connect(lambda: self.opened.emit(self.judged))
        self._end = FlowRow(look, 14)
        when = short_time(look, mail.time, now)
        self._end.add(Label(look, when, Role.SMALL, "text2", wrap=False))
        self._end.add(Chip(look, chip(look, judged), tone))
        self._end.add(self.button)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(10)
        self._beside.addLayout(words, 1)
        self._beside.addWidget(self._end)
        row.addLayout(self._beside, 1)
        self.set_narrow(False)
        self.show_judged(judged, pending=pending)

    def show_judged(self, judged: Judged, *, pending: bool = False) -> None:
        """Its verdict has come."""
        self.judged = judged
        said = sender_and_verdict(self._look, judged, pending=pending)
        self._who.setText(said)
        if judged.verdict is not None and not self._number:
            mark = Mark(self._look, judged.verdict, 28)
            self._before.replaceWidget(self._mark, mark)
            self._mark.hide()
            self._mark.deleteLater()
            self._mark = mark
        subject = self._subject.text()
        a11y.name(
            self.button,
            self._look.tr("What to do about “{subject}”", subject=subject.replace("\u200b", "")),
            said,
        )

    def set_narrow(self, narrow: bool) -> None:
        """What stands at the end goes below."""
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._end.setMinimumWidth(0 if narrow else self._end.sizeHint().width())
