"""What pages with mails out of a mailbox share: their rows, which get their verdicts later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.mailbox_row import MailRow
from secassist.ui.pages.page import TOP, Page
from secassist.ui.turns import in_next_turn

if TYPE_CHECKING:
    from secassist.usecases.scan_mailbox import Judged

Item = TypeVar("Item")
_AT_ONCE: Final = 12
"""Rows made in one turn: more would make the window wait."""


class MailListPage(Page):
    """A page with rows of mails."""

    opened = Signal(object)
    """Show the verdict on this mail (Judged)."""
    another_wanted = Signal()
    watch_wanted = Signal()
    """Watch this mailbox."""

    def __init__(
        self,
        look: Look,
        now: datetime,
        *,
        pending: bool,
        top: int = TOP,
        parent: QWidget | None = None,
    ) -> None:
        """``pending``: the verdicts are still to come."""
        super().__init__(look, look.tr("Flooded inbox"), top=top, parent=parent)
        self.now = now
        self.rows: list[MailRow] = []
        self._pending = pending

    def make_row(self, judged: Judged, *, number: int = 0, during: bool = False) -> MailRow:
        """A row that is kept up to date. ``number``: of its pin; ``during``: within the flood."""
        row = MailRow(
            self.look, judged, self.now, number=number, during=during, pending=self._pending
        )
        row.opened.connect(self.opened)
        row.set_narrow(self.narrow)
        self.rows.append(row)
        return row

    def add_in_turns(
        self, items: Sequence[Item], add: Callable[[Item], None], done: Callable[[], None]
    ) -> None:
        """Call ``add`` for each of them, some in this turn of the loop, others in the next."""
        for item in items[:_AT_ONCE]:
            add(item)
        rest = items[_AT_ONCE:]
        if rest:
            in_next_turn(self, lambda: self.add_in_turns(rest, add, done))
        else:
            done()
        self.settle()

    def show_judged(self, judged: Judged) -> None:
        """A verdict has come."""
        for row in self.rows:
            mail = row.judged.mail
            if (mail.store, mail.place) == (judged.mail.store, judged.mail.place):
                row.show_judged(judged.of(mail))

    def end_waiting(self) -> None:
        """No more verdicts will come: what has none was not checked."""
        self._pending = False
        for row in self.rows:
            if row.judged.verdict is None:
                row.show_judged(row.judged)

    def enter(self) -> None:
        super().enter()
        if self.first is not None:
            a11y.announce(self.first, self.first.accessibleName(), urgent=True)

    def arrange(self, narrow: bool) -> None:
        """Rows as columns."""
        for row in self.rows:
            row.set_narrow(narrow)
