"""The cards of the first page: two-step sign-in, passwords, the last check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.moments import moment, moment_of
from secassist.ui.part import Errand
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.usecases.overview import Overview


@dataclass(frozen=True, slots=True)
class CardWords:
    """One card: what it is about, how that stands, and the one way on."""

    icon: str
    tone: str
    title: str
    state: str
    note: str
    link: str
    errand: Errand


class StateCard(Card):
    """The same parts whatever it says, so that the keyboard is not lost when words change."""

    errand = Signal(object)

    def __init__(self, look: Look, words: CardWords, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=(20, 18), spacing=4, parent=parent)
        self._dot = Dot(look, words.icon, words.tone, 36)
        self._title = Label(look, "", Role.SMALL_STRONG, "text2")
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._dot)
        top.addWidget(self._title, 1)
        self.column.addLayout(top)
        self.column.addSpacing(6)
        self.state = Label(look, "", Role.TITLE)
        self.note = Label(look, "", Role.SMALL, "text2")
        self.link = Button(look, words.link, Kind.LINK)
        self.link.activated.connect(lambda: self.errand.emit(self._words.errand))
        self.column.addWidget(self.state)
        self.column.addWidget(self.note)
        self.column.addStretch(1)
        self._row = FlowRow(look)
        self._row.add(self.link)
        self.column.addWidget(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.show_words(words)

    def show_words(self, words: CardWords) -> None:
        """Say how it stands now."""
        self._words = words
        self._dot.show_as(words.icon, words.tone)
        self._title.setText(words.title)
        self.state.setText(words.state)
        self.note.setText(words.note)
        self.link.set_label(words.link)
        a11y.name(self.link, words.link, words.title)
        self._row.refresh()


def first_day(look: Look, *, looks_up: bool) -> tuple[CardWords, ...]:
    """What is said before anything is known; ``looks_up``: it is being looked up."""
    tr = look.tr
    wait = tr("One moment…")
    return (
        CardWords(
            "phone",
            "slate",
            tr("Two-step sign-in"),
            wait if looks_up else tr("Not set up yet"),
            tr("A second lock for your accounts. About 3 minutes each."),
            tr("Start with one"),
            Errand("two-factor", "set-up"),
        ),
        CardWords(
            "key",
            "slate",
            tr("Passwords"),
            wait if looks_up else tr("Not checked yet"),
            tr("Needs a list from your browser. The list is not kept."),
            tr("Show me how"),
            Errand("passwords", "import"),
        ),
        CardWords(
            "clock",
            "slate",
            tr("Last check"),
            wait if looks_up else tr("None yet"),
            tr("Paste a mail that worries you. It takes some seconds."),
            tr("Check now"),
            Errand("check"),
        ),
    )


def told(look: Look, overview: Overview, now: datetime) -> tuple[CardWords, ...]:
    """What is said once things were looked up."""
    codes, passwords, check = first_day(look, looks_up=False)
    state = overview.state.value
    if state == "none":
        return codes, passwords, check
    if state != "open":
        return _closed(look, codes, state), _closed(look, passwords, state), check
    return (
        _codes(look, overview, codes),
        _passwords(look, overview, passwords, now),
        _regular(look, overview, now) or _check(look, overview, check, now),
    )


def _closed(look: Look, words: CardWords, state: str) -> CardWords:
    """It is there, and cannot be read now."""
    locked = state == "locked"
    return CardWords(
        "lock",
        "slate",
        words.title,
        look.tr("Locked") if locked else look.tr("Closed"),
        look.tr("Unlock it to see more.")
        if locked
        else look.tr("It can't be opened now. Nothing is lost."),
        look.tr("Unlock") if locked else look.tr("What can I do?"),
        Errand("two-factor"),
    )


def _codes(look: Look, overview: Overview, words: CardWords) -> CardWords:
    if overview.unfinished:
        note = look.tr("{site} is not finished yet.", site=overview.unfinished)
    else:
        note = look.tr("They have a second lock.")
    if not overview.accounts:
        return words
    return CardWords(
        "phone",
        "good",
        words.title,
        look.plural("{count} account", "{count} accounts", overview.accounts),
        note,
        look.tr("Set up next"),
        Errand("two-factor") if overview.unfinished else Errand("two-factor", "set-up"),
    )


def _passwords(look: Look, overview: Overview, words: CardWords, now: datetime) -> CardWords:
    known = overview.passwords
    if known is None:
        return words
    if known.to_fix:
        state = look.tr("{count} to change first", count=known.first)
        note = look.tr("{count} of {all} need something.", count=known.to_fix, all=known.accounts)
    else:
        state = look.plural("{count} looked at", "{count} looked at", known.accounts)
        note = look.tr("We found nothing to change.")
    if not known.leaks.checked_at:
        note += " " + look.tr("Leaks were not checked.")
    elif known.checked_at:
        note += " " + look.tr("Last time: {when}.", when=moment_of(look, known.checked_at, now))
    return CardWords(
        "key",
        "warn" if known.to_fix else "info",
        words.title,
        state,
        note,
        look.tr("Show them"),
        Errand("passwords", "first"),
    )


def _regular(look: Look, overview: Overview, now: datetime) -> CardWords | None:
    """Whether passwords are looked at again by themselves; None: there are none to look at."""
    from secassist.usecases.schedule import PERIODS, Every

    schedule = overview.schedule
    if schedule is None or overview.passwords is None:
        return None
    tr = look.tr
    if schedule.every is Every.OFF:
        return CardWords(
            "clock",
            "slate",
            tr("Regular check"),
            tr("Off"),
            tr("We can look again once a week and tell you quietly."),
            tr("Turn on"),
            Errand("passwords", "schedule"),
        )
    following = datetime.fromtimestamp(schedule.last + PERIODS[schedule.every], UTC)
    last = datetime.fromtimestamp(schedule.last, UTC)
    return CardWords(
        "clock",
        "info",
        tr("Regular check"),
        moment(look, last, now) if schedule.last else tr("None yet"),
        tr("Next one: {when}", when=moment(look, following, now)),
        tr("Check now"),
        Errand("passwords", "leaks"),
    )


def _check(look: Look, overview: Overview, words: CardWords, now: datetime) -> CardWords:
    last = overview.last_check
    if last is None:
        return words
    said = {
        "genuine": look.tr("That mail was really sent by the one it names."),
        "relayed": look.tr("That mail was written by a stranger."),
        "proven-domain": look.tr("The address of that mail was true."),
        "cannot-tell": look.tr("That mail could not be proved."),
        "suspicious": look.tr("That mail was odd."),
        "fake": look.tr("That mail was a fake."),
    }
    return CardWords(
        "clock",
        "info",
        words.title,
        moment(look, datetime.fromtimestamp(last.at, UTC), now),
        said.get(last.verdict, ""),
        words.link,
        words.errand,
    )
