"""Surfaces: cards, hero cards, lines between rows, dots with an icon."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.painting import painting

CARD_RADIUS: Final = 16
HERO_RADIUS: Final = 20


class Card(QFrame):
    """A rounded surface with a line around it and a column of parts in it."""

    def __init__(
        self,
        look: Look,
        *,
        tone: str = "",
        radius: int = CARD_RADIUS,
        padding: tuple[int, int] = (20, 20),
        spacing: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """``tone`` (good, info, plum, slate, warn, bad) tints it; ``padding`` is (across, down)."""
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self._radius = radius
        self._dashed = False
        self._welcoming = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding[0], padding[1], padding[0], padding[1])
        self.column.setSpacing(spacing)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def add_row(self, row: QWidget) -> None:
        """Put one more row into the column, below a line."""
        if self.column.count():
            self.column.addWidget(Rule(self._look))
        self.column.addWidget(row)

    def set_dashed(self, dashed: bool) -> None:
        """A dashed outline: something can be dropped here."""
        self._dashed = dashed
        self.update()

    def set_welcoming(self, welcoming: bool) -> None:
        """Something is being dragged over it."""
        self._welcoming = welcoming
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        fill = f"{self._tone}_soft" if self._tone else "surface"
        pen = QPen(self._look.colour(f"{self._tone}_line" if self._tone else "line"), 1)
        if self._welcoming:
            fill, pen = "accent_soft", QPen(self._look.colour("accent"), 2)
        elif self._dashed:
            pen = QPen(self._look.colour("outline"), 1.6)
            pen.setDashPattern([4.6, 3.4])
        painter.setPen(pen)
        painter.setBrush(self._look.colour(fill))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._radius, self._radius
        )


def paint_sunken(painter: QPainter, look: Look, area: QRectF, radius: int = 12) -> None:
    """A quiet box inside of a card; with a line around it where colours do not part the two."""
    flat = look.colour("sunken") == look.colour("surface")
    painter.setPen(QPen(look.colour("line"), 1) if flat else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("sunken"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Rule(QWidget):
    """A thin line between rows."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._look.colour("line"))


class Dot(QWidget):
    """An icon in a tinted circle. It has no name: its meaning stands in the row."""

    def __init__(
        self, look: Look, icon: str, tone: str, size: int = 44, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._tone = tone
        self.setFixedSize(look.px(size), look.px(size))

    def show_as(self, icon: str, tone: str) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._look.colour(f"{self._tone}_line"), 1))
        painter.setBrush(self._look.colour(f"{self._tone}_soft"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        size = round(self.width() * 0.46)
        corner = (self.width() - size) // 2
        pixmap = self._look.icon(self._icon, size, self._tone, dpr=self.devicePixelRatioF())
        painter.drawPixmap(corner, corner, pixmap)


class Picture(QWidget):
    """One icon, as it is. It has no name: words beside it say the same."""

    def __init__(
        self,
        look: Look,
        icon: str,
        size: float = 20,
        colour: str = "text2",
        ink: str = "on_tone",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._what = (icon, look.px(size), colour, ink)
        self.setFixedSize(look.px(size), look.px(size))

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        icon, size, colour, ink = self._what
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        pixmap = self._look.icon(icon, size, colour, ink=ink, dpr=self.devicePixelRatioF())
        painter.drawPixmap(0, 0, pixmap)


class Tile(QWidget):
    """The first letter of a name. No picture is ever fetched."""

    _TINTS: Final = ("info", "plum", "slate")  # the hues that say neither good nor bad

    def __init__(
        self, look: Look, text: str, size: int = 44, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._small = size < 40
        letters = [character for character in text if character.isalnum()]
        self._letter = letters[0].upper() if letters else "?"
        self._tint = self._TINTS[ord(self._letter) % len(self._TINTS)]
        self.setFixedSize(look.px(size), look.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        radius = 7 if self._small else 10
        painter.setPen(QPen(self._look.colour(f"{self._tint}_line"), 1))
        painter.setBrush(self._look.colour(f"{self._tint}_soft"))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, radius, radius)
        painter.setPen(self._look.colour(self._tint))
        painter.setFont(self._look.font(Role.SMALL_STRONG if self._small else Role.TITLE))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
