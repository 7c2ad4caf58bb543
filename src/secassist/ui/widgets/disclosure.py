"""Rows that can be pressed, and rows that open. Closed by default; they remember nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.card import Dot, Picture, Tile
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.pressable import Pressable


class RowButton(Pressable):
    """A whole row that can be pressed: what stands before it, title, note, chevron."""

    def __init__(
        self,
        look: Look,
        title: str,
        note: str = "",
        *,
        before: QWidget | None = None,
        role: Role = Role.STRONG,
        below: bool = False,
        chevron_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``below`` puts the note under the title, else it stands at the end of the row."""
        super().__init__(look, 8, parent)
        self._below = below
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.title = Label(look, title, role)
        self.note = Label(look, note, Role.SMALL, "text2", wrap=True)
        if not note:
            self.note.hide()
        self._chevron = QWidget()
        self._chevron.setFixedSize(look.px(20), look.px(20))
        self._is_open = False
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(5 if below else 12)
        self._words.addWidget(self.title)
        self._words.addWidget(self.note)
        row = QHBoxLayout(self)
        pad = look.px(12)
        row.setContentsMargins(0, pad, 0, pad)
        row.setSpacing(14 if not chevron_first else 8)
        if chevron_first:
            row.addWidget(self._chevron)
        if before is not None:
            row.addWidget(before)
        row.addLayout(self._words, 1)
        if not chevron_first:
            row.addWidget(self._chevron)
        for inner in (self.title, self.note, self._chevron):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        a11y.name(self, f"{title}, {note}" if note else title)

    def set_open(self, is_open: bool) -> None:
        self._is_open = is_open
        self.update()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else QSize()
        return hint.expandedTo(QSize(0, self._look.px(50)))

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        least = layout.minimumSize() if layout is not None else QSize()
        return QSize(least.width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._below:
            return
        wanted = self.title.sizeHint().width() + self.note.sizeHint().width() + 32
        beside = wanted <= self._words.geometry().width()
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction is not self._words.direction():
            self._words.setDirection(direction)
            self._words.setStretch(0, 1 if beside else 0)
            self._words.setSpacing(12 if beside else 4)
            self.note.setAlignment(
                (self._look.trailing if beside else self._look.leading)
                | Qt.AlignmentFlag.AlignVCenter
            )

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        if self._hover or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("sunken"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(-8, 4, 8, -4), 8, 8)
        icon = "down" if self._is_open else ("left" if look.rtl else "right")
        place = self._chevron.geometry()
        pixmap = look.icon(icon, place.width(), "text2", dpr=self.devicePixelRatioF())
        painter.drawPixmap(place.topLeft(), pixmap)


class Disclosure(QWidget):
    """A row that opens a body under it. The body is built when it is opened for the first time."""

    def __init__(
        self,
        look: Look,
        title: str,
        note: str = "",
        *,
        icon: str = "",
        tile: str = "",
        build: Callable[[QVBoxLayout], None],
        strong: bool = True,
        indent: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """``tile``: a name, whose letter stands in front in place of an icon."""
        super().__init__(parent)
        before: QWidget | None = Tile(look, tile, 28) if tile else None
        if icon:
            before = Picture(look, icon, 20)
        self._look = look
        self._build: Callable[[QVBoxLayout], None] | None = build
        self._title, self._note = title, note
        self.row = RowButton(
            look,
            title,
            note,
            before=before,
            role=Role.STRONG if strong else Role.BODY,
            chevron_first=before is None,
        )
        self.row.clicked.connect(self.toggle)
        self.body = QWidget()
        self._body_column = QVBoxLayout(self.body)
        self._body_column.setContentsMargins(
            indent if not look.rtl else 0, 0, indent if look.rtl else 0, 16
        )
        self._body_column.setSpacing(8)
        self.body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._name()

    @property
    def is_open(self) -> bool:
        return not self.body.isHidden()

    def toggle(self) -> None:
        self.set_open(not self.is_open)

    def set_open(self, is_open: bool) -> None:
        if is_open and self._build is not None:
            self._build(self._body_column)
            self._build = None
            a11y.tab_order([self.row, *a11y.as_read(self.body)])
        self.body.setVisible(is_open)
        self.row.set_open(is_open)
        self._name()

    def _name(self) -> None:
        name = f"{self._title}, {self._note}" if self._note else self._title
        state = self._look.tr("open") if self.is_open else self._look.tr("closed")
        a11y.name(self.row, name, state)


class ChoiceRow(RowButton):
    """A big answer to a question: a dot, what it is, and what else it covers."""

    def __init__(
        self,
        look: Look,
        title: str,
        note: str,
        *,
        icon: str,
        tone: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, title, note, before=Dot(look, icon, tone), below=True, parent=parent)
