"""Text on the screen. Every word in this window stands in one of these."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from secassist.ui.look import Look
from secassist.ui.plain import breakable, holds_address, isolated, showable
from secassist.ui.theme import Role
from secassist.ui.widgets.painting import painting

_BLANK: Final = 6
_LEAST_WIDTH: Final = 110  # for a word that is longer than its line


class Label(QLabel):
    """Plain text that wraps and sets its own height from its width.

    Qt's way, height for width through nested layouts in a scroll area, gives pages the height of
    their narrowest width. Here the height follows each resize instead. Rich text is impossible.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: Role = Role.BODY,
        colour: str = "text",
        *,
        address: bool = False,
        centred: bool = False,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """``address`` says that text may hold an address; then its letters are told apart."""
        super().__init__(parent)
        self._look = look
        self._role = role
        self._may_hold_address = address
        self._shown = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFont(look.font(role))
        # Inside a button a label would take over the role of the button's text.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setWordWrap(wrap)
        if look.rtl:
            # A line that is broken keeps its blank at the left end, and would push out a letter.
            self.setContentsMargins(_BLANK, 0, 0, 0)
        self.set_colour(colour)
        self.setAlignment(
            (Qt.AlignmentFlag.AlignHCenter if centred else look.leading)
            | Qt.AlignmentFlag.AlignVCenter
        )
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Maximum,
            QSizePolicy.Policy.Fixed,
        )
        self.setText(text)

    def set_colour(self, token: str) -> None:
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, self._look.colour(token))
        self.setPalette(colours)

    def setText(self, text: str) -> None:
        """Show ``text`` as plain, bounded text."""
        shown = showable(text)
        if self._may_hold_address:
            self.setFont(self._look.font(self._role, address=holds_address(shown)))
        self._shown = shown
        super().setText(shown)
        self.setAccessibleName(shown)
        self._fit()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        lines = self.text().split("\n")
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2 + self._margin()
        return QSize(
            width, self._height(max(self.width(), 1)) if self.wordWrap() else 0
        ).expandedTo(QSize(0, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        if not self.wordWrap():
            return self.sizeHint()
        return QSize(self._longest_word(), self.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _longest_word(self) -> int:
        # A line can break between any two words, and within one that is wider than the label.
        widest = max(map(self.fontMetrics().horizontalAdvance, self._shown.split()), default=0)
        return min(widest, self._look.px(_LEAST_WIDTH)) + 2 + self._margin()

    def _margin(self) -> int:
        return self.contentsMargins().left()

    def _height(self, width: int) -> int:
        metrics: QFontMetrics = self.fontMetrics()
        bounds = metrics.boundingRect(
            0,
            0,
            max(width - self._margin(), 1),
            1_000_000,
            int(Qt.TextFlag.TextWordWrap),
            self.text() or " ",
        )
        return max(bounds.height(), metrics.height())

    def _fits(self, word: str) -> bool:
        room = self.width() - self._margin()
        return self.fontMetrics().horizontalAdvance(word) <= room

    def _fit(self) -> None:
        if self.wordWrap():
            broken = breakable(self._shown, self._fits)
            if broken != self.text():
                super().setText(broken)
            self.setFixedHeight(self._height(max(self.width(), 1)))


class Painted(QLabel):
    """Something that is painted, and that a screen reader takes for a text: its accessible name.

    A plain QWidget has no role that a screen reader would stop at.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)


class Elided(Painted):
    """One line that is cut in the middle where it does not fit; its whole text is its name."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: Role = Role.BODY,
        colour: str = "text",
        *,
        address: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._colour = colour
        self._address = address
        self._words = ""
        self.setFont(look.font(role, address=address))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._words = showable(text).replace("\n", " ")
        self.setAccessibleName(self._words)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._words) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(self.sizeHint().width(), metrics.averageCharWidth() * 8), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setFont(self.font())
        painter.setPen(self._look.colour(self._colour))
        shown = self.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideMiddle, self.width()
        )
        if self._address:
            shown = isolated(shown)
        painter.drawText(
            self.rect(), int(self._look.leading | Qt.AlignmentFlag.AlignVCenter), shown
        )
