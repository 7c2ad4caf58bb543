"""Action plans over the store: start one, go on, take back, and what the journal says.

Each change of a plan and its entry in the journal are one transaction, on disk on return. The
store is handed in open (see ``usecases.vault``). Raises CouldNotFinish where the store does not
let itself be read or changed, UnusableCall for a plan or step that is not there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Final, TypeVar

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.base.language import Translate, english
from secassist.facts.organisations import Organisation, organisations
from secassist.mail.report import Report
from secassist.plans import incident_report, journal, progress, repetition
from secassist.plans.journal import Entry, Event
from secassist.plans.own import Shelf, shelf
from secassist.plans.plan import Plan
from secassist.plans.progress import Marked, Run, State, StepState
from secassist.plans.repetition import Repetition
from secassist.plans.situation import Situation
from secassist.store.vault import Row, Vault
from secassist.usecases.account_facts import account_facts
from secassist.usecases.advice import AccountFacts, Chosen, situation

__all__ = [
    "Begin",
    "Progress",
    "ToStart",
    "begin_from",
    "begun",
    "due",
    "entries",
    "find",
    "keep",
    "learn",
    "learned",
    "leave",
    "left",
    "mark",
    "marked",
    "note_check",
    "remind",
    "reminded",
    "repeated",
    "report_of",
    "report_text",
    "runs",
    "shelf",
    "start",
    "taken_back",
    "to_start",
    "undo",
    "view",
]

Read = TypeVar("Read")
MAX_LISTED: Final = 10
KEEP_CHECKS: Final = 90 * 24 * 3600
"""Seconds for which it is noted that a mail was checked. What belongs to a plan stays with it."""


@dataclass(frozen=True, slots=True)
class Begin:
    """What is known when a plan is started. Times are Unix time, 0: not known."""

    situation: Situation = field(default_factory=Situation)
    organisation: str = ""
    message: str = ""
    """SHA-256 of the mail, in hexadecimal digits."""
    noticed_at: int = 0
    judged_at: int = 0
    records: tuple[str, ...] = ()
    wave: str = ""
    """What the organisation said of the known wave that the mail belongs to."""


@dataclass(frozen=True, slots=True)
class ToStart:
    """A plan that is to be started, and what is known then."""

    plan: str
    begin: Begin = field(default_factory=Begin)


@dataclass(frozen=True, slots=True)
class Progress:
    """A run with its plan and its steps as they are now."""

    run: Run
    plan: Plan
    steps: tuple[StepState, ...]
    organisation: Organisation | None = None

    @property
    def open_step(self) -> str | None:
        """Id of the step that is open now; None: the plan is finished."""
        step = progress.open_step(self.steps)
        return step.id if step else None

    @property
    def contained_at(self) -> int:
        return progress.contained_at(self.steps)

    @property
    def finished_at(self) -> int:
        return progress.finished_at(self.steps)


def begin_from(report: Report, situation: Situation, message: str, judged_at: int) -> Begin:
    """What a checked mail tells; it was noticed when it was checked."""
    return Begin(
        situation=situation,
        organisation=report.message.claimed or "",
        message=message,
        noticed_at=judged_at,
        judged_at=judged_at,
        records=_records(report),
        wave=_wave(report),
    )


def to_start(chosen: Chosen) -> ToStart:
    """The plan that was chosen, with what is known by the check and by what the person said."""
    report, now = chosen.report, situation(chosen.report, chosen.answers)
    if report is None:
        return ToStart(chosen.plan, Begin(now))
    return ToStart(chosen.plan, begin_from(report, now, report.fingerprint, chosen.judged_at))


def runs(vault: Vault, plans: Shelf) -> tuple[Progress, ...]:
    """All plans that were started, the oldest first. A row that makes no sense is set aside; one
    whose plan is gone (it was the person's own) waits until it is back.
    """
    found = _good(vault, progress.KIND, lambda row: progress.from_data(row.id, row.data))
    found.sort(key=lambda run: (run.started_at, run.id))
    return tuple(view(run, plans.plans[run.plan]) for run in found if run.plan in plans.plans)


def find(found: Iterable[Progress], name: str) -> Progress:
    """The run of that id; or the one unfinished run of the plan of that id. Raises UnusableCall."""
    everything = list(found)
    for one in everything:
        if one.run.id == name:
            return one
    fitting = [one for one in everything if one.plan.id == name]
    fitting = [one for one in fitting if one.open_step is not None] or fitting[-1:]
    if not fitting:
        raise UnusableCall(f"No plan “{name[:40]}” was started.")
    if len(fitting) > 1:
        ids = ", ".join(one.run.id for one in fitting[:MAX_LISTED])
        raise UnusableCall(f"This plan was started several times: {ids}. Say which.")
    return fitting[0]


def start(vault: Vault, plans: Shelf, plan: str, begin: Begin, now: int) -> Progress:
    """Start a plan; another run of it may be under way.

    What the store knows about the account, and ``begin`` does not say, is added.
    """
    with vault.alone():  # nobody takes the same number meanwhile
        known = replace(begin, situation=_with_facts(vault, begin))
        run, entry = begun(_free_id(vault, plan), plans, plan, known, now)
        vault.change([_row(run), *_noted([entry])])
    return view(run, plans.plans[plan])


def begun(id_: str, plans: Shelf, plan: str, begin: Begin, now: int) -> tuple[Run, Entry]:
    """A plan that is started now, and what the journal says of it; nothing is kept."""
    if plan not in plans.plans:
        raise UnusableCall(f"There is no plan “{plan[:40]}”.")
    if begin.organisation and begin.organisation not in organisations():
        raise UnusableCall(f"We do not know “{begin.organisation[:40]}”.")
    run = Run(
        id=id_,
        plan=plan,
        started_at=now,
        situation=begin.situation,
        organisation=begin.organisation,
        message=begin.message,
        noticed_at=begin.noticed_at or now,
        judged_at=begin.judged_at,
        wave=begin.wave,
    )
    entry = Entry(
        at=now,
        event=Event.STARTED,
        run=run.id,
        organisation=run.organisation,
        verdict=begin.situation.verdict or "",
        kind=begin.situation.kind,
        asked=begin.situation.asked or "",
        message=run.message,
        records=begin.records,
    )
    return run, entry


def keep(vault: Vault, plans: Shelf, run: Run, noted: Iterable[Entry]) -> Progress:
    """Keep a plan that was started while there was no store, under an id that is free here."""
    with vault.alone():
        kept = replace(run, id=_free_id(vault, run.plan))
        vault.change([_row(kept), *_noted(replace(entry, run=kept.id) for entry in noted)])
    return view(kept, plans.plans[kept.plan])


def mark(vault: Vault, plans: Shelf, run: str, step: str, state: Marked, now: int) -> Progress:
    """Mark a step ``done`` or ``not-for-me``."""
    return _change(vault, plans, run, lambda before: marked(before, step, state, now))


def marked(before: Progress, step: str, state: Marked, now: int) -> tuple[Run, list[Entry]]:
    """The run with that mark, and what the journal says of it; nothing is kept.

    A step that is so already stays as it is, with the time at which it came to be so.
    """
    if any(one.step.id == step and one.state is state for one in before.steps):
        return before.run, []
    after = progress.mark_step(before.run, before.plan, before.organisation, step, state, now)
    noted = [Entry(at=now, event=Event(state), run=after.id, step=step)]
    finished = view(after, before.plan).open_step is None
    if finished and before.open_step is not None:
        noted.append(Entry(at=now, event=Event.FINISHED, run=after.id))
    return after, noted


def leave(vault: Vault, plans: Shelf, run: str, now: int) -> Progress:
    """Leave out all steps that are open: the plan is over for this person."""
    return _change(vault, plans, run, lambda before: left(before, now))


def left(before: Progress, now: int) -> tuple[Run, list[Entry]]:
    """The run without its open steps, and what the journal says of it; nothing is kept."""
    run, noted, one = before.run, list[Entry](), before
    while (step := progress.open_step(one.steps)) is not None:
        run, more = marked(one, step.id, State.NOT_FOR_ME, now)
        noted += more
        one = view(run, before.plan)
    return run, noted


def undo(vault: Vault, plans: Shelf, run: str, now: int) -> Progress:
    """Take back the last mark."""
    return _change(vault, plans, run, lambda before: taken_back(before, now))


def taken_back(before: Progress, now: int) -> tuple[Run, list[Entry]]:
    """The run without its last mark, and what the journal says of it; nothing is kept."""
    after = progress.undo(before.run)
    step = before.run.marks[-1].step
    return after, [Entry(at=now, event=Event.UNDONE, run=after.id, step=step)]


def remind(vault: Vault, plans: Shelf, run: str, now: int) -> Progress:
    """Remind in 24 hours."""
    return _change(vault, plans, run, lambda before: reminded(before, now))


def reminded(before: Progress, now: int) -> tuple[Run, list[Entry]]:
    """The run with a reminder, and what the journal says of it; nothing is kept."""
    after = progress.remind(before.run, now)
    return after, [Entry(at=now, event=Event.REMINDER, run=after.id)]


def learn(vault: Vault, plans: Shelf, run: str, now: int) -> Progress:
    """Look what the store knows by now about the account; see ``learned``."""

    def change(before: Progress) -> tuple[Run, list[Entry]]:
        return learned(before, account_facts(vault, before.run.organisation), now)

    return _change(vault, plans, run, change)


def learned(before: Progress, facts: AccountFacts, now: int) -> tuple[Run, list[Entry]]:
    """The run with what is known of the account by now, which chooses the steps from here on.

    The open step is done where that is what it was there for.
    """
    known = {name: value for name, value in asdict(facts).items() if value is not None}
    situation = replace(before.run.situation, **known)
    run, noted = before.run, list[Entry]()
    step = progress.open_step(before.steps)
    if step is not None and step.is_answered(situation):
        run, noted = marked(before, step.id, State.DONE, now)
    return replace(run, situation=situation), noted


def note_check(vault: Vault, report: Report, message: str, asked: str, now: int) -> None:
    """Note that a mail was checked, and forget checks of long ago.

    ``message``: its SHA-256 in hexadecimal digits.
    """
    entry = Entry(
        at=now,
        event=Event.JUDGED,
        organisation=report.message.claimed or "",
        verdict=str(report.verdict),
        kind=report.message.kind,
        asked=asked,
        message=message,
        mail_at=_unix_time(report.message.date),
        records=_records(report),
    )
    long_ago = f"{max(now - KEEP_CHECKS, 0):012d}"
    old = [
        (row.kind, row.id)
        for row in vault.entries(journal.KIND)
        if row.id < long_ago and row.data.get("event") == Event.JUDGED
    ]
    vault.change(_noted([entry]), old)


def entries(vault: Vault, run: str | None = None) -> tuple[Entry, ...]:
    """The journal, or that of one run, the oldest first. What makes no sense is set aside."""
    found = _good(vault, journal.KIND, lambda row: journal.from_data(row.data))
    return tuple(entry for entry in found if run is None or entry.run == run)


def repeated(vault: Vault, now: int) -> Repetition | None:
    """The same mails again and again, or two organisations at once."""
    return repetition.look(entries(vault), now)


def due(found: Iterable[Progress], now: int) -> tuple[Progress, ...]:
    """The plans of which the person wanted to be reminded, and that time has come."""
    return tuple(one for one in found if progress.is_due(one.run, now) and one.open_step)


def report_text(
    vault: Vault, one: Progress, *, zone: tzinfo | None = None, translate: Translate = english
) -> str:
    """The report of one run, to save or to hand on. ``zone``: None is that of this computer."""
    return report_of(one, entries(vault, one.run.id), zone=zone, translate=translate)


def report_of(
    one: Progress,
    noted: Iterable[Entry],
    *,
    zone: tzinfo | None = None,
    translate: Translate = english,
) -> str:
    """The same, of a run whose part of the journal is at hand."""
    return incident_report.as_text(
        one.run, one.plan, one.organisation, one.steps, noted, zone=zone, translate=translate
    )


def _change(
    vault: Vault,
    plans: Shelf,
    id_: str,
    change: Callable[[Progress], tuple[Run, list[Entry]]],
) -> Progress:
    with vault.alone():  # from reading to writing, so that no mark of another program is lost
        before = next((one for one in runs(vault, plans) if one.run.id == id_), None)
        if before is None:
            raise UnusableCall(f"No plan “{id_[:40]}” was started.")
        after, noted = change(before)
        if after != before.run or noted:
            vault.change([_row(after), *_noted(noted)])
    return view(after, before.plan)


def _with_facts(vault: Vault, begin: Begin) -> Situation:
    known = account_facts(vault, begin.organisation)
    now = begin.situation
    return replace(
        now,
        reused=known.reused if now.reused is None else now.reused,
        breached=known.breached if now.breached is None else now.breached,
        two_step_on=known.two_step_on if now.two_step_on is None else now.two_step_on,
    )


def view(run: Run, plan: Plan) -> Progress:
    """A run with its steps as they are now."""
    organisation = organisations().get(run.organisation) if run.organisation else None
    return Progress(run, plan, progress.state(run, plan, organisation), organisation)


def _free_id(vault: Vault, plan: str) -> str:
    taken = {row.id for row in vault.entries(progress.KIND)}
    number = 1
    while f"{plan}-{number}" in taken:
        number += 1
    return f"{plan}-{number}"


def _good(vault: Vault, kind: str, reading: Callable[[Row], Read]) -> list[Read]:
    found: list[Read] = []
    for row in vault.entries(kind):
        try:
            found.append(reading(row))
        except UnusableInput as error:
            vault.set_aside(kind, row.id, error.sentence)
    return found


def _row(run: Run) -> Row:
    return Row(progress.KIND, run.id, progress.to_data(run))


def _noted(entries: Iterable[Entry]) -> list[Row]:
    """Ids sort by time; what happened in one second, by the order of the events, and then by that
    of ``entries``. An answer sorts behind the check that it is about.
    """
    rows: list[Row] = []
    for place, entry in enumerate(entries):
        order = f"{list(Event).index(entry.event)}{'a' if entry.asked else ''}"
        id_ = f"{entry.at:012d}-{order}-{place:04d}{secrets.token_hex(6)}"
        rows.append(Row(journal.KIND, id_, journal.to_data(entry)))
    return rows


def _records(report: Report) -> tuple[str, ...]:
    return tuple(f"{one.question}: {one.outcome}" for one in report.network)


def _wave(report: Report) -> str:
    known = report.incident
    return f"“{known.statement}” ({known.said_by}, {known.said_on})" if known else ""


def _unix_time(date: str) -> int:
    try:
        parsed = datetime.fromisoformat(date)
        return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return 0
