"""Look into a mail account on its server: the address, the server, an app password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.facts.mail_servers import Password, likely_host, server_for
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label


class MailboxAccountPage(Page):
    """The server is filled in as far as it is known; the password is kept nowhere."""

    entered = Signal(str, str, str)
    """E-mail address, server and password, as they were typed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Look into your account"), parent=parent)
        self.back_row(look.tr("Back"))
        self.heading(
            look.tr("Look into your account"),
            look.tr("We read the top part of each mail. Nothing is changed or marked as read."),
        )
        self.column.addSpacing(16)
        card = Card(look, padding=(28, 24), spacing=12)
        self.address = Field(look, look.tr("Your e-mail address"), code=True)
        self.host = Field(
            look,
            look.tr("Mail server"),
            note=look.tr("We fill in what we know. Your provider's help page names it, too."),
            code=True,
        )
        self.password = Field(
            look,
            look.tr("App password"),
            note=look.tr(
                "A password for one program only, made in your account. Take it back at any time."
            ),
            secret=True,
        )
        self._hint = Label(look, "", Role.SMALL, "text2")
        self.address.changed.connect(self._address_changed)
        for field in (self.host, self.password):
            field.changed.connect(self._changed)
        for field in (self.address, self.host, self.password):
            field.entered.connect(self.press_main)
        self.main = Button(look, look.tr("Look into it"), Kind.FILLED, "search")
        self.main.activated.connect(self._look)
        row = FlowRow(look)
        row.add(self.main)
        for part in (self.address, self._hint, self.host, self.password, row):
            card.column.addWidget(part)
        self._hint.hide()
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.first = self.address.box
        self._guessed = ""
        self._changed()

    def refuse(self, sentence: str) -> None:
        """It did not work: most often for the password."""
        self.password.complain(sentence)

    def _address_changed(self) -> None:
        known = server_for(self.address.text())
        hint = known.note if known is not None else ""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        if self.host.text() == self._guessed:  # what the person typed stays
            self._guessed = likely_host(self.address.text())
            self.host.box.setText(self._guessed)
        self._changed()

    def _changed(self) -> None:
        missing = self._missing()
        if self.main is not None:
            self.main.set_available(not missing, missing)

    def _missing(self) -> str:
        """Why we cannot look yet; empty where we can."""
        tr = self.look.tr
        known = server_for(self.address.text())
        if known is not None and known.password is Password.NONE:
            return tr("Save your mail to a file, or let Thunderbird fetch it.")
        if "@" not in self.address.text():
            return tr("Type your e-mail address first.")
        if not self.host.text().strip():
            return tr("Type the name of the mail server first.")
        return "" if self.password.text() else tr("Type the app password first.")

    def _look(self) -> None:
        self.entered.emit(self.address.text(), self.host.text(), self.password.text())
