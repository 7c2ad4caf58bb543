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
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Rule
from secassist.ui.widgets.choice import Segments
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited

ROWS: Final = 50
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
        super().__init__(look, look.tr("All accounts"), 24, parent)
        self._accounts = accounts
        self._found: Sequence[Audited] = ()
        self._which = ALL
        self.rows: list[AccountRow] = []
        tr = look.tr
        self.back_row(tr("All passwords"))
        self.column.addSpacing(8)
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
        while (item := self._list.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        self._found = found(self._accounts, self.box.text(), self._which)
        self._show_more()
        words = self.box.text().strip()
        tr = self.look.tr
        self._none.setText(tr("Nothing called “{words}”", words=words) if words else tr("None yet"))
        self._none.setVisible(not self._found)
        self._list.setVisible(bool(self._found))

    def _show_more(self) -> None:
        start = len(self.rows)
        for account in self._found[start : start + ROWS]:
            if self.rows:
                self._list.column.addWidget(Rule(self.look))
            row = AccountRow(self.look, account)
            row.fix_wanted.connect(self.fix_wanted)
            row.set_narrow(self.narrow)
            self.rows.append(row)
            self._list.column.addWidget(row)
            row.show()
        left = len(self._found) - len(self.rows)
        count = self.look.locale.toString(left)
        self.more.set_label(self.look.tr("Show more ({count} left)", count=count))
        self._below.setVisible(left > 0)
        if start and start < len(self.rows):
            self.rows[start].fix.setFocus()
        self._below.refresh()
        self.refresh_letters()
        self.settle()

    def go_to_search(self) -> None:
        """Go to the search (Ctrl+F)."""
        self.box.setFocus()
        self.box.selectAll()

    def arrange(self, narrow: bool) -> None:
        for row in self.rows:
            row.set_narrow(narrow)
