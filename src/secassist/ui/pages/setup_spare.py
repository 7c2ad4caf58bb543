"""Set-up, last part: the spare codes, one sign-in to prove it all, and done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.setup_parts import SetupPage
from secassist.ui.theme import Role
from secassist.ui.widgets.answers import Answer, Answers
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Dot
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.strip import Strip


class SparePage(SetupPage):
    """The spare codes of the site: typed, pasted or read from a file; and where they are kept."""

    kept = Signal(str, str)
    """Where (``here``, ``paper``, ``elsewhere``, ``none``, ``later``), and the text with them."""
    file_wanted = Signal()
    print_wanted = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            3,
            look.tr("Keep your spare codes"),
            look.tr(
                "{site} gives you codes for the day when this computer is lost. Keep them apart"
                " from it.",
                site=name,
            ),
            can_go_back=False,
            parent=parent,
        )
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setFont(look.font(Role.BODY, address=True))
        self.box.setFixedHeight(look.px(110))
        self.box.setPlaceholderText(look.tr("Type or paste them here"))
        a11y.name(self.box, look.tr("Spare codes"), look.tr("Type or paste them here"))
        self.body.addWidget(self.box)
        row = FlowRow(look)
        read = Button(look, look.tr("Read a file…"), Kind.OUTLINED, "folder")
        read.activated.connect(self.file_wanted)
        self._print = Button(look, look.tr("Print…"), Kind.OUTLINED, "print")
        self._print.activated.connect(lambda: self.print_wanted.emit(self.text()))
        row.add(read)
        row.add(self._print)
        self.body.addWidget(row)
        places = (
            Answer(
                "here",
                look.tr("Keep them with the code, too"),
                look.tr("Locked in here. Have them on paper as well."),
                "lock",
            ),
            Answer(
                "paper",
                look.tr("I have them on paper"),
                look.tr("Best: in a drawer. They are not kept here."),
                "print",
            ),
            Answer(
                "elsewhere",
                look.tr("I keep them elsewhere"),
                look.tr("We only note that you did."),
                "drive",
            ),
            Answer(
                "none",
                look.tr("The site gave me none"),
                look.tr("Some have none. Then look how else they let you in again."),
                "x",
                "slate",
            ),
        )
        card = Answers(look, places)
        card.chosen.connect(self._keep)
        self.body.addWidget(card)
        self.button(look.tr("Later"), partial(self.kept.emit, "later", ""), Kind.LINK)
        self.first = self.box
        self.box.textChanged.connect(self._changed)
        self._changed()

    def text(self) -> str:
        return self.box.toPlainText()

    def set_text(self, text: str) -> None:
        self.box.setPlainText(text)

    def complain(self, sentence: str) -> None:
        """There is no code in the text."""
        self.show_strip(Strip(self.look, self.look.tr("Please look again."), sentence, tone="warn"))
        self.box.setFocus()

    def _changed(self) -> None:
        there = bool(self.text().strip())
        self._print.set_available(there, self.look.tr("Type or paste the codes first."))

    def _keep(self, where: str) -> None:
        self.kept.emit(where, self.text() if where == "here" else "")


class PrivateWindowPage(SetupPage):
    """Prove it once, while the first window is still signed in."""

    worked = Signal()
    failed = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            3,
            look.tr("Try it once"),
            look.tr("Stay signed in where you are. If it fails, you can still put it right."),
            parent=parent,
        )
        self.steps(
            (
                look.tr("Open a private window of your browser: Ctrl+Shift+N or Ctrl+Shift+P."),
                look.tr("Sign in to {site} there, with your password.", site=name),
                look.tr("It asks for a code. Copy it from the list here."),
            )
        )
        self.button(look.tr("Later"), self.worked, Kind.QUIET)
        self.button(look.tr("It works"), self.worked, Kind.FILLED, "check", at_end=True)


class DonePage(SetupPage):
    """Done."""

    to_codes = Signal()
    second_device = Signal()

    def __init__(
        self, look: Look, name: str, *, leads_on: bool = False, parent: QWidget | None = None
    ) -> None:
        """``leads_on``: the button leads back to where the set-up was asked for."""
        super().__init__(
            look,
            4,
            look.tr("Done. {site} has two locks now.", site=name),
            look.tr("We remind you in half a year to look if all is still right."),
            can_go_back=False,
            parent=parent,
        )
        self.body.addWidget(Dot(look, "check", "good", 56))
        self.body.addWidget(
            Strip(
                look,
                look.tr("Is your password on this computer, too?"),
                look.tr("Then one thief gets both. A phone that makes the codes keeps them apart."),
                icon="phone",
                tone="info",
            )
        )
        self.button(look.tr("Show it to my phone"), self.second_device, Kind.OUTLINED, "phone")
        on = look.tr("Go on") if leads_on else look.tr("To my codes")
        self.button(on, self.to_codes, Kind.FILLED, at_end=True)
