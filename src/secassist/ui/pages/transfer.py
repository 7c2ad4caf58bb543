"""Codes from elsewhere, tried dry first; and copies for elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.keys import NewSecret
from secassist.ui.pages.opening import OpeningPage
from secassist.ui.pages.page import Page
from secassist.ui.theme import LARGE_TEXT, Role
from secassist.ui.widgets.answers import Answer, Answers
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.chip import Chip
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.twofactor.planning import Planned

_MOST_ROWS: Final = 50
"""At once; as many again whenever more are wanted."""
_APPS: Final = (
    "Aegis, 2FAS, andOTP, Authy, Bitwarden, Ente Auth, FreeOTP, Google Authenticator,"
    " KeePassXC (CSV), Proton Authenticator, Raivo, Stratum, otpauth://, PNG, JPEG"
)


class ImportPage(Page):
    """Which file?"""

    open_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Bring codes from elsewhere"), parent=parent)
        self.back_row(look.tr("Back"))
        self.heading(
            look.tr("Bring codes from elsewhere"),
            look.tr("Nothing is kept before you have seen the list. The old app stays as it is."),
        )
        self.column.addSpacing(16)
        self._card = Card(look, padding=(30, 30), spacing=8)
        self._card.set_dashed(True)
        self._card.column.addWidget(
            Label(look, look.tr("Drop the file here, or open it."), Role.HEADING)
        )
        self._card.column.addWidget(
            Label(look, look.tr("We can read: {names}", names=_APPS), Role.BODY, "text2")
        )
        self._card.column.addSpacing(8)
        self.main = Button(look, look.tr("Open files…"), Kind.FILLED, "folder")
        self.main.activated.connect(self.open_wanted)
        row = FlowRow(look)
        row.add(self.main)
        self._card.column.addWidget(row)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self.first = self.main

    def refuse(self, sentence: str) -> None:
        """The file cannot be read."""
        self.tell(self.look.tr("We could not read this."), sentence, icon="drive", tone="warn")

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        self._card.set_welcoming(welcoming)


class FilePasswordPage(OpeningPage):
    """The file is locked."""

    entered = Signal(str)

    def __init__(self, look: Look, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            look.tr("Another file"),
            look.tr("This file is locked"),
            look.tr("Type the password that you gave it in the other app."),
            (Field(look, look.tr("Password of the file"), secret=True, note=sentence),),
            look.tr("Open the file"),
            parent,
        )

    def missing(self) -> str:
        return "" if self.field.text() else self.look.tr("Type the password of the file first.")

    def enter_typed(self) -> None:
        self.entered.emit(self.field.text())


class DryRunPage(Page):
    """What would come over, what is there already, what cannot come and why."""

    import_wanted = Signal()

    def __init__(
        self,
        look: Look,
        planned: Sequence[Planned],
        form: str,
        notes: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.tr("What would come over"), parent=parent)
        new = sum(step.status.value == "new" for step in planned)
        there = sum(step.status.value == "duplicate" for step in planned)
        rejected = len(planned) - new - there
        self.back_row(look.tr("Another file"))
        title = self.heading(
            look.tr("What would come over"),
            look.tr(
                "From {form}: {new} new, {there} there already, {rejected} cannot come.",
                form=form,
                new=new,
                there=there,
                rejected=rejected,
            ),
        )
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addSpacing(14)
        for note in notes:
            self.column.addWidget(Strip(look, look.tr("Please note"), note, tone="warn"))
            self.column.addSpacing(10)
        self._planned = sorted(planned, key=lambda step: step.status.value != "rejected")
        self._shown = 0
        self._card = Card(look, padding=(20, 4))
        self.column.addWidget(self._card)
        self.more = Button(look, look.tr("Show more"), Kind.OUTLINED, "down")
        self.more.activated.connect(self.show_more)
        self._below = FlowRow(look)
        self._below.add(self.more)
        self.column.addSpacing(8)
        self.column.addWidget(self._below)
        self.show_more()
        self.column.addSpacing(16)
        self.main = Button(
            look,
            look.plural("Bring over {count} code", "Bring over {count} codes", new),
            Kind.FILLED,
            "inbox",
        )
        self.main.activated.connect(self.import_wanted)
        self.main.set_available(new > 0, look.tr("There is nothing new in it."))
        row = FlowRow(look)
        row.add(self.main)
        self.column.addWidget(row)
        self.column.addStretch(1)
        self.first = title

    def show_more(self) -> None:
        """As many again; those that cannot come are the first."""
        for step in self._planned[self._shown : self._shown + _MOST_ROWS]:
            self._card.add_row(self._row(step))
            self._shown += 1
        self._below.setVisible(self._shown < len(self._planned))

    def _row(self, step: Planned) -> QWidget:
        look = self.look
        words, tone = {
            "new": (look.tr("New"), "good"),
            "duplicate": (look.tr("There already"), "slate"),
            "rejected": (look.tr("Cannot come"), "warn"),
        }[step.status.value]
        entry = step.entry
        title = " · ".join(filter(None, (entry.issuer, entry.name))) or look.tr("(no name)")
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(16)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Label(look, title, Role.STRONG, address=True))
        if step.reason:
            texts.addWidget(Label(look, look.tr(step.reason), Role.SMALL, "text2"))
        row.addLayout(texts, 1)
        chip = Chip(look, words, tone)
        a11y.name(chip, f"{title}: {words}")
        if look.theme.scale < LARGE_TEXT:
            row.addWidget(chip)
        else:
            texts.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeading)
        return box


class ExportPage(Page):
    """A copy for elsewhere: locked, on paper, or open."""

    wanted = Signal(str, str)
    """``aegis``, ``google``, ``paper`` or ``addresses``, and the password of the first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Save a copy"), parent=parent)
        self.back_row(look.tr("All codes"))
        self.heading(
            look.tr("Save a copy"),
            look.tr("Keep one away from this computer, for the day when it is lost."),
        )
        self.column.addSpacing(16)
        card = Card(look, padding=(28, 24), spacing=12)
        card.column.addWidget(Label(look, look.tr("A locked file"), Role.HEADING))
        card.column.addWidget(
            Label(
                look,
                look.tr("Aegis and many other apps open it with the password."),
                Role.BODY,
                "text2",
            )
        )
        self.fields = NewSecret(look, look.tr("Password for the file"))
        for field in self.fields.both:
            field.changed.connect(self._changed)
            field.entered.connect(self.press_main)
            card.column.addWidget(field)
        self.main = Button(look, look.tr("Save the locked file…"), Kind.FILLED, "save")
        self.main.activated.connect(lambda: self.wanted.emit("aegis", self.fields.first.text()))
        row = FlowRow(look)
        row.add(self.main)
        card.column.addWidget(row)
        self.column.addWidget(card)
        self.column.addSpacing(16)
        others = Answers(
            look,
            (
                Answer(
                    "google",
                    look.tr("To {app} on a phone", app="Google Authenticator"),
                    look.tr("Picture codes that the phone looks at. Nothing is saved."),
                    "phone",
                ),
                Answer(
                    "paper",
                    look.tr("A sheet to print"),
                    look.tr("Picture codes and spare codes. Whoever has it has your codes."),
                    "print",
                ),
                Answer(
                    "addresses",
                    look.tr("An open list"),
                    look.tr("For apps that read nothing else. Delete it afterwards."),
                    "unlock",
                ),
            ),
        )
        others.chosen.connect(lambda form: self.wanted.emit(form, ""))
        self.column.addWidget(others)
        self.column.addStretch(1)
        self.first = self.fields.first.box
        self._changed()

    def _changed(self) -> None:
        if self.main is not None:
            missing = self.fields.missing()
            self.main.set_available(not missing, missing)

    def say_saved(self, left_out: Sequence[str]) -> None:
        """It was written; and what it could not hold."""
        look = self.look
        sentence = look.tr("Now put it where this computer cannot take it along.")
        if left_out:
            sentence = look.tr("It has no place for: {names}.", names=", ".join(left_out[:10]))
        self.tell(look.tr("The copy is saved."), sentence, icon="check")

    def say_none_fits(self, left_out: Sequence[str]) -> None:
        """There is nothing that the other app could take."""
        look = self.look
        names = ", ".join(left_out[:10])
        self.show_strip(
            Strip(
                look,
                look.tr("None of them can come along."),
                look.tr("It has no place for: {names}.", names=names),
                tone="warn",
            )
        )
