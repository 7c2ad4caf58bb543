"""All accounts: found by name, the first fifty at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_row import AccountRow
from secassist.ui.theme import Role
from secassist.ui.turns import in_next_turn
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Rule
from secassist.ui.widgets.choice import Segments
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited

ROWS: Final = 50
_AT_ONCE: Final = 8
"""Rows made in one turn: more would make the window wait."""
ALL, TO_FIX, CHANGED = "all", "to-fix", "changed"


def found(accounts: Sequence[Audited], words: str, which: str) -> list[Audited]:
    """The accounts in whose names every one of ``words`` stands."""
    wanted = words.casefold().split()
    return [
        one
        for one in accounts
        if _fits(one, which)
        and all(
            word in f"{one.title}\n{one.site}\n{one.username}\n{one.folder}".casefold()
            for word in wanted
        )
    ]


def _fits(account: Audited, which: str) -> bool:
    if which == TO_FIX:
        return bool(account.findings)
    return bool(account.ticked_at) if which == CHANGED else True


class AccountsPage(Page):
    """The list, what matters most first."""

    fix_wanted = Signal(str)

    def __init__(
        self, look: Look, accounts: Sequence[Audited], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.tr("All accounts"), parent=parent)
        self._accounts = accounts
        self._found: Sequence[Audited] = ()
        self._which = ALL
        self.rows: list[AccountRow] = []
        """Those that are shown."""
        self._made: dict[str, AccountRow] = {}
        self._most = ROWS
        self._turn = 0
        tr = look.tr
        self.back_row(tr("Back"))
        number = look.locale.toString(len(accounts))
        counted = look.plural("{number} account", "{number} accounts", len(accounts), number=number)
        self.heading(tr("All accounts"), counted)
        self.column.addSpacing(14)
        self.box = QLineEdit()
        self.box.setFont(look.font(Role.BODY))
        self.box.setMinimumHeight(look.px(44))
        self.box.setMinimumWidth(look.px(240))
        self.box.setPlaceholderText(tr("Find an account"))
        a11y.name(self.box, tr("Find an account"))
        self.box.textChanged.connect(self._search)
        options = ((ALL, tr("All")), (TO_FIX, tr("To fix")), (CHANGED, tr("Changed")))
        kinds = Segments(look, tr("Which ones"), options, ALL)
        kinds.chosen.connect(self._choose)
        top = FlowRow(look, 16)
        top.add(self.box)
        top.add(kinds)
        self.column.addWidget(top)
        self.column.addSpacing(14)
        self._list = Card(look, padding=(20, 4))
        self.column.addWidget(self._list)
        self._none = Label(look, "", Role.BODY, "text2")
        self.column.addWidget(self._none)
        self.more = Button(look, "", Kind.LINK, "plus")
        self.more.activated.connect(self._show_more)
        self._below = FlowRow(look)
        self._below.add(self.more)
        self.column.addSpacing(8)
        self.column.addWidget(self._below)
        self.column.addStretch(1)
        self.first = self.box
        self._search()

    def _choose(self, which: str) -> None:
        self._which = which
        self._search()

    def _search(self) -> None:
        self._list.hide()  # else each row that goes would have the page laid out anew
        while (item := self._list.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is None:
                continue
            widget.hide()
            if isinstance(widget, Rule):
                widget.deleteLater()
        self.rows = []
        self._found = found(self._accounts, self.box.text(), self._which)
        self._most = ROWS
        words = self.box.text().strip()
        tr = self.look.tr
        self._none.setText(tr("Nothing called “{words}”", words=words) if words else tr("None yet"))
        self._none.setVisible(not self._found)
        self._fill()
        self._list.setVisible(bool(self._found))

    def _show_more(self) -> None:
        start = len(self.rows)
        self._most += ROWS
        self._fill()
        self.rows[start].fix.setFocus()

    def _fill(self) -> None:
        """Show some more of the rows that are wanted, and the others in the next turns."""
        self._turn += 1
        wanted = self._found[: self._most]
        for account in wanted[len(self.rows) : len(self.rows) + _AT_ONCE]:
            row = self._row(account)
            self.rows.append(row)
            self._list.add_row(row)
            row.show()
        left = 0
        if len(self.rows) < len(wanted):
            turn = self._turn
            in_next_turn(self, lambda: self._fill() if turn == self._turn else None)
        else:
            left = len(self._found) - len(self.rows)
        self._below.setVisible(left > 0)
        if left:
            count = self.look.locale.toString(left)
            self.more.set_label(self.look.tr("Show more ({count} left)", count=count))
            self._below.refresh()
            self.refresh_letters()
        self.settle()

    def _row(self, account: Audited) -> AccountRow:
        row = self._made.get(account.id)
        if row is None:
            row = self._made[account.id] = AccountRow(self.look, account)
            row.fix_wanted.connect(self.fix_wanted)
            row.set_narrow(self.narrow)
        return row

    def go_to_search(self) -> None:
        """Go to the search (Ctrl+F)."""
        self.box.setFocus()
        self.box.selectAll()

    def arrange(self, narrow: bool) -> None:
        for row in self._made.values():
            row.set_narrow(narrow)
