"""Putting one account right: where to keep the new password, change it, tick it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from secassist.facts.password_managers import where_to_keep
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.setup_parts import Sunken
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Rule
from secassist.ui.widgets.choice import Segments
from secassist.ui.widgets.combo import Combo
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.step_row import Bead, Stage

if TYPE_CHECKING:
    from secassist.usecases.fixing import Address

PAPER: Final = "paper"
WORDS: Final = "words"
SIGNS: Final = "signs"
KEEP, CHANGE, TICK, SECOND_STEP = range(4)


def keeper_name(look: Look, keeper: str) -> str:
    """What the place where new passwords are kept is called; empty: it is none that we know."""
    if keeper == PAPER:
        return look.tr("On paper, at home")
    return next((one.name for one in where_to_keep() if one.id == keeper), "")


class FixStep(QWidget):
    """One step with room for what belongs to it."""

    def __init__(
        self,
        look: Look,
        place: tuple[int, int],
        title: str,
        note: str,
        stage: Stage,
        parent: QWidget | None = None,
    ) -> None:
        """``place``: its number, counted from 1, and how many steps there are."""
        super().__init__(parent)
        number, steps = place
        now = stage is Stage.NOW
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(12), 0, look.px(12))
        row.setSpacing(14)
        row.addWidget(Bead(look, number, stage), 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, look.px(4), 0, 0)
        self.body.setSpacing(6)
        said = {Stage.DONE: look.tr("done"), Stage.NOW: look.tr("now")}.get(stage, look.tr("next"))
        head = Label(
            look,
            title,
            Role.STRONG if now else Role.BODY,
            "text2" if stage is Stage.DONE else "text",
        )
        name = look.tr(
            "Step {number} of {all}, {state}: {step}",
            number=number,
            all=steps,
            state=said,
            step=title,
        )
        a11y.name(head, name)
        self.head = head
        self.body.addWidget(head)
        if note:
            self.body.addWidget(Label(look, note, Role.BODY if now else Role.SMALL, "text2"))
        row.addLayout(self.body, 1)


class FixCard(Card):
    """The steps of one account. What is to be done about it is asked by signals."""

    keeper_chosen = Signal(str)
    help_wanted = Signal()
    password_wanted = Signal(str)
    """Make a new one: WORDS or SIGNS."""
    copied = Signal(str)
    open_wanted = Signal()
    moved = Signal(int)
    """The person goes to another step."""
    typed = Signal(str)
    changed = Signal()
    set_up_wanted = Signal()

    def __init__(
        self,
        look: Look,
        step: int,
        keeper: str,
        address: Address,
        site: str,
        *,
        one_lock: bool,
        only_second: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``site``: what the site is called. ``one_lock``: it offers a second step, and
        ``only_second``: nothing else is to be done."""
        super().__init__(look, padding=(20, 4), parent=parent)
        self.step = step
        self._look = look
        self._site = site
        self._address = address
        self.main: Button | None = None
        self.first: QWidget = self
        self.field: Field | None = None
        self.password: Label | None = None
        makers = (self._keep, self._change, self._tick, self._second_step)
        self._numbers = range(
            SECOND_STEP if only_second else KEEP, len(makers) if one_lock else SECOND_STEP
        )
        for number in self._numbers:
            if number != self._numbers.start:
                self.column.addWidget(Rule(look))
            stage = Stage.DONE if number < step else Stage.NOW if number == step else Stage.NEXT
            makers[number](stage, keeper)

    def _row(self, stage: Stage, number: int, title: str, note: str) -> QVBoxLayout:
        place = (number - self._numbers.start + 1, len(self._numbers))
        step = FixStep(self._look, place, title, note, stage)
        self.column.addWidget(step)
        if stage is Stage.NOW:
            step.head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.first = step.head
        return step.body

    def _buttons(self, body: QVBoxLayout, *buttons: Button) -> None:
        row = FlowRow(self._look)
        for button in buttons:
            row.add(button)
            if button.kind is Kind.FILLED:
                self.main = button
        body.addSpacing(4)
        body.addWidget(row)

    def _button(
        self, words: str, act: object, kind: Kind = Kind.OUTLINED, icon: str = ""
    ) -> Button:
        button = Button(self._look, words, kind, icon)
        button.activated.connect(act)
        return button

    # The steps

    def _keep(self, stage: Stage, keeper: str) -> None:
        tr = self._look.tr
        title = tr("Where will you keep the new one?")
        note = tr("Nobody can know a strong one for each site by heart.")
        if stage is Stage.DONE:
            note = tr("Here: {place}", place=keeper_name(self._look, keeper))
        body = self._row(stage, KEEP, title, note)
        if stage is Stage.DONE:
            self._buttons(
                body, self._button(tr("Somewhere else"), lambda: self.moved.emit(KEEP), Kind.LINK)
            )
        elif stage is Stage.NOW:
            options = [(one.id, one.name) for one in where_to_keep()]
            options.append((PAPER, keeper_name(self._look, PAPER)))
            self.combo = Combo(self._look, title, options, keeper)
            row = FlowRow(self._look)
            row.add(self.combo)
            body.addWidget(row)
            self._buttons(
                body,
                self._button(
                    tr("I keep it there"),
                    lambda: self.keeper_chosen.emit(self.combo.value()),
                    Kind.FILLED,
                    "check",
                ),
                self._button(tr("Help me choose"), self.help_wanted, Kind.OUTLINED, "q"),
            )

    def _change(self, stage: Stage, keeper: str) -> None:
        tr = self._look.tr
        title = tr("Change the password there")
        place = keeper_name(self._look, keeper)
        note = ""
        if stage is Stage.NOW:
            note = tr(
                "Here is a strong new one. Keep it here: {place}. We do not keep it.", place=place
            )
        body = self._row(stage, CHANGE, title, note)
        if stage is not Stage.NOW:
            return
        body.addWidget(self._generator())
        if not self._address.url:
            body.addWidget(
                Label(self._look, tr("We know no address for it. Open the site as you always do."))
            )
        elif not self._address.known:
            body.addWidget(
                Label(
                    self._look,
                    tr("If no such page comes, sign in there and look for “Security”."),
                    Role.SMALL,
                    "text2",
                )
            )
        go_on = self._button(tr("Done"), lambda: self.moved.emit(TICK), Kind.OUTLINED, "check")
        if self._address.url:
            words = tr("Open {site} to change it", site=self._site)
            opens = self._button(words, self.open_wanted, Kind.FILLED, "net")
            self._buttons(body, opens, go_on)
        else:
            filled = self._button(tr("Done"), lambda: self.moved.emit(TICK), Kind.FILLED, "check")
            self._buttons(body, filled)

    def _generator(self) -> Card:
        look = self._look
        tr = look.tr
        box = Sunken(look)
        self.password = Label(look, "…", Role.STRONG, address=True)
        self.kinds = Segments(
            look,
            tr("Kind of password"),
            ((WORDS, tr("Words")), (SIGNS, tr("Letters and signs"))),
            WORDS,
        )
        self._kind = WORDS
        self.kinds.chosen.connect(self._of_kind)
        again = self._button(tr("New one"), self._again, Kind.LINK, "refresh")
        copy = self._button(tr("Copy"), self._copy, Kind.OUTLINED, "copy")
        acts = FlowRow(look, 18)
        for part in (self.kinds, again, copy):
            acts.add(part)
        box.column.addWidget(self.password)
        box.column.addSpacing(8)
        box.column.addWidget(acts)
        return box

    def _of_kind(self, kind: str) -> None:
        self._kind = kind
        self._again()

    def _again(self) -> None:
        self.password_wanted.emit(self._kind)

    def _copy(self) -> None:
        if self.password is not None:
            self.copied.emit(self.password.text())
            a11y.announce(self, self._look.tr("Copied"))

    def show_password(self, password: str) -> None:
        """A new one was made."""
        if self.password is not None:
            self.password.setText(password)
            a11y.name(self.password, self._look.tr("New password: {password}", password=password))

    def _tick(self, stage: Stage, keeper: str) -> None:
        tr = self._look.tr
        title = tr("Tick it off")
        note = tr("We look again, only for this account.")
        if stage is Stage.NOW:
            note = tr("Type the new password once. We compare it, and forget it.")
        body = self._row(stage, TICK, title, note)
        if stage is not Stage.NOW:
            return
        self.field = Field(self._look, tr("New password"), secret=True)
        self.field.changed.connect(self._typed)
        self.field.entered.connect(self._enter)
        body.addWidget(self.field)
        self.first = self.field.box
        ticks = self._button(tr("Tick it off"), self._enter, Kind.FILLED, "check")
        self._buttons(
            body,
            ticks,
            self._button(tr("I changed it, but do not type it"), self.changed, Kind.QUIET),
            self._button(tr("Back"), lambda: self.moved.emit(CHANGE), Kind.QUIET),
        )
        self._typed()

    def _typed(self) -> None:
        if self.main is not None and self.field is not None:
            why_not = self._look.tr("Type the new password first.")
            self.main.set_available(bool(self.field.text()), why_not)

    def _enter(self) -> None:
        if self.main is not None and self.field is not None and self.field.text():
            self.main.set_available(False, self._look.tr("It is being compared."))
            self.typed.emit(self.field.text())

    def refuse(self, sentence: str) -> None:
        """What was typed is not taken."""
        self._typed()
        if self.field is not None:
            self.field.complain(sentence)

    def _second_step(self, stage: Stage, keeper: str) -> None:
        tr = self._look.tr
        body = self._row(
            stage,
            SECOND_STEP,
            tr("Turn on two-step sign-in"),
            tr("{site} offers it. Then a stolen password is not enough.", site=self._site),
        )
        if stage is Stage.NOW:
            self._buttons(
                body, self._button(tr("Set it up"), self.set_up_wanted, Kind.FILLED, "phone")
            )
