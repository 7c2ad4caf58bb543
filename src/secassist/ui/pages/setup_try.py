"""Set-up, third part: the first code, and what to do where the site does not take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.twofactor.setup import Cause
from secassist.twofactor.words import CAUSES
from secassist.ui.look import Look
from secassist.ui.pages.clock_check import ClockCheck
from secassist.ui.pages.setup_parts import SetupPage, Sunken
from secassist.ui.theme import Role
from secassist.ui.ticker import Ticker
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.code_row import CodeRow
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.twofactor.repository import Saved
    from secassist.usecases.keeper import Keeper
    from secassist.usecases.system_clock import Service


class _CodePage(SetupPage):
    """A screen with the code on it. The account is on disk."""

    copied = Signal(str)
    next_wanted = Signal(object)

    def __init__(
        self,
        look: Look,
        keeper: Keeper,
        saved: Saved,
        title: str,
        sentence: str,
        *,
        can_go_back: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, 2, title, sentence, can_go_back=can_go_back, parent=parent)
        self._keeper = keeper
        self.row = CodeRow(look, saved, more=False)
        self.row.copy_wanted.connect(self.copied)
        self.row.next_wanted.connect(self.next_wanted)
        box = Sunken(look)
        box.column.addWidget(self.row)
        self.body.addWidget(box)
        self.clock = ClockCheck(self, look.tr("So that is not the reason."))
        Ticker(self, self.tick)
        self.first = self.row.copy
        self.tick()

    def tick(self) -> None:
        """Bring the code up to date."""
        if self.row.saved.account.kind.value != "hotp":
            self.row.show_code(self._keeper.code(self.row.saved, self._keeper.now()))

    def arrange(self, narrow: bool) -> None:
        """The code under the names."""
        self.row.set_narrow(narrow)


class TryPage(_CodePage):
    """Type it at the site. Did the site take it?"""

    took = Signal()
    refused = Signal()

    def __init__(
        self, look: Look, keeper: Keeper, saved: Saved, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            keeper,
            saved,
            look.tr("Type this code at {site}", site=name),
            look.tr("It is kept here already, so nothing can get lost."),
            can_go_back=False,
            parent=parent,
        )
        self.body.addWidget(Label(look, look.tr("Did the site take it?"), Role.HEADING))
        row = FlowRow(look)
        for words, icon, signal in (
            (look.tr("Yes, it took it"), "check", self.took),
            (look.tr("No, it did not"), "x", self.refused),
        ):
            button = Button(look, words, Kind.OUTLINED, icon)
            button.activated.connect(signal)
            row.add(button)
        self.body.addWidget(row)
        self.foot.add(
            Label(look, look.tr("You can leave and come back."), Role.SMALL, "text2", wrap=False)
        )

    def show_service(self, service: Service) -> None:
        """What the system says of its own time service; worth a word only where it is off."""
        if service == "off":
            self.clock.offer(service)


class TroublePage(_CodePage):
    """The site did not take it: one cause after the other."""

    again = Signal()
    refused = Signal()
    new_picture = Signal()
    other_device = Signal(str)
    """The code that another device shows."""
    give_up = Signal()

    def __init__(
        self,
        look: Look,
        keeper: Keeper,
        saved: Saved,
        cause: Cause,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        tr = look.tr
        said = CAUSES[cause]
        super().__init__(
            look,
            keeper,
            saved,
            tr(said.headline),
            tr(said.text, site=name),
            can_go_back=True,
            parent=parent,
        )
        self.other: Field | None = None
        if cause is Cause.TOO_LATE:
            self.body.addWidget(
                Label(look, tr("Also look for a blank or a slip in what you typed."))
            )
        elif cause is Cause.CLOCK:
            self._clock()
        elif cause is Cause.OTHER_CODE:
            self._device()
        else:
            self._start_again()
        self.button(tr("Try again"), self.again, icon="refresh")
        if cause is not Cause.START_AGAIN:
            self.button(tr("It still says no"), self.refused, icon="x")

    def _clock(self) -> None:
        look = self.look
        row = FlowRow(look)
        row.add(self.clock.button())
        note = look.tr("Asks three time servers on the internet")
        row.add(Label(look, note, Role.SMALL, "text2", wrap=False))
        self.body.addWidget(row)
        self._service = Label(look, "", Role.SMALL, "text2")
        self._service.hide()
        self.body.addWidget(self._service)

    def show_service(self, service: Service) -> None:
        """What the system says of its own time service."""
        said = {
            "on": self.look.tr("Your system says that it sets the clock by itself."),
            "off": self.look.tr("Your system says that it does not set the clock by itself."),
        }.get(service)
        if said is not None:
            self._service.setText(said)
            self._service.show()

    def _device(self) -> None:
        look = self.look
        self.other = Field(
            look,
            look.tr("The code that the other device shows"),
            note=look.tr("Works without internet, if the other clock is right."),
        )
        self.other.entered.connect(self._enter_other)
        self.body.addWidget(self.other)
        use = Button(look, look.tr("Compare with that device"), Kind.OUTLINED, "phone")
        use.activated.connect(self._enter_other)
        row = FlowRow(look)
        row.add(use)
        self.body.addWidget(row)

    def _start_again(self) -> None:
        look = self.look
        picture = Button(look, look.tr("Bring a new picture code"), Kind.OUTLINED, "scan")
        picture.activated.connect(self.new_picture)
        off = Button(look, look.tr("I do not want it there: forget it"), Kind.LINK)
        off.activated.connect(self.give_up)
        for button in (picture, off):
            row = FlowRow(look)
            row.add(button)
            self.body.addWidget(row)

    def _enter_other(self) -> None:
        if self.other is not None and self.other.text().strip():
            self.other_device.emit(self.other.text())

    def complain(self, sentence: str) -> None:
        """The code of the other device says nothing."""
        if self.other is not None:
            self.other.complain(sentence)
