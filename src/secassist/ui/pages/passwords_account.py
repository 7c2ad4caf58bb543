"""One account: what was found, who else is concerned, and how to put it right."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.moments import day_of, moment_of
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_fix import CHANGE, KEEP, SECOND_STEP, FixCard, keeper_name
from secassist.ui.pages.passwords_words import account_name, names, said
from secassist.ui.theme import Role
from secassist.ui.widgets.account_head import AccountHead
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited, Finding
    from secassist.usecases.fixing import Address

_FEW: Final = 3
_DAY: Final = len("2026-11-26")
_OF_THE_PASSWORD: Final = frozenset(
    {"breached", "breached-variant", "reused", "similar", "site-breached", "weak"}
)


class PasswordAccountPage(Page):
    """The page of one account."""

    changed = Signal()
    """The person says that the password was changed."""
    not_changed = Signal()
    leave_out_wanted = Signal()
    forget_wanted = Signal()

    def __init__(
        self,
        look: Look,
        account: Audited,
        address: Address,
        keeper: str,
        now: datetime,
        *,
        suggested: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``keeper``: where new passwords are kept, as far as that was said; ``suggested``: where
        the old ones are."""
        self.account = account
        name = account_name(look, account)
        super().__init__(look, name, parent=parent)
        self._now = now
        self._address = address
        self._keeper = keeper if keeper_name(look, keeper) else ""
        self._suggested = suggested
        self.back_row(look.tr("All passwords"))
        self._about(name)
        self.column.addSpacing(14)
        self._findings()
        self.column.addSpacing(14)
        self._steps = QVBoxLayout()
        self.column.addLayout(self._steps)
        self.fix: FixCard | None = None
        self.column.addSpacing(12)
        forget = Button(look, look.tr("This account is closed: forget it"), Kind.LINK, "x")
        forget.activated.connect(self.forget_wanted)
        below = FlowRow(look)
        below.add(forget)
        self.column.addWidget(below)
        self.column.addStretch(1)

    def _about(self, name: str) -> None:
        look, account = self.look, self.account
        below = " · ".join(dict.fromkeys(filter(None, (account.username, account.site))))
        head = AccountHead(look, name, below)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(16)
        self._top.addWidget(head, 1)
        if account.findings:
            leave_out = Button(look, look.tr("Leave this one out"), Kind.LINK)
            leave_out.activated.connect(self.leave_out_wanted)
            self._top.addWidget(leave_out, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(self._top)
        self.first = head.title

    # What was found

    def _findings(self) -> None:
        look, account = self.look, self.account
        card = Card(look, padding=(20, 4))
        for finding in account.findings:
            card.add_row(self._finding(finding))
        if not account.findings:
            card.column.addSpacing(12)
            card.column.addWidget(Label(look, self._nothing()))
            card.column.addSpacing(12)
        self.column.addWidget(card)

    def _nothing(self) -> str:
        tr = self.look.tr
        if self.account.hidden:
            return tr("You left this one out, so we say nothing about it.")
        if self.account.ticked_at:
            return tr("You said that you changed it. A new list shows if all is well.")
        return tr("We found nothing to fix here.")

    def _finding(self, finding: Finding) -> QWidget:
        look = self.look
        words = said(look, self.account, finding)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(14)
        row.addWidget(Dot(look, words.icon, words.tone, 34), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        texts.addWidget(Label(look, words.title, Role.STRONG))
        texts.addWidget(Label(look, words.sentence, Role.SMALL, "text2"))
        at = finding.checked_at
        when = day_of(look, at) if len(at) == _DAY else moment_of(look, at, self._now)
        if when:
            checked = look.tr("Checked: {when}", when=when)
            texts.addWidget(Label(look, checked, Role.SMALL, "text2"))
        if len(finding.others) > _FEW:
            texts.addWidget(self._all_others(finding))
        row.addLayout(texts, 1)
        return box

    def _all_others(self, finding: Finding) -> Disclosure:
        look = self.look

        def build(column: QVBoxLayout) -> None:
            every = names(look, finding.others, len(finding.others))
            column.addWidget(Label(look, every, Role.SMALL, "text2"))
            self.settle()

        count = look.plural("{count} account", "{count} accounts", len(finding.others))
        return Disclosure(look, look.tr("Show all of them"), count, build=build, strong=False)

    # What to do

    @property
    def fixable(self) -> bool:
        """Whether a new password would help."""
        return any(one.code.value in _OF_THE_PASSWORD for one in self.account.findings)

    @property
    def one_lock(self) -> bool:
        """Whether the site offers a second step that we know nothing of."""
        return any(one.code.value == "no-2fa" for one in self.account.findings)

    def start(self) -> FixCard | None:
        """Show the first step that is open; None: there is none."""
        if self.account.ticked_at:
            self._take_back()
            return None
        if self.fixable:
            return self.show_step(CHANGE if self._keeper else KEEP)
        return self.show_step(SECOND_STEP) if self.one_lock else None

    def show_step(self, step: int, keeper: str = "") -> FixCard:
        """Show the steps, with ``step`` open. ``keeper``: it was just chosen."""
        look = self.look
        self._keeper = keeper or self._keeper
        while (item := self._steps.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        site = self.account.site or account_name(look, self.account)
        only_second = not self.fixable
        self.fix = FixCard(
            look,
            step,
            self._keeper or self._suggested,
            self._address,
            site,
            one_lock=self.one_lock,
            only_second=only_second,
        )
        self._steps.addWidget(self.fix)
        self.fix.show()  # now, and not with the next turn: the keyboard goes there
        self.main = self.fix.main
        if self.isVisible():
            self.settle()
            self.refresh_letters()
            self.fix.first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.fix.main or self.fix.first)
        return self.fix

    def _take_back(self) -> None:
        button = Button(self.look, self.look.tr("I did not change it"), Kind.OUTLINED, "undo")
        button.activated.connect(self.not_changed)
        row = FlowRow(self.look)
        row.add(button)
        self._steps.addWidget(row)

    def arrange(self, narrow: bool) -> None:
        """The link under the name."""
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
