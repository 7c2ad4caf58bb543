"""One account: its picture code for a second device, its spare codes, and how to part with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.account_head import AccountHead
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.picture_code import PictureCode

if TYPE_CHECKING:
    from secassist.twofactor.repository import Saved


class AccountPage(Page):
    """What there is besides the code."""

    remove_wanted = Signal()
    copied = Signal(str)

    def __init__(
        self, look: Look, saved: Saved, *, show_picture: bool = False, parent: QWidget | None = None
    ) -> None:
        account = saved.account
        title = account.issuer or account.name or look.tr("(no name)")
        super().__init__(look, title, parent=parent)
        self._saved = saved
        self.back_row(look.tr("All codes"))
        head = AccountHead(look, title, account.name if account.issuer else "")
        self.column.addWidget(head)
        self.column.addSpacing(16)
        self.second = self._card(
            look.tr("Show it to a second device"),
            look.tr("A picture code for your phone"),
            "phone",
            self._picture,
        )
        self.column.addSpacing(14)
        self.spare = self._card(
            look.tr("Spare codes"), _where(look, saved), "key", self._spare_codes
        )
        self.column.addSpacing(14)
        self.part = self._card(
            look.tr("Forget this account"),
            look.tr("Only after it is off at the site"),
            "x",
            self._parting,
        )
        self.column.addStretch(1)
        self.first = head.title
        if show_picture:
            self.second.set_open(True)
            self.first = self.second.row

    def _card(
        self, title: str, note: str, icon: str, build: Callable[[QVBoxLayout], None]
    ) -> Disclosure:
        """A card that opens."""
        card = Card(self.look, padding=(20, 4))
        opening = Disclosure(self.look, title, note, icon=icon, build=build)
        card.column.addWidget(opening)
        self.column.addWidget(card)
        return opening

    def _picture(self, column: QVBoxLayout) -> None:
        from secassist.twofactor import otpauth, qr_drawing

        look = self.look
        column.addWidget(
            Label(
                look,
                look.tr("Open the code app of your phone and point it here. Nobody should watch."),
            )
        )
        column.addWidget(
            PictureCode(
                qr_drawing.matrix(otpauth.write(self._saved.account)),
                look.tr("Picture code for {account}", account=self._saved.account.title),
            )
        )
        self.settle()

    def _spare_codes(self, column: QVBoxLayout) -> None:
        look = self.look
        if not self._saved.spare_codes:
            column.addWidget(Label(look, look.tr("None are kept here."), Role.BODY, "text2"))
            return
        for code in self._saved.spare_codes:
            column.addWidget(Label(look, code, Role.STRONG, address=True))
        button = Button(look, look.tr("Copy all"), Kind.OUTLINED, "copy")
        button.activated.connect(lambda: self.copied.emit("\n".join(self._saved.spare_codes)))
        row = FlowRow(look)
        row.add(button)
        column.addWidget(row)
        self.refresh_letters()
        self.settle()

    def _parting(self, column: QVBoxLayout) -> None:
        look = self.look
        column.addWidget(
            Label(
                look,
                look.tr(
                    "Switch it off at the site first. If you do not, the site asks for a code"
                    " that you no longer have."
                ),
            )
        )
        button = Button(look, look.tr("It is off at the site: forget it"), Kind.OUTLINED, "x")
        button.activated.connect(self.remove_wanted)
        row = FlowRow(look)
        row.add(button)
        column.addWidget(row)
        column.addWidget(
            Label(
                look,
                look.tr("A copy that is made just before still has it."),
                Role.SMALL,
                "text2",
            )
        )
        self.refresh_letters()
        self.settle()


def _where(look: Look, saved: Saved) -> str:
    tr = look.tr
    if saved.spare_codes:
        count = len(saved.spare_codes)
        return look.plural("{count} kept here", "{count} kept here", count)
    return {
        "paper": tr("You have them on paper"),
        "elsewhere": tr("You keep them elsewhere"),
        "none": tr("The site gave none"),
    }.get(saved.spare_codes_place, tr("Not kept yet"))
