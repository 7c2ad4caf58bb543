"""One account with its code, the time that the code has left, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import LARGE_TEXT, Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Tile
from secassist.ui.widgets.label import Label, Painted
from secassist.ui.widgets.painting import painting

if TYPE_CHECKING:
    from secassist.twofactor.codes import Code
    from secassist.twofactor.repository import Saved

SOON: Final = 5
"""Seconds; from here on the next code is shown beside."""
_COPIED_MS: Final = 2_000
HIDDEN: Final = "••••••"


def grouped(code: str) -> str:
    """A code as it is read: two groups where it has six or more digits."""
    if len(code) < 6:
        return code
    middle = (len(code) + 1) // 2
    return f"{code[:middle]} {code[middle:]}"


def spelled(code: str) -> str:
    """A code for a screen reader: digit by digit, with a pause between the groups."""
    return ", ".join(" ".join(group) for group in grouped(code).split())


class Figure(Painted):
    """A code in large digits. It runs from left to right in every language."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._code, self._soon = HIDDEN, False
        self.setFont(look.font(Role.CODE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, code: str, *, soon: bool = False) -> None:
        changed = len(code) != len(self._code)
        self._code, self._soon = code, soon
        if changed:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(grouped(self._code)) + 4, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(self.font())
        painter.setPen(self._look.colour("warn" if self._soon else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, grouped(self._code))


class Countdown(QWidget):
    """A ring that empties. It has no name: the row says how long the code lasts."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._left, self._period = 0, 30
        self.setFixedSize(look.px(34), look.px(34))

    def show_left(self, left: int, period: int) -> None:
        """``left`` of ``period`` seconds."""
        self._left, self._period = left, period
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        colour = look.colour("warn" if self._left <= SOON else "accent")
        width = max(self.width() * 0.09, 2.0)
        circle = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.setPen(QPen(look.colour("line"), width))
        painter.drawEllipse(circle)
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        part = self._left / self._period
        painter.drawArc(circle, 90 * 16, round(360 * 16 * part))
        font = look.font(Role.SMALL_STRONG)
        font.setPointSizeF(font.pointSizeF() * (0.85 if self._left < 100 else 0.7))
        painter.setFont(font)
        painter.setPen(look.colour("text2"))
        painter.drawText(
            QRect(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignCenter, str(self._left)
        )


class RowAction(Button):
    """A button of a row; there are too many of them for letters of their own."""

    wants_letter = False
    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focused.emit()
        super().focusInEvent(event)


class CodeRow(QWidget):
    """A row of the list. It is told the code; it makes none itself."""

    copy_wanted = Signal(str)
    """This code is to be copied."""
    next_wanted = Signal(object)
    """The account (Saved) counts by a counter, and the person wants its next code."""
    more_wanted = Signal(object)

    def __init__(
        self, look: Look, saved: Saved, *, more: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.saved = saved
        self._code: Code | None = None
        account = saved.account
        title = account.issuer or account.name or look.tr("(no name)")
        below = account.name if account.issuer else ""
        self.spoken = ", ".join(filter(None, (title, below)))
        self._counts = account.kind.value == "hotp"
        self.figure = Figure(look)
        self.soon = Label(look, "", Role.SMALL, "text2", wrap=False)
        self.soon.hide()
        self.ring = Countdown(look)
        if self._counts:  # no time runs out; the codes stand below each other all the same
            rest = self.ring.sizePolicy()
            rest.setRetainSizeWhenHidden(True)
            self.ring.setSizePolicy(rest)
            self.ring.hide()
        self.copy = RowAction(look, "", Kind.OUTLINED, "copy")
        self.copy.activated.connect(self._act)
        self.copy.focused.connect(self._tell_time)
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self._label_copy)
        shown, acts = QHBoxLayout(), QHBoxLayout()
        for layout, parts in (
            (shown, (self.soon, self.figure, self.ring)),
            (acts, (self.copy,)),
        ):
            layout.setSpacing(16)
            for part in parts:
                layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        if more:
            self.more = RowAction(look, "", Kind.QUIET, "dots")
            self.more.activated.connect(lambda: self.more_wanted.emit(self.saved))
            a11y.name(self.more, look.tr("More about {account}", account=self.spoken))
            acts.addWidget(self.more)
        shown.addStretch(1)
        acts.addStretch(1)
        self._what = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._what.setSpacing(16)
        self._what.addLayout(shown)
        self._what.addLayout(acts)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, look.px(11), 0, look.px(11))
        self._row.setSpacing(12)
        self._row.addLayout(self._who(title, below), 1)
        self._row.addLayout(self._what)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._label_copy()
        self._name()

    def _who(self, title: str, below: str) -> QHBoxLayout:
        look = self._look
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(Label(look, title, Role.STRONG))
        if below:
            names.addWidget(Label(look, below, Role.SMALL, "text2", address=True))
        who = QHBoxLayout()
        who.setSpacing(16)
        who.addWidget(Tile(look, title))
        who.addLayout(names, 1)
        return who

    @property
    def code(self) -> Code | None:
        """What is shown now."""
        return self._code

    def set_narrow(self, narrow: bool) -> None:
        """The code under the names."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        below = narrow and self._look.theme.scale >= LARGE_TEXT
        self._what.setDirection(direction.TopToBottom if below else direction.LeftToRight)

    def show_code(self, code: Code) -> None:
        """Show ``code`` and how long it lasts; called every second."""
        changed = self._code is None or code.code != self._code.code
        self._code = code
        left = code.valid_for
        soon = left is not None and left <= SOON
        self.figure.show_code(code.code, soon=soon)
        if left is not None:
            self.ring.show_left(left, self.saved.account.period)
            if soon:
                self.soon.setText(self._look.tr("next {code}", code=grouped(code.next)))
            self.soon.setVisible(soon and not self._is_narrow())
        if changed:
            self._name()
            self._label_copy()

    def act(self) -> None:
        """What the row's button does (Ctrl+C)."""
        self.copy.click()

    def _act(self) -> None:
        if self._counts:
            self.next_wanted.emit(self.saved)
        elif self._code is not None:
            self.copy_wanted.emit(self._code.code)
            self.say_copied()

    def say_copied(self) -> None:
        """Say for two seconds that the code was copied."""
        self.copy.show_icon("check")
        self.copy.set_label(self._look.tr("Copied"))
        a11y.announce(self.copy, self._look.tr("Copied"))
        self._copied.start()

    def _is_narrow(self) -> bool:
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def _label_copy(self) -> None:
        if self._copied.isActive():
            return
        look = self._look
        self.copy.show_icon("refresh" if self._counts else "copy")
        self.copy.set_label(look.tr("Next code") if self._counts else look.tr("Copy"))
        self._widen_copy()
        a11y.name(
            self.copy,
            look.tr("Next code for {account}", account=self.spoken)
            if self._counts
            else look.tr("Copy the code for {account}", account=self.spoken),
        )

    def _widen_copy(self) -> None:
        # As wide as either word, so that nothing moves when it changes.
        words = self.copy.fontMetrics().horizontalAdvance(self._look.tr("Copied"))
        now = self.copy.fontMetrics().horizontalAdvance(self.copy.label)
        hint = self.copy.sizeHint().width()
        self.copy.setFixedWidth(hint + max(words - now, 0))

    def _tell_time(self) -> None:
        if self._code is not None and self._code.valid_for is not None:
            left = self._look.plural(
                "{count} second left", "{count} seconds left", self._code.valid_for
            )
            self.copy.setAccessibleDescription(f"{spelled(self._code.code)}; {left}")

    def _name(self) -> None:
        look = self._look
        if self._code is None:
            a11y.name(self.figure, look.tr("{account}, no code shown yet", account=self.spoken))
            return
        a11y.name(
            self.figure,
            look.tr("{account}, code {code}", account=self.spoken, code=spelled(self._code.code)),
        )
