"""What a plan is when it is started, and each change of it: pure functions, nothing is kept.

A change gives the run after it and what the journal says of it; ``usecases.plans`` keeps both in
the store, ``usecases.plan_desk`` also without one. Times are Unix time.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace

from secassist.base.errors import UnusableCall
from secassist.facts.organisations import Organisation, organisations
from secassist.mail.report import Report
from secassist.plans import progress
from secassist.plans.journal import Entry, Event
from secassist.plans.own import Shelf
from secassist.plans.plan import Plan
from secassist.plans.progress import Marked, Run, State, StepState
from secassist.plans.situation import Situation
from secassist.usecases.advice import AccountFacts, Chosen, situation


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
        records=records_of(report),
        wave=_wave(report),
    )


def to_start(chosen: Chosen) -> ToStart:
    """The plan that was chosen, with what is known by the check and by what the person said."""
    report, now = chosen.report, situation(chosen.report, chosen.answers)
    if report is None:
        return ToStart(chosen.plan, Begin(now))
    return ToStart(chosen.plan, begin_from(report, now, report.fingerprint, chosen.judged_at))


def view(run: Run, plan: Plan) -> Progress:
    """A run with its steps as they are now."""
    organisation = organisations().get(run.organisation) if run.organisation else None
    return Progress(run, plan, progress.state(run, plan, organisation), organisation)


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


def left(before: Progress, now: int) -> tuple[Run, list[Entry]]:
    """The run without its open steps, and what the journal says of it; nothing is kept."""
    run, noted, one = before.run, list[Entry](), before
    while (step := progress.open_step(one.steps)) is not None:
        run, more = marked(one, step.id, State.NOT_FOR_ME, now)
        noted += more
        one = view(run, before.plan)
    return run, noted


def taken_back(before: Progress, now: int) -> tuple[Run, list[Entry]]:
    """The run without its last mark, and what the journal says of it; nothing is kept."""
    after = progress.undo(before.run)
    step = before.run.marks[-1].step
    return after, [Entry(at=now, event=Event.UNDONE, run=after.id, step=step)]


def reminded(before: Progress, now: int) -> tuple[Run, list[Entry]]:
    """The run with a reminder, and what the journal says of it; nothing is kept."""
    after = progress.remind(before.run, now)
    return after, [Entry(at=now, event=Event.REMINDER, run=after.id)]


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


def records_of(report: Report) -> tuple[str, ...]:
    """What was asked of the network for a report, and how that went."""
    return tuple(f"{one.question}: {one.outcome}" for one in report.network)


def _wave(report: Report) -> str:
    known = report.incident
    return f"“{known.statement}” ({known.said_by}, {known.said_on})" if known else ""
