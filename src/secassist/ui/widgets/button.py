"""Buttons: filled, outlined, quiet and link. One filled one a page."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeySequence,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.plain import showable
from secassist.ui.theme import Role
from secassist.ui.widgets.pressable import Pressable

RADIUS: Final = 10


class Kind(StrEnum):
    """How loud a button is."""

    FILLED = "filled"
    OUTLINED = "outlined"
    QUIET = "quiet"
    LINK = "link"


class Button(Pressable):
    """A button that wraps its words rather than cut them, and that can say why it is off.

    An unavailable button keeps its place in the tab order; ``activated`` is only sent while it
    is available.
    """

    activated = Signal()
    wants_letter = True
    """False for the buttons of the rows of a list: there are more of them than letters."""

    def __init__(
        self,
        look: Look,
        label: str,
        kind: Kind = Kind.OUTLINED,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.px(6) if kind is Kind.LINK else RADIUS, parent)
        self._kind = kind
        self._icon = icon
        self._label = ""
        self._why_not = ""
        self._letter = -1
        self._show_letter = False
        self.setFont(look.font(Role.STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._clicked)
        self.set_label(label)

    # Words

    @property
    def label(self) -> str:
        return self._label

    @property
    def kind(self) -> Kind:
        return self._kind

    def set_label(self, label: str) -> None:
        self._label = showable(label)
        self.setText(self._label.replace("&", "&&"))
        a11y.name(self, self._label, self._why_not)
        self.updateGeometry()
        self.update()

    def show_icon(self, icon: str) -> None:
        """Another icon, in the same place."""
        self._icon = icon
        self.update()

    def set_letter(self, position: int) -> None:
        """Make Alt with the letter at ``position`` of the label press this button."""
        self._letter = position
        self.setShortcut(QKeySequence(f"Alt+{self._label[position].upper()}"))

    def show_letter(self, shown: bool) -> None:
        self._show_letter = shown
        self.update()

    # Availability

    def set_available(self, available: bool, why_not: str = "") -> None:
        """Switch the button on or off; off, it says ``why_not`` to whoever reaches it."""
        self._why_not = "" if available else why_not
        self.setToolTip(self._why_not)
        a11y.name(self, self._label, self._why_not)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if available else Qt.CursorShape.ArrowCursor
        )
        self.update()

    @property
    def available(self) -> bool:
        return not self._why_not

    @property
    def why_not(self) -> str:
        return self._why_not

    def _clicked(self) -> None:
        if self.available:
            self.activated.emit()
        else:
            a11y.announce(self, self._why_not)

    # Size

    def _padding(self) -> int:
        return {Kind.LINK: 0, Kind.QUIET: 12}.get(self._kind, 20)

    def _icon_room(self) -> int:
        return self._look.px(20) + self._look.px(7) if self._icon else 0

    def _least_height(self) -> int:
        return self._look.px(32 if self._kind is Kind.LINK else 44)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self._label)
        return QSize(2 * self._padding() + self._icon_room() + text + 2, self._least_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def height_at(self, width: int) -> int:
        """The height that the label needs at ``width``."""
        room = max(width - 2 * self._padding() - self._icon_room(), 1)
        lines = self.fontMetrics().boundingRect(
            0, 0, room, 100_000, int(Qt.TextFlag.TextWordWrap), self._label
        )
        extra = self._least_height() - self.fontMetrics().height()
        return max(lines.height() + min(extra, 20), self._least_height())

    # Painting

    def _paint(self, painter: QPainter) -> None:
        fill, line, text = self._tokens()
        if fill or line:
            painter.setBrush(self._look.colour(fill) if fill else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour(line), 1) if line else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS
            )
        self._paint_label(painter, text)

    def _tokens(self) -> tuple[str, str, str]:
        """Fill, outline and text for the state the button is in."""
        down, over = self.isDown(), self._hover
        if not self.available:
            off = {Kind.FILLED: ("sunken", "line"), Kind.OUTLINED: ("", "line")}
            return *off.get(self._kind, ("", "")), "disabled"
        if self._kind is Kind.FILLED:
            fill = "accent_press" if down else "accent_hover" if over else "accent"
            return fill, "", "on_accent"
        if self._kind is Kind.OUTLINED:
            fill = "accent_soft" if down else "hover" if over else "surface"
            return fill, "outline", "text"
        if self._kind is Kind.QUIET:
            return ("hover" if over or down else ""), "", "accent"
        return "", "", "accent"

    def _paint_label(self, painter: QPainter, colour: str) -> None:
        look = self._look
        metrics = self.fontMetrics()
        room = self.width() - 2 * self._padding() - self._icon_room()
        flags = int(Qt.TextFlag.TextWordWrap | look.leading | Qt.AlignmentFlag.AlignVCenter)
        needed = metrics.boundingRect(0, 0, max(room, 1), 100_000, flags, self._label).width()
        content = self._icon_room() + min(needed, room)
        start = self._padding()
        if self._kind is not Kind.LINK:
            start = max((self.width() - content) // 2, start)
        if self._icon:
            size = look.px(20)
            left = self.width() - start - size if look.rtl else start
            painter.drawPixmap(
                left,
                (self.height() - size) // 2,
                look.icon(self._icon, size, colour, dpr=self.devicePixelRatioF()),
            )
            start += self._icon_room()
        left = self._padding() if look.rtl else start
        width = self.width() - start - self._padding()
        font = self.font()
        font.setUnderline(self._kind is Kind.LINK and self._hover and self.available)
        painter.setFont(font)
        painter.setPen(look.colour(colour))
        painter.drawText(QRect(left, 0, width + 2, self.height()), flags, self._label)
        if self._show_letter and self._letter >= 0 and self.height() <= self._least_height():
            self._underline_letter(painter, left)

    def _underline_letter(self, painter: QPainter, left: int) -> None:
        metrics = self.fontMetrics()
        if self._look.rtl:
            left = self.width() - self._padding() - self._icon_room()
            left -= metrics.horizontalAdvance(self._label)
        start = left + metrics.horizontalAdvance(self._label[: self._letter])
        width = metrics.horizontalAdvance(self._label[self._letter])
        base = (self.height() + metrics.ascent() - metrics.descent()) // 2 + 2
        painter.fillRect(start, base, width, max(self._look.px(1.5), 1), painter.pen().color())


def give_letters(buttons: list[Button], taken: str = "") -> None:
    """Give each button an Alt letter of its own, the first that is free in its label."""
    used = set(taken.lower())
    for button in buttons:
        for position, letter in enumerate(button.label.lower()):
            if letter.isascii() and letter.isalpha() and letter not in used:
                used.add(letter)
                button.set_letter(position)
                break
