"""The codes: found by name, copied with one click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from secassist.store.states import ANYONE
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.clock_check import ClockCheck
from secassist.ui.pages.page import Page
from secassist.ui.pages.unfinished import unfinished_strip
from secassist.ui.theme import Role
from secassist.ui.ticker import Ticker
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Rule
from secassist.ui.widgets.code_row import CodeRow
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.twofactor.repository import Saved
    from secassist.usecases.keeper import Keeper, View

MOST_ROWS: Final = 50
"""Shown until the person asks for more."""
_AT_ONCE: Final = 10  # rows: what can be seen
_A_TURN: Final = 4  # rows that the window makes between two of its other duties


class CodesPage(Page):
    """All accounts with their codes; the codes of those that can be seen go on by themselves."""

    add_wanted = Signal()
    go_on_wanted = Signal(object)
    """Go on with a set-up that was not finished (Setup)."""
    looked_after = Signal(object)
    """The account that a reminder was about (Saved) is as it should be."""
    import_wanted = Signal()
    export_wanted = Signal()
    keys_wanted = Signal()
    clock_wanted = Signal()
    lock_wanted = Signal()
    passphrase_wanted = Signal()
    spare_key_wanted = Signal()
    copied = Signal(str)
    next_wanted = Signal(object)
    more_wanted = Signal(object)

    def __init__(
        self, look: Look, keeper: Keeper, view: View, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.tr("Two-step sign-in"), parent=parent)
        self._keeper = keeper
        self._entries = view.entries
        self._rows: dict[str, CodeRow] = {}
        self._found: Sequence[Saved] = ()
        self._limit = MOST_ROWS
        self._placed = 0
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(lambda: self._place(_A_TURN))
        Ticker(self, self.tick)
        self._headline()
        self._search()
        self._notes = QVBoxLayout()
        self.column.addLayout(self._notes)
        self._list = Card(look, padding=(20, 4))
        self.column.addWidget(self._list)
        self._none = Label(look, look.tr("No account is called that."), Role.SMALL, "text2")
        self._more = Button(look, look.tr("Show more"), Kind.OUTLINED, "down")
        self._more.activated.connect(self.show_more)
        self._below = FlowRow(look)
        self._below.add(self._more)
        self.column.addSpacing(8)
        self.column.addWidget(self._none)
        self.column.addWidget(self._below)
        self.column.addSpacing(8)
        self._foot(view)
        self.column.addStretch(1)
        self._spare_key_strip(view)
        for setup in view.unfinished[:1]:
            self._notes.addWidget(unfinished_strip(look, setup, self.go_on_wanted.emit))
            self._notes.addSpacing(14)
        now = keeper.now()
        due = [saved for saved in view.entries if 0 < saved.remind_at <= now]
        for saved in due[:1]:
            self._reminder_strip(saved)
        self.first = self.box
        self.filter("")

    # Parts

    def _headline(self) -> None:
        look = self.look
        sentence = look.tr("Type the code on the site when it asks for one.")
        self.main = Button(look, look.tr("Add an account"), Kind.FILLED, "plus")
        self.main.activated.connect(self.add_wanted)
        self.heading(look.tr("Two-step sign-in"), sentence, self.main)
        self.column.addSpacing(14)

    def _search(self) -> None:
        look = self.look
        self.box = QLineEdit()
        self.box.setFont(look.font(Role.BODY))
        self.box.setMinimumHeight(look.px(44))
        self.box.setMinimumWidth(look.px(240))
        self.box.setMaximumWidth(look.px(300))
        self.box.setPlaceholderText(look.tr("Find an account"))
        a11y.name(self.box, look.tr("Find an account"))
        self.box.textChanged.connect(self.filter)
        right = Button(look, look.tr("Is the clock right?"), Kind.LINK, "clock")
        right.activated.connect(self.clock_wanted)
        row = FlowRow(look)
        row.add(self.box)
        row.add(right, at_end=True)
        self.column.addWidget(row)
        self.column.addSpacing(14)
        self.clock = ClockCheck(self, look.tr("So your codes are right, too."))

    def _foot(self, view: View) -> None:
        look = self.look
        row = FlowRow(look)
        for words, icon, signal in (
            (look.tr("Bring codes from elsewhere…"), "inbox", self.import_wanted),
            (look.tr("Save a copy…"), "save", self.export_wanted),
            (look.tr("Keys and copies…"), "key", self.keys_wanted),
            (look.tr("Lock"), "lock", self.lock_wanted),
        ):
            button = Button(look, words, Kind.OUTLINED, icon)
            button.activated.connect(signal)
            row.add(button)
        self.column.addWidget(row)
        if not view.needs_passphrase:
            self.column.addSpacing(16)
            self.column.addWidget(Label(look, look.tr(ANYONE), Role.SMALL, "text2"))
            choose = Button(look, look.tr("Choose a passphrase"), Kind.LINK, "key")
            choose.activated.connect(self.passphrase_wanted)
            below = FlowRow(look)
            below.add(choose)
            self.column.addWidget(below)
        if view.set_aside:
            self.column.addSpacing(16)
            self.column.addWidget(self._aside(view.set_aside))

    def _aside(self, count: int) -> Strip:
        look = self.look
        return Strip(
            look,
            look.plural("{count} entry can't be read.", "{count} entries can't be read.", count),
            look.tr("We put it aside as it is. All others work."),
            tone="warn",
        )

    def _spare_key_strip(self, view: View) -> None:
        if view.spare_key_kept:
            return
        look = self.look
        button = Button(look, look.tr("Show my spare key"), Kind.OUTLINED, "key")
        button.activated.connect(self.spare_key_wanted)
        strip = Strip(
            look,
            look.tr("You have no spare key yet."),
            look.tr("With it you get in when this computer forgets the key to your codes."),
            icon="key",
            tone="warn",
            buttons=(button,),
        )
        self._notes.addWidget(strip)
        self._notes.addSpacing(14)

    def _reminder_strip(self, saved: Saved) -> None:
        look = self.look
        button = Button(look, look.tr("All is right"), Kind.OUTLINED, "check")
        button.activated.connect(lambda: self.looked_after.emit(saved))
        strip = Strip(
            look,
            look.tr("Have a look at {site}.", site=saved.account.issuer or saved.account.name),
            look.tr("Half a year has passed. Does it still ask for a code? Where are the spares?"),
            icon="bell",
            buttons=(button,),
        )
        self._notes.addWidget(strip)
        self._notes.addSpacing(14)

    # The list

    def filter(self, words: str) -> None:
        """Show the accounts in whose names ``words`` stand."""
        self._found = self._keeper.search(self._entries, words)
        self._limit = MOST_ROWS
        self._none.setVisible(not self._found)
        self._list.setVisible(bool(self._found))
        while (item := self._list.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is None:
                continue
            widget.hide()
            if isinstance(widget, Rule):
                widget.deleteLater()
        self._placed = 0
        self._place(_AT_ONCE)

    def show_more(self) -> None:
        """As many again."""
        first = self._found[self._placed]
        self._limit += MOST_ROWS
        self._place(_A_TURN)
        self._rows[first.id].copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, count: int) -> None:
        """Put so many more rows into the list; the others follow, a few in each turn."""
        end = min(self._limit, len(self._found))
        now = self._keeper.now()
        for saved in self._found[self._placed : min(self._placed + count, end)]:
            if self._placed:
                self._list.column.addWidget(Rule(self.look))
            row = self._row(saved)
            self._list.column.addWidget(row)
            row.show()
            self._show_code(row, now)
            self._placed += 1
        if self._placed < end:
            self._filling.start()
        else:
            self._filling.stop()
        self._below.setVisible(self._placed == end < len(self._found))

    def _row(self, saved: Saved) -> CodeRow:
        row = self._rows.get(saved.id)
        if row is None:
            row = self._rows[saved.id] = CodeRow(self.look, saved)
            row.copy_wanted.connect(self.copied)
            row.next_wanted.connect(self.next_wanted)
            row.more_wanted.connect(self.more_wanted)
            row.set_narrow(self.narrow)
        return row

    def tick(self) -> None:
        """Bring every code that is shown up to date."""
        now = self._keeper.now()
        for row in self._rows.values():
            if not row.isHidden():
                self._show_code(row, now)

    def _show_code(self, row: CodeRow, now: int) -> None:
        if row.saved.account.kind.value != "hotp":
            row.show_code(self._keeper.code(row.saved, now))

    def row_of(self, account_id: str) -> CodeRow | None:
        return self._rows.get(account_id)

    def copy_selected(self) -> None:
        """Copy the code of the row that has the keyboard, or of the only one (Ctrl+C)."""
        focused = QApplication.focusWidget()
        shown = [row for row in self._rows.values() if not row.isHidden()]
        for row in shown:
            if len(shown) == 1 or (focused is not None and row.isAncestorOf(focused)):
                row.act()
                return

    def go_to_search(self) -> None:
        """Go to the search (Ctrl+F)."""
        self.box.setFocus()
        self.box.selectAll()

    # Events

    def arrange(self, narrow: bool) -> None:
        """The codes under the names."""
        for row in self._rows.values():
            row.set_narrow(narrow)
