"""A check on its way: what is being asked, step by step, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.ports import Progress
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.card import Card, Dot, Rule
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.spinner import Bar, Spinner


class StepRow(QWidget):
    """One step: waiting, asking or done."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = QStackedWidget()
        self._state.setFixedSize(look.px(28), look.px(28))
        self._dot = Dot(look, "dots", "slate", 28)
        self._state.addWidget(self._dot)
        self._state.addWidget(Spinner(look, 28))
        self._title = Label(look, title, Role.BODY, "text3")
        self._look = look
        self.note = Label(look, "", Role.SMALL, "text2", address=True)
        self.note.setAlignment(look.trailing | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(11), 0, look.px(11))
        row.setSpacing(14)
        row.addWidget(self._state)
        row.addWidget(self._title, 1)
        row.addWidget(self.note, 1)
        self.done = False

    def show_state(self, state: str, note: str) -> None:
        look = self._look
        self.done = state == "done"
        self._dot.show_as("check" if self.done else "dots", "good" if self.done else "slate")
        self._state.setCurrentIndex(1 if state == "asking" else 0)
        waiting = state == "waiting"
        self._title.setFont(look.font(Role.BODY if waiting else Role.STRONG))
        self._title.set_colour("text3" if waiting else "text")
        self.note.setText(note or (look.tr("Waiting") if waiting else ""))


class CheckRunningPage(Page):
    """Live progress of one check."""

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.tr("Checking"), parent=parent)
        self._rows: dict[str, StepRow] = {}
        self._half_said = False
        self._count = Label(look, "", Role.BODY, "text2")
        cancel = Button(look, look.tr("Cancel"))
        cancel.activated.connect(self.cancelled)
        self._title = self.heading(look.tr("Checking this e-mail…"), self._count, cancel)
        self._title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addSpacing(12)
        self._bar = Bar(look)
        self.column.addWidget(self._bar)
        self.column.addSpacing(16)
        self._card = Card(look, padding=(20, 6))
        self._card.hide()
        self.column.addWidget(self._card)
        self.column.addSpacing(12)
        self._privacy = Label(look, "", Role.SMALL, "text2")
        self.column.addWidget(self._privacy)
        self.column.addStretch(1)
        self.first = self._title

    def start(self, *, offline: bool) -> None:
        """Begin anew, with no step known yet."""
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        while self._card.column.count():
            item = self._card.column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        self._half_said = False
        self._card.hide()
        self._bar.set_part(0)
        self._count.setText(self.look.tr("This takes a few seconds."))
        self._privacy.setText(
            self.look.tr("You are offline by choice. Nothing is asked.")
            if offline
            else self.look.tr(
                "The text of the mail stays here."
                " We ask the internet only about names in its headers."
            )
        )
        a11y.announce(self, self.look.tr("Checking this e-mail"))

    def advance(self, news: Progress) -> None:
        """Show the news of one step."""
        row = self._rows.get(news.step)
        if row is None:
            row = self._add(news)
        row.show_state(news.state, news.note)
        done = sum(row.done for row in self._rows.values())
        total = len(self._rows)
        self._bar.set_part(done / total)
        self._count.setText(
            self.look.tr("All {total} checks are done.", total=total)
            if done == total
            else self.look.tr(
                "{done} of {total} checks done. This takes a few seconds.", done=done, total=total
            )
        )
        if not self._half_said and total > 2 and done * 2 >= total and done < total:
            self._half_said = True
            a11y.announce(self, self.look.tr("Half of it is done"))

    def _add(self, news: Progress) -> StepRow:
        if self._rows:
            self._card.column.addWidget(Rule(self.look))
        row = self._rows[news.step] = StepRow(self.look, news.title)
        self._card.column.addWidget(row)
        self._card.show()
        return row
