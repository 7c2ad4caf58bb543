"""One plan: one step open at a time, what was done and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from secassist.plans import words
from secassist.plans.progress import State, StepState
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment
from secassist.ui.pages.page import Page
from secassist.ui.plan_words import journal_lines, time_needed
from secassist.ui.theme import LARGE_TEXT, Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Rule
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.progress_bar import ProgressBar
from secassist.ui.widgets.step_row import BEAD, GAP, Stage, StepRow
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.plans.plan import Step
    from secassist.usecases.plan_desk import Kept

_ICONS: Final = {
    "open-site": "net",
    "change-password": "net",
    "two-step": "phone",
    "check-password": "key",
    "sent-list": "search",
    "check-mail": "mailcheck",
    "scan-mailbox": "flood",
    "report-and-delete": "shield",
    "save-report": "save",
    "remind-later": "bell",
    "mark-done": "check",
}
_FIRST_LINES: Final = 12
_TOP: Final = Qt.AlignmentFlag.AlignTop


class PlanPage(Page):
    """A plan that was started. It changes nothing by itself: it says what the person wants."""

    marked = Signal(str, str)
    """Id of the step, and ``done`` or ``not-for-me``."""
    acted = Signal(object)
    """Do what the button of the open step (Step) does."""
    undo_wanted = Signal()
    leave_wanted = Signal()
    """Leave out all steps that are open."""
    remind_wanted = Signal()
    report_wanted = Signal()
    copy_wanted = Signal(str)
    keep_wanted = Signal()
    next_wanted = Signal(str)
    """Id of a plan that may be wanted now."""

    def __init__(
        self,
        look: Look,
        kept: Kept,
        now: datetime,
        *,
        can: Callable[[Step], bool] = lambda step: True,
        more: Sequence[str] = (),
        locked: bool = False,
        at_step: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``can``: whether the button of a step does something here; if not, only "done" is left.

        ``more``: lines to show in the open step. ``at_step``: the focus goes to the open step.
        """
        self.kept = kept
        self._now = now
        self._can = can
        self._more = more
        one = kept.progress
        self._said = words.filled(one.plan.title, one.organisation, look.tr)
        super().__init__(look, self._said, parent=parent)
        self._rows: list[StepRow] = []
        self._open = next((s for s in one.steps if s.state is State.OPEN), None)
        self._done = sum(s.state is not State.OPEN for s in one.steps)
        undo = Button(look, look.tr("Undo"), Kind.LINK, "undo")
        undo.activated.connect(self.undo_wanted)
        self.back_row(look.tr("All plans"), *((undo,) if one.run.marks else ()))
        if one.organisation is not None:
            self.column.addWidget(Label(look, one.organisation.name, Role.SMALL_STRONG, "text2"))
        title = self.heading(self._said, words.filled(one.plan.about, one.organisation, look.tr))
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self._bar()
        self._notes(locked)
        if self._open is None:
            self._finish()
        self._steps(one.steps)
        if self._open is None:
            self._follow()
        self._journal()
        self._foot()
        self.column.addStretch(1)
        if at_step and self._rows:
            shown = [row for row in self._rows if row.title.focusPolicy() != Qt.FocusPolicy.NoFocus]
            self.first = shown[0].title if shown else title

    # Parts

    def _bar(self) -> None:
        look, steps = self.look, len(self.kept.progress.steps)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(ProgressBar(look, self._done, steps), 1)
        left_out = sum(s.state is State.NOT_FOR_ME for s in self.kept.progress.steps)
        done = self._done - left_out
        said = (
            look.tr("{done} of {all} done, {left} left out", done=done, all=steps, left=left_out)
            if left_out
            else look.tr("{done} of {all} done", done=done, all=steps)
        )
        row.addWidget(Label(look, said, Role.SMALL_STRONG, "text2", wrap=False))
        self.column.addSpacing(12)
        self.column.addLayout(row)
        self.column.addSpacing(16)

    def _notes(self, locked: bool) -> None:
        look, run = self.look, self.kept.progress.run
        if not self.kept.is_kept:
            label = look.tr("Unlock") if locked else look.tr("Keep this plan")
            keep = Button(look, label, Kind.OUTLINED, "unlock" if locked else "save")
            keep.activated.connect(self.keep_wanted)
            self._note(
                Strip(
                    look,
                    look.tr("This plan is not kept yet."),
                    look.tr("You can go on all the same. It is gone when this window closes."),
                    icon="drive",
                    buttons=(keep,),
                )
            )
        if run.wave and self._open is not None:
            self._note(
                Strip(
                    look,
                    look.tr("Many people got this mail in those days."),
                    run.wave,
                    icon="info",
                    tone="info",
                )
            )
        answered = any(mark.at >= run.remind_at for mark in run.marks)
        if run.remind_at and not answered and self._open is not None:
            when = datetime.fromtimestamp(run.remind_at, UTC)
            due = when <= self._now
            self._note(
                Strip(
                    look,
                    look.tr("You wanted to look at this again.")
                    if due
                    else look.tr("We remind you."),
                    look.tr("It was for {when}.", when=moment(look, when, self._now))
                    if due
                    else look.tr("On {when}, on the first page.", when=self._when(when)),
                    icon="bell",
                    tone="info",
                )
            )

    def _when(self, when: datetime) -> str:
        return moment(self.look, when, self._now)

    def _note(self, strip: Strip) -> None:
        self.column.addWidget(strip)
        self.column.addSpacing(14)

    def _steps(self, steps: Sequence[StepState]) -> None:
        card = Card(self.look, padding=(20, 6))
        for number, one in enumerate(steps, 1):
            if number > 1:
                card.column.addLayout(self._rule())
            row = self._row(number, len(steps), one)
            self._rows.append(row)
            card.column.addWidget(row)
        self.column.addWidget(card)

    def _rule(self) -> QHBoxLayout:
        """A line below the words, not below the numbers."""
        row = QHBoxLayout()
        row.addSpacing(self.look.px(BEAD) + GAP)
        row.addWidget(Rule(self.look), 1)
        return row

    def _row(self, number: int, steps: int, one: StepState) -> StepRow:
        look, organisation = self.look, self.kept.progress.organisation
        what = words.filled(one.step.what, organisation, look.tr)
        if one is self._open:
            return StepRow(
                look,
                number,
                steps,
                what,
                look.tr("About {time}.", time=time_needed(look, one.step.minutes)),
                Stage.NOW,
                why=words.filled(one.step.why, organisation, look.tr),
                more=self._more,
                buttons=self._buttons(one.step),
            )
        if one.state is State.OPEN:
            note = time_needed(look, one.step.minutes)
            return StepRow(look, number, steps, what, note, Stage.NEXT)
        when = self._when(datetime.fromtimestamp(one.at, UTC))
        done = one.state is State.DONE
        note = (
            look.tr("Done: {when}", when=when) if done else look.tr("Left out: {when}", when=when)
        )
        return StepRow(look, number, steps, what, note, Stage.DONE if done else Stage.LEFT_OUT)

    def _buttons(self, step: Step) -> list[Button]:
        look = self.look
        done = Button(look, look.tr("I have done this"), Kind.OUTLINED, "check")
        found: list[Button] = [done]
        label = words.label(step, self.kept.progress.organisation, look.tr)
        if step.button == "mark-done" or self._more or not self._can(step):
            label = label if step.button == "mark-done" and step.label else done.label
            done = Button(look, label, Kind.FILLED, "check")
            found = [done]
            self.main = done
        else:
            self.main = Button(look, label, Kind.FILLED, _ICONS[step.button])
            self.main.activated.connect(lambda: self.acted.emit(step))
            found.insert(0, self.main)
        done.activated.connect(lambda: self.marked.emit(step.id, State.DONE.value))
        skip = Button(look, look.tr("Not for me"), Kind.QUIET)
        skip.activated.connect(lambda: self.marked.emit(step.id, State.NOT_FOR_ME.value))
        return [*found, skip]

    def _finish(self) -> None:
        look = self.look
        card = Card(look, tone="good", padding=(24, 20), spacing=6)
        title = Label(look, look.tr("This plan is finished."), Role.TITLE)
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        card.column.addWidget(title)
        said = look.tr("Save the report if you want to show it to a bank or a help desk.")
        card.column.addWidget(Label(look, said, Role.BODY, "text2"))
        card.column.addSpacing(8)
        row = FlowRow(look)
        self.main = Button(look, look.tr("Save the report"), Kind.FILLED, "save")
        self.main.activated.connect(self.report_wanted)
        row.add(self.main)
        card.column.addWidget(row)
        self.column.addWidget(card)
        self.column.addSpacing(14)

    def _follow(self) -> None:
        look, organisation = self.look, self.kept.progress.organisation
        if self.kept.following:
            self.group(look.tr("Did something else happen?"))
            more = FlowRow(look, 24)
            for plan in self.kept.following:
                name = words.filled(plan.title, organisation, look.tr)
                link = Button(look, name, Kind.LINK, "plan")
                link.activated.connect(lambda id_=plan.id: self.next_wanted.emit(id_))
                more.add(link)
            self.column.addWidget(more)

    def _journal(self) -> None:
        look = self.look
        lines = journal_lines(look, self.kept, self._now)
        self.column.addSpacing(14)
        card = Card(look, padding=(24, 18), spacing=6)
        top = FlowRow(look)
        top.add(Label(look, look.tr("What happened so far"), Role.STRONG, wrap=False))
        copy = Button(look, look.tr("Copy"), Kind.LINK, "copy")
        text = "\n".join(f"{when}  {what}" for when, what in lines)
        copy.activated.connect(lambda: self.copy_wanted.emit(text))
        top.add(copy, at_end=True)
        card.column.addWidget(top)
        for when, what in lines[:_FIRST_LINES]:
            card.column.addWidget(self._line(when, what))
        if len(lines) > _FIRST_LINES:
            rest = Button(look, look.tr("Show all"), Kind.LINK)
            rest.activated.connect(lambda: self._show_rest(card, rest, lines[_FIRST_LINES:]))
            row = FlowRow(look)
            row.add(rest)
            card.column.addWidget(row)
        self.column.addWidget(card)

    def _show_rest(self, card: Card, button: Button, lines: Sequence[tuple[str, str]]) -> None:
        button.hide()
        for when, what in lines:
            card.column.addWidget(self._line(when, what))
        a11y.announce(self, self.look.tr("All is shown."))

    def _line(self, when: str, what: str) -> QWidget:
        look = self.look
        line = QWidget()
        row = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if self._large else QBoxLayout.Direction.LeftToRight,
            line,
        )
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 if self._large else 14)
        row.addWidget(Label(look, when, Role.SMALL, "text2", wrap=False), 0, _TOP)
        row.addWidget(Label(look, what, Role.SMALL), 1)
        return line

    @property
    def _large(self) -> bool:
        return self.look.theme.scale >= LARGE_TEXT

    def _foot(self) -> None:
        look = self.look
        row = FlowRow(look, 24)
        if self._open is not None:
            remind = Button(look, look.tr("Remind me in 24 hours"), Kind.LINK, "bell")
            remind.activated.connect(self.remind_wanted)
            save = Button(look, look.tr("Save the report…"), Kind.LINK, "save")
            save.activated.connect(self.report_wanted)
            leave = Button(look, look.tr("Leave the rest out"), Kind.LINK, "x")
            leave.activated.connect(self.leave_wanted)
            row.add(save)
            row.add(remind)
            row.add(leave)
            self.column.addSpacing(14)
            self.column.addWidget(row)

    # Behaviour

    def arrange(self, narrow: bool) -> None:
        """The notes of the steps below their words."""
        for row in self._rows:
            row.set_narrow(narrow)

    def enter(self) -> None:
        super().enter()
        if self.first is not None:
            self.ensureWidgetVisible(self.main or self.first)
            a11y.announce(self.first, self.first.accessibleName())
