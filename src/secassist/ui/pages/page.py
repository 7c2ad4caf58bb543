"""What all pages share: a scrolling column of at most 880 pixels, centred, with its own keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind, give_letters
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.focus import HOST
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.strip import Strip

MAX_WIDTH: Final = 880
MARGIN: Final = 48
NARROW_MARGIN: Final = 20
TOP: Final = 28
"""Above a headline; above the link back, which leaves it where it is, a little less."""
BACK_TOP: Final = 20
HERO_TOP: Final = 36
"""Above a card that is the headline itself."""
_BELOW_BACK: Final = 12
_ROUNDS: Final = 3  # a label's height can change the width of the page, by its scroll bar


class _Content(QWidget):
    """The inside of a page; keeps its column centred and no wider than is good to read."""

    def __init__(self, column: QVBoxLayout, top: int) -> None:
        super().__init__()
        self._column = column
        self.top = top
        self.narrow = False
        self.setLayout(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.adjust()
        super().resizeEvent(event)

    def adjust(self) -> None:
        margin = NARROW_MARGIN if self.narrow else MARGIN
        side = max(margin, (self.width() - MAX_WIDTH) // 2)
        self._column.setContentsMargins(side, self.top, side, 20)


class _QuietBar(QScrollBar):
    """A scroll bar that keeps its room, but shows itself only where there is more to see.

    A bar that comes and goes changes the width: words that wrap because of it can be what makes it
    needed, and Qt then lays the page out for ever, one call inside the other.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class Page(QScrollArea):
    """One page. Subclasses fill ``column`` and name the widget that the focus goes to first."""

    back = Signal()
    """The person wants to go one step back (Esc, or the link on top)."""

    def __init__(
        self, look: Look, name: str, *, top: int = TOP, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self._content = _Content(self.column, top)
        self._content.setProperty(HOST, True)
        self._strip: Strip | None = None
        self._narrow = False
        self._head: QBoxLayout | None = None
        self.first: QWidget | None = None
        """Where the focus goes when the page is shown."""
        self.main: Button | None = None
        """The filled button; Enter presses it."""
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(_QuietBar(Qt.Orientation.Vertical))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)

    @property
    def narrow(self) -> bool:
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:
        """Rows become columns when there is little room for the size of the text."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self._content.narrow = narrow
            self._content.adjust()
            if self._head is not None:
                direction = QBoxLayout.Direction
                self._head.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
            self.arrange(narrow)

    def arrange(self, narrow: bool) -> None:
        """Place the parts for a narrow or a wide page; the default suits both."""

    def enter(self) -> None:
        """The page is shown: its labels find their heights, its buttons their letters."""
        self.settle()
        self._strip_first()
        self.refresh_letters()
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def press_main(self) -> None:
        """Press the filled button."""
        if self.main is not None:
            self.main.click()

    def settle(self) -> None:
        """Lay everything out now, so that the first picture of the page is the right one.

        Tab goes as one reads: what came later, e.g. into a row that opens, is not the last.
        """
        for _ in range(_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        a11y.tab_order(a11y.as_read(self._content))

    def refresh_letters(self) -> None:
        """Every button that can be seen gets an Alt letter of its own."""
        buttons = self._content.findChildren(Button)
        shown = [
            button
            for button in buttons
            if button.wants_letter and button.label and not button.isHidden()
        ]
        give_letters(sorted(shown, key=lambda button: button.kind is not Kind.FILLED))

    def heading(self, text: str, sentence: str | Label = "", button: Button | None = None) -> Label:
        """Put the page's headline, and a sentence under it, into the column.

        ``sentence``: its label where it changes. ``button`` stands at their end, or below them
        where there is little room.
        """
        title = Label(self.look, text, Role.DISPLAY)
        title.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(title)
        if isinstance(sentence, str) and sentence:
            words.addWidget(Label(self.look, sentence, Role.BODY, "text2"))
        elif isinstance(sentence, Label):
            words.addWidget(sentence)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(16)
        self._head.addLayout(words, 1)
        if button is not None:
            self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self._head)
        return title

    def group(self, text: str, above: int = 18) -> Label:
        """Put the title of a group of cards into the column."""
        title = Label(self.look, text, Role.SMALL_STRONG, "text2")
        self.column.addSpacing(above)
        self.column.addWidget(title)
        self.column.addSpacing(8)
        return title

    def back_row(self, text: str, *more: Button, leads: SignalInstance | None = None) -> FlowRow:
        """Put the one link back, and what else stands on top, into the column.

        ``leads``: where the link leads, if not one step back.
        """
        icon = "right" if self.look.rtl else "left"
        link = Button(self.look, text, Kind.LINK, icon)
        link.activated.connect(leads or self.back)
        row = FlowRow(self.look, 20)
        row.add(link)
        for button in more:
            row.add(button, at_end=button is more[0] and len(more) == 1)
        self._content.top = BACK_TOP
        self._content.adjust()
        self.column.addWidget(row)
        self.column.addSpacing(_BELOW_BACK)
        return row

    def show_strip(self, strip: Strip | None) -> None:
        """Show ``strip`` on top of the page in place of an older one; None removes it."""
        if self._strip is not None:
            self._strip.hide()
            self._strip.deleteLater()
            self.column.takeAt(1)
        self._strip = strip
        if strip is not None:
            self.column.insertWidget(0, strip)
            self.column.insertSpacing(1, 16)
            self._strip_first()
            strip.say()
            self.ensureWidgetVisible(strip)
            self.refresh_letters()

    def tell(self, title: str, sentence: str, *, icon: str = "alert", tone: str = "slate") -> None:
        """Say something on top of the page, until the person goes on."""
        button = Button(self.look, self.look.tr("Go on"), Kind.OUTLINED)
        button.activated.connect(lambda: self.show_strip(None))
        strip = Strip(self.look, title, sentence, icon=icon, tone=tone, buttons=(button,))
        self.show_strip(strip)

    def _strip_first(self) -> None:
        """The strip stands first, so Tab reaches it first.

        Qt changes nothing as long as the page stands alone: in a circle either order is right.
        """
        if self._strip is not None and self._strip.buttons and self.window() is not self:
            buttons: list[QWidget] = list(self._strip.buttons)
            below = [stop for stop in a11y.stops(self._content) if stop not in buttons]
            a11y.tab_order([*buttons, *below])

    @property
    def strip(self) -> Strip | None:
        return self._strip
