"""What the person does not want to hear of: chosen with a reason, listed, taken back in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment_of
from secassist.ui.pages.page import Page
from secassist.ui.pages.passwords_words import account_name, kind_name
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.code_row import RowAction
from secassist.ui.widgets.combo import Combo
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.passwords.exclusions import Exclusion
    from secassist.passwords.findings import Audited


class LeaveOutPage(Page):
    """What to leave out, and why."""

    chosen = Signal(str, str, str)
    """Kind, value and reason, as for ``usecases.audit.exclude``."""

    def __init__(self, look: Look, account: Audited, parent: QWidget | None = None) -> None:
        tr, name = look.tr, account_name(look, account)
        super().__init__(look, tr("Leave out {account}", account=name), parent=parent)
        self.back_row(tr("Back"))
        self.heading(
            tr("Leave out {account}", account=name),
            tr("We say nothing more about it. You can take it back in at any time."),
        )
        self.column.addSpacing(16)
        card = Card(look, padding=(28, 24), spacing=12)
        what = tr("What to leave out")
        card.column.addWidget(Label(look, what, Role.SMALL_STRONG, "text2"))
        self._values = _choices(look, account)
        options = [(key, words) for key, (words, _, _) in self._values.items()]
        self.combo = Combo(look, what, options, options[0][0])
        row = FlowRow(look)
        row.add(self.combo)
        card.column.addWidget(row)
        self.field = Field(look, tr("Why?"), note=tr("A few words. You will want to know later."))
        self.field.changed.connect(self._changed)
        self.field.entered.connect(self.press_main)
        card.column.addWidget(self.field)
        self.main = Button(look, tr("Leave it out"), Kind.FILLED, "check")
        self.main.activated.connect(self._enter)
        below = FlowRow(look)
        below.add(self.main)
        card.column.addWidget(below)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = self.combo
        self._changed()

    def _changed(self) -> None:
        if self.main is not None:
            why_not = self.look.tr("Say why first.")
            self.main.set_available(bool(self.field.text().strip()), why_not)

    def _enter(self) -> None:
        _, kind, value = self._values[self.combo.value()]
        self.chosen.emit(kind, value, self.field.text())


def _choices(look: Look, account: Audited) -> dict[str, tuple[str, str, str]]:
    """Key → words, kind, value."""
    tr, name = look.tr, account_name(look, account)
    found = {"entry": (tr("Only this account: {account}", account=name), "entry", account.id)}
    if account.site:
        words = tr("All accounts at {site}", site=account.site)
        found["site"] = (words, "site", account.site)
    if account.folder:
        words = tr("All in the folder {folder}", folder=account.folder)
        found["folder"] = (words, "folder", account.folder)
    for code in dict.fromkeys(finding.code.value for finding in account.findings):
        words = tr("“{finding}”, for all accounts", finding=kind_name(look, code))
        found[f"rule {code}"] = (words, "rule", code)
    return found


class LeftOutPage(Page):
    """What is left out, with the reasons."""

    back_in_wanted = Signal(str)
    """The id of an exclusion."""

    def __init__(
        self,
        look: Look,
        exclusions: Sequence[Exclusion],
        names: Mapping[str, str],
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        """``names``: what accounts are called, by their ids."""
        super().__init__(look, look.tr("Left out"), parent=parent)
        self._now = now
        self._rows: list[QBoxLayout] = []
        tr = look.tr
        self.back_row(tr("All passwords"))
        title = self.heading(tr("Left out"), tr("We say nothing about these, as you wished."))
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self.column.addSpacing(16)
        if not exclusions:
            card = Card(look, padding=(30, 30), spacing=8)
            card.column.addWidget(Dot(look, "eye", "info", 56))
            card.column.addWidget(Label(look, tr("Nothing is left out"), Role.HEADING))
            how = tr("On the page of an account, choose “Leave this one out”.")
            card.column.addWidget(Label(look, how, Role.BODY, "text2"))
            self.column.addWidget(card)
        else:
            card = Card(look, padding=(20, 4))
            for one in exclusions:
                card.add_row(self._row(one, names))
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _row(self, one: Exclusion, names: Mapping[str, str]) -> QWidget:
        look = self.look
        what = {
            "entry": names.get(one.value) or look.tr("An account that is gone"),
            "rule": look.tr("All findings: {finding}", finding=kind_name(look, one.value)),
            "folder": look.tr("All in the folder {folder}", folder=one.value),
        }.get(one.kind) or look.tr("All accounts at {site}", site=one.value)
        since = moment_of(look, one.since, self._now)
        box = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, box)
        row.setContentsMargins(0, look.px(10), 0, look.px(10))
        row.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(look, what, Role.STRONG, address=True))
        words.addWidget(Label(look, one.reason, Role.SMALL, "text2"))
        words.addWidget(Label(look, look.tr("Since: {when}", when=since), Role.SMALL, "text2"))
        row.addLayout(words, 1)
        back = RowAction(look, look.tr("Take back in"), Kind.OUTLINED, "undo")
        back.activated.connect(lambda: self.back_in_wanted.emit(one.id))
        a11y.name(back, look.tr("Take back in: {what}", what=what))
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows.append(row)
        return box

    def arrange(self, narrow: bool) -> None:
        """The buttons under the words."""
        direction = QBoxLayout.Direction
        for row in self._rows:
            row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
