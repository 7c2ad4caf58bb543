"""Two cards of the report: who shares a password with whom, and the line over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QDateTime, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from secassist.ui.look import Look
from secassist.ui.moments import moment_of
from secassist.ui.pages.passwords_words import names, relation
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.chart import Chart, Point
from secassist.ui.widgets.cluster import Chips, Joined
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.passwords.clusters import Cluster
    from secassist.passwords.history import Run

FIRST_GROUPS: Final = 3
MORE_GROUPS: Final = 10
MOST_CHIPS: Final = 8
MOST_POINTS: Final = 24
_DAYS: Final = 60  # from here on, points are called by their months


def chain(look: Look, cluster: Cluster) -> list[Joined]:
    """The members of a group in a row, those with one password beside each other."""
    same: dict[int, int] = {}

    def top(at: int) -> int:
        while same.get(at, at) != at:
            at = same[at]
        return at

    for link in cluster.links:
        if link.relation == "same":
            same[top(link.other)] = top(link.one)
    groups: dict[int, list[int]] = {}
    for place in range(len(cluster.members)):
        groups.setdefault(top(place), []).append(place)
    joined = [
        Joined(cluster.members[place].title or look.tr("(no name)"), solid=number > 0)
        for group in groups.values()
        for number, place in enumerate(group)
    ]
    more = len(joined) - MOST_CHIPS
    if more <= 1:
        return joined
    rest = look.plural("{count} more", "{count} more", more)
    return [*joined[:MOST_CHIPS], Joined(rest, joined[MOST_CHIPS].solid, plain=True)]


def caption(look: Look, cluster: Cluster) -> str:
    """What the members of a group have in common."""
    words = dict.fromkeys(
        relation(look, link.relation) for link in cluster.links if link.relation != "same"
    )
    if cluster.kind == "same" or not words:
        return look.tr("The same password")
    return look.tr("Nearly the same: {relation}", relation=", ".join(words))


def spoken(look: Look, cluster: Cluster) -> str:
    """A group as a sentence."""
    who = names(look, [member.title for member in cluster.members], MOST_CHIPS)
    if cluster.kind == "same":
        return look.tr("{names} share one password", names=who)
    return f"{who}: {caption(look, cluster)}"


class SharedCard(Card):
    """The groups, the largest first."""

    def __init__(
        self,
        look: Look,
        clusters: Sequence[Cluster],
        settle: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """``settle``: the page is laid out anew."""
        super().__init__(look, padding=(24, 20), spacing=8, parent=parent)
        self._clusters = clusters
        self._settle = settle
        self._shown = 0
        accounts = sum(len(one.members) for one in clusters)
        groups = look.plural("{count} group", "{count} groups", len(clusters))
        counts = look.plural(
            "{groups}, {number} account", "{groups}, {number} accounts", accounts,
            groups=groups, number=look.locale.toString(accounts),
        )  # fmt: skip
        self.column.addLayout(_title(look, look.tr("Shared passwords"), counts))
        self._groups = QVBoxLayout()
        self._groups.setSpacing(8)
        self.column.addLayout(self._groups)
        self.more = Button(look, look.tr("Show more groups"), Kind.LINK, "plus")
        self.more.activated.connect(self._show_more)
        self._row = FlowRow(look)
        self._row.add(self.more)
        self.column.addWidget(self._row)
        self.column.addStretch(1)
        self._show(FIRST_GROUPS)

    def _show_more(self) -> None:
        self._show(MORE_GROUPS)
        self._settle()

    def _show(self, count: int) -> None:
        look = self._look
        for cluster in self._clusters[self._shown : self._shown + count]:
            self._groups.addWidget(Label(look, caption(look, cluster), Role.SMALL, "text2"))
            self._groups.addWidget(Chips(look, chain(look, cluster), spoken(look, cluster)))
            self._groups.addSpacing(6)
        self._shown += count
        self._row.setVisible(self._shown < len(self._clusters))


class TrendCard(Card):
    """The line over time, and the same as a table."""

    def __init__(
        self,
        look: Look,
        runs: Sequence[Run],
        now: datetime,
        settle: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, padding=(24, 20), spacing=8, parent=parent)
        self.column.setContentsMargins(24, 20, 24, 4)  # the row at its end has room of its own
        shown = shown_runs(runs)
        points = _points(look, shown)
        first, last = points[0], points[-1]
        summary = look.tr(
            "{first} then ({when}), {last} now",
            first=first.value,
            when=first.label,
            last=last.value,
        )
        if _day(shown[0].at).daysTo(_day(shown[-1].at)) > _DAYS:
            summary = look.tr(
                "{first} in {month}, {last} now",
                first=first.value,
                month=first.label,
                last=last.value,
            )
        self.column.addLayout(_title(look, look.tr("Things to fix"), summary))
        self.column.addWidget(Chart(look, points, f"{look.tr('Things to fix')}: {summary}"))

        def build(column: QVBoxLayout) -> None:
            column.addLayout(_table(look, shown, now))
            settle()

        self.table = Disclosure(look, look.tr("Show as table"), build=build, strong=False)
        self.column.addWidget(self.table)
        self.column.addStretch(1)


def _table(look: Look, runs: Sequence[Run], now: datetime) -> QGridLayout:
    """The same in figures, the newest first."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    heads = (look.tr("When"), look.tr("Accounts"), look.tr("To fix"))
    for column, words in enumerate(heads):
        grid.addWidget(Label(look, words, Role.SMALL_STRONG, "text2"), 0, column)
    for line, run in enumerate(reversed(runs), 1):
        when = moment_of(look, run.at, now)
        cells = (when, look.locale.toString(run.accounts), look.locale.toString(run.to_fix))
        for column, words in enumerate(cells):
            cell = Label(look, words, Role.SMALL, wrap=not column)
            grid.addWidget(cell, line, column, Qt.AlignmentFlag.AlignTop)
    return grid


def shown_runs(runs: Sequence[Run]) -> list[Run]:
    """What the line shows: the last run of each day, on the first day each; the newest so many."""
    days = {run.at[:10]: run for run in runs}
    return list(days.values() if len(days) > 1 else runs)[-MOST_POINTS:]


def _points(look: Look, runs: Sequence[Run]) -> list[Point]:
    name = _namer(look, _day(runs[0].at).daysTo(_day(runs[-1].at)))
    points = [Point(name(run.at), run.to_fix) for run in runs]
    points[-1] = Point(look.tr("Now"), points[-1].value)
    return points


def _namer(look: Look, days: int) -> Callable[[str], str]:
    """What points are called on a line over so many days: by month, day or time."""
    locale = look.locale
    if days > _DAYS:
        return lambda at: locale.standaloneMonthName(_day(at).month())
    if days:
        return lambda at: locale.toString(_day(at), "d MMM")
    return lambda at: locale.toString(_local(at).time(), "HH:mm")


def _local(at: str) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(datetime.fromisoformat(at).timestamp() * 1000))


def _day(at: str) -> QDate:
    return _local(at).date()


def _title(look: Look, title: str, note: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Label(look, title, Role.HEADING), 1)
    end = Label(look, note, Role.SMALL, "text2")
    end.setAlignment(look.trailing | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(end, 1)
    return row
