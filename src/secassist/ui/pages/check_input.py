"""Check an e-mail: where it is pasted, opened or dropped, and how to get hold of all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.ports import MailProgram
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Rule
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

_MOST_TYPED = 32 * 1024 * 1024
_SHOWN = 20_000
_LINE = 1_000
"""Characters that the text box takes; a longer paste is kept beside it, so typing stays quick."""


def start_of(text: str) -> str:
    """As much of ``text`` as a text box can show at once, whatever its lines are like."""
    return "\n".join(line[:_LINE] for line in text[:_SHOWN].split("\n"))


class MailBox(QPlainTextEdit):
    """The text box. Tab leaves it; what is dropped goes to the window."""

    too_much = Signal(object)
    """A text (str) was pasted that is more than the box can hold; as an object, uncopied."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setFont(look.font(Role.BODY, address=True))
        self.setUndoRedoEnabled(True)
        self.setFixedHeight(look.px(150))

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if start_of(text) == text:
            self.insertPlainText(text)
        else:
            self.too_much.emit(text)


class CheckInputPage(Page):
    """Give us the mail."""

    check = Signal(object)
    """Judge this text (str; as an object, since a long one takes time to copy)."""
    open_file = Signal()

    def __init__(
        self,
        look: Look,
        programs: Callable[[], Sequence[MailProgram]],
        parent: QWidget | None = None,
    ) -> None:
        """``programs`` is called when the page is shown for the first time."""
        super().__init__(look, look.tr("Check an e-mail"), parent=parent)
        self._load_programs = programs
        self._whole = ""
        self.heading(look.tr("Check an e-mail"))
        self.column.addSpacing(18)
        self.box = MailBox(look)
        self.box.setPlaceholderText(
            look.tr("Paste the whole e-mail here, or drop a file on this window.")
        )
        a11y.name(self.box, look.tr("The e-mail"), look.tr("Paste the whole e-mail here."))
        self.box.textChanged.connect(self._changed)
        self.box.too_much.connect(self.set_text)
        self.card = Card(look, padding=(20, 20))
        self.card.column.addWidget(self.box)
        self.card.column.addSpacing(16)
        self.main = Button(look, look.tr("Check this e-mail"), Kind.FILLED, "mailcheck")
        self.main.activated.connect(self._check)
        paste = Button(look, look.tr("Paste"), Kind.OUTLINED, "paste")
        paste.activated.connect(self.paste)
        open_button = Button(look, look.tr("Open a file…"), Kind.OUTLINED, "folder")
        open_button.activated.connect(self.open_file)
        row = FlowRow(look)
        for button in (self.main, paste, open_button):
            row.add(button)
        kept = Label(
            look, look.tr("The text stays here. Nothing is kept."), Role.SMALL, "text2", wrap=False
        )
        row.add(kept, at_end=True)
        self._row = row
        self.card.column.addWidget(row)
        self.column.addWidget(self.card)
        self.column.addSpacing(18)
        self.column.addWidget(self._how_to())
        self.column.addStretch(1)
        self.first = self.box
        self._changed()

    def _how_to(self) -> Card:
        look = self.look
        card = Card(look, padding=(20, 16))
        self._how_title = Label(look, look.tr("How do I get the full message?"), Role.HEADING)
        card.column.addWidget(self._how_title)
        card.column.addSpacing(4)
        card.column.addWidget(
            Label(
                look,
                look.tr(
                    "The hidden top part of a mail shows the way it came."
                    " Copying only the text loses it."
                ),
                Role.SMALL,
                "text2",
            )
        )
        card.column.addSpacing(8)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.programs: list[Disclosure] = []
        card.column.addLayout(self._list)
        return card

    def enter(self) -> None:
        super().enter()
        QTimer.singleShot(0, self, self.fill_list)  # the box comes first

    def fill_list(self) -> None:
        """One row a program; the places where it runs stand inside. Does so once."""
        if self.programs:
            return
        by_name: dict[str, list[MailProgram]] = {}
        for program in self._load_programs():
            by_name.setdefault(program.name, []).append(program)
        for name, variants in by_name.items():
            if self.programs:
                self._list.addWidget(Rule(self.look))
            row = Disclosure(
                self.look,
                name,
                build=partial(self._variants, variants),
                strong=False,
                indent=self.look.px(28),
            )
            self.programs.append(row)
            self._list.addWidget(row)

    def _variants(self, variants: Sequence[MailProgram], column: QVBoxLayout) -> None:
        for place, program in enumerate(variants):
            if program.platform and len(variants) > 1:
                column.addSpacing(8 if place else 0)
                column.addWidget(Label(self.look, _capital(program.platform), Role.SMALL_STRONG))
            self._steps(program, column)

    def _steps(self, program: MailProgram, column: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for number, step in enumerate(program.steps):
            count = Label(self.look, str(number + 1), Role.STRONG, "accent", wrap=False)
            grid.addWidget(count, number, 0)
            grid.addWidget(Label(self.look, step, Role.BODY, "text2"), number, 1)
        column.addLayout(grid)
        if program.note:
            column.addWidget(Label(self.look, program.note, Role.SMALL, "text2"))

    # What the person does

    def paste(self) -> None:
        """Put what was copied into the box."""
        copied = QGuiApplication.clipboard().text()
        if copied:
            self.set_text(copied)
            self.box.setFocus()
        else:
            a11y.announce(self, self.look.tr("Nothing was copied yet."), urgent=True)

    def set_text(self, text: str) -> None:
        """Show ``text``; of a very long one only the start, but all of it is checked."""
        text = text[:_MOST_TYPED]
        shown = start_of(text)
        self._whole = text if shown != text else ""
        self.box.setReadOnly(bool(self._whole))
        self.box.setPlainText(shown)

    def text(self) -> str:
        return self._whole or self.box.toPlainText()

    def clear(self) -> None:
        self._whole = ""
        self.box.setReadOnly(False)
        self.box.clear()

    def show_how_to(self) -> None:
        """Go to "How do I get the full message?" (F1)."""
        self.fill_list()
        self.ensureWidgetVisible(self._how_title)
        if self.programs:
            if not any(row.is_open for row in self.programs):
                self.programs[0].set_open(True)
            row = self.programs[0]
            row.row.setFocus()
            self.ensureWidgetVisible(row)
        a11y.announce(self, self._how_title.text())

    def set_welcoming(self, welcoming: bool) -> None:
        """A file is being dragged over the window."""
        self.card.set_welcoming(welcoming)
        self.box.setPlaceholderText(
            self.look.tr("Let go to check it")
            if welcoming
            else self.look.tr("Paste the whole e-mail here, or drop a file on this window.")
        )

    def _check(self) -> None:
        self.check.emit(self.text())

    def _changed(self) -> None:
        if self.main is None:
            return
        empty = self.box.document().isEmpty()
        self.main.set_available(not empty, self.look.tr("Paste an e-mail first."))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
